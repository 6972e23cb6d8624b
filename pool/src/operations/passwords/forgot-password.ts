/** ForgotPassword: sends a code for ConfirmForgotPassword. */
import { hidesUsers } from '../../domain/clients.ts';
import { deliveryDetails, simulatedDestination } from '../../domain/codes.ts';
import { invalidParameter, notAuthorized } from '../../domain/service-exception.ts';
import { issueCode } from '../../messages/send-message.ts';
import type { Inputs } from '../../model/types.generated.ts';
import type { Pool } from '../../service/pool.ts';
import type { Client } from '../../settings/pool-settings.ts';
import { migrateUser } from '../../sign-in/migrate-user.ts';
import { poolOperation } from '../operation.ts';
import { combinationNotFound, findCheckedClient } from '../sign-up/checked-client.ts';
import { findRecoveryDestination } from './recovery-destination.ts';

export const forgotPassword = poolOperation('ForgotPassword', { access: 'public' }, async (pool, input) => {
  const client = findCheckedClient(pool, input);
  const { ClientMetadata: clientMetadata } = input;
  const user = pool.users.find(input.Username) ?? (await migrateUnknown(pool, client, input));
  if (!user) {
    if (!hidesUsers(client)) throw combinationNotFound();
    return { CodeDeliveryDetails: deliveryDetails(simulatedDestination(input.Username)) };
  }
  if (!user.enabled) throw notAuthorized('User is disabled.');
  // Reported for users of identity providers, who have no password here
  if (user.status === 'FORCE_CHANGE_PASSWORD' || user.status === 'EXTERNAL_PROVIDER') {
    throw notAuthorized('User password cannot be reset in the current state.');
  }
  const destination = findRecoveryDestination(pool, user);
  if (!destination) {
    throw invalidParameter(
      'Cannot reset password for the user as there is no registered/verified email or phone_number',
    );
  }
  const message = {
    purpose: 'ConfirmForgotPassword',
    occasion: 'ForgotPassword',
    user,
    clientId: client.ClientId,
    clientMetadata,
    destination,
  } as const;
  return { CodeDeliveryDetails: await issueCode(pool, message) };
});

/** Asks UserMigration for the user. A user whom it does not know either is hidden like any other. */
async function migrateUnknown(pool: Pool, client: Client, input: Inputs['ForgotPassword']) {
  return migrateUser(pool, client, {
    source: 'UserMigration_ForgotPassword',
    name: input.Username,
    password: undefined,
    validationData: undefined,
    clientMetadata: input.ClientMetadata,
  });
}
