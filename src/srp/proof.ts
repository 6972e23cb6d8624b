/**
 * The client's proof M, on Cognito's wire `PASSWORD_CLAIM_SIGNATURE`.
 *
 * RFC 2945's M hashes A, B and the user name. Cognito's is an HMAC under K over the identity, the
 * SECRET_BLOCK (the service's own encrypted state, which holds A and b) and the TIMESTAMP.
 */
import { fromBase64, toBase64, utf8 } from '#encoding';
import { hmacSha256 } from './hash.ts';

/**
 * @param K 16 bytes: `session-key.ts`
 * @param I identity, as in x: `verifier.ts`
 * @param secretBlock base64
 * @param timestamp the very text that is sent: `timestamp.ts`
 * @returns base64, 44 characters
 */
export function passwordClaimSignature(
  K: Uint8Array,
  I: string,
  secretBlock: string,
  timestamp: string,
): string {
  // M = HMAC-SHA-256(K, I | SECRET_BLOCK | TIMESTAMP)
  return toBase64(hmacSha256(K, utf8(I), fromBase64(secretBlock), utf8(timestamp)));
}
