/** Reads the claims of a token without verifying it. They can be shown to the user, and they prove nothing. */
import { fromUtf8 } from '../srp/encoding.ts';
import { fromBase64url, isRecord } from './values.ts';

/** Claims of an ID or access token (RFC 7519 §4, and Cognito's own). */
export type Claims = Readonly<Record<string, unknown>>;

/**
 * Reads the claims of a JWT. They are NOT VERIFIED: anyone can write such a token. A server has to verify it first,
 * with `createTokenVerifier` of `cognito-srp-engine/verify`.
 *
 * @param token an ID token or an access token
 * @returns the claims, or undefined if `token` is not a JWT
 * @example
 * ```ts
 * import { decodeClaims, type SignedIn } from 'cognito-srp-engine';
 *
 * declare const signedIn: SignedIn;
 *
 * const claims = decodeClaims(signedIn.tokens.idToken);
 * console.log(`Hello, ${claims?.['given_name']}`);
 * ```
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

/** The largest number of seconds that is taken. The last `Date` is at 8.64e12 seconds (ECMA-262, "Time Values and Time Range"). */
const LONGEST_SECONDS = 1e12;

/**
 * Whether a value is a number of seconds above 0 that a `Date` can hold. JSON can also have 1e308, which is Infinity in
 * milliseconds.
 */
export const isSeconds = (value: unknown): value is number =>
  typeof value === 'number' && value > 0 && value <= LONGEST_SECONDS;

/**
 * Reads a claim of a token that is a time (NumericDate, RFC 7519 §2).
 *
 * @returns milliseconds since the epoch, or undefined if the token has no such claim or it is not a time
 */
export function readTimeClaim(token: string, name: 'exp' | 'iat'): number | undefined {
  const seconds = decodeClaims(token)?.[name];
  return isSeconds(seconds) ? seconds * 1000 : undefined;
}
