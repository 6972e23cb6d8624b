/** RevokeUserSession: revokes another session of the user, with all its tokens. */
import { bearerOf } from '../../domain/access-tokens.ts';
import { invalidParameter } from '../../domain/service-exception.ts';
import { poolOperation } from '../operation.ts';
import { findSession } from './tracked-sessions.ts';

/** RevokeAssociatedSessions changes nothing: a local pool does not note which session of managed login a sign-in came through. */
export const revokeUserSession = poolOperation(
  'RevokeUserSession',
  { access: 'token' },
  async (pool, input) => {
    const { user, eventId } = await bearerOf(pool, input.AccessToken);
    const grant = findSession(pool, user, input.SessionId);
    // The text is not known
    if (grant.eventId === eventId) throw invalidParameter('The current session cannot be revoked.');
    pool.grants.revoke(grant);
    return {};
  },
);
