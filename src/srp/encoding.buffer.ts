/** UTF-8 and base64 by the `buffer` package, for the entry `./portable`. */
// biome-ignore lint/style/noRestrictedImports: this is the module that brings buffer
import { Buffer } from 'buffer';
import { base64Digits } from './encoding.ts';

export const utf8 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text));

export const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

export const fromBase64 = (text: string): Uint8Array =>
  Uint8Array.from(Buffer.from(base64Digits(text), 'base64'));
