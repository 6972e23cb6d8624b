/** What a signed-in user does with an access token: profile, password, second factors, passkeys. */
import { ProtocolError } from '../errors.ts';
import { type CallOptions, connect } from './call.ts';
import type { Delivery, MfaType } from './challenge.ts';
import { credentialJson } from './passkey.ts';
import { deliveryOf, wireAttributes } from './sign-up.ts';
import type { UserPoolClient } from './user-pool.ts';

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

/** GetUser. */
export async function getUser(
  pool: UserPoolClient,
  { accessToken }: Token,
  options: CallOptions = {},
): Promise<UserProfile> {
  const { output } = await connect(pool, options).call('GetUser', { AccessToken: accessToken });
  const { Username, UserAttributes, UserMFASettingList, PreferredMfaSetting } = output;
  if (typeof Username !== 'string' || !Array.isArray(UserAttributes)) {
    throw new ProtocolError('REPLY_MALFORMED', 'GetUser: "Username" and "UserAttributes" must be there', {
      operation: 'GetUser',
    });
  }
  return {
    username: Username,
    attributes: Object.fromEntries(
      UserAttributes.map(({ Name, Value }: { Name: string; Value?: string }) => [Name, Value ?? '']),
    ),
    mfa: Array.isArray(UserMFASettingList) ? UserMFASettingList : [],
    ...(typeof PreferredMfaSetting === 'string' && { preferredMfa: PreferredMfaSetting as MfaType }),
  };
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
  const { output } = await connect(pool, options).call('UpdateUserAttributes', {
    AccessToken: accessToken,
    UserAttributes: wireAttributes(attributes),
    ...clientMetadata(options),
  });
  const list = Array.isArray(output['CodeDeliveryDetailsList']) ? output['CodeDeliveryDetailsList'] : [];
  return {
    deliveries: list.flatMap((details: { AttributeName?: string }) => {
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
  const { output } = await connect(pool, options).call('GetUserAttributeVerificationCode', {
    AccessToken: accessToken,
    AttributeName: attributeName,
    ...clientMetadata(options),
  });
  return deliveryOf(output['CodeDeliveryDetails']);
}

/** VerifyUserAttribute. */
export async function verifyUserAttribute(
  pool: UserPoolClient,
  { accessToken, attributeName, code }: Token & { readonly attributeName: string; readonly code: string },
  options: CallOptions = {},
): Promise<void> {
  await connect(pool, options).call('VerifyUserAttribute', {
    AccessToken: accessToken,
    AttributeName: attributeName,
    Code: code.replace(/\s/g, ''),
  });
}

/** ChangePassword. `previousPassword` may be left out by users who never had one. */
export async function changePassword(
  pool: UserPoolClient,
  input: Token & { readonly previousPassword?: string; readonly newPassword: string },
  options: CallOptions = {},
): Promise<void> {
  await connect(pool, options).call('ChangePassword', {
    AccessToken: input.accessToken,
    ...(input.previousPassword !== undefined && { PreviousPassword: input.previousPassword }),
    ProposedPassword: input.newPassword,
  });
}

/** One second factor: off, on, or on and asked for first. */
export type MfaPreference = 'off' | 'on' | 'preferred';

/** SetUserMFAPreference. A factor that is left out stays as it is. */
export async function setUserMfaPreference(
  pool: UserPoolClient,
  input: Token & {
    readonly sms?: MfaPreference;
    readonly softwareToken?: MfaPreference;
    readonly email?: MfaPreference;
  },
  options: CallOptions = {},
): Promise<void> {
  const { accessToken, sms, softwareToken, email } = input;
  await connect(pool, options).call('SetUserMFAPreference', {
    AccessToken: accessToken,
    ...(sms && { SMSMfaSettings: settings(sms) }),
    ...(softwareToken && { SoftwareTokenMfaSettings: settings(softwareToken) }),
    ...(email && { EmailMfaSettings: settings(email) }),
  });
}

const settings = (preference: MfaPreference) => ({
  Enabled: preference !== 'off',
  PreferredMfa: preference === 'preferred',
});

/**
 * StartWebAuthnRegistration.
 *
 * @returns `PublicKeyCredentialCreationOptionsJSON`: give it to `passkeyCreation`, that to
 *   `navigator.credentials.create`, and what comes back to `completePasskeyRegistration`
 */
export async function startPasskeyRegistration(
  pool: UserPoolClient,
  { accessToken }: Token,
  options: CallOptions = {},
): Promise<Readonly<Record<string, unknown>>> {
  const operation = 'StartWebAuthnRegistration';
  const { output } = await connect(pool, options).call(operation, { AccessToken: accessToken });
  const creation = output['CredentialCreationOptions'];
  if (typeof creation !== 'object' || creation === null) {
    throw new ProtocolError(
      'REPLY_MALFORMED',
      `${operation}: "CredentialCreationOptions" must be an object`,
      {
        operation,
        field: 'CredentialCreationOptions',
      },
    );
  }
  return creation as Record<string, unknown>;
}

/** CompleteWebAuthnRegistration, with what `navigator.credentials.create` gave, or its `toJSON()`. */
export async function completePasskeyRegistration(
  pool: UserPoolClient,
  { accessToken, credential }: Token & { readonly credential: object },
  options: CallOptions = {},
): Promise<void> {
  await connect(pool, options).call('CompleteWebAuthnRegistration', {
    AccessToken: accessToken,
    Credential: credentialJson(credential),
  });
}

const clientMetadata = (options: CallOptions) =>
  options.clientMetadata ? { ClientMetadata: options.clientMetadata } : {};
