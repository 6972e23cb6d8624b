/** AdminRevokeUserSession: revokes a session of a user, with all its tokens. */

import { poolOperation } from '../operation.ts';
import { findSession } from '../tokens/tracked-sessions.ts';
import { findNamedUser } from './named-user.ts';

/** RevokeAssociatedSessions changes nothing: without a managed login no session comes through another one. */
export const adminRevokeUserSession = poolOperation(
  'AdminRevokeUserSession',
  { access: 'iam' },
  async (pool, input) => {
    const user = findNamedUser(pool, input.Username);
    pool.grants.revoke(findSession(pool, user, input.SessionId));
    return {};
  },
);
