/**
 * Bytes as text: hexadecimal, UTF-8 and standard base64 (RFC 4648 §4, with padding).
 *
 * `encoding.native.ts` and `encoding.buffer.ts` implement {@link Encoding}; code imports `#encoding`.
 */
export interface Encoding {
  utf8(text: string): Uint8Array;
  toBase64(bytes: Uint8Array): string;
  fromBase64(text: string): Uint8Array;
}

/** Standard base64 with its padding, at least one byte of it and at most 16 KB of text: SECRET_BLOCK has 2.5 KB. */
export const BASE64 = /^(?=(....){1,4096}$)[a-z0-9+/]+={0,2}$/i;

/** Two lower-case digits a byte. */
export const bytesToHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** @param hex an even number of digits */
export const hexToBytes = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));

/**
 * UTF-8 bytes as text.
 *
 * Not by TextDecoder, which bare engines (Hermes, k6) do not have.
 *
 * @throws URIError for bytes that are not UTF-8
 */
export const fromUtf8 = (bytes: Uint8Array): string =>
  decodeURIComponent(bytesToHex(bytes).replace(/../g, '%$&'));
