/** Gets the secret for an authenticator app, and shows it for a camera and for typing. */
import { renderUnicodeCompact } from 'uqr';
import {
  type CallOptions,
  type ChallengeOf,
  startSoftwareTokenSetup,
  type UserPoolClient,
} from '../../index.ts';
import type { Io } from '../io.ts';
import { toPrintable } from '../output/printable-text.ts';

/** Gets a secret from the service. The authenticator app will show the id of the user pool beside the user name. */
export const getSoftwareTokenSecret = (
  pool: UserPoolClient,
  challenge: ChallengeOf<'MFA_SETUP'>,
  call: CallOptions,
) => startSoftwareTokenSetup(pool, challenge, { issuer: pool.userPoolId }, call);

/**
 * Gets a secret and shows it at the terminal, as a QR code and as text.
 *
 * @returns the challenge that the first code of the app answers
 */
export async function showSoftwareTokenSecret(
  pool: UserPoolClient,
  challenge: ChallengeOf<'MFA_SETUP'>,
  { stderr }: Pick<Io, 'stderr'>,
  call: CallOptions,
): Promise<ChallengeOf<'MFA_SETUP'>> {
  const setup = await getSoftwareTokenSecret(pool, challenge, call);
  stderr.write(`Scan this with an authenticator app:\n\n${renderUnicodeCompact(setup.otpauthUri)}\n\n`);
  stderr.write(`Or type this secret into the app: ${toPrintable(setup.secretCode)}\n`);
  return setup.challenge;
}
