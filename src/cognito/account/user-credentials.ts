/** What a signed-in user changes about the next sign-in: the password, the second factors, and passkeys. */

import { malformed } from '../../errors.ts';
import { requireText } from '../../required-input.ts';
import type { CallOptions } from '../client/call-options.ts';
import { connect } from '../client/connection.ts';
import type { UserPoolClient } from '../client/user-pool-client.ts';
import { credentialJson, type PasskeyJson } from '../sign-in/passkey-json.ts';
import { type AccessTokenInput, isRecord } from '../values.ts';

/** The old and the new password of {@link changePassword}. */
export interface ChangePasswordInput extends AccessTokenInput {
  /** It is left out for a user who has never had a password. */
  readonly previousPassword?: string | undefined;
  readonly newPassword: string;
}

/**
 * Changes the password of a signed-in user (AWS operation ChangePassword).
 *
 * @param pool the user pool and its app client
 * @param input the access token, the previous and the new password
 * @param options how the request is sent
 * @returns nothing; the user signs in with the new password from now on
 * @throws ServiceError INCORRECT_USERNAME_OR_PASSWORD if the previous password is wrong, PASSWORD_POLICY,
 *   ATTEMPTS_EXCEEDED, ACCESS_TOKEN_REFUSED, or another `ServiceErrorCode`
 * @throws ProtocolError if no usable reply came
 * @throws ArgumentError if the pool or an option cannot be right
 * @example
 * ```ts
 * import { changePassword, type UserPoolClient } from 'cognito-srp-engine';
 *
 * declare const pool: UserPoolClient;
 * declare const accessToken: string;
 * declare const previousPassword: string;
 * declare const newPassword: string;
 *
 * await changePassword(pool, { accessToken, previousPassword, newPassword });
 * ```
 */
export async function changePassword(
  pool: UserPoolClient,
  input: ChangePasswordInput,
  options: CallOptions = {},
): Promise<void> {
  await connect(pool, options).call('ChangePassword', {
    AccessToken: requireText(input, 'accessToken'),
    PreviousPassword: input.previousPassword,
    ProposedPassword: requireText(input, 'newPassword'),
  });
}

/** Whether one second factor is off, on, or on and asked for first. */
export type MfaPreference = 'off' | 'on' | 'preferred';

/** The second factors that {@link setUserMfaPreference} changes. A factor that is left out stays as it is. */
export interface SetUserMfaPreferenceInput extends AccessTokenInput {
  readonly sms?: MfaPreference | undefined;
  readonly softwareToken?: MfaPreference | undefined;
  readonly email?: MfaPreference | undefined;
}

/**
 * Turns second factors on and off (AWS operation SetUserMFAPreference).
 *
 * @param pool the user pool and its app client
 * @param input the access token and the preference for each factor
 * @param options how the request is sent
 * @returns nothing; the preferences count from the next sign-in
 * @throws ServiceError MFA_NOT_SET_UP if the user has no such factor yet, PARAMETER_REFUSED, ACCESS_TOKEN_REFUSED, or
 *   another `ServiceErrorCode`
 * @throws ProtocolError if no usable reply came
 * @throws ArgumentError if the pool or an option cannot be right
 * @example
 * ```ts
 * import { setUserMfaPreference, type UserPoolClient } from 'cognito-srp-engine';
 *
 * declare const pool: UserPoolClient;
 * declare const accessToken: string;
 *
 * await setUserMfaPreference(pool, { accessToken, softwareToken: 'preferred', sms: 'off' });
 * ```
 */
export async function setUserMfaPreference(
  pool: UserPoolClient,
  input: SetUserMfaPreferenceInput,
  options: CallOptions = {},
): Promise<void> {
  await connect(pool, options).call(
    'SetUserMFAPreference',
    {
      AccessToken: requireText(input, 'accessToken'),
      SMSMfaSettings: toMfaSettings(input.sms),
      SoftwareTokenMfaSettings: toMfaSettings(input.softwareToken),
      EmailMfaSettings: toMfaSettings(input.email),
    },
    { retry: 'after-lost-reply' },
  );
}

