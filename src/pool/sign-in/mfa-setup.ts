/** MFA_SETUP: the user sets up an authenticator app or e-mail as a second factor. */
import { noSoftwareToken } from '../totp.ts';
import type { MfaFactor, User } from '../users.ts';
import type { Answer } from './attempt.ts';
import { sendCode, takeCode } from './code-challenges.ts';
import { afterLastFactor } from './next-step.ts';
import type { AwaitedOf } from './sessions.ts';
import { withMethod } from './trail.ts';

export async function answerMfaSetup(answer: Answer<AwaitedOf<'MFA_SETUP'>>): Promise<object> {
  const { awaited, user, session, responses } = answer;
  // Clients send EMAIL, but the developer guide shows email
  const email = responses['EMAIL'] ?? responses['email'];
  if (email !== undefined) {
    session.used = true;
    user.attributes = { ...user.attributes, email, email_verified: 'false' };
    return sendCode(answer, 'EMAIL_OTP', 'mfa-setup');
  }
  if (!awaited.token || !awaited.verified) throw noSoftwareToken();
  session.used = true;
  user.softwareToken = awaited.token;
  turnOn(user, 'SOFTWARE_TOKEN_MFA');
  return afterLastFactor(withMethod(answer, 'otp'));
}

export async function answerCode(
  answer: Answer<AwaitedOf<'SMS_MFA'> | AwaitedOf<'EMAIL_OTP'> | AwaitedOf<'SMS_OTP'>>,
): Promise<object> {
  takeCode(answer);
  const { awaited, user } = answer;
  if (awaited.role === 'mfa-setup') {
    user.attributes = { ...user.attributes, email_verified: 'true' };
    turnOn(user, 'EMAIL_OTP');
  }
  return afterLastFactor(withMethod(answer, awaited.challengeName === 'EMAIL_OTP' ? 'email_otp' : 'sms'));
}

function turnOn(user: User, factor: MfaFactor): void {
  user.mfa = { ...user.mfa, enabled: [...user.mfa.enabled.filter((other) => other !== factor), factor] };
}
