/** The set-up of an authenticator app: AssociateSoftwareToken gives a secret, VerifySoftwareToken checks a code. */
import { malformed, ServiceError } from '../../errors.ts';
import { requireObject, requireText, requireTexts } from '../../required-input.ts';
import type { CallOptions } from '../client/call-options.ts';
import { type Connection, connect } from '../client/connection.ts';
import type { UserPoolClient } from '../client/user-pool-client.ts';
import { type AccessTokenInput, codeWithoutBlanks, isNonEmptyString, scalarText } from '../values.ts';

/** What the user has to put into an authenticator app, as a QR code or typed. Secret. */
export interface SoftwareTokenSecret {
  /** The secret in base32, for typing. */
  readonly secretCode: string;
  /** `otpauth://totp/…`, for a QR code. */
  readonly otpauthUri: string;
}

/** How the authenticator app names the account. */
export interface SoftwareTokenLabel {
  /** The name of your product or company. */
  readonly issuer: string;
  /** Default: the user name. */
  readonly account?: string;
}

/** What {@link associateSoftwareToken} takes. */
export interface AssociateSoftwareTokenInput extends AccessTokenInput {
  /** Both parts are needed here: an access token does not tell which name the user knows. */
  readonly label: Required<SoftwareTokenLabel>;
}

/**
 * Begins the set-up of an authenticator app for a signed-in user (AWS operation AssociateSoftwareToken).
 * For the challenge MFA_SETUP there is `startSoftwareTokenSetup`.
 *
 * @param pool the user pool and its app client
 * @param input the access token, and how the app names the account
 * @param options how the request is sent
 * @returns the secret to show to the user. `verifySoftwareToken` takes the first code that the app makes of it.
 * @throws ServiceError ACCESS_TOKEN_REFUSED, or another `ServiceErrorCode`
 * @throws ProtocolError REPLY_MALFORMED, or another code if no usable reply came
 * @throws ArgumentError if the pool or an option cannot be right
 * @example
 * ```ts
 * import { associateSoftwareToken, type UserPoolClient } from 'cognito-srp-engine';
 *
 * declare const pool: UserPoolClient;
 * declare const accessToken: string;
 * declare function showQrCode(text: string): void;
 *
 * const label = { issuer: 'Example', account: 'alice@example.com' };
 * const { otpauthUri } = await associateSoftwareToken(pool, { accessToken, label });
 * showQrCode(otpauthUri);
 * ```
 */
export async function associateSoftwareToken(
  pool: UserPoolClient,
  input: AssociateSoftwareTokenInput,
  options: CallOptions = {},
): Promise<SoftwareTokenSecret> {
  const { call } = connect(pool, options);
  const { accessToken, label } = requireTexts(input, 'accessToken');
  requireTexts(requireObject(label, 'label'), 'issuer', 'account');
  return secretOf(await call('AssociateSoftwareToken', { AccessToken: accessToken }), label);
}

/** The code of {@link verifySoftwareToken}. */
export interface VerifySoftwareTokenInput extends AccessTokenInput {
  /** The code that the authenticator app shows, as the user typed it. Blanks are taken out. */
  readonly code: string;
  /** A name for the authenticator. The challenge SOFTWARE_TOKEN_MFA shows it. */
  readonly friendlyDeviceName?: string | undefined;
}

/**
 * Completes the set-up of an authenticator app with its first code (AWS operation VerifySoftwareToken).
 * `setUserMfaPreference` then turns the factor on.
 *
 * @param pool the user pool and its app client
 * @param input the access token, the code, and a name for the authenticator
 * @param options how the request is sent
 * @returns nothing; the authenticator is set up
 * @throws ServiceError CODE_MISMATCH (the app's next code may be right), CODE_USED, ATTEMPTS_EXCEEDED,
 *   ACCESS_TOKEN_REFUSED, MFA_NOT_SET_UP, or another `ServiceErrorCode`
 * @throws ProtocolError if no usable reply came
 * @throws ArgumentError ANSWER_INVALID if the code is empty, or another code if the pool or an option cannot be right
 * @example
 * ```ts
 * import { setUserMfaPreference, type UserPoolClient, verifySoftwareToken } from 'cognito-srp-engine';
 *
 * declare const pool: UserPoolClient;
 * declare const accessToken: string;
 * declare const code: string;
 *
 * await verifySoftwareToken(pool, { accessToken, code });
 * await setUserMfaPreference(pool, { accessToken, softwareToken: 'preferred' });
 * ```
 */
export async function verifySoftwareToken(
  pool: UserPoolClient,
  input: VerifySoftwareTokenInput,
  options: CallOptions = {},
): Promise<void> {
  await sendCode(connect(pool, options), { AccessToken: requireText(input, 'accessToken') }, input);
}

/** @returns the Session that MFA_SETUP is answered with */
export async function verifySetupCode(
  connection: Connection,
  Session: string | undefined,
  answer: SoftwareTokenCode,
): Promise<string | undefined> {
  const output = await sendCode(connection, { Session }, answer);
  return isNonEmptyString(output['Session']) ? output['Session'] : Session;
}

type SoftwareTokenCode = Pick<VerifySoftwareTokenInput, 'code' | 'friendlyDeviceName'>;

/** What tells the service whose code it is. */
type SoftwareTokenOwner = { readonly AccessToken: string } | { readonly Session: string | undefined };

async function sendCode({ call }: Connection, owner: SoftwareTokenOwner, answer: SoftwareTokenCode) {
  const operation = 'VerifySoftwareToken';
  const output = await call(operation, {
    ...owner,
    UserCode: codeWithoutBlanks(answer),
    FriendlyDeviceName: answer.friendlyDeviceName,
  });
  if (output['Status'] === 'SUCCESS') return output;
  // HTTP status 200 is not enough: in AWS's model the member Status is SUCCESS or ERROR.
  const message = `${operation}: "Status" is ${scalarText(output['Status']) || 'missing'}`;
  const origin = { operation, status: 200 };
  throw new ServiceError('CODE_MISMATCH', 'answer-again', 'ServiceError', message, origin);
}

/**
 * Reads the reply of AssociateSoftwareToken, and writes its secret as a URI for a QR code.
 *
 * @see https://github.com/google/google-authenticator/wiki/Key-Uri-Format
 */
export function secretOf(
  output: Readonly<Record<string, unknown>>,
  label: Required<SoftwareTokenLabel>,
): SoftwareTokenSecret {
  const secretCode = output['SecretCode'];
  if (!isNonEmptyString(secretCode)) {
    throw malformed('REPLY_MALFORMED', 'SecretCode', 'a string', { operation: 'AssociateSoftwareToken' });
  }
  const issuer = encodeURIComponent(label.issuer);
  const account = encodeURIComponent(label.account);
  // SHA-1, 6 digits and 30 seconds are the format's defaults, and Cognito's.
  const otpauthUri = `otpauth://totp/${issuer}:${account}?secret=${secretCode}&issuer=${issuer}`;
  return { secretCode, otpauthUri };
}
