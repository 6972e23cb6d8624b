/** Reduction without division, for `big-integer.native.ts`: P. L. Montgomery, 1985, in three equal steps. */

/** What is computed once for a modulus N. */
export interface Montgomery {
  /** T·R⁻¹ mod N, or that plus N, for 0 ≤ T < 2^34·N². */
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
 * R = r³ is at least 2^64 times N, and r whole 64-bit limbs. Values below 2N then stay below 2N through
 * `redc(a·b)` without Montgomery's final subtraction (C. D. Walter, 1999), and so do values below 2^17·N,
 * which is what lets base 2 shift instead of multiply.
 *
 * @param modulus N: odd, > 1
 */
export function montgomery(modulus: bigint): Montgomery {
  const limbs = Math.ceil((modulus.toString(16).length * 4) / LIMB) + 1;
  const bits = Math.ceil(limbs / STEPS) * LIMB;
  const shift = BigInt(bits);
  const negativeInverse = BigInt.asUintN(bits, -inverse(modulus, bits));

  // T·r⁻¹ mod N: m·N has the low bits that make T + m·N a multiple of r
  const step = (T: bigint): bigint =>
    (T + BigInt.asUintN(bits, BigInt.asUintN(bits, T) * negativeInverse) * modulus) >> shift;

  const one = (1n << (BigInt(STEPS) * shift)) % modulus;
  return { one, R2: (one * one) % modulus, redc: (T) => step(step(step(T))) };
}

/** modulus⁻¹ mod 2^bits, by Newton's iteration: each round doubles the number of right bits. */
function inverse(modulus: bigint, bits: number): bigint {
  let y = 1n;
  for (let known = 1; known < bits; known *= 2) y = BigInt.asUintN(bits, y * (2n - modulus * y));
  return y;
}
