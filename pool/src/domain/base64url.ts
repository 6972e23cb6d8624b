/** Base64url without padding (RFC 4648 section 5). */
import type { Random } from './randomness.ts';

export const toBase64Url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');

export const fromBase64Url = (text: string): Uint8Array =>
  Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (character) => character.charCodeAt(0));

/** Makes a secret that nobody can guess: 32 random bytes, which are 43 characters. */
export const randomToken = (random: Random): string => toBase64Url(random.bytes(32));

/** The form of what `randomToken` makes. */
export const RANDOM_TOKEN = /^[\w-]{43}$/;
