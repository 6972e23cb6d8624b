/** MFA_SETUP by an authenticator app: its secret, and the challenge to answer with its first code. */
import { mustBe } from '../../errors.ts';
import { type CallOptions, currentTime } from '../client/call-options.ts';
import { connect } from '../client/connection.ts';
import type { UserPoolClient } from '../client/user-pool-client.ts';
import { isNonEmptyString } from '../values.ts';
import type { ChallengeOf } from './challenge-types.ts';
import { checkedChallenge } from './kept-challenge.ts';
import { type SoftwareTokenLabel, type SoftwareTokenSecret, secretOf } from './software-token-setup.ts';
import { sessionExpiry } from './step.ts';

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
  const { call } = connect(pool, options);
  const checked = checkedChallenge(pool, challenge);
  const { name, username, session: Session } = checked;
  if (name !== 'MFA_SETUP') throw mustBe('CHALLENGE_INVALID', 'challenge.name', 'MFA_SETUP');
  const output = await call('AssociateSoftwareToken', { Session });
  const session = output['Session'];
  return {
    ...secretOf(output, { account: username, ...label }),
    challenge: {
      ...checked,
      ...(isNonEmptyString(session) && { session, expiresAt: sessionExpiry(pool, currentTime(options)) }),
    },
  };
}
