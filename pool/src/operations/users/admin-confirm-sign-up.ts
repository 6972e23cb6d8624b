/** AdminConfirmSignUp: confirms a user without a code. */
import { notAuthorized } from '../../domain/service-exception.ts';
import { postConfirmation } from '../../triggers/post-confirmation.ts';
import { poolOperation } from '../operation.ts';
import { findNamedUser } from './named-user.ts';

/** The user's addresses stay unverified. */
export const adminConfirmSignUp = poolOperation(
  'AdminConfirmSignUp',
  { access: 'iam' },
  async (pool, input) => {
    const user = findNamedUser(pool, input.Username);
    if (user.status !== 'UNCONFIRMED') {
      throw notAuthorized(`User cannot be confirmed. Current status is ${user.status}`);
    }
    pool.users.update(user, { status: 'CONFIRMED' });
    await postConfirmation(pool, {
      source: 'PostConfirmation_ConfirmSignUp',
      user,
      clientId: undefined,
      clientMetadata: input.ClientMetadata,
    });
    return {};
  },
);
