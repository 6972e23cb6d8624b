/** Who is signed in with a browser: opens and ends a session of managed login, and says when and how it signs in silently. */
import { refusalOfSignIn } from '../domain/admission.ts';
import { levelOf } from '../domain/authentication-levels.ts';
import type { OAuthGrant, SignIn } from '../domain/grants.ts';
import { acceptsProvider } from '../domain/identity-providers.ts';
import type { User } from '../domain/user.ts';
import type { Pool } from '../service/pool.ts';
import type { Client } from '../settings/pool-settings.ts';
import type { AuthorizationRequest } from './authorization-request.ts';
import type { BrowserSignIn, LoginSession } from './login-sessions.ts';
import { sessionIdOf } from './session-cookie.ts';

/** SSOSession.MaxValidityMinutes, and the lifetime of the cookie in a pool that does not track sessions. Documented. */
const DEFAULT_MINUTES = 60;

/** How long a client signs in silently after a sign-in, in milliseconds. The setting counts only while the pool tracks sessions. */
const reuseMs = ({ userSessionTracking }: Pool, { ssoMinutes = DEFAULT_MINUTES }: Client): number =>
  (userSessionTracking ? ssoMinutes : DEFAULT_MINUTES) * 60_000;

/** Opens a session for a user who has just signed in to a client. It lasts as long as the most patient client of the pool reuses it. */
export function openLogin(pool: Pool, { ClientId }: Client, user: User, signIn: BrowserSignIn): LoginSession {
  const lifetimes = [...pool.clients.values()].map((client) => reuseMs(pool, client));
  const lifetimeMs = Math.max(DEFAULT_MINUTES * 60_000, ...lifetimes);
  const login = { ...signIn, clientId: ClientId, tracked: pool.userSessionTracking };
  return pool.loginSessions.open(user, login, pool.now(), lifetimeMs);
}

/** Makes what a grant is opened with that comes through a session. */
export const signInThrough = (
  { userSessionTracking }: Pool,
  { methods, hasLevel, deviceKey, authTime, sessionId }: Omit<LoginSession, 'id'>,
  oauth: OAuthGrant,
): SignIn => ({
  methods,
  hasLevel,
  deviceKey,
  authTime,
  oauth,
  originSessionId: sessionId,
  tracked: userSessionTracking,
});

/**
 * Finds the user of a session, as long as the user is there, is the same one and may still sign in. The status speaks of the password,
 * which a sign-in through an identity provider does not use.
 */
export function userOfLogin(pool: Pool, { username, sub, identityProvider }: LoginSession): User | undefined {
  const user = pool.users.find(username);
  if (user?.sub !== sub) return undefined;
  const maySignIn = identityProvider === undefined ? refusalOfSignIn(user) === undefined : user.enabled;
  return maySignIn ? user : undefined;
}

/** Finds the session that answers an authorization request without a page. */
export function silentLogin(
  pool: Pool,
  request: Request,
  authorization: AuthorizationRequest,
): LoginSession | undefined {
  const id = sessionIdOf(pool, request);
  const login = id === undefined ? undefined : pool.loginSessions.find(id, pool.now());
  return login && userOfLogin(pool, login) && isEnough(pool, login, authorization) ? login : undefined;
}

/** Whether AWS looks at the SupportedIdentityProviders of the client here is not known. A page of that client would not offer the provider. */
function isEnough(pool: Pool, login: LoginSession, authorization: AuthorizationRequest): boolean {
  const { client, identityProvider, maxAge = Number.POSITIVE_INFINITY, prompt, targetLevel } = authorization;
  const usedProvider = login.identityProvider ?? 'COGNITO';
  const time = pool.now();
  return (
    !prompt.includes('login') &&
    time < login.createdAt + reuseMs(pool, client) &&
    time / 1000 - login.authTime <= maxAge &&
    levelOf(login.methods) >= targetLevel &&
    acceptsProvider(client, usedProvider) &&
    (identityProvider === undefined || identityProvider === usedProvider)
  );
}

/** Ends the session that the request has the cookie of. */
export function endLogin(pool: Pool, request: Request): void {
  const id = sessionIdOf(pool, request);
  if (id !== undefined) pool.loginSessions.close(id);
}
