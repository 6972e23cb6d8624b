/** RevokeUserSession: revokes another session of the user, with all its tokens, and on request what is linked to it. */
import { bearerOf } from '../../domain/access-tokens.ts';
import { invalidParameter } from '../../domain/service-exception.ts';
import { poolOperation } from '../operation.ts';
import { revokeSession } from './linked-sessions.ts';
import { findSession, isCurrent } from './tracked-sessions.ts';

/**
 * With LINKED, a session of managed login ends with the current session too, if that came through it. Whether the service spares it is
 * not known.
 */
export const revokeUserSession = poolOperation(
  'RevokeUserSession',
  { access: 'token' },
  async (pool, input) => {
    const { user, eventId } = await bearerOf(pool, input.AccessToken);
    const session = findSession(pool, user, input.SessionId);
    // The text is not known
    if (isCurrent(session, eventId)) throw invalidParameter('The current session cannot be revoked.');
    revokeSession(pool, session, input.RevokeAssociatedSessions);
    return {};
  },
);
