/** MFA_SETUP by an authenticator app: its secret, and the challenge to answer with its first code. */
import { mustBe } from '../errors.ts';
import { type CallOptions, connect } from './call.ts';
import type { ChallengeOf } from './challenge.ts';
import { isText } from './json.ts';
import { checkedChallenge } from './resume.ts';
import { sessionExpiry } from './session.ts';
import { type SoftwareTokenLabel, type SoftwareTokenSecret, secretOf } from './software-token.ts';
import type { UserPoolClient } from './user-pool.ts';

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
      ...(isText(session) && { session, expiresAt: sessionExpiry(pool, options) }),
    },
  };
}
