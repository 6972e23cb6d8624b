/** ForgotPassword, ConfirmForgotPassword and ChangePassword. */
import { bearerOf } from '../access-tokens.ts';
import { hidesUsers } from '../admission.ts';
import { codeExpired, type Destination, deliveryDetails, simulatedDestination } from '../codes.ts';
import { countFailure, isLockedOut } from '../lockout.ts';
import { assertPolicy } from '../password-policy.ts';
import {
  incorrectUsernameOrPassword,
  invalidParameter,
  notAuthorized,
  ServiceException,
} from '../service-exception.ts';
import { passwordFits } from '../srp-host.ts';
import type { PoolState } from '../state.ts';
import type { User } from '../users.ts';
import { combinationNotFound, findCheckedClient, type UserInput } from './sign-up.ts';

export async function forgotPassword(pool: PoolState, input: UserInput): Promise<object> {
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
  const destination = findRecoveryDestination(user);
  if (!destination) {
    throw invalidParameter(
      'Cannot reset password for the user as there is no registered/verified email or phone_number',
    );
  }
  return { CodeDeliveryDetails: pool.codes.issue('ConfirmForgotPassword', user.username, destination) };
}

/**
 * Finds the address that a recovery code is sent to. Only addresses that are marked as not verified are left out,
 * because options rarely mark the others. An unconfirmed user gets no code, because it would confirm the user.
 */
function findRecoveryDestination({ attributes, status }: User): Destination | undefined {
  if (status === 'UNCONFIRMED') return undefined;
  const usableAddress = (name: string) =>
    attributes[`${name}_verified`] === 'false' ? undefined : attributes[name];
  const email = usableAddress('email');
  if (email !== undefined) return { to: email, medium: 'EMAIL' };
  const phone = usableAddress('phone_number');
  return phone === undefined ? undefined : { to: phone, medium: 'SMS' };
}

export interface ConfirmForgotPasswordInput extends UserInput {
  readonly ConfirmationCode: string;
  readonly Password: string;
}

export async function confirmForgotPassword(
  pool: PoolState,
  input: ConfirmForgotPasswordInput,
): Promise<object> {
  const client = findCheckedClient(pool, input);
  const user = pool.users.find(input.Username);
  if (!user) throw hidesUsers(client) ? codeExpired() : combinationNotFound();
  const code = pool.codes.confirm('ConfirmForgotPassword', user.username, input.ConfirmationCode);
  assertPolicy(pool.passwordPolicy, input.Password);
  code.spend();
  pool.users.setPassword(user.username, input.Password);
  user.status = 'CONFIRMED';
  user.failures.count = 0;
  return {};
}

export interface ChangePasswordInput {
  readonly AccessToken: string;
  /** Absent for a user who has no password yet. */
  readonly PreviousPassword?: string;
  readonly ProposedPassword: string;
}

export async function changePassword(pool: PoolState, input: ChangePasswordInput): Promise<object> {
  const { user } = await bearerOf(pool, input.AccessToken);
  if (isLockedOut(pool, user.failures)) {
    throw new ServiceException(
      'LimitExceededException',
      'Attempt limit exceeded, please try after some time.',
    );
  }
  const identity = pool.poolName + user.username;
  if (user.hasPassword && !passwordFits(user.verifier, identity, input.PreviousPassword ?? '')) {
    countFailure(pool, user.failures);
    throw incorrectUsernameOrPassword();
  }
  assertPolicy(pool.passwordPolicy, input.ProposedPassword);
  pool.users.setPassword(user.username, input.ProposedPassword);
  return {};
}
