/**
 * SHA-256 (FIPS 180-4) of `@noble/hashes`, and what RFC 2104 and RFC 5869 make of it: bytes in, bytes out.
 *
 * HMAC and HKDF are their formulas over whole messages, and the hash is taken as its class: the library's functions
 * stream, clone and wipe their state, check options and carry object identifiers, which nothing here needs
 * (docs/internals/decisions/0007-size.md).
 */
import { _SHA256 } from '@noble/hashes/sha2.js';

/** The hash an SRP group is used with: H(a | b | …), the parts as one message. */
export type Hash = (...parts: readonly Uint8Array[]) => Uint8Array;

/** 32 bytes. */
export function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = new _SHA256();
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** SHA-256's block in bytes: B in RFC 2104. */
const BLOCK_BYTES = 64;

/** Of the parts of a text as one: 32 bytes. */
export function hmacSha256(key: Uint8Array, ...text: readonly Uint8Array[]): Uint8Array {
  const K = new Uint8Array(BLOCK_BYTES);
  K.set(key.length > BLOCK_BYTES ? sha256(key) : key);
  const padded = (pad: number) => K.map((byte) => byte ^ pad);
  // H(K XOR opad, H(K XOR ipad, text))
  return sha256(padded(0x5c), sha256(padded(0x36), ...text));
}

/**
 * HKDF's first block, from which shorter keys are cut.
 *
 * @returns T(1): the first 32 bytes of OKM
 */
export function hkdfSha256(IKM: Uint8Array, salt: Uint8Array, info: Uint8Array): Uint8Array {
  // PRK = HMAC-Hash(salt, IKM)
  const PRK = hmacSha256(salt, IKM);
  // T(1) = HMAC-Hash(PRK, T(0) | info | 0x01), T(0) empty
  return hmacSha256(PRK, info, Uint8Array.of(1));
}
