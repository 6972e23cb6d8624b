/** AdminListUserSessions: all sessions of a user on one page. */

import { poolOperation } from '../operation.ts';
import { describeSession, findSessions } from '../tokens/tracked-sessions.ts';
import { findNamedUser } from './named-user.ts';

export const adminListUserSessions = poolOperation(
  'AdminListUserSessions',
  { access: 'iam' },
  async (pool, input) => {
    const user = findNamedUser(pool, input.Username);
    return { Sessions: findSessions(pool, user).map((session) => describeSession(pool, session, undefined)) };
  },
);
