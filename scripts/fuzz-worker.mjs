/** The thread of one target of the fuzzing. It tells fuzz.mjs how far it is, and what is left in memory after each world. */
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';

const { bundle, name, cases, wanted } = workerData;
const { TARGETS } = createRequire(import.meta.url)(bundle);

if (!Object.hasOwn(TARGETS, name)) {
  throw new Error(`There is no target ${name}. The targets are ${Object.keys(TARGETS).join(', ')}`);
}
const until = wanted.minutes === undefined ? undefined : performance.now() + wanted.minutes * 60_000;
const target = await TARGETS[name]();
const {
  faults,
  cases: done,
  longestMs,
} = await target.run({
  cases: wanted.cases,
  seed: wanted.seed,
  ...(until !== undefined && { until }),
  onCase: (count) => {
    cases[0] = count;
  },
  onWorld: () => {
    globalThis.gc?.();
    parentPort.postMessage({ heapMb: process.memoryUsage().heapUsed / 2 ** 20 });
  },
});
parentPort.postMessage({ result: { inputs: target.inputs, faults, cases: done, longestMs } });
