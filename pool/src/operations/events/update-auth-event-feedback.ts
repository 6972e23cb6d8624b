/** UpdateAuthEventFeedback: whether a user says that a sign-in was the user's own. */
import { userDoesNotExist } from '../../domain/service-exception.ts';
import { poolOperation } from '../operation.ts';
import { assertAuthEvent } from './auth-event.ts';

/**
 * Takes the answer for a sign-in of the user, and does nothing with it. The pool sends no notification, so it takes any
 * feedback token. The service refuses one that is not from its message.
 */
export const updateAuthEventFeedback = poolOperation(
  'UpdateAuthEventFeedback',
  { access: 'public' },
  async (pool, input) => {
    const user = pool.users.find(input.Username);
    if (!user) throw userDoesNotExist();
    assertAuthEvent(pool, user, input.EventId);
    return {};
  },
);
