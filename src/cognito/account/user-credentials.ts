/** The factors that a signed-in user has, and what the user changes about them: the password and the second factors. */

import { malformed, mustBe } from '../../errors.ts';
import { omitUndefined } from '../../omit-undefined.ts';
import { requireText, requireTexts } from '../../required-input.ts';

import type { CallOptions } from '../client/call-options.ts';
import { connect } from '../client/connection.ts';
import type { UserPoolClient } from '../client/user-pool-client.ts';
import { type AccessTokenInput, isNonEmptyString, isStringArray } from '../values.ts';

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
  /**
   * Whether a passkey counts as both factors. It cannot be preferred, because it applies only when the passkey is the
   * first factor. With `'on'` a sign-in by passkey demands the verification of the user (a PIN, a fingerprint), and
   * passkeys are offered although the pool requires a second factor.
   *
   * The pool has to allow it (`FactorConfiguration` MULTI_FACTOR_WITH_USER_VERIFICATION), and the user needs another
   * second factor as well. How the service refuses it otherwise is not documented.
   */
  readonly passkey?: 'off' | 'on' | undefined;
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
 * @throws ArgumentError OPTION_INVALID for another preference, or another code if the pool or an option cannot be right
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
  const { accessToken, passkey } = requireTexts(input, 'accessToken');
  if (passkey !== undefined && passkey !== 'off' && passkey !== 'on') {
    throw mustBe('OPTION_INVALID', 'passkey', '"off" or "on"');
  }
  const settings = {
    AccessToken: accessToken,
    SMSMfaSettings: toMfaSettings('sms', input.sms),
    SoftwareTokenMfaSettings: toMfaSettings('softwareToken', input.softwareToken),
    EmailMfaSettings: toMfaSettings('email', input.email),
    WebAuthnMfaSettings: passkey && { Enabled: passkey === 'on' },
  };
  await connect(pool, options).call('SetUserMFAPreference', settings, { retry: 'after-lost-reply' });
}

const PREFERENCES: readonly MfaPreference[] = ['off', 'on', 'preferred'];

function toMfaSettings(field: string, preference: MfaPreference | undefined) {
  if (preference === undefined) return undefined;
  if (!PREFERENCES.includes(preference)) {
    throw mustBe('OPTION_INVALID', field, '"off", "on" or "preferred"');
  }
  return { Enabled: preference !== 'off', PreferredMfa: preference === 'preferred' };
}

/** The user of {@link getUserAuthFactors}. */
export interface GetUserAuthFactorsInput extends AccessTokenInput {}

/** The factors that a user can sign in with. Names that this package does not know are kept. */
export interface UserAuthFactors {
  /** The canonical name, whichever alias the user signed in with. */
  readonly username: string;
  /**
   * What the user has set up: `PASSWORD`, `EMAIL_OTP`, `SMS_OTP`, `WEB_AUTHN`, `SOFTWARE_TOKEN`. `PASSWORD` is a first
   * factor only, and `SOFTWARE_TOKEN` a second factor only.
   */
  readonly factors: readonly string[];
  /** The second factors that are turned on: `SMS_MFA`, `SOFTWARE_TOKEN_MFA`, `EMAIL_OTP`. */
  readonly mfa: readonly string[];
  /** The second factor that is asked for first. */
  readonly preferredMfa?: string;
}

/**
 * Lists the factors that a signed-in user has set up (AWS operation GetUserAuthFactors).
 *
 * @param pool the user pool and its app client
 * @param input the access token
 * @param options how the request is sent
 * @returns the first and second factors, by AWS's names
 * @throws ServiceError ACCESS_TOKEN_REFUSED, USER_NOT_FOUND, or another `ServiceErrorCode`
 * @throws ProtocolError REPLY_MALFORMED, or another code if no usable reply came
 * @throws ArgumentError OPTION_INVALID for an access token that is not a string, or another code if the pool or an
 *   option cannot be right
 * @example
 * ```ts
 * import { getUserAuthFactors, type UserPoolClient } from 'cognito-srp-engine';
 *
 * declare const pool: UserPoolClient;
 * declare const accessToken: string;
 *
 * const { factors } = await getUserAuthFactors(pool, { accessToken });
 * if (!factors.includes('WEB_AUTHN')) console.log('Sign in faster: add a passkey');
 * ```
 */
export async function getUserAuthFactors(
  pool: UserPoolClient,
  input: GetUserAuthFactorsInput,
  options: CallOptions = {},
): Promise<UserAuthFactors> {
  const operation = 'GetUserAuthFactors';
  const { accessToken } = requireTexts(input, 'accessToken');
  const { call } = connect(pool, options);
  const output = await call(operation, { AccessToken: accessToken }, { retry: 'after-lost-reply' });
  const username = output['Username'];
  const factors = output['ConfiguredUserAuthFactors'];
  const mfa = output['UserMFASettingList'];
  const preferredMfa = output['PreferredMfaSetting'];
  if (!isNonEmptyString(username)) throw malformed('REPLY_MALFORMED', 'Username', 'a string', { operation });
  return omitUndefined({
    username,
    factors: isStringArray(factors) ? factors : [],
    mfa: isStringArray(mfa) ? mfa : [],
    preferredMfa: isNonEmptyString(preferredMfa) ? preferredMfa : undefined,
  });
}
