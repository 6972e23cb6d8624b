/**
 * `node --expose-gc bench/many.mjs <implementation> <count>`: signs in so many new users in a fresh process and checks each
 * sign-in. It prints JSON: the ms of each, and the MB in use before and after.
 */
import { createExchange, createStub, warmUp } from './exchange.mjs';
import { IMPLEMENTATIONS, withFolder } from './implementations.mjs';

const [name, count] = process.argv.slice(2);

/** @returns the MB in use after a garbage collection */
async function memory() {
  await new Promise((done) => setTimeout(done, 50));
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
}

await withFolder(async (folder) => {
  const { signIn, keepsZeroByte } = await IMPLEMENTATIONS[name](folder);
  await warmUp();
  const before = await memory();
  const times = new Float64Array(Number(count));
  for (let i = 0; i < times.length; i++) {
    const exchange = createExchange();
    const { fetch, seen, accessToken } = createStub(exchange);
    const start = performance.now();
    const token = await signIn(exchange, fetch);
    times[i] = performance.now() - start;
    if (token !== accessToken) throw new Error(`${name}: another token`);
    exchange.verify(seen, { keepsZeroByte });
  }
  const after = await memory();
  console.log(JSON.stringify({ times: [...times], megabytesBefore: before, megabytesAfter: after }));
});
