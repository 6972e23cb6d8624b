/** What a user without tokens can do: sign up, confirm the sign-up, and reset a forgotten password. */
import { mustBe } from '../../errors.ts';
import { requireObject, requireText } from '../../required-input.ts';
import { secretHashOf } from '../../srp/secret-hash.ts';
import type { CallOptions } from '../client/call-options.ts';
import { connect } from '../client/connection.ts';
import type { UserPoolClient } from '../client/user-pool-client.ts';
import type { Delivery } from '../sign-in/challenge-types.ts';
import { codeWithoutBlanks, isNonEmptyString, isRecord, scalarText, toAttributeList } from '../values.ts';

/** The new user of {@link signUp}. */
export interface SignUpInput {
  readonly username: string;
  /** It may be left out if the pool lets users sign in without a password. */
  readonly password?: string | undefined;
  /** Attribute name → value: `{ email: 'alice@example.com' }`. */
  readonly attributes?: Readonly<Record<string, string>> | undefined;
  /** Data for the pool's pre sign-up trigger. The service does not store it. */
  readonly validationData?: Readonly<Record<string, string>> | undefined;
}

/** What {@link signUp} gives back. */
export interface SignUpResult {
  /** The attribute `sub`: the id of the user, which never changes. */
  readonly userSub: string;
  /** True if a trigger has already confirmed the user. If it is false, call `confirmSignUp`. */
  readonly confirmed: boolean;
  /** Where the confirmation code was sent, if one was sent. */
  readonly delivery?: Delivery;
  /** Give it to `confirmSignUp`, which then returns a session to sign in with. */
  readonly session?: string;
}

/**
 * Creates a user (AWS operation SignUp).
 *
 * @param pool the user pool and its app client
 * @param input the new user's name, password and attributes
 * @param options how the request is sent
 * @returns the id of the user, and whether and where a confirmation code was sent
 * @throws ServiceError USERNAME_EXISTS, USERNAME_REFUSED, PASSWORD_POLICY, ATTRIBUTE_REFUSED, ATTRIBUTE_NOT_PERMITTED,
 *   SIGN_UP_NOT_PERMITTED, PARAMETER_REFUSED, CODE_DELIVERY_FAILED, TRIGGER_REFUSED, TRIGGER_FAILED,
 *   SECRET_HASH_REFUSED, OPERATION_NOT_ENABLED, or another `ServiceErrorCode`
 * @throws ProtocolError if no usable reply came
 * @throws ArgumentError USERNAME_INVALID, or another code if the pool or an option cannot be right
 * @example
 * ```ts
 * import { signUp, type UserPoolClient } from 'cognito-srp-engine';
 *
 * declare const pool: UserPoolClient;
 * declare const password: string;
 *
 * const attributes = { email: 'alice@example.com' };
 * const { confirmed, delivery } = await signUp(pool, { username: 'alice', password, attributes });
 * if (!confirmed) console.log(`A code was sent to ${delivery?.destination}`);
 * ```
 */
export async function signUp(
  pool: UserPoolClient,
  input: SignUpInput,
  options: CallOptions = {},
): Promise<SignUpResult> {
  const { username, password, attributes, validationData } = requireObject(input, 'input');
  const { call, userMembers } = connectForUser(pool, username, options);
  const output = await call('SignUp', {
    ...userMembers,
    Password: password,
    UserAttributes: attributes && toAttributeList(attributes),
    ValidationData: validationData && toAttributeList(validationData, 'validationData'),
  });
  return {
    userSub: scalarText(output['UserSub']),
    confirmed: output['UserConfirmed'] === true,
    ...readDelivery(output['CodeDeliveryDetails']),
    ...readSession(output),
  };
}

/** The user and the code of {@link confirmSignUp}. */
export interface ConfirmSignUpInput {
  readonly username: string;
  /** As the user typed it. Blanks are taken out. */
  readonly code: string;
  /**
   * True moves an e-mail address or phone number that is another user's alias to this user.
   * If it is not true, the call fails with ALIAS_EXISTS.
   */
  readonly forceAliasCreation?: boolean | undefined;
  /** The session from `signUp`. */
  readonly session?: string | undefined;
}

