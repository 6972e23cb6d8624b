/** The operations that the page of managed login may call, and those that it calls with a ticket in place of an access token. */
import { invalidParameter, notAuthorized } from '../domain/service-exception.ts';
import type { User } from '../domain/user.ts';
import { readInput } from '../model/read-input.ts';
import type { OperationName } from '../model/types.generated.ts';
import { confirmDeviceOf } from '../operations/devices/confirm-device.ts';
import { setRememberedStatus } from '../operations/devices/device-status.ts';
import { findKnownDevice } from '../operations/devices/known-device.ts';
import { associateSoftwareToken } from '../operations/mfa/associate-software-token.ts';
import { verifySoftwareToken } from '../operations/mfa/verify-software-token.ts';
import type { PoolOperation } from '../operations/operation.ts';
import { confirmForgotPassword } from '../operations/passwords/confirm-forgot-password.ts';
import { forgotPassword } from '../operations/passwords/forgot-password.ts';
import { initiateAuth } from '../operations/sign-in/initiate-auth.ts';
import { respondToAuthChallenge } from '../operations/sign-in/respond-to-auth-challenge.ts';
import { confirmSignUp } from '../operations/sign-up/confirm-sign-up.ts';
import { resendConfirmationCode } from '../operations/sign-up/resend-confirmation-code.ts';
import { signUp } from '../operations/sign-up/sign-up.ts';
import type { Pool } from '../service/pool.ts';

type Input = Readonly<Record<string, unknown>>;

/** @param pool what `managedLoginOf` makes */
type PageOperation = (pool: Pool, clientId: string, input: Input) => Promise<object | undefined>;

const asAtTheApi =
  ({ answerOn }: PoolOperation): PageOperation =>
  (pool, _, input) =>
    answerOn(pool, input);

/** The flows of the page. A refresh would issue tokens. */
const FLOWS: readonly unknown[] = ['USER_SRP_AUTH', 'USER_PASSWORD_AUTH', 'USER_AUTH', 'CUSTOM_AUTH'];

export const PAGE_OPERATIONS: { readonly [Name in OperationName]?: PageOperation } = {
  InitiateAuth: (pool, _, input) => {
    if (!FLOWS.includes(input['AuthFlow'])) throw invalidParameter('Initiate Auth method not supported.');
    return initiateAuth.answerOn(pool, input);
  },
  RespondToAuthChallenge: asAtTheApi(respondToAuthChallenge),
  SignUp: asAtTheApi(signUp),
  ConfirmSignUp: asAtTheApi(confirmSignUp),
  ResendConfirmationCode: asAtTheApi(resendConfirmationCode),
  ForgotPassword: asAtTheApi(forgotPassword),
  ConfirmForgotPassword: asAtTheApi(confirmForgotPassword),
  AssociateSoftwareToken: (pool, _, input) => associateSoftwareToken.answerOn(pool, withoutToken(input)),
  VerifySoftwareToken: (pool, _, input) => verifySoftwareToken.answerOn(pool, withoutToken(input)),
  ConfirmDevice: async (pool, clientId, json) => {
    const { AccessToken: ticket, ...input } = readInput('ConfirmDevice', json);
    return confirmDeviceOf(pool, userOfTicket(pool, clientId, ticket, input.DeviceKey), input);
  },
  UpdateDeviceStatus: async (pool, clientId, json) => {
    const { AccessToken: ticket, DeviceKey: key, ...input } = readInput('UpdateDeviceStatus', json);
    const user = userOfTicket(pool, clientId, ticket, key);
    setRememberedStatus(pool, user, findKnownDevice(user, key), input.DeviceRememberedStatus);
    return {};
  },
};

/** The set-up of an app goes on by its session. An access token is none of the page's. */
function withoutToken({ AccessToken: _, ...input }: Input): Input {
  return input;
}

/** Finds the user who has signed in, for the device of that sign-in alone. */
function userOfTicket(pool: Pool, clientId: string, id: string, deviceKey: string): User {
  const browser = pool.managedLogin?.browser ?? '';
  const ticket = pool.tickets.find(id, { clientId, browser });
  const user = ticket && pool.users.find(ticket.username);
  if (!user?.enabled || ticket?.signIn.deviceKey !== deviceKey) {
    throw notAuthorized('Invalid Access Token', 'The ticket is not one of this sign-in');
  }
  return user;
}
