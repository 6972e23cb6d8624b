/** What a user says about a sign-in that the pool's threat protection has reported. */

import { mustBe } from '../../errors.ts';
import { requireTexts } from '../../required-input.ts';
import type { CallOptions } from '../client/call-options.ts';
import { connect } from '../client/connection.ts';
import type { UserPoolClient } from '../client/user-pool-client.ts';

/** The sign-in and the answer of {@link updateAuthEventFeedback}. The first three come from the link in the message. */
export interface UpdateAuthEventFeedbackInput {
  readonly username: string;
  /** The authentication event. Tokens of that sign-in have it as the claim `event_id`. */
  readonly eventId: string;
  /** Proves that the user has received the message. */
  readonly feedbackToken: string;
  /** `Valid` if it was the user who signed in, `Invalid` if not. */
  readonly feedback: 'Valid' | 'Invalid';
}

/**
 * Tells the pool's threat protection whether a reported sign-in was the user's own (AWS operation
 * UpdateAuthEventFeedback). The service sends the link to such a page in its notification message, so the user need
 * not be signed in.
 *
 * @param pool the user pool and its app client
 * @param input the user, the event, the token from the message, and the answer
 * @param options how the request is sent
 * @returns nothing; the answer has been noted
 * @throws ServiceError POOL_MISCONFIGURED if the pool has no threat protection, USER_NOT_FOUND, PARAMETER_REFUSED, or
 *   another `ServiceErrorCode`
 * @throws ProtocolError if no usable reply came
 * @throws ArgumentError USERNAME_INVALID, OPTION_INVALID for another member that is empty, or another code if the pool
 *   or an option cannot be right
 * @example
 * ```ts
 * import { updateAuthEventFeedback, type UserPoolClient } from 'cognito-srp-engine';
 *
 * declare const pool: UserPoolClient;
 * declare const username: string;
 * declare const eventId: string;
 * declare const feedbackToken: string;
 *
 * const feedback = confirm('Was it you?') ? 'Valid' : 'Invalid';
 * await updateAuthEventFeedback(pool, { username, eventId, feedbackToken, feedback });
 * ```
 */
export async function updateAuthEventFeedback(
  pool: UserPoolClient,
  input: UpdateAuthEventFeedbackInput,
  options: CallOptions = {},
): Promise<void> {
  const { username, eventId, feedbackToken, feedback } = requireTexts(
    input,
    'username',
    'eventId',
    'feedbackToken',
  );
  if (feedback !== 'Valid' && feedback !== 'Invalid') {
    throw mustBe('OPTION_INVALID', 'feedback', '"Valid" or "Invalid"');
  }
  await connect(pool, options).call(
    'UpdateAuthEventFeedback',
    {
      UserPoolId: pool.userPoolId,
      Username: username,
      EventId: eventId,
      FeedbackToken: feedbackToken,
      FeedbackValue: feedback,
    },
    { retry: 'after-lost-reply' },
  );
}
