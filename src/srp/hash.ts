/**
 * SHA-256 (FIPS 180-4) of `@noble/hashes`, and what RFC 2104 and RFC 5869 make of it: bytes in, bytes out.
 *
 * HMAC and HKDF are their formulas over whole messages, and the hash is taken as its class: the library's functions
 * stream, clone and wipe their state, check options and carry object identifiers, which nothing here needs
 * (docs/decisions/0007-size.md).
 */
import { _SHA256 } from '@noble/hashes/sha2.js';

/** 32 bytes. */
export const sha256 = (message: Uint8Array): Uint8Array => new _SHA256().update(message).digest();

/** H(bytes): the hash an SRP group is used with. */
export type Hash = (bytes: Uint8Array) => Uint8Array;

export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** SHA-256's block in bytes: B in RFC 2104. */
const BLOCK_BYTES = 64;

/** 32 bytes. */
export function hmacSha256(key: Uint8Array, text: Uint8Array): Uint8Array {
  const K = new Uint8Array(BLOCK_BYTES);
  K.set(key.length > BLOCK_BYTES ? sha256(key) : key);
  const padded = (pad: number) => K.map((byte) => byte ^ pad);
  // H(K XOR opad, H(K XOR ipad, text))
  return sha256(concatBytes(padded(0x5c), sha256(concatBytes(padded(0x36), text))));
}

/** @param length of the output keying material OKM, in bytes: 0 to 8160 */
export function hkdfSha256(IKM: Uint8Array, salt: Uint8Array, info: Uint8Array, length: number): Uint8Array {
  // PRK = HMAC-Hash(salt, IKM)
  const PRK = hmacSha256(salt, IKM);
  let OKM: Uint8Array = new Uint8Array();
  for (let T = OKM, N = 1; OKM.length < length; N++) {
    // T(N) = HMAC-Hash(PRK, T(N-1) | info | N)
    T = hmacSha256(PRK, concatBytes(T, info, Uint8Array.of(N)));
    OKM = concatBytes(OKM, T);
  }
  return OKM.subarray(0, length);
}
