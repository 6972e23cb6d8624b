/**
 * A process that is killed at any moment leaves whole files, with everything that it said was kept.
 *
 * The suite kills 20 times. `npm run test:kills` sets POOL_KILLS to 200.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { createCollection } from '../../src/store/collection.ts';
import { openFolder, POOL_ID, temporaryFolder } from './kept-pool.ts';
import { makeStep, type SteppedPool } from './kill-steps.ts';

const KILLS = Number(process.env['POOL_KILLS'] ?? 20);
/** A writer starts in about 100 ms on an idle machine. */
const LONGEST_LIFE_MS = 250;

const { path, remove } = temporaryFolder();
afterAll(remove);

test(`after each of ${KILLS} kills at random moments the folder has every step that was kept, and no half of one`, async () => {
  const program = join(path, '..', 'writer.mjs');
  buildSync({
    entryPoints: [join(__dirname, 'kill-writer.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
  });
  const model = createModel();
  let begun = 0;
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const lifeMs = Math.random() * LONGEST_LIFE_MS;
    // Each third is killed from its start on, which takes over what the last one left, and the others when they write
    const lines = await runAndKill(program, lifeMs, kill % 3 === 0);
    if (lines.includes('begun')) begun += 1;
    const acknowledged = Math.max(
      0,
      ...lines.filter((line) => line.startsWith('kept ')).map((line) => Number(line.slice(5))),
    );
    const kept = await readFolder();
    const reached = countOf(kept);
    model.advanceTo(reached);
    const about = `kill ${kill} after ${lifeMs} ms`;
    expect({ about, isKept: reached >= acknowledged }).toEqual({ about, isKept: true });
    expect({ about, users: kept.get('users') ?? new Map() }).toEqual({ about, users: model.users() });
    expect({ about, groups: kept.get('groups') ?? new Map() }).toEqual({ about, groups: model.groups() });
  }
  // Otherwise nothing was written that could be lost
  expect(begun).toBeGreaterThanOrEqual(KILLS / 2);
  expect(model.reached()).toBeGreaterThan(KILLS);
  // Snapshots were written all the time, so kills met them too
  expect(generationOf(readFileSync(join(path, `${POOL_ID}.json`), 'utf8'))).toBeGreaterThan(KILLS / 4);
}, 600_000);

/** @returns the whole lines that the process printed */
function runAndKill(program: string, lifeMs: number, isFromStart: boolean): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, path], { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    let timer: ReturnType<typeof setTimeout> | undefined;
    const killLater = () => {
      timer ??= setTimeout(() => child.kill('SIGKILL'), lifeMs);
    };
    if (isFromStart) killLater();
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      killLater();
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (signal === 'SIGKILL') resolve(text.split('\n').slice(0, -1));
      else reject(new Error(`The writer ended by itself with ${code}`));
    });
  });
}

async function readFolder() {
  const folder = await openFolder(path);
  const kept = folder.pools.get(POOL_ID) ?? new Map<string, ReadonlyMap<string, unknown>>();
  await folder.close();
  return kept;
}

const generationOf = (snapshot: string): number => JSON.parse(snapshot).generation;

function countOf(kept: ReadonlyMap<string, ReadonlyMap<string, unknown>>): number {
  const counter = kept.get('users')?.get('counter') as { readonly count: number } | undefined;
  return counter?.count ?? 0;
}

/** The same steps in memory. */
function createModel() {
  const pool: SteppedPool = { users: createCollection('users'), groups: createCollection('groups') };
  let reached = 0;
  const byKey = <Value>(values: Iterable<Value>, keyOf: (value: Value) => string) =>
    new Map([...values].map((value) => [keyOf(value), value]));
  return {
    advanceTo: (count: number) => {
      for (; reached < count; reached += 1) makeStep(pool, reached + 1);
    },
    reached: () => reached,
    users: () => byKey(pool.users.values(), ({ username }) => username),
    groups: () => byKey(pool.groups.values(), ({ name }) => name),
  };
}
