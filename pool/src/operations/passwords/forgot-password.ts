/** ForgotPassword: sends a code for ConfirmForgotPassword. */
import { hidesUsers } from '../../domain/clients.ts';
import { deliveryDetails, simulatedDestination } from '../../domain/codes.ts';
import { invalidParameter, notAuthorized } from '../../domain/service-exception.ts';
import { poolOperation } from '../operation.ts';
import { combinationNotFound, findCheckedClient } from '../sign-up/checked-client.ts';
import { findRecoveryDestination } from './recovery-destination.ts';

export const forgotPassword = poolOperation('ForgotPassword', { access: 'public' }, async (pool, input) => {
  const client = findCheckedClient(pool, input);
  const user = pool.users.find(input.Username);
  if (!user) {
    if (!hidesUsers(client)) throw combinationNotFound();
    return { CodeDeliveryDetails: deliveryDetails(simulatedDestination(input.Username)) };
  }
  if (!user.enabled) throw notAuthorized('User is disabled.');
  if (user.status === 'FORCE_CHANGE_PASSWORD') {
    throw notAuthorized('User password cannot be reset in the current state.');
  }
  const destination = findRecoveryDestination(pool, user);
  if (!destination) {
    throw invalidParameter(
      'Cannot reset password for the user as there is no registered/verified email or phone_number',
    );
  }
  return { CodeDeliveryDetails: pool.codes.issue('ConfirmForgotPassword', user.username, destination) };
});
