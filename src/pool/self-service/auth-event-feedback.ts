/** UpdateAuthEventFeedback: whether a user says that a sign-in was the user's own. */
import { assertUserPool } from '../operation-input.ts';
import { ServiceException, userDoesNotExist } from '../service-exception.ts';
import type { PoolState } from '../state.ts';

export interface UpdateAuthEventFeedbackInput {
  readonly UserPoolId: string;
  readonly Username: string;
  /** The claim `event_id` of the tokens of the sign-in. */
  readonly EventId: string;
  readonly FeedbackToken: string;
  readonly FeedbackValue: 'Valid' | 'Invalid';
}

/**
 * Takes the answer for a sign-in of the user, and does nothing with it. The pool sends no notification, so it takes any
 * feedback token. The service refuses one that is not from its message, and its text for an unknown event is not known.
 */
export async function updateAuthEventFeedback(
  pool: PoolState,
  input: UpdateAuthEventFeedbackInput,
): Promise<object> {
  await assertUserPool(pool, input);
  const user = pool.users.find(input.Username);
  if (!user) throw userDoesNotExist();
  const grants = pool.grants.active(user, pool.now());
  if (!grants.some(({ eventId }) => eventId === input.EventId)) {
    throw new ServiceException('ResourceNotFoundException', 'Auth event does not exist.');
  }
  return {};
}
