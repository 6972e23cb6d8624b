/** The secret of an authenticator app: for a camera and for typing. */
import { renderUnicodeCompact } from 'uqr';
import {
  type CallOptions,
  type ChallengeOf,
  startSoftwareTokenSetup,
  type UserPoolClient,
} from '../index.ts';
import type { Io } from './io.ts';
import { printable } from './output.ts';

/** Gets a secret from the service. The authenticator app shows the user pool's id beside the user name. */
export const softwareTokenSecret = (
  pool: UserPoolClient,
  challenge: ChallengeOf<'MFA_SETUP'>,
  call: CallOptions,
) => startSoftwareTokenSetup(pool, challenge, { issuer: pool.userPoolId }, call);

/**
 * Gets a secret and shows it at the terminal, as a QR code and as text.
 *
 * @returns the challenge to answer with the app's first code
 */
export async function showSecret(
  pool: UserPoolClient,
  challenge: ChallengeOf<'MFA_SETUP'>,
  { stderr }: Pick<Io, 'stderr'>,
  call: CallOptions,
): Promise<ChallengeOf<'MFA_SETUP'>> {
  const { secretCode, otpauthUri, challenge: next } = await softwareTokenSecret(pool, challenge, call);
  stderr.write(`Scan this with an authenticator app:\n\n${renderUnicodeCompact(otpauthUri)}\n\n`);
  stderr.write(`or type the secret: ${printable(secretCode)}\n`);
  return next;
}