/** What {@link confirmSignUp} gives back. */
export interface ConfirmSignUpResult {
  /** A session for `signIn(pool, { flow: 'USER_AUTH', username, session })`. Not every pool gives one. */
  readonly session?: string;
}

/**
 * Confirms a new user with the code that was sent (AWS operation ConfirmSignUp).
 *
 * @param pool the user pool and its app client
 * @param input the user name, the code, and the session from `signUp` if there was one
 * @param options how the request is sent
 * @returns a session that signs the new user in without another question, if the pool gives one
 * @throws ServiceError CODE_MISMATCH, CODE_EXPIRED, ALIAS_EXISTS, USER_ALREADY_CONFIRMED, ATTEMPTS_EXCEEDED,
 *   USER_NOT_FOUND, TRIGGER_REFUSED, TRIGGER_FAILED, SECRET_HASH_REFUSED, or another `ServiceErrorCode`
 * @throws ProtocolError if no usable reply came
 * @throws ArgumentError USERNAME_INVALID, ANSWER_INVALID if the code is empty, or another code if the pool or an
 *   option cannot be right
 * @example
 * ```ts
 * import { confirmSignUp, signIn, type UserPoolClient } from 'cognito-srp-engine';
 *
 * declare const pool: UserPoolClient;
 * declare const code: string;
 * declare const sessionFromSignUp: string | undefined;
 *
 * const username = 'alice';
 * const { session } = await confirmSignUp(pool, { username, code, session: sessionFromSignUp });
 * if (session !== undefined) await signIn(pool, { flow: 'USER_AUTH', username, session });
 * ```
 */
export async function confirmSignUp(
  pool: UserPoolClient,
  input: ConfirmSignUpInput,
  options: CallOptions = {},
): Promise<ConfirmSignUpResult> {
  const { username, forceAliasCreation, session } = requireObject(input, 'input');
  const code = codeWithoutBlanks(input);
  const { call, userMembers } = connectForUser(pool, username, options);
  const output = await call('ConfirmSignUp', {
    ...userMembers,
    ConfirmationCode: code,
    ForceAliasCreation: forceAliasCreation,
    Session: session,
  });
  return readSession(output);
}

/** The user of {@link resendConfirmationCode}. */
export interface ResendConfirmationCodeInput {
  readonly username: string;
}

/** What {@link resendConfirmationCode} gives back. */
export interface ResendConfirmationCodeResult {
  /** Where the code was sent, if the service says so. */
  readonly delivery?: Delivery;
}

/**
 * Sends another code for `confirmSignUp` (AWS operation ResendConfirmationCode).
 *
 * @param pool the user pool and its app client
 * @param input the user name
 * @param options how the request is sent
 * @returns where the code was sent
 * @throws ServiceError USER_NOT_FOUND, USER_ALREADY_CONFIRMED, ATTEMPTS_EXCEEDED, CODE_DELIVERY_FAILED,
 *   POOL_MISCONFIGURED if the pool verifies no addresses, SECRET_HASH_REFUSED, or another `ServiceErrorCode`
 * @throws ProtocolError if no usable reply came
 * @throws ArgumentError USERNAME_INVALID, or another code if the pool or an option cannot be right
 * @example
 * ```ts
 * import { resendConfirmationCode, type UserPoolClient } from 'cognito-srp-engine';
 *
 * declare const pool: UserPoolClient;
 *
 * const { delivery } = await resendConfirmationCode(pool, { username: 'alice' });
 * console.log(`A code was sent to ${delivery?.destination}`);
 * ```
 */
export async function resendConfirmationCode(
  pool: UserPoolClient,
  input: ResendConfirmationCodeInput,
  options: CallOptions = {},
): Promise<ResendConfirmationCodeResult> {
  const { call, userMembers } = connectForUser(pool, requireText(input, 'username'), options);
  const output = await call('ResendConfirmationCode', userMembers);
  return readDelivery(output['CodeDeliveryDetails']);
}

/** The user of {@link forgotPassword}. */
export interface ForgotPasswordInput {
  readonly username: string;
}

/** What {@link forgotPassword} gives back. */
export interface ForgotPasswordResult {
  /** Where the code was sent, if the service says so. */
  readonly delivery?: Delivery;
}

