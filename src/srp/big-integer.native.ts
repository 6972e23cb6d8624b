/**
 * {@link Arithmetic} on the engine's own `bigint`, which every current browser, Node, Bun, Deno, workerd and Hermes have.
 *
 * Nothing here runs at import, so that an engine without `bigint` gets the error of `runtime.ts` and not
 * one from the loader.
 */
import type { Powers, RuntimeRequirement } from './big-integer.ts';
import { comb } from './comb.native.ts';
import { bytesToHex, hexToBytes } from './encoding.ts';
import { type Montgomery, montgomery } from './montgomery.native.ts';

export type BigInteger = bigint;

export const bigIntegerRequirements: readonly RuntimeRequirement[] = [
  ['BigInt', 'import "cognito-srp-engine/portable"'],
];

export const fromHex = (hex: string): bigint => BigInt(`0x${hex}`);

export const fromBytes = (bytes: Uint8Array): bigint => fromHex(`0${bytesToHex(bytes)}`);

export const toHex = (n: bigint): string => n.toString(16);

export function toByteArray(n: bigint): Uint8Array {
  const digits = toHex(n);
  // A set top bit would be a sign, so a byte of zeros goes before it. Base 16 is used because Hermes takes long in base 2
  return hexToBytes(digits.length % 2 ? `0${digits}` : digits.replace(/^[89a-f]/, '00$&'));
}

export const isZero = (n: bigint): boolean => n === 0n;
export const compareTo = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);
export const add = (a: bigint, b: bigint): bigint => a + b;
export const subtract = (a: bigint, b: bigint): bigint => a - b;
export const multiply = (a: bigint, b: bigint): bigint => a * b;

/** It has no branch on the sign, which is secret in B − k·g^x. */
export const mod = (n: bigint, m: bigint): bigint => ((n % m) + m) % m;

/**
 * Exponents are padded to whole blocks of this many bits, so that the sequence of operations depends on nothing of a
 * secret exponent but its block count. That is 1 for a and x, and 2 for a + u·x.
 */
const EXPONENT_BLOCK = 256;

export const modPow = (base: bigint, exponent: bigint, modulus: bigint): bigint =>
  powersModulo(modulus, base).of(base, exponent);

export function powersModulo(
  modulus: bigint,
  g: bigint,
  context: Montgomery = montgomery(modulus),
): Powers<bigint> {
  const of = (base: bigint, exponent: bigint) => {
    const blocks = Math.ceil((toHex(exponent).length * 4) / EXPONENT_BLOCK);
    return comb(base, blocks * EXPONENT_BLOCK, 1, context)(exponent);
  };
  const ofG = comb(g, EXPONENT_BLOCK, 2, context);
  // The branch tells only the exponent's block count, which is public: a and x have one block
  return { of, ofG: (exponent) => (exponent >> BigInt(EXPONENT_BLOCK) ? of(g, exponent) : ofG(exponent)) };
}
