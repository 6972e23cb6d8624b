/** Sign-ins with claims of one's choice. Nothing verifies their tokens. */
import type { SignedIn } from '../../src/index.ts';

const jwt = (claims: object) =>
  ['{}', JSON.stringify(claims), 'the signature of it']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');

interface StepOptions {
  /** Seconds since the epoch. */
  readonly iat?: number;
  /** Makes the tokens longer. */
  readonly filler?: string;
}

/** What `signIn` would give to a user. */
export function signedInStep(username: string, { iat = 1_700_000_000, filler }: StepOptions = {}): SignedIn {
  return {
    status: 'signed-in',
    username,
    tokens: {
      accessToken: jwt({ username, iat, exp: iat + 3600, filler }),
      idToken: jwt({ 'cognito:username': username, iat, filler }),
      refreshToken: `the refresh token of ${username} at ${iat} ${filler ?? ''}`,
      expiresIn: 3600,
      expiresAt: (iat + 3600) * 1000,
      tokenType: 'Bearer',
    },
  };
}
