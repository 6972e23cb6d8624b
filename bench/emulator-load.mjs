/**
 * `node bench/emulator-load.mjs JSON`: many clients that sign in with the engine at the same time. It prints JSON: the milliseconds of
 * each sign-in, and the sign-ins a second. A sign-in that fails ends it.
 */
import { signIn } from 'cognito-srp-engine';

const { pool, users, password, clients, signIns } = JSON.parse(process.argv[2] ?? '{}');
const times = [];
const start = performance.now();
await Promise.all(
  Array.from({ length: clients }, async (_, client) => {
    for (let i = 0; i < signIns; i++) {
      const username = users[(client * signIns + i) % users.length];
      const before = performance.now();
      const { status } = await signIn(pool, { username, password }, { timeoutMs: 120_000 });
      if (status !== 'signed-in') throw new Error(`${username}: ${status}`);
      times.push(performance.now() - before);
    }
  }),
);
console.log(JSON.stringify({ times, perSecond: times.length / ((performance.now() - start) / 1000) }));
