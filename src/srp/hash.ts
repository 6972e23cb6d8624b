/**
 * SHA-256 (FIPS 180-4), HMAC-SHA-256 (RFC 2104), HKDF-SHA-256 (RFC 5869) and hexadecimal: bytes in,
 * bytes out. The only importer of `@noble/hashes`.
 */
import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';

export { bytesToHex, concatBytes, hexToBytes } from '@noble/hashes/utils.js';
export { sha256 };

/** H(bytes): the hash an SRP group is used with. */
export type Hash = (bytes: Uint8Array) => Uint8Array;

/** 32 bytes. */
export const hmacSha256 = (key: Uint8Array, message: Uint8Array): Uint8Array => hmac(sha256, key, message);

/** RFC 5869 extract and expand, without `info` longer than needed: `length` is in bytes. */
export const hkdfSha256 = (ikm: Uint8Array, salt: Uint8Array, info: Uint8Array, length: number): Uint8Array =>
  hkdf(sha256, ikm, salt, info, length);
