/**
 * Bytes as text: hexadecimal, UTF-8 and standard base64 (RFC 4648 §4, with padding).
 *
 * `encoding.native.ts` and `encoding.buffer.ts` implement {@link Encoding}. Code imports `#encoding`, and package.json's
 * `imports` picks the module.
 */
export interface Encoding {
  /** A lone surrogate becomes U+FFFD. */
  utf8(text: string): Uint8Array;
  toBase64(bytes: Uint8Array): string;
  /** @param text standard base64, with or without its padding */
  fromBase64(text: string): Uint8Array;
}

/** Standard base64 with its padding, of at least one byte, at most 16 KB of text: a SECRET_BLOCK has 2.5 KB. */
export const BASE64 = /^(?=(....){1,4096}$)[a-z0-9+/]+={0,2}$/i;

/** Two lower-case digits a byte. */
export const bytesToHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** @param hex an even number of digits */
export const hexToBytes = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));

/**
 * UTF-8 bytes as text. It does not use `TextDecoder`, because bare engines (Hermes, k6) do not have it.
 *
 * @throws URIError for bytes that are not UTF-8
 */
export const fromUtf8 = (bytes: Uint8Array): string =>
  decodeURIComponent(bytesToHex(bytes).replace(/../g, '%$&'));
