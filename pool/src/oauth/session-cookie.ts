/** The cookie of a managed-login session, which the browser keeps. */
import type { Pool } from '../service/pool.ts';
import type { LoginSession } from './login-sessions.ts';

/**
 * The name of the cookie has the id of the pool. Each pool of AWS has a domain of its own, and the pools of a local service share
 * one, as do services on other ports of the same host. Reported of the service, not documented: its cookie is called `cognito`.
 */
const nameOf = ({ userPoolId }: Pick<Pool, 'userPoolId'>): string => `cognito-${userPoolId}`;

/** @returns the id of the session, or undefined if the request does not have the cookie */
export function sessionIdOf(pool: Pick<Pool, 'userPoolId'>, request: Request): string | undefined {
  const start = `${nameOf(pool)}=`;
  const cookies = (request.headers.get('cookie') ?? '').split(';').map((cookie) => cookie.trim());
  return cookies.find((cookie) => cookie.startsWith(start))?.slice(start.length) || undefined;
}

/** Makes the Set-Cookie header of a session. */
export function sessionCookie(pool: Pool, request: Request, { id, expires }: LoginSession): string {
  const seconds = Math.max(0, Math.floor((expires - pool.now()) / 1000));
  return writeCookie(pool, request, id, seconds);
}

/** Makes the Set-Cookie header that removes the cookie. */
export const noSessionCookie = (pool: Pool, request: Request): string => writeCookie(pool, request, '', 0);

/**
 * `Lax` sends the cookie with a link or a redirect to /oauth2/authorize from the page of the app, and not with a form or a script of
 * another site. `Secure` would keep it from a pool without TLS, except on localhost.
 */
function writeCookie(pool: Pool, request: Request, value: string, maxAge: number): string {
  const secure = new URL(request.url).protocol === 'https:' ? '; Secure' : '';
  return `${nameOf(pool)}=${value}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure}`;
}
