/** What a token says. Read, not verified: good for showing a name, worth nothing as a proof. */
import { fromUtf8 } from '../srp/encoding.ts';
import { fromBase64url, isRecord } from './values.ts';

/** Claims of an ID or access token (RFC 7519 §4, and Cognito's own). */
export type Claims = Readonly<Record<string, unknown>>;

/**
 * The claims of a JWT, NOT VERIFIED: anyone can write such a token. A server must verify it first, against
 * `https://cognito-idp.{region}.amazonaws.com/{userPoolId}/.well-known/jwks.json`.
 *
 * @returns undefined for what is no JWT
 */
export function decodeClaims(token: string): Claims | undefined {
  try {
    const payload = fromBase64url(token.split('.')[1]);
    const claims: unknown = payload && JSON.parse(fromUtf8(payload));
    return isRecord(claims) ? claims : undefined;
  } catch {
    return undefined;
  }
}
