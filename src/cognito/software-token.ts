/** Setting up an authenticator app: AssociateSoftwareToken, then VerifySoftwareToken. */
import { ProtocolError, ServiceError } from '../errors.ts';
import { type CallOptions, type Connection, connect } from './call.ts';
import type { ChallengeOf } from './challenge.ts';
import { sessionExpiry } from './session.ts';
import type { UserPoolClient } from './user-pool.ts';

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

/**
 * Begins the set-up that an MFA_SETUP challenge asks for (AssociateSoftwareToken).
 *
 * @returns the secret to show, and the challenge to answer with the app's first code. The secret is not
 *   in the challenge: after a reload, call this again with the challenge kept.
 */
export async function startSoftwareTokenSetup(
  pool: UserPoolClient,
  challenge: ChallengeOf<'MFA_SETUP'>,
  label: SoftwareTokenLabel,
  options: CallOptions = {},
): Promise<SoftwareTokenSecret & { readonly challenge: ChallengeOf<'MFA_SETUP'> }> {
  const connection = connect(pool, options);
  const { session: Session } = challenge;
  const { output } = await connection.call(
    'AssociateSoftwareToken',
    Session === undefined ? {} : { Session },
  );
  const session = output['Session'];
  return {
    ...secretOf(output, { account: challenge.username, ...label }),
    challenge: {
      ...challenge,
      ...(typeof session === 'string' && { session, expiresAt: sessionExpiry(pool, options) }),
    },
  };
}

/** Begins a set-up for a signed-in user (AssociateSoftwareToken). `label.account` is what the app shows. */
export async function associateSoftwareToken(
  pool: UserPoolClient,
  input: { readonly accessToken: string; readonly label: Required<SoftwareTokenLabel> },
  options: CallOptions = {},
): Promise<SoftwareTokenSecret> {
  const { output } = await connect(pool, options).call('AssociateSoftwareToken', {
    AccessToken: input.accessToken,
  });
  return secretOf(output, input.label);
}

/**
 * Ends it with the app's first code (VerifySoftwareToken). Then `setUserMfaPreference` turns it on.
 *
 * @throws ServiceError CODE_MISMATCH: the next code may do
 */
export async function verifySoftwareToken(
  pool: UserPoolClient,
  input: { readonly accessToken: string; readonly code: string; readonly friendlyDeviceName?: string },
  options: CallOptions = {},
): Promise<void> {
  await verify(connect(pool, options), { AccessToken: input.accessToken }, input);
}

/** @returns the Session that MFA_SETUP is answered with */
export async function verifySetupCode(
  connection: Connection,
  session: string | undefined,
  answer: { readonly code: string; readonly friendlyDeviceName?: string },
): Promise<string | undefined> {
  const output = await verify(connection, session === undefined ? {} : { Session: session }, answer);
  return typeof output['Session'] === 'string' ? output['Session'] : session;
}

async function verify(
  connection: Connection,
  who: { readonly AccessToken?: string; readonly Session?: string },
  { code, friendlyDeviceName }: { readonly code: string; readonly friendlyDeviceName?: string },
) {
  const { output } = await connection.call('VerifySoftwareToken', {
    ...who,
    UserCode: code,
    ...(friendlyDeviceName !== undefined && { FriendlyDeviceName: friendlyDeviceName }),
  });
  // HTTP 200 is not enough: the model has Status ERROR beside SUCCESS
  if (output['Status'] !== 'SUCCESS') {
    throw new ServiceError(
      'CODE_MISMATCH',
      'answer-again',
      'EnableSoftwareTokenMFAException',
      `VerifySoftwareToken: Status is ${String(output['Status'])}`,
      { operation: 'VerifySoftwareToken', status: 200 },
    );
  }
  return output;
}

function secretOf(
  output: Readonly<Record<string, unknown>>,
  { issuer, account = '' }: SoftwareTokenLabel,
): SoftwareTokenSecret {
  const secretCode = output['SecretCode'];
  if (typeof secretCode !== 'string' || secretCode === '') {
    throw new ProtocolError('REPLY_MALFORMED', 'AssociateSoftwareToken: "SecretCode" must be a string', {
      operation: 'AssociateSoftwareToken',
      field: 'SecretCode',
    });
  }
  // https://github.com/google/google-authenticator/wiki/Key-Uri-Format; SHA-1, 6 digits and 30 s are its defaults
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
  const otpauthUri = `otpauth://totp/${label}?secret=${secretCode}&issuer=${encodeURIComponent(issuer)}`;
  return { secretCode, otpauthUri };
}
