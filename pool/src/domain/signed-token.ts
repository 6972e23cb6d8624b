/** Tells signed tokens from refresh tokens by their form. */
import { decodeProtectedHeader } from 'jose';

/** Whether a token is a signed JWT, as access and ID tokens are. Refresh tokens look like encrypted ones. */
export function isSignedToken(token: string): boolean {
  try {
    return token.split('.').length === 3 && decodeProtectedHeader(token).alg !== undefined;
  } catch {
    return false;
  }
}
