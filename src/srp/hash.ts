/**
 * SHA-256 (FIPS 180-4), HMAC (RFC 2104) and HKDF (RFC 5869), in the form that the formulas take.
 *
 * SHA-256 is that of `@noble/hashes`. HMAC and HKDF are written out as their RFCs have them, because the library's would
 * take `./srp` over its ceiling (docs/internals/decisions/0013-sizes-are-recorded.md).
 */
// biome-ignore lint/style/noRestrictedImports: this is the module that brings the hashes
import { sha256 as sha256Hash } from '@noble/hashes/sha2.js';

/** The hash an SRP group is used with: H(a | b | …), where the parts are one message. */
export type Hash = (...parts: readonly Uint8Array[]) => Uint8Array;

/**
 * SHA-256 of the parts as one message.
 *
 * @returns 32 bytes
 */
export function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = sha256Hash.create();
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** B: how many bytes SHA-256 takes at a time. */
const BLOCK_BYTES = 64;

/**
 * HMAC-SHA-256 of the parts as one message.
 *
 * @param key of any length
 * @returns 32 bytes
 */
export function hmacSha256(key: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array {
  const K = new Uint8Array(BLOCK_BYTES);
  K.set(key.length > BLOCK_BYTES ? sha256(key) : key);
  const innerKey = K.map((byte) => byte ^ 0x36);
  const outerKey = K.map((byte) => byte ^ 0x5c);
  // H(K XOR opad, H(K XOR ipad, text))
  return sha256(outerKey, sha256(innerKey, ...parts));
}

/**
 * The first block of HKDF-SHA-256. A key of up to 32 bytes is cut from it, so no other block is needed.
 *
 * @param IKM the input keying material
 * @returns T(1): the first 32 bytes of OKM
 */
export function hkdfSha256(IKM: Uint8Array, salt: Uint8Array, info: Uint8Array): Uint8Array {
  // PRK = HMAC-Hash(salt, IKM)
  const PRK = hmacSha256(salt, IKM);
  // T(1) = HMAC-Hash(PRK, T(0) | info | 0x01), where T(0) is empty
  return hmacSha256(PRK, info, Uint8Array.of(1));
}
