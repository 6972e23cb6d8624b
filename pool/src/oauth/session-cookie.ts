/** The cookie of a managed-login session, which the browser keeps. */
import { readCookie, writeCookie } from '../http/cookies.ts';
import type { Pool } from '../service/pool.ts';
import type { LoginSession } from './login-sessions.ts';

/**
 * The name of the cookie has the id of the pool. Each pool of AWS has a domain of its own, and the pools of a local service share
 * one, as do services on other ports of the same host. Reported of the service, not documented: its cookie is called `cognito`.
 */
const nameOf = ({ userPoolId }: Pick<Pool, 'userPoolId'>): string => `cognito-${userPoolId}`;

/** @returns the id of the session, or undefined if the request does not have the cookie */
export function sessionIdOf(pool: Pick<Pool, 'userPoolId'>, request: Request): string | undefined {
  return readCookie(request, nameOf(pool)) || undefined;
}

/** Makes the Set-Cookie header of a session. */
export function sessionCookie(pool: Pool, request: Request, { id, expires }: LoginSession): string {
  const seconds = Math.max(0, Math.floor((expires - pool.now()) / 1000));
  return cookieOf(pool, request, id, seconds);
}

/** Makes the Set-Cookie header that removes the cookie. */
export const noSessionCookie = (pool: Pool, request: Request): string => cookieOf(pool, request, '', 0);

const cookieOf = (pool: Pool, request: Request, value: string, maxAge: number): string =>
  writeCookie(request, { name: nameOf(pool), value, path: '/', maxAge });
