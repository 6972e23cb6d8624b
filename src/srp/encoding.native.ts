/**
 * UTF-8 and base64 in the language alone.
 *
 * Hermes and other bare engines have `BigInt` but no `TextEncoder`, `atob` or `btoa`. What is encoded here is at most a
 * few thousand bytes long: passwords, names and the SECRET_BLOCK.
 */
import { base64Digits, hexToBytes } from './encoding.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The digit of the lowest six bits. */
const toDigit = (bits: number): string => ALPHABET.charAt(bits & 0x3f);

/** A lone surrogate becomes U+FFFD, as in `TextEncoder`. */
export function utf8(text: string): Uint8Array {
  // encodeURIComponent refuses a lone surrogate. With the flag u, the surrogates of a pair do not match
  const escaped = encodeURIComponent(text.replace(/[\uD800-\uDFFF]/gu, '\uFFFD'));
  return hexToBytes(escaped.replace(/%(..)|./g, (char, hex) => hex ?? char.charCodeAt(0).toString(16)));
}

export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second, third] = bytes.subarray(at, at + 3);
    const group = (first << 16) | ((second ?? 0) << 8) | (third ?? 0);
    text += toDigit(group >> 18) + toDigit(group >> 12);
    text += second === undefined ? '=' : toDigit(group >> 6);
    text += third === undefined ? '=' : toDigit(group);
  }
  return text;
}

export function fromBase64(text: string): Uint8Array {
  const digits = base64Digits(text);
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4));
  for (let at = 0, length = 0; at < digits.length; at += 4) {
    let group = 0;
    // "A" stands for six zero bits
    for (const digit of digits.slice(at, at + 4).padEnd(4, 'A'))
      group = (group << 6) | ALPHABET.indexOf(digit);
    // A typed array keeps the low eight bits of a number, and ignores what is written after its end
    bytes[length++] = group >> 16;
    bytes[length++] = group >> 8;
    bytes[length++] = group;
  }
  return bytes;
}
