/**
 * {@link Arithmetic} on the engine's own `bigint`: every current browser, Node, Bun, Deno, workerd, Hermes.
 *
 * Nothing here runs at import, so that an engine without `bigint` gets the error of `runtime.ts` and not
 * one from the loader.
 */
import type { Powers } from './big-integer.ts';
import { bytesToHex, hexToBytes } from './encoding.ts';
import { fixedBase } from './fixed-base.native.ts';
import { type Montgomery, montgomery } from './montgomery.native.ts';

export type BigInteger = bigint;

/** What this module needs from the engine. */
export const bigIntegerNeeds: readonly string[] = ['BigInt'];

export const fromHex = (hex: string): bigint => BigInt(`0x${hex}`);

export const fromBytes = (bytes: Uint8Array): bigint => fromHex(`0${bytesToHex(bytes)}`);

export const toHex = (n: bigint): string => n.toString(16);

export function toByteArray(n: bigint): Uint8Array {
  const digits = toHex(n);
  const even = digits.length % 2 === 0 ? digits : `0${digits}`;
  return hexToBytes(/^[89a-f]/.test(even) ? `00${even}` : even);
}

export const compareTo = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);
export const add = (a: bigint, b: bigint): bigint => a + b;
export const subtract = (a: bigint, b: bigint): bigint => a - b;
export const multiply = (a: bigint, b: bigint): bigint => a * b;

export function mod(n: bigint, m: bigint): bigint {
  const r = n % m;
  return r < 0n ? r + m : r;
}

/** Exponent bits handled at a time. */
const WINDOW = 4;
/**
 * Exponents are taken in whole blocks of this many bits, so that the sequence of operations depends on
 * a secret exponent's block count alone: one for a and x, two for a + u·x. A multiple of WINDOW.
 */
const EXPONENT_BLOCK = 256;

/**
 * base ^ exponent mod modulus, by fixed windows over Montgomery products: no division and no branch on
 * exponent bits.
 *
 * @param context of the modulus, where it is at hand
 */
export function modPow(
  base: bigint,
  exponent: bigint,
  modulus: bigint,
  { one, R2, redc }: Montgomery = montgomery(modulus),
): bigint {
  const baseR = redc(base * R2);
  const powers = [one];
  for (let i = 1; i < 1 << WINDOW; i++) powers.push(redc((powers[i - 1] as bigint) * baseR));
  let power = one;
  for (const window of windowsOf(exponent)) {
    for (let i = 0; i < WINDOW; i++) power = redc(power * power);
    power = redc(power * (powers[window] as bigint));
  }
  // redc(power) may be N or more
  return redc(power) % modulus;
}

/** The exponent's windows, the highest first, padded to whole blocks. */
function windowsOf(exponent: bigint): number[] {
  const digits = exponent.toString(16);
  const perBlock = EXPONENT_BLOCK / WINDOW;
  const padded = digits.padStart(Math.ceil(digits.length / perBlock) * perBlock, '0');
  return Array.from(padded, (digit) => Number.parseInt(digit, 16));
}

export function powersModulo(modulus: bigint, g: bigint): Powers<bigint> {
  const context = montgomery(modulus);
  const of = (base: bigint, exponent: bigint) => modPow(base, exponent, modulus, context);
  const ofG = fixedBase(modulus, g, context);
  // How long an exponent is, is public: a and x have one block
  return { of, ofG: (exponent) => (exponent >> BigInt(EXPONENT_BLOCK) ? of(g, exponent) : ofG(exponent)) };
}
