/**
 * UTF-8 and base64 in the language alone: Hermes and other bare engines have `BigInt` but no `TextEncoder`, `atob` or
 * `btoa`. For passwords, names and SECRET_BLOCK: a few thousand bytes.
 */
import { hexToBytes } from './encoding.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

const binary = (n: number, digits: number): string => n.toString(2).padStart(digits, '0');

/** A lone surrogate becomes U+FFFD, as in `TextEncoder`. */
export function utf8(text: string): Uint8Array {
  // With the flag u, a surrogate of a pair does not match
  const escaped = encodeURIComponent(text.replace(/[\uD800-\uDFFF]/gu, '\uFFFD'));
  return hexToBytes(escaped.replace(/%(..)|./g, (char, hex) => hex ?? char.charCodeAt(0).toString(16)));
}

export function toBase64(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => binary(byte, 8)).join('');
  const digits = bits.replace(/.{1,6}/g, (six) => ALPHABET.charAt(Number.parseInt(six.padEnd(6, '0'), 2)));
  return digits.padEnd(Math.ceil(digits.length / 4) * 4, '=');
}

/** @param text standard base64, with or without its padding */
export function fromBase64(text: string): Uint8Array {
  const bits = text.replace(/=/g, '').replace(/./g, (digit) => binary(ALPHABET.indexOf(digit), 6));
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}
