/** What a signed-in user does with an access token: profile, password, second factors, passkeys. */

import { malformed } from '../../errors.ts';
import { omitUndefined } from '../../omit-undefined.ts';
import type { CallOptions } from '../client/call-options.ts';
import { connect } from '../client/connection.ts';
import type { UserPoolClient } from '../client/user-pool-client.ts';
import { type Delivery, MFA_TYPES, type MfaType } from '../sign-in/challenge-types.ts';
import { credentialJson } from '../sign-in/passkey-json.ts';
import {
  codeWithoutBlanks,
  fromAttributeList,
  isNonEmptyString,
  isRecord,
  isStringArray,
  toAttributeList,
} from '../values.ts';
import { deliveryOf } from './sign-up-and-recovery.ts';

interface Token {
  readonly accessToken: string;
}

export interface UserProfile {
  /** The canonical name. */
  readonly username: string;
  /** With `sub`. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Second factors that are on. */
  readonly mfa: readonly MfaType[];
  readonly preferredMfa?: MfaType;
}

/**
 * GetUser.
 *
 * @throws ServiceError ACCESS_TOKEN_REFUSED where the token has ended or was revoked; so do all functions here
 */
export async function getUser(
  pool: UserPoolClient,
  { accessToken }: Token,
  options: CallOptions = {},
): Promise<UserProfile> {
  const output = await connect(pool, options).call(
    'GetUser',
    { AccessToken: accessToken },
    { retry: 'after-lost-reply' },
  );
  const {
    Username: username,
    UserAttributes,
    UserMFASettingList: mfa,
    PreferredMfaSetting: preferred,
  } = output;
  if (!isNonEmptyString(username))
    throw malformed('REPLY_MALFORMED', 'Username', 'a string', { operation: 'GetUser' });
  return omitUndefined({
    username,
    attributes: fromAttributeList(UserAttributes),
    mfa: MFA_TYPES.filter((type) => isStringArray(mfa) && mfa.includes(type)),
    preferredMfa: MFA_TYPES.find((type) => type === preferred),
  });
}

/**
 * UpdateUserAttributes.
 *
 * @returns where codes were sent to verify a new e-mail address or phone number: `verifyUserAttribute`
 */
export async function updateUserAttributes(
  pool: UserPoolClient,
  { accessToken, attributes }: Token & { readonly attributes: Readonly<Record<string, string>> },
  options: CallOptions = {},
): Promise<{ readonly deliveries: readonly (Delivery & { readonly attributeName: string })[] }> {
  const output = await connect(pool, options).call('UpdateUserAttributes', {
    AccessToken: accessToken,
    UserAttributes: toAttributeList(attributes),
    ClientMetadata: options.clientMetadata,
  });
  const { CodeDeliveryDetailsList: list } = output;
  return {
    deliveries: (Array.isArray(list) ? list : []).flatMap((details: { AttributeName?: string }) => {
      const { delivery } = deliveryOf(details);
      return delivery ? [{ ...delivery, attributeName: details.AttributeName ?? '' }] : [];
    }),
  };
}

/** GetUserAttributeVerificationCode: sends a code for `email` or `phone_number`. */
export async function sendAttributeCode(
  pool: UserPoolClient,
  { accessToken, attributeName }: Token & { readonly attributeName: string },
  options: CallOptions = {},
): Promise<{ readonly delivery?: Delivery }> {
  const output = await connect(pool, options).call('GetUserAttributeVerificationCode', {
    AccessToken: accessToken,
    AttributeName: attributeName,
    ClientMetadata: options.clientMetadata,
  });
  return deliveryOf(output['CodeDeliveryDetails']);
}

/**
 * VerifyUserAttribute, with the code that was sent.
 *
 * @throws ServiceError CODE_MISMATCH, CODE_EXPIRED
 */
export async function verifyUserAttribute(
  pool: UserPoolClient,
  input: Token & { readonly attributeName: string; readonly code: string },
  options: CallOptions = {},
): Promise<void> {
  await connect(pool, options).call('VerifyUserAttribute', {
    AccessToken: input.accessToken,
    AttributeName: input.attributeName,
    Code: codeWithoutBlanks(input),
  });
}

/**
 * ChangePassword. `previousPassword` may be left out by users who never had one.
 *
 * @throws ServiceError INCORRECT_USERNAME_OR_PASSWORD for a wrong previous password, PASSWORD_POLICY
 */
export async function changePassword(
  pool: UserPoolClient,
  input: Token & { readonly previousPassword?: string | undefined; readonly newPassword: string },
  options: CallOptions = {},
): Promise<void> {
  await connect(pool, options).call('ChangePassword', {
    AccessToken: input.accessToken,
    PreviousPassword: input.previousPassword,
    ProposedPassword: input.newPassword,
  });
}

/** One second factor: off, on, or on and asked for first. */
export type MfaPreference = 'off' | 'on' | 'preferred';

/**
 * SetUserMFAPreference. A factor that is left out stays as it is.
 *
 * @throws ServiceError MFA_NOT_SET_UP
 */
export async function setUserMfaPreference(
  pool: UserPoolClient,
  input: Token & {
    readonly sms?: MfaPreference | undefined;
    readonly softwareToken?: MfaPreference | undefined;
    readonly email?: MfaPreference | undefined;
  },
  options: CallOptions = {},
): Promise<void> {
  const { accessToken, sms, softwareToken, email } = input;
  await connect(pool, options).call(
    'SetUserMFAPreference',
    {
      AccessToken: accessToken,
      SMSMfaSettings: settings(sms),
      SoftwareTokenMfaSettings: settings(softwareToken),
      EmailMfaSettings: settings(email),
    },
    { retry: 'after-lost-reply' },
  );
}

const settings = (preference: MfaPreference | undefined) =>
  preference && { Enabled: preference !== 'off', PreferredMfa: preference === 'preferred' };

/**
 * StartWebAuthnRegistration.
 *
 * @returns `PublicKeyCredentialCreationOptionsJSON`: give it to `passkeyCreation`, that to
 *   `navigator.credentials.create`, and what comes back to `completePasskeyRegistration`
 * @throws ServiceError PASSKEY_NOT_ENABLED
 */
export async function startPasskeyRegistration(
  pool: UserPoolClient,
  { accessToken }: Token,
  options: CallOptions = {},
): Promise<Readonly<Record<string, unknown>>> {
  const operation = 'StartWebAuthnRegistration';
  const output = await connect(pool, options).call(
    operation,
    { AccessToken: accessToken },
    { retry: 'after-lost-reply' },
  );
  const { CredentialCreationOptions: creation } = output;
  if (isRecord(creation)) return creation;
  throw malformed('REPLY_MALFORMED', 'CredentialCreationOptions', 'an object', { operation });
}

/**
 * CompleteWebAuthnRegistration, with what `navigator.credentials.create` gave, or its `toJSON()`.
 *
 * @throws ServiceError PASSKEY_REFUSED, PASSKEY_NOT_ENABLED
 */
export async function completePasskeyRegistration(
  pool: UserPoolClient,
  { accessToken, credential }: Token & { readonly credential: object },
  options: CallOptions = {},
): Promise<void> {
  await connect(pool, options).call('CompleteWebAuthnRegistration', {
    AccessToken: accessToken,
    Credential: credentialJson(credential, 'credential'),
  });
}
