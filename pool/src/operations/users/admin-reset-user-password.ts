/** AdminResetUserPassword: makes a password invalid, and sends a code for ConfirmForgotPassword. */
import { invalidParameter, notAuthorized } from '../../domain/service-exception.ts';
import { issueCode } from '../../messages/send-message.ts';
import { poolOperation } from '../operation.ts';
import { findRecoveryDestination } from '../passwords/recovery-destination.ts';
import { findNamedUser } from './named-user.ts';

/** The order of the checks is not known. */
export const adminResetUserPassword = poolOperation(
  'AdminResetUserPassword',
  { access: 'iam' },
  async (pool, input) => {
    const user = findNamedUser(pool, input.Username);
    if (!user.enabled) throw notAuthorized('User is disabled.');
    if (['FORCE_CHANGE_PASSWORD', 'UNCONFIRMED', 'EXTERNAL_PROVIDER'].includes(user.status)) {
      throw notAuthorized('User password cannot be reset in the current state.');
    }
    const destination = findRecoveryDestination(pool, user);
    if (!destination) {
      throw invalidParameter(
        'Cannot reset password for the user as there is no registered/verified email or phone_number',
      );
    }
    await issueCode(pool, {
      purpose: 'ConfirmForgotPassword',
      occasion: 'ForgotPassword',
      user,
      clientId: undefined,
      clientMetadata: input.ClientMetadata,
      destination,
    });
    pool.users.update(user, { status: 'RESET_REQUIRED' });
    return {};
  },
);
