/**
 * Bytes as text: hexadecimal, UTF-8 and standard base64 (RFC 4648 §4, with padding).
 *
 * `encoding.native.ts` and `encoding.buffer.ts` implement {@link Encoding}. Code imports `#encoding`, and package.json's
 * `imports` picks the module.
 */
export interface Encoding {
  /** A lone surrogate becomes U+FFFD. */
  readonly utf8: (text: string) => Uint8Array;
  readonly toBase64: (bytes: Uint8Array) => string;
  /**
   * Decodes leniently, as Node's `Buffer` does. See {@link base64Digits}.
   *
   * @param text any text
   */
  readonly fromBase64: (text: string) => Uint8Array;
}

/**
 * The digits that a lenient decoder finds in a text: those of base64 and of base64url (RFC 4648 §4 and §5) before the first
 * `=`. Other characters are left out. Node's `Buffer.from(text, 'base64')` reads the same digits, except that it takes a
 * character above U+00FF for another one.
 *
 * @returns digits of standard base64, without padding
 */
export function base64Digits(text: string): string {
  const [beforePadding = ''] = text.split('=', 1);
  return beforePadding
    .replace(/-/g, '+')
    .replace(/_/g, '/')
    .replace(/[^a-z0-9+/]/gi, '');
}

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
