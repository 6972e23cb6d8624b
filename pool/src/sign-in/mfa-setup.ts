/** MFA_SETUP: the user sets up an authenticator app or e-mail as a second factor. */
import { type AliasConflict, claimNames } from '../domain/new-names.ts';
import { noSoftwareToken } from '../domain/totp.ts';
import type { MfaFactor, MfaPreference, User } from '../domain/user.ts';
import type { Answer, Reply } from './attempt.ts';
import { sendCode, takeCode } from './code-challenges.ts';
import { afterLastFactor } from './next-step.ts';
import type { AwaitedOf } from './sessions.ts';
import { withMethod } from './trail.ts';

/** What the service does if another user has the address as a name is not known. */
const KEPT_BY_OTHERS: AliasConflict = { moves: false, exception: 'AliasExistsException' };

export async function answerMfaSetup(answer: Answer<AwaitedOf<'MFA_SETUP'>>): Promise<Reply> {
  const { pool, awaited, user, session, responses } = answer;
  // Clients send EMAIL, but the developer guide shows email
  const email = responses['EMAIL'] ?? responses['email'];
  if (email !== undefined) {
    const attributes = { ...user.attributes, email, email_verified: 'false' };
    claimNames(pool, user, attributes, KEPT_BY_OTHERS);
    session.used = true;
    pool.users.update(user, { attributes });
    return sendCode(answer, 'EMAIL_OTP', 'mfa-setup');
  }
  if (!awaited.token || !awaited.verified) throw noSoftwareToken();
  session.used = true;
  pool.users.update(user, { softwareToken: awaited.token, mfa: turnedOn(user, 'SOFTWARE_TOKEN_MFA') });
  return afterLastFactor(withMethod(answer, 'otp'));
}

export async function answerCode(
  answer: Answer<AwaitedOf<'SMS_MFA'> | AwaitedOf<'EMAIL_OTP'> | AwaitedOf<'SMS_OTP'>>,
): Promise<Reply> {
  takeCode(answer);
  const { pool, awaited, user } = answer;
  if (awaited.role === 'mfa-setup') {
    const attributes = { ...user.attributes, email_verified: 'true' };
    claimNames(pool, user, attributes, KEPT_BY_OTHERS);
    pool.users.update(user, { attributes, mfa: turnedOn(user, 'EMAIL_OTP') });
  }
  return afterLastFactor(withMethod(answer, awaited.challengeName === 'EMAIL_OTP' ? 'email_otp' : 'sms'));
}

const turnedOn = ({ mfa }: User, factor: MfaFactor): MfaPreference => ({
  ...mfa,
  enabled: [...mfa.enabled.filter((other) => other !== factor), factor],
});
