/** The profile of a signed-in user: read, changed, and its e-mail address and phone number verified. */

import { malformed } from '../../errors.ts';
import { omitUndefined } from '../../omit-undefined.ts';
import { requireText } from '../../required-input.ts';
import type { CallOptions } from '../client/call-options.ts';
import { connect } from '../client/connection.ts';
import type { UserPoolClient } from '../client/user-pool-client.ts';
import type { Delivery, MfaOption } from '../sign-in/challenge-types.ts';
import {
  type AccessTokenInput,
  codeWithoutBlanks,
  fromAttributeList,
  isNonEmptyString,
  isRecord,
  isStringArray,
  toAttributeList,
} from '../values.ts';
import { readDelivery } from './sign-up-and-recovery.ts';

/** The user of {@link getUser}. */
export interface GetUserInput extends AccessTokenInput {}

/** What the service knows of a user. */
export interface UserProfile {
  /** The canonical name, whichever alias the user signed in with. */
  readonly username: string;
  /** Attribute name → value. `sub` is among them. */
  readonly attributes: Readonly<Record<string, string>>;
  /** The second factors that are turned on. Names that this package does not know are kept. */
  readonly mfa: readonly MfaOption[];
  /** The second factor that is asked for first. */
  readonly preferredMfa?: MfaOption;
}

/**
 * Reads the profile of a signed-in user (AWS operation GetUser).
 *
 * @param pool the user pool and its app client
 * @param input the access token
 * @param options how the request is sent
 * @returns the user's name, attributes and second factors
 * @throws ServiceError ACCESS_TOKEN_REFUSED if the token has ended or was revoked, USER_NOT_FOUND, or another
 *   `ServiceErrorCode`
 * @throws ProtocolError REPLY_MALFORMED, or another code if no usable reply came
 * @throws ArgumentError if the pool or an option cannot be right
 * @example
 * ```ts
 * import { getUser, type UserPoolClient } from 'cognito-srp-engine';
 *
 * declare const pool: UserPoolClient;
 * declare const accessToken: string;
 *
 * const { username, attributes } = await getUser(pool, { accessToken });
 * console.log(username, attributes['email']);
 * ```
 */
export async function getUser(
  pool: UserPoolClient,
  input: GetUserInput,
  options: CallOptions = {},
): Promise<UserProfile> {
  const operation = 'GetUser';
  const { call } = connect(pool, options);
  const output = await call(
    operation,
    { AccessToken: requireText(input, 'accessToken') },
    { retry: 'after-lost-reply' },
  );
  const username = output['Username'];
  const mfa = output['UserMFASettingList'];
  const preferredMfa = output['PreferredMfaSetting'];
  if (!isNonEmptyString(username)) throw malformed('REPLY_MALFORMED', 'Username', 'a string', { operation });
  return omitUndefined({
    username,
    attributes: fromAttributeList(output['UserAttributes']),
    mfa: isStringArray(mfa) ? mfa : [],
    preferredMfa: isNonEmptyString(preferredMfa) ? preferredMfa : undefined,
  });
}

