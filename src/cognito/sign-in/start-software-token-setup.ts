/** The set-up of an authenticator app that the challenge MFA_SETUP asks for. */
import { mustBe } from '../../errors.ts';
import { requireObject, requireText } from '../../required-input.ts';
import { type CallOptions, currentTime } from '../client/call-options.ts';
import { connect } from '../client/connection.ts';
import type { UserPoolClient } from '../client/user-pool-client.ts';
import { isNonEmptyString } from '../values.ts';
import { LEFT_TO_ADMINISTRATOR } from './challenge-table.ts';
import type { ChallengeOf } from './challenge-types.ts';
import { checkedChallenge } from './kept-challenge.ts';
import { type SoftwareTokenLabel, type SoftwareTokenSecret, secretOf } from './software-token-setup.ts';
import { sessionExpiry } from './step.ts';

/** What {@link startSoftwareTokenSetup} gives back. */
export interface StartSoftwareTokenSetupResult extends SoftwareTokenSecret {
  /** The challenge to answer with the app's first code. It has a new session and does not hold the secret. */
  readonly challenge: ChallengeOf<'MFA_SETUP'>;
}

/**
 * Begins the set-up of an authenticator app that the challenge MFA_SETUP asks for (AWS operation
 * AssociateSoftwareToken). The secret is not in the challenge: after a reload, call this again with the challenge
 * that was kept.
 *
 * @param pool the user pool and its app client
 * @param challenge the challenge MFA_SETUP
 * @param label how the app names the account
 * @param options how the request is sent
 * @returns the secret to show to the user, and the challenge to answer with the app's first code
 * @throws ServiceError SESSION_EXPIRED, SESSION_USED, SESSION_INVALID, or another `ServiceErrorCode`
 * @throws ProtocolError REPLY_MALFORMED, or another code if no usable reply came
 * @throws ArgumentError CHALLENGE_INVALID for another challenge or one that needs an administrator, or another code if the pool or an option cannot be
 *   right
 * @example
 * ```ts
 * import { type ChallengeOf, respond, startSoftwareTokenSetup, type UserPoolClient } from 'cognito-srp-engine';
 *
 * declare const pool: UserPoolClient;
 * declare const mfaSetup: ChallengeOf<'MFA_SETUP'>;
 * declare function askForCode(qrCodeText: string): Promise<string>;
 *
 * const label = { issuer: 'Example' };
 * const { otpauthUri, challenge } = await startSoftwareTokenSetup(pool, mfaSetup, label);
 * await respond(pool, challenge, { code: await askForCode(otpauthUri) });
 * ```
 */
export async function startSoftwareTokenSetup(
  pool: UserPoolClient,
  challenge: ChallengeOf<'MFA_SETUP'>,
  label: SoftwareTokenLabel,
  options: CallOptions = {},
): Promise<StartSoftwareTokenSetupResult> {
  const { call } = connect(pool, options);
  const checked = checkedChallenge(pool, challenge);
  if (checked.name !== 'MFA_SETUP') throw mustBe('CHALLENGE_INVALID', 'challenge.name', 'MFA_SETUP');
  if (checked.needsAdministrator) throw mustBe('CHALLENGE_INVALID', 'challenge', LEFT_TO_ADMINISTRATOR);
  requireText(requireObject(label, 'label'), 'issuer');
  const output = await call('AssociateSoftwareToken', { Session: checked.session });
  const { issuer, account = checked.username } = label;
  const secret = secretOf(output, { issuer, account });
  const session = output['Session'];
  if (!isNonEmptyString(session)) return { ...secret, challenge: checked };
  return {
    ...secret,
    challenge: { ...checked, session, expiresAt: sessionExpiry(pool, currentTime(options)) },
  };
}
