/** What a token says. Read, not verified: good for showing a name, worth nothing as a proof. */
import { fromBase64 } from '#encoding';
import { fromUtf8 } from '../srp/encoding.ts';

/** Claims of an ID or access token (RFC 7519 §4, and Cognito's own). */
export type Claims = Readonly<Record<string, unknown>>;

/**
 * The claims of a JWT, NOT VERIFIED: anyone can write such a token. A server must verify it first, against
 * `https://cognito-idp.{region}.amazonaws.com/{userPoolId}/.well-known/jwks.json`.
 *
 * @returns undefined for what is no JWT
 */
export function decodeClaims(token: string): Claims | undefined {
  const payload = token.split('.')[1];
  if (payload === undefined || !/^[\w-]+$/.test(payload)) return undefined;
  try {
    // base64url, RFC 7515 §2
    const base64 = payload.replace(/-/g, '+').replace(/_/g, '/');
    const claims: unknown = JSON.parse(
      fromUtf8(fromBase64(base64.padEnd(Math.ceil(base64.length / 4) * 4, '='))),
    );
    return typeof claims === 'object' && claims !== null && !Array.isArray(claims)
      ? (claims as Claims)
      : undefined;
  } catch {
    return undefined;
  }
}
