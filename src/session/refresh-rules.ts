/** The rules of a session's refreshes: how tabs take turns, when the timer runs, and which failures end the session. */
import type { UserPoolClient } from '../cognito/client/user-pool-client.ts';
import type { Tokens } from '../cognito/sign-in/step.ts';
import { DEFAULT_MARGIN_MS, type TokenKeeperInput } from '../cognito/tokens/token-keeper.ts';
import { ProtocolError, type Recovery, ServiceError, type ServiceErrorCode } from '../errors.ts';

/**
 * One refresh of a user at a time in all tabs, because a rotated refresh token is good once. Only secure contexts have locks. Node 24
 * has them as well, so the lock's name has the user in it: a server has sessions of many users.
 */
export function lockOf(
  { userPoolId, clientId }: UserPoolClient,
  username: string,
): TokenKeeperInput['exclusive'] {
  const { locks } = (globalThis.navigator ?? {}) as { readonly locks?: LockManager };
  if (!locks) return undefined;
  return async (work) => await locks.request(`cognito-session.${userPoolId}.${clientId}.${username}`, work);
}

/** After how long a refresh that failed for a moment is tried again. */
const RETRY_MS = 30_000;

/**
 * When the timer refreshes these tokens. If they should have been replaced by now, the refresh is tried again after a pause: the
 * keeper gives the tokens at hand where a refresh failed for a moment and they have not ended.
 *
 * @param now milliseconds since the epoch, as what is returned
 */
export function nextRefresh(
  { expiresAt, expiresIn }: Tokens,
  now: number,
  marginMs = DEFAULT_MARGIN_MS,
): number {
  // Tokens that live shorter than the margin would be refreshed again and again
  const margin = Math.min(marginMs, (expiresIn * 1000) / 2);
  return expiresAt - margin > now ? expiresAt - margin : now + RETRY_MS;
}

/** Nobody gets new tokens before the user, or an administrator at the user, has done something. */
const ENDED: readonly Recovery[] = ['start-again', 'reset-password', 'confirm-sign-up', 'ask-administrator'];

/**
 * A sign-in has to start again after these, but a refresh can succeed later. A trigger that throws because of a failure of a moment
 * gives the exception of one that refuses the user.
 */
const PASSING: readonly ServiceErrorCode[] = ['INTERNAL_ERROR', 'TRIGGER_FAILED', 'TRIGGER_REFUSED'];

/**
 * Whether no later refresh can succeed. What the developer has to change can be changed while the user is signed in, and an unknown
 * refusal with HTTP 5xx may be of a moment.
 */
export const isEnd = (error: unknown): boolean =>
  (error instanceof ServiceError &&
    ENDED.includes(error.recovery) &&
    !PASSING.includes(error.code) &&
    !(Number(error.status) >= 500)) ||
  (error instanceof ProtocolError && error.code === 'TOKEN_INVALID');
