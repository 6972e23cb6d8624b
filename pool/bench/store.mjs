/**
 * `node pool/bench/store.mjs [records]`: what a change costs with so many records in the data folder (default 100 000),
 * compared with none. It prints JSON. No other script runs it: the figures in docs/internals/decisions/0009-data-folder-of-json.md are
 * written by hand.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';
import { median, quantile } from '../../bench/report.mjs';

const POOL_ID = 'eu-west-1_Bench1234';
const CHANGES = 400;
/** The first argument of the process that only reads a folder. */
const READ = 'read';
const SECTIONS = [
  { kind: 'single', name: 'settings' },
  { kind: 'list', name: 'users', keyOf: (user) => user.username },
];

/**
 * @param records how many users the larger folder has
 * @returns `empty` and `full`: the median and the 99th percentile of one change until it is on disk, in milliseconds;
 *   and of the full folder what its snapshot costs
 */
async function measureStore(records = 100_000) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-store-'));
  try {
    const store = bundleStore(folder);
    const empty = await openUsers(await openFolder(store, join(folder, 'empty')), 0);
    const full = await openUsers(await openFolder(store, join(folder, 'full')), records);
    const times = { empty: [], full: [] };
    // In turn, so that whatever else the machine does falls on both
    for (let count = 0; count < CHANGES; count += 1) {
      times.empty.push(await timeChange(empty, `user-${count % 10}`, count));
      times.full.push(await timeChange(full, `user-${(count * 7919) % records}`, count));
    }
    const fold = await timeFold(full);
    await empty.folder.close();
    const start = readInProcess(store, join(folder, 'full'));
    return {
      records,
      empty: summarise(times.empty),
      full: { ...summarise(times.full), firstSnapshotMs: round(full.firstSnapshotMs), ...fold, ...start },
      snapshotMegabytes: round(statSync(join(folder, 'full', `${POOL_ID}.json`)).size / 1e6),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Bundles the source, so that no build is needed. Returns the path of the module. */
function bundleStore(folder) {
  const outfile = join(folder, 'store.mjs');
  buildSync({
    entryPoints: [resolve(import.meta.dirname, '../src/store/data-folder.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
  });
  return outfile;
}

async function openFolder(store, path) {
  const { openDataFolder } = await import(pathToFileURL(store).href);
  return openDataFolder(path, { sections: SECTIONS, now: Date.now, log: console.error });
}

async function openUsers(folder, records) {
  const users = new Map(Array.from({ length: records }, (_, index) => [`user-${index}`, makeUser(index)]));
  const store = folder.openPool(POOL_ID);
  const start = performance.now();
  await store.begin({
    values: (name) => (name === 'users' ? users.values() : [{ name: 'bench' }]),
    encode: (_name, value) => value,
  });
  return { folder, store, users, firstSnapshotMs: performance.now() - start };
}

/** About what the pool keeps of a user with a verifier of 3072 bits. */
function makeUser(index) {
  return {
    username: `user-${index}`,
    sub: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    attributes: {
      email: `user-${index}@example.com`,
      email_verified: 'true',
      phone_number: `+49${index + 1e9}`,
    },
    status: 'CONFIRMED',
    enabled: true,
    createdAt: 1_700_000_000_000 + index,
    lastModifiedAt: 1_700_000_000_000 + index,
    verifier: { salt: 'c2FsdHNhbHRzYWx0c2FsdA==', value: String(index).padStart(512, 'A') },
    failures: { count: 0, last: 0 },
  };
}

async function timeChange({ store, users }, key, count) {
  const user = { ...makeUser(0), username: key, failures: { count, last: count } };
  const start = performance.now();
  users.set(key, user);
  store.tell({ collection: 'users', key, value: user });
  await store.flush();
  return performance.now() - start;
}

/** Closing folds the journal into the snapshot. How long other work waits meanwhile is what a sign-in would notice. */
async function timeFold({ folder }) {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const start = performance.now();
  await folder.close();
  const foldMs = performance.now() - start;
  delay.disable();
  return { foldMs: round(foldMs), foldDelayP99Ms: round(delay.percentile(99) / 1e6) };
}

/** In a process of its own, because this one has the records in memory already. */
function readInProcess(store, path) {
  const output = execFileSync(process.execPath, [import.meta.filename, READ, store, path], {
    encoding: 'utf8',
  });
  return JSON.parse(output);
}

async function timeRead(store, path) {
  const start = performance.now();
  const folder = await openFolder(store, path);
  const readMs = performance.now() - start;
  await folder.close();
  return { readMs: round(readMs), readMaxMegabytes: round(process.resourceUsage().maxRSS / 1024) };
}

function summarise(times) {
  return { p50Ms: round(median(times)), p99Ms: round(quantile(times, 0.99)) };
}

const round = (value) => Math.round(value * 100) / 100;

if (process.argv[2] === READ) {
  console.log(JSON.stringify(await timeRead(...process.argv.slice(3))));
} else if (process.argv[1] === import.meta.filename) {
  const records = Number(process.argv[2] ?? 100_000);
  if (!Number.isSafeInteger(records) || records < 1) {
    console.error('usage: node pool/bench/store.mjs [records]');
    process.exit(2);
  }
  console.log(JSON.stringify(await measureStore(records), undefined, 2));
}
