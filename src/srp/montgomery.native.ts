/** Reduction without division, for `big-integer.native.ts`: P. L. Montgomery, 1985, in three equal steps. */

/** What is computed once for a modulus N. */
export interface Montgomery {
  /** A number below 3N that is T·R⁻¹ mod N, for 0 ≤ T < 2^62·N²: products of such numbers, and of them with N. */
  readonly redc: (T: bigint) => bigint;
  /** R mod N: 1 in Montgomery's form. */
  readonly one: bigint;
  /** R² mod N: redc(n·R2) is n in Montgomery's form. */
  readonly R2: bigint;
}

/** The quotient is found in this many steps of a third of R each: see `docs/performance.md`. */
const STEPS = 3;
const LIMB = 64;

/**
 * R = r³ is above 2^64·N, and r whole 64-bit limbs. Numbers below 3N then stay below 3N through `redc(a·b)`, without
 * Montgomery's final subtraction (after C. D. Walter, 1999).
 *
 * @param modulus N: odd, > 1
 */
export function montgomery(modulus: bigint): Montgomery {
  const limbs = Math.ceil((modulus.toString(16).length * 4) / LIMB) + 1;
  const bits = Math.ceil(limbs / STEPS) * LIMB;
  const shift = BigInt(bits);
  const negativeInverse = BigInt.asUintN(bits, -inverse(modulus, bits));
  // N·(−N⁻¹ mod r) is −1 mod r: for this multiple of N the quotient is T mod r itself, which saves a product.
  // With 1 added and divided by r it is r⁻¹ mod N, at most N
  const friendly = (modulus * negativeInverse + 1n) >> shift;

  // T·r⁻¹ mod N, at most T/r + (r − 1)·N
  const friendlyStep = (T: bigint): bigint => (T >> shift) + BigInt.asUintN(bits, T) * friendly;
  // T·r⁻¹ mod N, at most (T + (r − 1)·N)/r: m·N has the low bits that make T + m·N a multiple of r
  const lastStep = (T: bigint): bigint =>
    (T + BigInt.asUintN(bits, BigInt.asUintN(bits, T) * negativeInverse) * modulus) >> shift;

  const one = (1n << (BigInt(STEPS) * shift)) % modulus;
  return {
    one,
    R2: (one * one) % modulus,
    // Two friendly steps: at most T/r² + (r − 1/r)·N. With the last: below T/R + 2N, where T/R is below N/4
    redc: (T) => lastStep(friendlyStep(friendlyStep(T))),
  };
}

/** modulus⁻¹ mod 2^bits, by Newton's iteration: each round doubles the number of right bits. */
function inverse(modulus: bigint, bits: number): bigint {
  let y = 1n;
  for (let known = 1; known < bits; known *= 2) y = BigInt.asUintN(bits, y * (2n - modulus * y));
  return y;
}
