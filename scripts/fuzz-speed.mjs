/** Judges whether a million cases of a target of the fuzzing take at most an hour of one processor. */

/** Of one processor. The clock would count what others do on a shared machine, too. */
export const LIMIT_SECONDS = 3600;
const MILLION = 1_000_000;
/** In fewer cases, the start of the thread counts for more than they do. */
export const LEAST_CASES = 10_000;

/**
 * @param {{ cases: number, cpuSeconds: number }} run
 * @returns {string | undefined} what is wrong, or undefined if the target is fast enough or has had too few cases
 */
export function judgeSpeed({ cases, cpuSeconds }) {
  const seconds = (cpuSeconds / cases) * MILLION;
  if (cases < LEAST_CASES || seconds <= LIMIT_SECONDS) return undefined;
  return `A million cases take ${Math.round(seconds)} s of one processor, and the limit is ${LIMIT_SECONDS} s`;
}
