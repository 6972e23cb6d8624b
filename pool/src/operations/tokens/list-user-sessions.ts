/** ListUserSessions: all sessions of the user on one page. */
import { bearerOf } from '../../domain/access-tokens.ts';
import { poolOperation } from '../operation.ts';
import { describeSession, findSessions } from './tracked-sessions.ts';

export const listUserSessions = poolOperation(
  'ListUserSessions',
  { access: 'token' },
  async (pool, input) => {
    const { user, eventId } = await bearerOf(pool, input.AccessToken);
    return { Sessions: findSessions(pool, user).map((session) => describeSession(pool, session, eventId)) };
  },
);
