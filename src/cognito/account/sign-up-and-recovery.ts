/** Before there are tokens: signing up, confirming, a forgotten password. One function per operation. */
import { mustBe } from '../../errors.ts';
import { secretHashOf } from '../../srp/secret-hash.ts';
import type { CallOptions } from '../client/call-options.ts';
import { connect } from '../client/connection.ts';
import type { UserPoolClient } from '../client/user-pool-client.ts';
import type { OperationName, Operations } from '../client/wire-types.ts';
import type { Delivery } from '../sign-in/challenge-types.ts';
import { codeWithoutBlanks, isNonEmptyString, isRecord, toAttributeList } from '../values.ts';

/** A new user. */
export interface SignUpInput {
  readonly username: string;
  /** May be left out in pools that sign in without passwords. */
  readonly password?: string | undefined;
  readonly attributes?: Readonly<Record<string, string>> | undefined;
  /** Given to the pre sign-up trigger, not stored. */
  readonly validationData?: Readonly<Record<string, string>> | undefined;
}

export interface SignUpResult {
  readonly userSub: string;
  /** True where a trigger has confirmed the user already; else `confirmSignUp` follows. */
  readonly confirmed: boolean;
  readonly delivery?: Delivery;
  /** For `confirmSignUp`, which then gives one to sign in with. */
  readonly session?: string;
}

/**
 * SignUp.
 *
 * @throws ServiceError USERNAME_EXISTS, PASSWORD_POLICY, PARAMETER_REFUSED, TRIGGER_REFUSED, …
 */
export async function signUp(
  pool: UserPoolClient,
  { username, password, attributes, validationData }: SignUpInput,
  options: CallOptions = {},
): Promise<SignUpResult> {
  const output = await userCall(pool, options, 'SignUp', {
    Username: username,
    Password: password,
    UserAttributes: attributes && toAttributeList(attributes),
    ValidationData: validationData && toAttributeList(validationData),
  });
  return {
    userSub: String(output['UserSub'] ?? ''),
    confirmed: output['UserConfirmed'] === true,
    ...deliveryOf(output['CodeDeliveryDetails']),
    ...sessionOf(output),
  };
}

/**
 * ConfirmSignUp.
 *
 * @returns a session for `signIn(pool, { flow: 'USER_AUTH', username, session })`, where the pool gives one:
 *   the new user is then signed in without another question
 * @throws ServiceError CODE_MISMATCH, CODE_EXPIRED, ALIAS_EXISTS, …
 */
export async function confirmSignUp(
  pool: UserPoolClient,
  input: {
    readonly username: string;
    readonly code: string;
    /** Takes an e-mail address or phone number away from another user whose alias it is. */
    readonly forceAliasCreation?: boolean | undefined;
    /** From `signUp`. */
    readonly session?: string | undefined;
  },
  options: CallOptions = {},
): Promise<{ readonly session?: string }> {
  const output = await userCall(pool, options, 'ConfirmSignUp', {
    Username: input.username,
    ConfirmationCode: codeWithoutBlanks(input),
    ForceAliasCreation: input.forceAliasCreation,
    Session: input.session,
  });
  return sessionOf(output);
}

/** ResendConfirmationCode: another code for `confirmSignUp`, and where it went. */
export async function resendConfirmationCode(
  pool: UserPoolClient,
  input: { readonly username: string },
  options: CallOptions = {},
): Promise<{ readonly delivery?: Delivery }> {
  const output = await userCall(pool, options, 'ResendConfirmationCode', { Username: input.username });
  return deliveryOf(output['CodeDeliveryDetails']);
}

/** ForgotPassword: a code is sent, for `confirmForgotPassword`. */
export async function forgotPassword(
  pool: UserPoolClient,
  input: { readonly username: string },
  options: CallOptions = {},
): Promise<{ readonly delivery?: Delivery }> {
  const output = await userCall(pool, options, 'ForgotPassword', { Username: input.username });
  return deliveryOf(output['CodeDeliveryDetails']);
}

/**
 * ConfirmForgotPassword: the new password counts from now on.
 *
 * @throws ServiceError CODE_MISMATCH, CODE_EXPIRED, PASSWORD_POLICY, …
 */
export async function confirmForgotPassword(
  pool: UserPoolClient,
  input: { readonly username: string; readonly code: string; readonly newPassword: string },
  options: CallOptions = {},
): Promise<void> {
  await userCall(pool, options, 'ConfirmForgotPassword', {
    Username: input.username,
    ConfirmationCode: codeWithoutBlanks(input),
    Password: input.newPassword,
  });
}

/** `CodeDeliveryDetails`, where there are any. */
export function deliveryOf(details: unknown): { readonly delivery?: Delivery } {
  if (!isRecord(details)) return {};
  const { Destination, DeliveryMedium } = details;
  return { delivery: { medium: String(DeliveryMedium ?? ''), destination: String(Destination ?? '') } };
}

const sessionOf = ({ Session: session }: Readonly<Record<string, unknown>>): { readonly session?: string } =>
  isNonEmptyString(session) ? { session } : {};

type UserOperation = Extract<
  OperationName,
  'SignUp' | 'ConfirmSignUp' | 'ResendConfirmationCode' | 'ForgotPassword' | 'ConfirmForgotPassword'
>;

async function userCall<Name extends UserOperation>(
  pool: UserPoolClient,
  options: CallOptions,
  operation: Name,
  input: Omit<Operations[Name], 'ClientId' | 'SecretHash'> & { readonly Username: string },
) {
  const { metadata, call } = connect(pool, options);
  const { Username } = input;
  if (!Username) throw mustBe('USERNAME_INVALID', 'username', 'a string that is not empty');
  const common = { ClientId: pool.clientId, SecretHash: secretHashOf(Username, pool), ...metadata };
  return call(operation, { ...input, ...common } as unknown as Operations[Name]);
}