function toMfaSettings(preference: MfaPreference | undefined) {
  if (preference === undefined) return undefined;
  return { Enabled: preference !== 'off', PreferredMfa: preference === 'preferred' };
}

/** The user of {@link startPasskeyRegistration}. */
export interface StartPasskeyRegistrationInput extends AccessTokenInput {}

/**
 * Begins the registration of a passkey (AWS operation StartWebAuthnRegistration).
 *
 * @param pool the user pool and its app client
 * @param input the access token
 * @param options how the request is sent
 * @returns WebAuthn's `PublicKeyCredentialCreationOptionsJSON`. `passkeyCreation` turns it into what
 *   `navigator.credentials.create` takes.
 * @throws ServiceError PASSKEY_NOT_ENABLED, ACCESS_TOKEN_REFUSED, or another `ServiceErrorCode`
 * @throws ProtocolError REPLY_MALFORMED, or another code if no usable reply came
 * @throws ArgumentError if the pool or an option cannot be right
 * @example
 * ```ts
 * import {
 *   completePasskeyRegistration,
 *   passkeyCreation,
 *   startPasskeyRegistration,
 *   type UserPoolClient,
 * } from 'cognito-srp-engine';
 *
 * declare const pool: UserPoolClient;
 * declare const accessToken: string;
 *
 * const creationOptions = await startPasskeyRegistration(pool, { accessToken });
 * const credential = await navigator.credentials.create(passkeyCreation(creationOptions));
 * if (credential) await completePasskeyRegistration(pool, { accessToken, credential });
 * ```
 */
export async function startPasskeyRegistration(
  pool: UserPoolClient,
  input: StartPasskeyRegistrationInput,
  options: CallOptions = {},
): Promise<PasskeyJson> {
  const operation = 'StartWebAuthnRegistration';
  const { call } = connect(pool, options);
  const output = await call(
    operation,
    { AccessToken: requireText(input, 'accessToken') },
    { retry: 'after-lost-reply' },
  );
  const creationOptions = output['CredentialCreationOptions'];
  if (isRecord(creationOptions)) return creationOptions;
  throw malformed('REPLY_MALFORMED', 'CredentialCreationOptions', 'an object', { operation });
}

/** The passkey of {@link completePasskeyRegistration}. */
export interface CompletePasskeyRegistrationInput extends AccessTokenInput {
  /** What `navigator.credentials.create` gave, or its `toJSON()`. */
  readonly credential: object;
}

/**
 * Completes the registration of a passkey (AWS operation CompleteWebAuthnRegistration).
 *
 * @param pool the user pool and its app client
 * @param input the access token and the new credential
 * @param options how the request is sent
 * @returns nothing; the user can sign in with the passkey from now on
 * @throws ServiceError PASSKEY_REFUSED, PASSKEY_NOT_ENABLED, ACCESS_TOKEN_REFUSED, or another `ServiceErrorCode`
 * @throws ProtocolError if no usable reply came
 * @throws ArgumentError ANSWER_INVALID if `credential` is not a credential, or another code if the pool or an option
 *   cannot be right
 * @example
 * ```ts
 * import { completePasskeyRegistration, type UserPoolClient } from 'cognito-srp-engine';
 *
 * declare const pool: UserPoolClient;
 * declare const accessToken: string;
 * declare const credential: PublicKeyCredential;
 *
 * await completePasskeyRegistration(pool, { accessToken, credential });
 * ```
 */
export async function completePasskeyRegistration(
  pool: UserPoolClient,
  input: CompletePasskeyRegistrationInput,
  options: CallOptions = {},
): Promise<void> {
  await connect(pool, options).call('CompleteWebAuthnRegistration', {
    AccessToken: requireText(input, 'accessToken'),
    Credential: credentialJson(input.credential, 'credential'),
  });
}
