/** AdminUpdateAuthEventFeedback: whether an administrator says that a sign-in was the user's own. */
import { poolOperation } from '../operation.ts';
import { findNamedUser } from '../users/named-user.ts';
import { assertAuthEvent } from './auth-event.ts';
import { assertThreatProtection } from './threat-protection.ts';

/** Takes the answer for a sign-in of the user, and does nothing with it. */
export const adminUpdateAuthEventFeedback = poolOperation(
  'AdminUpdateAuthEventFeedback',
  { access: 'iam' },
  async (pool, input) => {
    const user = findNamedUser(pool, input.Username);
    assertThreatProtection(pool);
    assertAuthEvent(pool, user, input.EventId);
    return {};
  },
);
