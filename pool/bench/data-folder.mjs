/**
 * `npm run build && node pool/bench/data-folder.mjs [users]`: what `--data` costs a sign-in with so many users (default 100 000),
 * and how long the command takes to start. It prints JSON. `measureDataFolder` is for the script that writes the page about
 * performance.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { median, quantile } from '../../bench/report.mjs';
import { command, residentOf, startCommand } from './processes.mjs';

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
      const pool = await startCommand(seed, [command, '--quiet', ...flags]);
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
    const megabytes = Math.round(residentOf(again.pid));
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
    await Promise.all(started.map((pool) => pool.stop()));
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

function summarise(times) {
  return { p50: round(median(times)), p99: round(quantile(times, 0.99)) };
}

const round = (number) => Math.round(number * 100) / 100;

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.log(JSON.stringify(await measureDataFolder(Number(process.argv[2] ?? 100_000)), undefined, 2));
}
