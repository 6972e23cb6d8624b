/**
 * `npm run build && node pool/bench/data-folder.mjs [users]`: what `--data` costs a sign-in with so many users (default 100 000),
 * and how long the command takes to start. It prints JSON. `measureDataFolder` is for the script that writes the page about
 * performance.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const COMMAND = resolve(import.meta.dirname, '../dist/esm/cli/main.js');
const PASSWORD = 'Correct-Horse-9';
const SIGN_INS = 400;
/** The users who sign in. Their verifiers are made before the first measurement. */
const SIGNING_IN = 20;

/**
 * @param users how many the pool has
 * @returns the median and the 99th percentile of a sign-in by USER_PASSWORD_AUTH in memory and with --data, their ratio, and
 *   the starts, in milliseconds
 */
export async function measureDataFolder(users = 100_000) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-data-'));
  const seed = join(folder, 'seed.json');
  const data = join(folder, 'data');
  writeFileSync(seed, JSON.stringify(seedOf(users)));
  const started = [];
  try {
    const start = async (...flags) => {
      const pool = await startCommand(['--seed', seed, ...flags]);
      started.push(pool);
      return pool;
    };
    const memory = await start();
    const kept = await start('--data', data);
    const times = { memory: [], kept: [] };
    for (let i = 0; i < SIGNING_IN; i++) for (const pool of [memory, kept]) await signIn(pool, i);
    // In turn, so that whatever else the machine does falls on both
    for (let i = 0; i < SIGN_INS; i++) {
      times.memory.push(await signIn(memory, i % SIGNING_IN));
      times.kept.push(await signIn(kept, i % SIGNING_IN));
    }
    await Promise.all([memory.stop(), kept.stop()]);
    const again = await start('--data', data);
    const megabytes = residentOf(again.pid);
    await signIn(again, 0);
    await again.stop();
    const [inMemory, withData] = [summarise(times.memory), summarise(times.kept)];
    return {
      users,
      inMemory: { ...inMemory, startMs: round(memory.startMs) },
      withData: {
        ...withData,
        firstStartMs: round(kept.startMs),
        laterStartMs: round(again.startMs),
        megabytes,
      },
      ratioOfMedians: round(withData.p50 / inMemory.p50),
    };
  } finally {
    for (const pool of started) pool.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

const seedOf = (count) => ({
  clients: [{ clientId: 'web', explicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] }],
  users: Array.from({ length: count }, (_, i) => ({
    username: `user${i}`,
    password: PASSWORD,
    attributes: { email: `user${i}@example.com`, email_verified: 'true' },
  })),
});

async function startCommand(flags) {
  const before = performance.now();
  const child = spawn(process.execPath, [COMMAND, '--json', '--quiet', ...flags], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((done) => child.once('close', done));
  let text = '';
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    text += chunk;
    if (text.includes('\n')) break;
  }
  child.stdout.resume();
  return {
    endpoint: JSON.parse(text).endpoint,
    pid: child.pid,
    startMs: performance.now() - before,
    kill: () => child.kill('SIGKILL'),
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

/** @returns how long it took, in milliseconds */
async function signIn({ endpoint }, user) {
  const before = performance.now();
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth' },
    body: JSON.stringify({
      ClientId: 'web',
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: `user${user}`, PASSWORD },
    }),
  });
  const { AuthenticationResult } = await response.json();
  if (!AuthenticationResult) throw new Error('A sign-in was refused');
  return performance.now() - before;
}

/** Linux alone says it. */
function residentOf(pid) {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(kilobytes) / 1024);
}

function summarise(times) {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share) => round(sorted[Math.floor(sorted.length * share)]);
  return { p50: at(0.5), p99: at(0.99) };
}

const round = (number) => Math.round(number * 100) / 100;

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.log(JSON.stringify(await measureDataFolder(Number(process.argv[2] ?? 100_000)), undefined, 2));
}
