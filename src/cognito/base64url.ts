/** base64url without padding (RFC 4648 §5): how JWTs and WebAuthn write bytes. */
import { fromBase64, toBase64 } from '#encoding';

export const toBase64url = (bytes: Uint8Array): string =>
  toBase64(bytes).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

/** @returns undefined for what is not base64url, or has no byte */
export function fromBase64url(text: unknown): Uint8Array | undefined {
  if (typeof text !== 'string' || !/^[\w-]+$/.test(text)) return undefined;
  return fromBase64(text.replace(/-/g, '+').replace(/_/g, '/'));
}
