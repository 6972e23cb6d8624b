/**
 * The arithmetic of integers that SRP needs, as functions with the names of jsbn's methods.
 *
 * Two modules have exactly these exports: `big-integer.native.ts` (the engine's own `bigint`, the default
 * build) and `big-integer.jsbn.ts` (the `jsbn` library, the portable build). Code imports
 * `#big-integer`, and package.json's `imports` picks the module. The tests hold each against the other.
 */
export interface Arithmetic<BigInteger> {
  /** The globals that the module needs from the engine. */
  readonly bigIntegerRequirements: readonly RuntimeRequirement[];
  /** @param hex non-negative, hexadecimal digits of either case, no prefix, at least one digit */
  readonly fromHex: (hex: string) => BigInteger;
  /** @param bytes unsigned, big-endian, of any length. No bytes are 0. */
  readonly fromBytes: (bytes: Uint8Array) => BigInteger;
  /**
   * Lower-case hexadecimal without leading zeros. 0 is "0".
   *
   * @param n ≥ 0
   */
  readonly toHex: (n: BigInteger) => string;
  /**
   * Java's `BigInteger.toByteArray()`, which is Cognito's PAD: the shortest big-endian two's complement. One 00 byte goes
   * before a set top bit, and 0 is one 00 byte.
   *
   * @param n ≥ 0
   */
  readonly toByteArray: (n: BigInteger) => Uint8Array;
  readonly isZero: (n: BigInteger) => boolean;
  /** Negative, zero or positive as a is less than, equal to or greater than b. */
  readonly compareTo: (a: BigInteger, b: BigInteger) => number;
  readonly add: (a: BigInteger, b: BigInteger) => BigInteger;
  readonly subtract: (a: BigInteger, b: BigInteger) => BigInteger;
  readonly multiply: (a: BigInteger, b: BigInteger) => BigInteger;
  /** The residue from 0 to m − 1, also for a negative n. */
  readonly mod: (n: BigInteger, m: BigInteger) => BigInteger;
  /**
   * base ^ exponent mod modulus.
   *
   * @param base 0 ≤ base < modulus
   * @param exponent ≥ 0
   * @param modulus odd, > 1
   */
  readonly modPow: (base: BigInteger, exponent: BigInteger, modulus: BigInteger) => BigInteger;
  /**
   * Prepares powers modulo one number, and cheaper ones of one base g. What follows from the two is computed once and
   * kept in the value that is returned, in at most 32 KB.
   *
   * @param modulus as for modPow
   */
  readonly powersModulo: (modulus: BigInteger, g: BigInteger) => Powers<BigInteger>;
}

/** A global that the build needs from the JavaScript engine, and what to do if it is missing. */
export type RuntimeRequirement = readonly [name: string, remedy: string];

/** Exponentiation modulo one number. */
export interface Powers<BigInteger> {
  /** base ^ exponent, with the same ranges as modPow. */
  readonly of: (base: BigInteger, exponent: BigInteger) => BigInteger;
  /** g ^ exponent. */
  readonly ofG: (exponent: BigInteger) => BigInteger;
}
