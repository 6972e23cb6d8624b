/** A target of the fuzzing fails if a million cases take more than an hour of one processor. */
import { judgeSpeed } from '../../scripts/fuzz-speed.mjs';

test.each([
  [1_000_000, 3600],
  [100_000, 360],
  // The start of the thread is most of that
  [9_999, 60],
  [0, 1],
])('%i cases in %i s of the processor are fast enough, or too few to tell', (cases, cpuSeconds) => {
  expect(judgeSpeed({ cases, cpuSeconds })).toBeUndefined();
});

test.each([
  [1_000_000, 3601, 3601],
  [100_000, 400, 4000],
  [10_000, 37, 3700],
])('%i cases in %i s of the processor are too slow', (cases, cpuSeconds, seconds) => {
  expect(judgeSpeed({ cases, cpuSeconds })).toBe(
    `A million cases take ${seconds} s of one processor, and the limit is 3600 s`,
  );
});