/**
 * Sends a code that `confirmForgotPassword` takes with a new password (AWS operation ForgotPassword).
 *
 * @param pool the user pool and its app client
 * @param input the user name
 * @param options how the request is sent
 * @returns where the code was sent
 * @throws ServiceError NO_VERIFIED_ADDRESS, PASSWORD_RESET_NOT_PERMITTED, TEMPORARY_PASSWORD_UNUSED, ATTEMPTS_EXCEEDED,
 *   CODE_DELIVERY_FAILED, USER_NOT_FOUND, USER_DISABLED, SECRET_HASH_REFUSED, or another `ServiceErrorCode`
 * @throws ProtocolError if no usable reply came
 * @throws ArgumentError USERNAME_INVALID, or another code if the pool or an option cannot be right
 * @example
 * ```ts
 * import { forgotPassword, type UserPoolClient } from 'cognito-srp-engine';
 *
 * declare const pool: UserPoolClient;
 *
 * const { delivery } = await forgotPassword(pool, { username: 'alice' });
 * console.log(`A code was sent to ${delivery?.destination}`);
 * ```
 */
export async function forgotPassword(
  pool: UserPoolClient,
  input: ForgotPasswordInput,
  options: CallOptions = {},
): Promise<ForgotPasswordResult> {
  const { call, userMembers } = connectForUser(pool, requireText(input, 'username'), options);
  const output = await call('ForgotPassword', userMembers);
  return readDelivery(output['CodeDeliveryDetails']);
}

/** The user, the code and the new password of {@link confirmForgotPassword}. */
export interface ConfirmForgotPasswordInput {
  readonly username: string;
  /** As the user typed it. Blanks are taken out. */
  readonly code: string;
  readonly newPassword: string;
}

/**
 * Sets a new password with the code from `forgotPassword` (AWS operation ConfirmForgotPassword).
 *
 * @param pool the user pool and its app client
 * @param input the user name, the code and the new password
 * @param options how the request is sent
 * @returns nothing; the user can sign in with the new password from now on
 * @throws ServiceError CODE_MISMATCH, CODE_EXPIRED, PASSWORD_POLICY, ATTEMPTS_EXCEEDED, USER_NOT_FOUND,
 *   USER_NOT_CONFIRMED, SECRET_HASH_REFUSED, or another `ServiceErrorCode`
 * @throws ProtocolError if no usable reply came
 * @throws ArgumentError USERNAME_INVALID, ANSWER_INVALID if the code is empty, or another code if the pool or an
 *   option cannot be right
 * @example
 * ```ts
 * import { confirmForgotPassword, type UserPoolClient } from 'cognito-srp-engine';
 *
 * declare const pool: UserPoolClient;
 * declare const code: string;
 * declare const newPassword: string;
 *
 * await confirmForgotPassword(pool, { username: 'alice', code, newPassword });
 * ```
 */
export async function confirmForgotPassword(
  pool: UserPoolClient,
  input: ConfirmForgotPasswordInput,
  options: CallOptions = {},
): Promise<void> {
  const code = codeWithoutBlanks(input);
  const { call, userMembers } = connectForUser(pool, requireText(input, 'username'), options);
  await call('ConfirmForgotPassword', {
    ...userMembers,
    ConfirmationCode: code,
    Password: requireText(input, 'newPassword'),
  });
}

/** Reads the wire's `CodeDeliveryDetails`, which a reply does not have if no code was sent. */
export function readDelivery(details: unknown): { readonly delivery?: Delivery } {
  if (!isRecord(details)) return {};
  const { Destination, DeliveryMedium } = details;
  return { delivery: { medium: scalarText(DeliveryMedium), destination: scalarText(Destination) } };
}

function readSession(output: Readonly<Record<string, unknown>>): { readonly session?: string } {
  const session = output['Session'];
  return isNonEmptyString(session) ? { session } : {};
}

/** A connection, and the members that the input of all five operations has. */
function connectForUser(pool: UserPoolClient, username: string, options: CallOptions) {
  const { metadata, call } = connect(pool, options);
  if (!isNonEmptyString(username)) throw mustBe('USERNAME_INVALID', 'username', 'a string that is not empty');
  const userMembers = {
    ClientId: pool.clientId,
    SecretHash: secretHashOf(username, pool),
    Username: username,
    ...metadata,
  };
  return { call, userMembers };
}