/** The attributes that {@link updateUserAttributes} sets. */
export interface UpdateUserAttributesInput extends AccessTokenInput {
  /** Attribute name → new value. Attributes that are left out stay as they are. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** What {@link updateUserAttributes} gives back. */
export interface UpdateUserAttributesResult {
  /** Where codes were sent: one for each new e-mail address or phone number. */
  readonly deliveries: readonly AttributeDelivery[];
}

/** Where a code was sent that verifies an attribute. */
export interface AttributeDelivery extends Delivery {
  /** `email` or `phone_number`. */
  readonly attributeName: string;
}

/**
 * Changes attributes of a signed-in user (AWS operation UpdateUserAttributes).
 *
 * @param pool the user pool and its app client
 * @param input the access token and the attributes to set
 * @param options how the request is sent
 * @returns where codes were sent. `verifyUserAttribute` takes such a code.
 * @throws ServiceError ACCESS_TOKEN_REFUSED, ALIAS_EXISTS, ATTRIBUTE_REFUSED, ATTRIBUTE_NOT_PERMITTED,
 *   ATTRIBUTE_IMMUTABLE, PARAMETER_REFUSED, CODE_DELIVERY_FAILED, TRIGGER_REFUSED, TRIGGER_FAILED, or another `ServiceErrorCode`
 * @throws ProtocolError if no usable reply came
 * @throws ArgumentError if the pool or an option cannot be right
 * @example
 * ```ts
 * import { updateUserAttributes, type UserPoolClient } from 'cognito-srp-engine';
 *
 * declare const pool: UserPoolClient;
 * declare const accessToken: string;
 *
 * const attributes = { email: 'alice@example.org' };
 * const { deliveries } = await updateUserAttributes(pool, { accessToken, attributes });
 * for (const { attributeName, destination } of deliveries) {
 *   console.log(`The code for ${attributeName} was sent to ${destination}`);
 * }
 * ```
 */
export async function updateUserAttributes(
  pool: UserPoolClient,
  input: UpdateUserAttributesInput,
  options: CallOptions = {},
): Promise<UpdateUserAttributesResult> {
  const output = await connect(pool, options).call('UpdateUserAttributes', {
    AccessToken: requireText(input, 'accessToken'),
    UserAttributes: toAttributeList(input.attributes),
    ClientMetadata: options.clientMetadata,
  });
  const list = output['CodeDeliveryDetailsList'];
  const deliveries: AttributeDelivery[] = [];
  for (const details of Array.isArray(list) ? list : []) {
    const { delivery } = readDelivery(details);
    if (delivery) deliveries.push({ ...delivery, attributeName: readAttributeName(details) });
  }
  return { deliveries };
}

function readAttributeName(details: unknown): string {
  const name = isRecord(details) ? details['AttributeName'] : undefined;
  return isNonEmptyString(name) ? name : '';
}

/** The attribute of {@link sendAttributeCode}. */
export interface SendAttributeCodeInput extends AccessTokenInput {
  /** `email` or `phone_number`. */
  readonly attributeName: string;
}

/** What {@link sendAttributeCode} gives back. */
export interface SendAttributeCodeResult {
  /** Where the code was sent, if the service says so. */
  readonly delivery?: Delivery;
}

/**
 * Sends a code that verifies an e-mail address or phone number (AWS operation GetUserAttributeVerificationCode).
 *
 * @param pool the user pool and its app client
 * @param input the access token and the attribute's name
 * @param options how the request is sent
 * @returns where the code was sent. `verifyUserAttribute` takes it.
 * @throws ServiceError ACCESS_TOKEN_REFUSED, ATTRIBUTE_REFUSED if the user has no such attribute,
 *   ATTRIBUTE_NOT_PERMITTED, PARAMETER_REFUSED, ATTEMPTS_EXCEEDED, CODE_DELIVERY_FAILED, or another `ServiceErrorCode`
 * @throws ProtocolError if no usable reply came
 * @throws ArgumentError if the pool or an option cannot be right
 * @example
 * ```ts
 * import { sendAttributeCode, type UserPoolClient } from 'cognito-srp-engine';
 *
 * declare const pool: UserPoolClient;
 * declare const accessToken: string;
 *
 * const { delivery } = await sendAttributeCode(pool, { accessToken, attributeName: 'email' });
 * console.log(`A code was sent to ${delivery?.destination}`);
 * ```
 */
export async function sendAttributeCode(
  pool: UserPoolClient,
  input: SendAttributeCodeInput,
  options: CallOptions = {},
): Promise<SendAttributeCodeResult> {
  const output = await connect(pool, options).call('GetUserAttributeVerificationCode', {
    AccessToken: requireText(input, 'accessToken'),
    AttributeName: requireText(input, 'attributeName'),
    ClientMetadata: options.clientMetadata,
  });
  return readDelivery(output['CodeDeliveryDetails']);
}

/** The attribute and the code of {@link verifyUserAttribute}. */
export interface VerifyUserAttributeInput extends AccessTokenInput {
  /** `email` or `phone_number`. */
  readonly attributeName: string;
  /** As the user typed it. Blanks are taken out. */
  readonly code: string;
}

/**
 * Verifies an e-mail address or phone number with the code that was sent to it (AWS operation VerifyUserAttribute).
 *
 * @param pool the user pool and its app client
 * @param input the access token, the attribute's name and the code
 * @param options how the request is sent
 * @returns nothing; the attribute is verified from now on
 * @throws ServiceError CODE_MISMATCH, CODE_EXPIRED, ALIAS_EXISTS, ATTEMPTS_EXCEEDED, ACCESS_TOKEN_REFUSED, or another
 *   `ServiceErrorCode`
 * @throws ProtocolError if no usable reply came
 * @throws ArgumentError ANSWER_INVALID if the code is empty, or another code if the pool or an option cannot be right
 * @example
 * ```ts
 * import { type UserPoolClient, verifyUserAttribute } from 'cognito-srp-engine';
 *
 * declare const pool: UserPoolClient;
 * declare const accessToken: string;
 * declare const code: string;
 *
 * await verifyUserAttribute(pool, { accessToken, attributeName: 'email', code });
 * ```
 */
export async function verifyUserAttribute(
  pool: UserPoolClient,
  input: VerifyUserAttributeInput,
  options: CallOptions = {},
): Promise<void> {
  await connect(pool, options).call('VerifyUserAttribute', {
    AccessToken: requireText(input, 'accessToken'),
    AttributeName: requireText(input, 'attributeName'),
    Code: codeWithoutBlanks(input),
  });
}
