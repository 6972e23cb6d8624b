/**
 * The pool that a bench measures, in a process of its own. Its b is always the same, so that the client of
 * `sign-in-client.mjs` need not compute. The pool does not know that, and computes everything.
 *
 * node server.mjs '{ "users": 100, "arithmetic": "bigint" }' writes a line with its endpoint. `memory` on stdin asks for its
 * memory.
 */
import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';

const {
  users = 100,
  arithmetic = 'bigint',
  password = 'Correct-Horse-9',
  /** The built entry of the pool. */
  index = '../dist/esm/index.js',
} = JSON.parse(process.argv[2] ?? '{}');
const { createUserPool } = await import(index);
/** The pool asks for this many bytes where it makes b, and nowhere else. */
const EPHEMERAL_BYTES = 33;
const b = randomBytes(EPHEMERAL_BYTES);

const OPTIONS = {
  bigint: async () => ({}),
  openssl: async () => {
    const { inThisThreadByOpenssl } = await import('../dist/esm/arithmetic/openssl.js');
    return { arithmetic: inThisThreadByOpenssl() };
  },
  workers: async () => {
    const { inWorkers } = await import('../dist/esm/arithmetic/in-workers.js');
    return { arithmetic: inWorkers(new URL('../dist/esm/arithmetic/worker.js', import.meta.url)) };
  },
};

const pool = createUserPool({
  userPoolId: 'local_Bench',
  users: Array.from({ length: users }, (_, i) => ({ username: `user${i}`, password })),
  rng: (length) => (length === EPHEMERAL_BYTES ? b : randomBytes(length)),
  ...(await OPTIONS[arithmetic]()),
});
const { endpoint } = await pool.listen();
console.log(JSON.stringify({ endpoint }));

createInterface({ input: process.stdin })
  .on('line', (line) => {
    if (line !== 'memory') return;
    globalThis.gc?.();
    const { rss, heapUsed, external } = process.memoryUsage();
    console.log(JSON.stringify({ rss, used: heapUsed + external }));
  })
  .on('close', () => process.exit());
