/** The types of fuzz-speed.mjs, for its test. */

export const LIMIT_SECONDS: number;
export const LEAST_CASES: number;

export function judgeSpeed(run: { readonly cases: number; readonly cpuSeconds: number }): string | undefined;
