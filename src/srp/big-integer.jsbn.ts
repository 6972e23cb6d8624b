/**
 * {@link Arithmetic} on the `jsbn` library, for engines without `bigint` (entry `./portable`).
 *
 * Only `BigInteger` is taken from jsbn, because its `SecureRandom` is RC4 seeded from the clock.
 */
// biome-ignore lint/style/noRestrictedImports: this is the module that brings jsbn
import jsbn from 'jsbn';
import type { Powers, RuntimeRequirement } from './big-integer.ts';
import { bytesToHex } from './encoding.ts';

export type BigInteger = jsbn.BigInteger;

export const bigIntegerRequirements: readonly RuntimeRequirement[] = [];

export const fromHex = (hex: string): BigInteger => new jsbn.BigInteger(hex, 16);
export const fromBytes = (bytes: Uint8Array): BigInteger => fromHex(`0${bytesToHex(bytes)}`);
export const toHex = (n: BigInteger): string => n.toString(16);
/** jsbn's bytes are signed, as Java's are. */
export const toByteArray = (n: BigInteger): Uint8Array => Uint8Array.from(n.toByteArray(), (b) => b & 0xff);
export const isZero = (n: BigInteger): boolean => n.signum() === 0;
export const compareTo = (a: BigInteger, b: BigInteger): number => a.compareTo(b);
export const add = (a: BigInteger, b: BigInteger): BigInteger => a.add(b);
export const subtract = (a: BigInteger, b: BigInteger): BigInteger => a.subtract(b);
export const multiply = (a: BigInteger, b: BigInteger): BigInteger => a.multiply(b);
export const mod = (n: BigInteger, m: BigInteger): BigInteger => n.mod(m);
/** jsbn's sliding window branches on exponent bits: see docs/internals/threat-model.md. */
export const modPow = (base: BigInteger, exponent: BigInteger, modulus: BigInteger): BigInteger =>
  base.modPow(exponent, modulus);
export const powersModulo = (modulus: BigInteger, g: BigInteger): Powers<BigInteger> => ({
  of: (base, exponent) => modPow(base, exponent, modulus),
  ofG: (exponent) => modPow(g, exponent, modulus),
});
