/** ResendConfirmationCode: sends another code for ConfirmSignUp. */
import { hidesUsers } from '../../domain/clients.ts';
import { deliveryDetails, simulatedDestination } from '../../domain/codes.ts';
import { invalidParameter, notAuthorized } from '../../domain/service-exception.ts';
import { issueCode } from '../../messages/send-message.ts';
import { poolOperation } from '../operation.ts';
import { combinationNotFound, findCheckedClient } from './checked-client.ts';
import { confirmationDestination } from './confirmation-destination.ts';

export const resendConfirmationCode = poolOperation(
  'ResendConfirmationCode',
  { access: 'public' },
  async (pool, input) => {
    const client = findCheckedClient(pool, input);
    const user = pool.users.find(input.Username);
    if (!user) {
      if (!hidesUsers(client)) throw combinationNotFound();
      return { CodeDeliveryDetails: deliveryDetails(simulatedDestination(input.Username)) };
    }
    if (user.status !== 'UNCONFIRMED') throw invalidParameter('User is already confirmed.');
    const destination = confirmationDestination(pool, user);
    // Reported: aws-amplify/amplify-cli#3646
    if (!destination) throw notAuthorized('Cannot resend codes. Auto verification not turned on.');
    const message = {
      purpose: 'ConfirmSignUp',
      occasion: 'ResendCode',
      user,
      clientId: client.ClientId,
      clientMetadata: input.ClientMetadata,
      destination,
    } as const;
    return { CodeDeliveryDetails: await issueCode(pool, message) };
  },
);
