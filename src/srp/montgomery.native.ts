/** Reduction without division, for `big-integer.native.ts`: P. L. Montgomery, 1985, in three steps. */

/** What is computed once for a modulus N. */
export interface Montgomery {
  /** The modulus. */
  readonly N: bigint;
  /** A number below 3N that is T·R⁻¹ mod N, for 0 ≤ T < 2^62·N²: products of such numbers, and of them with N. */
  readonly redc: (T: bigint) => bigint;
  /** R mod N: 1 in Montgomery's form. */
  readonly one: bigint;
  /** R² mod N: redc(n·R2) is n in Montgomery's form. */
  readonly R2: bigint;
}

/** The quotient is found in three steps of about a third of R each: see `docs/internals/performance.md`. */
const STEPS = 3;
const LIMB = 64;

/**
 * R = r·(r/2^64)·r is at least 2^64 times N, and r whole 64-bit limbs. Numbers below 3N then stay below 3N through
 * `redc(a·b)`, without Montgomery's final subtraction (after C. D. Walter, 1999). For N above 2^64 they are at most
 * 2^-62 of N above N, which takes as many limbs: how long a product takes does not tell which of a table's numbers it
 * was with (measured: with numbers up to 2N it did).
 *
 * @param N odd, > 1
 */
export function montgomery(N: bigint): Montgomery {
  const limbs = (N.toString(16).length * 4) / LIMB;
  const bits = Math.ceil((limbs + 2) / STEPS) * LIMB;
  const shift = BigInt(bits);
  const low = (n: bigint, size = bits) => BigInt.asUintN(size, n);

  // −N⁻¹ mod r by Newton's iteration: each round doubles the number of right bits
  let negativeInverse = 1n;
  for (let known = 1; known < bits; known *= 2)
    negativeInverse = low(negativeInverse * (2n + N * negativeInverse));

  // T·s⁻¹ mod N for s of so many bits, at most T/s + (s − 1)·N. N·(−N⁻¹ mod s) is −1 mod s: for this multiple of N
  // the quotient is T mod s itself, which saves a product. With 1 added and divided by s it is s⁻¹ mod N, at most N
  const friendlyStep = (size: number) => {
    const by = BigInt(size);
    const friendly = (N * low(negativeInverse, size) + 1n) >> by;
    return (T: bigint): bigint => (T >> by) + low(T, size) * friendly;
  };
  const [first, second] = [friendlyStep(bits), friendlyStep(bits - LIMB)];
  // T·r⁻¹ mod N, at most (T + (r − 1)·N)/r: m·N has the low bits that make T + m·N a multiple of r
  const last = (T: bigint): bigint => (T + low(low(T) * negativeInverse) * N) >> shift;

  const one = (1n << BigInt(STEPS * bits - LIMB)) % N;
  return {
    N,
    one,
    R2: (one * one) % N,
    // With r = 2^64·s: after two at most T/(r·s) + (2^64 + s)·N, after three T/R + (1 + 2^-64 + 1/s)·N
    redc: (T) => last(second(first(T))),
  };
}
