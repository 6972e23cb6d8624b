/** Setting up an authenticator app: AssociateSoftwareToken, then VerifySoftwareToken. */
import { malformed, ServiceError } from '../../errors.ts';
import type { CallOptions } from '../client/call-options.ts';
import { type Connection, connect } from '../client/connection.ts';
import type { UserPoolClient } from '../client/user-pool-client.ts';
import { codeWithoutBlanks, isNonEmptyString } from '../values.ts';

/** What the user has to put into an authenticator app: as a QR code, or typed. Secret. */
export interface SoftwareTokenSecret {
  /** base32, for typing. */
  readonly secretCode: string;
  /** `otpauth://totp/…`, for a QR code. */
  readonly otpauthUri: string;
}

/** How the authenticator app names the account. */
export interface SoftwareTokenLabel {
  /** Your product's or company's name. */
  readonly issuer: string;
  /** Default: the user name. */
  readonly account?: string;
}

/** Begins a set-up for a signed-in user (AssociateSoftwareToken). `label.account` is what the app shows. */
export async function associateSoftwareToken(
  pool: UserPoolClient,
  input: { readonly accessToken: string; readonly label: Required<SoftwareTokenLabel> },
  options: CallOptions = {},
): Promise<SoftwareTokenSecret> {
  const { call } = connect(pool, options);
  return secretOf(await call('AssociateSoftwareToken', { AccessToken: input.accessToken }), input.label);
}

/**
 * Ends it with the app's first code (VerifySoftwareToken). Then `setUserMfaPreference` turns it on.
 *
 * @throws ServiceError CODE_MISMATCH: the next code may do
 */
export async function verifySoftwareToken(
  pool: UserPoolClient,
  input: {
    readonly accessToken: string;
    readonly code: string;
    readonly friendlyDeviceName?: string | undefined;
  },
  options: CallOptions = {},
): Promise<void> {
  await verify(connect(pool, options), { AccessToken: input.accessToken }, input);
}

/** @returns the Session that MFA_SETUP is answered with */
export async function verifySetupCode(
  connection: Connection,
  Session: string | undefined,
  answer: { readonly code: string; readonly friendlyDeviceName?: string },
): Promise<string | undefined> {
  const output = await verify(connection, { Session }, answer);
  return isNonEmptyString(output['Session']) ? output['Session'] : Session;
}

async function verify(
  { call }: Connection,
  who: { readonly AccessToken?: string; readonly Session?: string | undefined },
  answer: { readonly code: string; readonly friendlyDeviceName?: string | undefined },
) {
  const operation = 'VerifySoftwareToken';
  const input = {
    ...who,
    UserCode: codeWithoutBlanks(answer),
    FriendlyDeviceName: answer.friendlyDeviceName,
  };
  const output = await call(operation, input);
  if (output['Status'] === 'SUCCESS') return output;
  // HTTP 200 is not enough: the model has Status ERROR beside SUCCESS
  const message = `${operation}: Status is ${String(output['Status'])}`;
  const origin = { operation, status: 200 };
  throw new ServiceError('CODE_MISMATCH', 'answer-again', 'EnableSoftwareTokenMFAException', message, origin);
}

/** What AssociateSoftwareToken gave, for the user. */
export function secretOf(
  { SecretCode: secretCode }: Readonly<Record<string, unknown>>,
  { issuer, account = '' }: SoftwareTokenLabel,
): SoftwareTokenSecret {
  if (!isNonEmptyString(secretCode)) {
    throw malformed('REPLY_MALFORMED', 'SecretCode', 'a string', { operation: 'AssociateSoftwareToken' });
  }
  // https://github.com/google/google-authenticator/wiki/Key-Uri-Format; SHA-1, 6 digits and 30 s are its defaults
  const name = encodeURIComponent(issuer);
  const label = `${name}:${encodeURIComponent(account)}`;
  return { secretCode, otpauthUri: `otpauth://totp/${label}?secret=${secretCode}&issuer=${name}` };
}
