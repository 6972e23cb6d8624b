/** Before there are tokens: signing up, confirming, a forgotten password. One function per operation. */
import { ArgumentError } from '../errors.ts';
import { secretHash } from '../srp/secret-hash.ts';
import { type CallOptions, connect } from './call.ts';
import type { Delivery } from './challenge.ts';
import type { AttributeType, OperationName, Operations } from './operations.ts';
import type { UserPoolClient } from './user-pool.ts';

/** A new user. */
export interface SignUpInput {
  readonly username: string;
  /** May be left out in pools that sign in without passwords. */
  readonly password?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  /** Given to the pre sign-up trigger, not stored. */
  readonly validationData?: Readonly<Record<string, string>>;
}

export interface SignUpResult {
  readonly userSub: string;
  /** True where a trigger has confirmed the user already; else `confirmSignUp` follows. */
  readonly confirmed: boolean;
  readonly delivery?: Delivery;
  /** For `confirmSignUp`, which then gives one to sign in with. */
  readonly session?: string;
}

/** SignUp. */
export async function signUp(
  pool: UserPoolClient,
  { username, password, attributes, validationData }: SignUpInput,
  options: CallOptions = {},
): Promise<SignUpResult> {
  const output = await userCall(pool, options, 'SignUp', {
    Username: username,
    ...(password !== undefined && { Password: password }),
    ...(attributes && { UserAttributes: wireAttributes(attributes) }),
    ...(validationData && { ValidationData: wireAttributes(validationData) }),
  });
  return {
    userSub: String(output['UserSub'] ?? ''),
    confirmed: output['UserConfirmed'] === true,
    ...deliveryOf(output['CodeDeliveryDetails']),
    ...(typeof output['Session'] === 'string' && { session: output['Session'] }),
  };
}

/**
 * ConfirmSignUp.
 *
 * @returns a session for `signIn(pool, { flow: 'USER_AUTH', username, session })`, where the pool gives one:
 *   the new user is then signed in without another question
 */
export async function confirmSignUp(
  pool: UserPoolClient,
  input: {
    readonly username: string;
    readonly code: string;
    /** Takes an e-mail address or phone number away from another user whose alias it is. */
    readonly forceAliasCreation?: boolean;
    /** From `signUp`. */
    readonly session?: string;
  },
  options: CallOptions = {},
): Promise<{ readonly session?: string }> {
  const output = await userCall(pool, options, 'ConfirmSignUp', {
    Username: input.username,
    ConfirmationCode: input.code.replace(/\s/g, ''),
    ...(input.forceAliasCreation !== undefined && { ForceAliasCreation: input.forceAliasCreation }),
    ...(input.session !== undefined && { Session: input.session }),
  });
  return typeof output['Session'] === 'string' ? { session: output['Session'] } : {};
}

/** ResendConfirmationCode. */
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

/** ConfirmForgotPassword: the new password counts from now on. */
export async function confirmForgotPassword(
  pool: UserPoolClient,
  input: { readonly username: string; readonly code: string; readonly newPassword: string },
  options: CallOptions = {},
): Promise<void> {
  await userCall(pool, options, 'ConfirmForgotPassword', {
    Username: input.username,
    ConfirmationCode: input.code.replace(/\s/g, ''),
    Password: input.newPassword,
  });
}

/** `CodeDeliveryDetails`, where there are any. */
export function deliveryOf(details: unknown): { readonly delivery?: Delivery } {
  if (typeof details !== 'object' || details === null) return {};
  const { Destination, DeliveryMedium } = details as { Destination?: unknown; DeliveryMedium?: unknown };
  return { delivery: { medium: String(DeliveryMedium ?? ''), destination: String(Destination ?? '') } };
}

export const wireAttributes = (attributes: Readonly<Record<string, string>>): AttributeType[] =>
  Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));

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
  const { clientId, clientSecret } = pool;
  if (typeof input.Username !== 'string' || input.Username === '') {
    throw new ArgumentError('USERNAME_INVALID', 'username', '"username" must be a string that is not empty');
  }
  const { output } = await call(operation, {
    ClientId: clientId,
    ...(clientSecret !== undefined && { SecretHash: secretHash(input.Username, clientId, clientSecret) }),
    ...input,
    ...metadata,
  } as unknown as Operations[Name]);
  return output;
}
