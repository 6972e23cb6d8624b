/**
 * Text as bytes: UTF-8 and standard base64 (RFC 4648 §4, with padding).
 *
 * `encoding.native.ts` and `encoding.buffer.ts` implement {@link Encoding}; code imports `#encoding`.
 */
export interface Encoding {
  utf8(text: string): Uint8Array;
  toBase64(bytes: Uint8Array): string;
  fromBase64(text: string): Uint8Array;
}

/** Whether this is standard base64 with its padding, and at least one byte of it. */
export const isBase64 = (text: string): boolean =>
  text.length > 0 && text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text);

/** Whether this is hexadecimal digits, of either case and at least one. */
export const isHex = (text: string): boolean => /^[0-9a-fA-F]+$/.test(text);

/**
 * UTF-8 bytes as text.
 *
 * Not by TextDecoder, which engines with their own `TextEncoder` (Hermes) need not have.
 *
 * @throws URIError for bytes that are not UTF-8
 */
export const fromUtf8 = (bytes: Uint8Array): string =>
  decodeURIComponent(Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''));
