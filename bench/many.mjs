/** 1,000 sign-ins in one process: throughput at the start and at the end, memory before and after. `node --expose-gc` */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createExchange, createStub, USER_POOL_ID } from './exchange.mjs';

const COUNT = 1000;
const exchange = createExchange();
const { signIn } = await import(pathToFileURL(resolve(import.meta.dirname, '../dist/esm/index.js')));
const pool = { userPoolId: USER_POOL_ID, clientId: '4h57kpqgh2sd8example' };

/** MB in use once what is not referenced has been collected. */
async function memory() {
  await new Promise((done) => setTimeout(done, 50));
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
}

const times = [];
async function run(count) {
  for (let i = 0; i < count; i++) {
    const { fetch, seen } = createStub(exchange);
    const start = performance.now();
    const step = await signIn(pool, exchange, { fetch });
    times.push(performance.now() - start);
    if (step.status !== 'signed-in') throw new Error(step.status);
    // One in fifty: checking takes longer than what is checked
    if (i % 50 === 0) exchange.verify(seen);
  }
}

const before = await memory();
const start = performance.now();
await run(COUNT);
const elapsed = performance.now() - start;
const after = await memory();

const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
console.log(
  JSON.stringify({
    signIns: COUNT,
    perSecond: Number((COUNT / (elapsed / 1000)).toFixed(1)),
    /** Of each hundred, in ms. */
    medians: Array.from({ length: COUNT / 100 }, (_, i) =>
      Number(median(times.slice(100 * i, 100 * (i + 1))).toFixed(2)),
    ),
    nth: Object.fromEntries([1, 2, 3, 5, 10, 20].map((n) => [n, Number(times[n - 1].toFixed(2))])),
    megabytesBefore: Number(before.toFixed(1)),
    megabytesAfter: Number(after.toFixed(1)),
  }),
);
