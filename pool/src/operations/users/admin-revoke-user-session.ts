/** AdminRevokeUserSession: revokes a session of a user, with all its tokens, and on request what is linked to it. */

import { poolOperation } from '../operation.ts';
import { revokeSession } from '../tokens/linked-sessions.ts';
import { findSession } from '../tokens/tracked-sessions.ts';
import { findNamedUser } from './named-user.ts';

export const adminRevokeUserSession = poolOperation(
  'AdminRevokeUserSession',
  { access: 'iam' },
  async (pool, input) => {
    const user = findNamedUser(pool, input.Username);
    revokeSession(pool, findSession(pool, user, input.SessionId), input.RevokeAssociatedSessions);
    return {};
  },
);
