/** Judges whether a million cases of a target of the fuzzing take at most an hour of one processor. */

/** The limit counts the time of one processor, because the clock also counts what others do on a shared machine. */
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
