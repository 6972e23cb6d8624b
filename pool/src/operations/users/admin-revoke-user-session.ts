/** AdminRevokeUserSession: revokes a session of a user, with all its tokens. */

import { poolOperation } from '../operation.ts';
import { findSession } from '../tokens/tracked-sessions.ts';
import { findNamedUser } from './named-user.ts';

/** RevokeAssociatedSessions changes nothing: a local pool does not note which session of managed login a sign-in came through. */
export const adminRevokeUserSession = poolOperation(
  'AdminRevokeUserSession',
  { access: 'iam' },
  async (pool, input) => {
    const user = findNamedUser(pool, input.Username);
    pool.grants.revoke(findSession(pool, user, input.SessionId));
    return {};
  },
);
