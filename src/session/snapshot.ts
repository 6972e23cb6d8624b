/** What an application sees of a session: a snapshot of its state, and events that say what has changed it. */
import { type Claims, decodeClaims } from '../cognito/claims.ts';
import type { StoredUser } from '../cognito/tokens/user-store.ts';
import { isNonEmptyString } from '../cognito/values.ts';

/** Who is signed in, as the tokens say it. The claims are not verified: they can be shown, and they prove nothing. */
export interface SessionUser {
  /** The canonical name. */
  readonly username: string;
  /** The claim `sub`, which identifies the user in the pool. Empty if the tokens cannot be read. */
  readonly sub: string;
  /** The claim `name`, or what stands in for it: `preferred_username`, `email`, the canonical name. */
  readonly displayName: string;
  readonly email: string | undefined;
  readonly phoneNumber: string | undefined;
  /** The claim `cognito:groups` of the access token. */
  readonly groups: readonly string[];
  /** The scopes of the access token. */
  readonly scopes: readonly string[];
  /** All claims of the ID token, or of the access token if there is no ID token. */
  readonly claims: Claims;
}

/**
 * Why nobody is signed in:
 * - `nobody`: nothing was stored.
 * - `signed-out`: `signOut` was called.
 * - `ended`: the service refused to refresh the tokens, and would refuse it again: for example, the refresh token was revoked, or the
 *   user was disabled or has to reset the password. Sign in again.
 * - `elsewhere`: another tab or process signed out.
 */
export type SignedOutReason = 'nobody' | 'signed-out' | 'ended' | 'elsewhere';

/**
 * The state of a session. It is the same object until something changes, as React's `useSyncExternalStore` requires. It holds no
 * token.
 */
export type SessionSnapshot =
  /** The store has not been read yet. */
  | { readonly status: 'loading' }
  | { readonly status: 'signed-out'; readonly reason: SignedOutReason }
  | {
      readonly status: 'signed-in';
      readonly user: SessionUser;
      /** When the access token ends, in milliseconds since the epoch by the caller's clock. */
      readonly expiresAt: number;
    };

/** What has happened. Listeners are called after the snapshot has changed. */
export type SessionEvent =
  /** The store was read for the first time. */
  | { readonly type: 'restored' }
  | { readonly type: 'signed-in'; readonly username: string }
  | { readonly type: 'signed-out'; readonly username: string; readonly reason: SignedOutReason }
  | { readonly type: 'refreshed'; readonly username: string }
  /**
   * The session goes on if `error` is temporary, comes from a trigger, or is for the developer to mend (`fix-configuration`).
   * Otherwise `signed-out` follows.
   */
  | { readonly type: 'refresh-failed'; readonly username: string; readonly error: unknown }
  /** Another tab or process has signed in, or has stored newer tokens. */
  | { readonly type: 'changed-elsewhere'; readonly username: string };

/** The snapshot of a user whose tokens are these. */
export function signedInSnapshot({ username, tokens }: StoredUser): SessionSnapshot {
  return {
    status: 'signed-in',
    user: sessionUser(username, tokens.idToken, tokens.accessToken),
    expiresAt: tokens.expiresAt,
  };
}

function sessionUser(username: string, idToken: string, accessToken: string): SessionUser {
  const access = decodeClaims(accessToken) ?? {};
  const claims = decodeClaims(idToken) ?? access;
  const text = (name: string): string | undefined => {
    const value = claims[name];
    return isNonEmptyString(value) ? value : undefined;
  };
  const { scope } = access;
  return {
    username,
    sub: text('sub') ?? '',
    displayName: text('name') ?? text('preferred_username') ?? text('email') ?? username,
    email: text('email'),
    phoneNumber: text('phone_number'),
    groups: textsOf(access['cognito:groups']),
    scopes: isNonEmptyString(scope) ? scope.split(' ') : [],
    claims,
  };
}

const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
