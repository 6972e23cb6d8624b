/** Computes N of the 3072-bit group from its formula in RFC 3526 §4, so that no test takes N from the package. */

/** @returns arctan(1/n) · 2^bits */
function arctanOfInverse(n: bigint, bits: bigint): bigint {
  let sum = 0n;
  let power = (1n << bits) / n;
  for (let k = 0n; power !== 0n; k++) {
    const term = power / (2n * k + 1n);
    sum += k % 2n === 0n ? term : -term;
    power /= n * n;
  }
  return sum;
}

const GUARD = 64n;
const bits = 2942n + GUARD;
/** Machin's formula: π = 16·arctan(1/5) - 4·arctan(1/239) */
const pi = (16n * arctanOfInverse(5n, bits) - 4n * arctanOfInverse(239n, bits)) >> GUARD;

/** N = 2^3072 - 2^3008 - 1 + 2^64 · ([2^2942 π] + 1690314) */
export const N: bigint = (1n << 3072n) - (1n << 3008n) - 1n + (1n << 64n) * (pi + 1690314n);
export const N_HEX: string = N.toString(16);
