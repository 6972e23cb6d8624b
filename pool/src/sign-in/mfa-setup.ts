/**
 * MFA_SETUP: the user sets up an authenticator app or e-mail as a second factor. That turns nothing on. Reported (aws/aws-sdk-java-v2#4869
 * and aws/aws-sdk#693): only SetUserMFAPreference and AdminSetUserMFAPreference fill UserMFASettingList.
 */
import { assertChanges } from '../domain/attribute-schema.ts';
import { type AliasConflict, claimNames } from '../domain/new-names.ts';
import { invalidParameter } from '../domain/service-exception.ts';
import { noSoftwareToken } from '../domain/totp.ts';
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
  if (email !== undefined) return askForSetupCode(answer, email);
  const offersApp = awaited.choices.includes('SOFTWARE_TOKEN_MFA');
  if (!offersApp || !awaited.token || !awaited.verified) throw noSoftwareToken();
  session.used = true;
  pool.users.update(user, { softwareToken: awaited.token });
  return afterLastFactor(withMethod(answer, 'otp'));
}

/** Sends a code to the address. The user gets the address once the code was right. AWS's texts of these refusals are not known. */
function askForSetupCode(answer: Answer<AwaitedOf<'MFA_SETUP'>>, email: string): Promise<Reply> {
  const { pool, client, awaited, user, session } = answer;
  if (!awaited.choices.includes('EMAIL_OTP'))
    throw invalidParameter('EMAIL_OTP is not one of MFAS_CAN_SETUP');
  // An empty value would remove the attribute
  if (email === '') throw invalidParameter('Invalid email address format.');
  if (email !== user.attributes['email']) assertChanges(pool, client, user, { email });
  claimNames(pool, user, { ...user.attributes, email, email_verified: 'false' }, KEPT_BY_OTHERS);
  session.used = true;
  return sendCode(answer, 'EMAIL_OTP', 'mfa-setup', email);
}

/** Checks the code of a challenge. Returns the sign-in with the factor that the code proves. */
export function proveCode<A extends AwaitedOf<'SMS_MFA'> | AwaitedOf<'EMAIL_OTP'> | AwaitedOf<'SMS_OTP'>>(
  answer: Answer<A>,
): Answer<A> {
  takeCode(answer);
  const { pool, awaited, user } = answer;
  const { email } = awaited;
  if (email !== undefined) {
    const attributes = { ...user.attributes, email, email_verified: 'true' };
    claimNames(pool, user, attributes, KEPT_BY_OTHERS);
    pool.users.update(user, { attributes, mfa: { ...user.mfa, emailSetUp: true } });
  }
  return withMethod(answer, awaited.challengeName === 'EMAIL_OTP' ? 'email_otp' : 'sms');
}
