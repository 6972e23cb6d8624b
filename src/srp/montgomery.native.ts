/**
 * Reduction modulo N without division, for `big-integer.native.ts`.
 *
 * Let r be a power of 2 of whole 64-bit limbs, s = r / 2^64, and R = r·s·r ≥ 2^64·N.
 *
 * - Claim: redc(T) is congruent to T·R⁻¹ modulo N, for 0 ≤ T < 2^62·N².
 * - Bound: redc(T) ≤ T/R + (1 + 2^-64 + 1/s)·N, which is below 3N.
 * - So products of numbers below 3N can be reduced again and again, and Montgomery's last subtraction is not needed.
 * - For N above 2^64, a product of two numbers below 3N is reduced to at most N + 2^-60·N.
 * - So all such numbers have as many limbs as N, and how long a product takes does not tell which of a table's numbers it
 *   was with. Measured by `npm run timing`: numbers up to 2N do tell.
 * - Source: P. L. Montgomery, 1985; without the subtraction, C. D. Walter, 1999.
 * - Three steps, of which the second has a limb less, were the fastest of those measured: docs/internals/performance.md.
 */

/** What is computed once for a modulus N. */
export interface Montgomery {
  /** The modulus. */
  readonly N: bigint;
  /** A number below 3N that is T·R⁻¹ mod N, for 0 ≤ T < 2^62·N². */
  readonly redc: (T: bigint) => bigint;
  /** R mod N, which is 1 in Montgomery's form. */
  readonly one: bigint;
  /** R² mod N: redc(n·R2) is n in Montgomery's form. */
  readonly R2: bigint;
}

const STEPS = 3;
const LIMB_BITS = 64;

/** @param N odd, > 1 */
export function montgomery(N: bigint): Montgomery {
  const limbCount = (N.toString(16).length * 4) / LIMB_BITS;
  // Two limbs more than N has: one that s is shorter than r, one for R ≥ 2^64·N
  const rBits = Math.ceil((limbCount + 2) / STEPS) * LIMB_BITS;
  const sBits = rBits - LIMB_BITS;
  const negativeInverse = negativeInverseOf(N, rBits);

  // Claim: friendlyStep of q = 2^bits gives T·q⁻¹ mod N.
  // Bound: at most T/q + (q − 1)·N.
  // Reason: N·(−N⁻¹ mod q) is −1 mod q. With 1 added and divided by q it is q⁻¹ mod N, and at most N. T is q·⌊T/q⌋ + T mod q.
  // It saves the product that finds the quotient. A multiple of N that is −1 mod q is called Montgomery-friendly.
  const friendlyStep = (bits: number) => {
    const shift = BigInt(bits);
    const inverse = (N * BigInt.asUintN(bits, negativeInverse) + 1n) >> shift;
    return (T: bigint): bigint => (T >> shift) + BigInt.asUintN(bits, T) * inverse;
  };
  const divideByR = friendlyStep(rBits);
  const divideByS = friendlyStep(sBits);

  // Claim: exactStep gives T·r⁻¹ mod N.
  // Bound: at most (T + (r − 1)·N) / r.
  // Reason: for m = T·(−N⁻¹) mod r, T + m·N is a multiple of r, so the shift loses nothing.
  const rShift = BigInt(rBits);
  const exactStep = (T: bigint): bigint => {
    const m = BigInt.asUintN(rBits, BigInt.asUintN(rBits, T) * negativeInverse);
    return (T + m * N) >> rShift;
  };

  const one = (1n << BigInt(rBits + sBits + rBits)) % N;
  return {
    N,
    one,
    R2: (one * one) % N,
    // Bound after two steps: T/(r·s) + (2^64 + s)·N. After three: T/R + (1 + 2^-64 + 1/s)·N
    redc: (T) => exactStep(divideByS(divideByR(T))),
  };
}

/** −N⁻¹ mod 2^bits by Newton's iteration, of which each round doubles the number of right bits. */
function negativeInverseOf(N: bigint, bits: number): bigint {
  let inverse = 1n;
  for (let rightBits = 1; rightBits < bits; rightBits *= 2) {
    inverse = BigInt.asUintN(bits, inverse * (2n + N * inverse));
  }
  return inverse;
}
