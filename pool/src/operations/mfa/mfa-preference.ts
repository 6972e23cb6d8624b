/** Which second factors a user has turned on, and which is preferred. */
import { noPhoneNumber, withFactor } from '../../domain/factors.ts';
import { invalidParameter } from '../../domain/service-exception.ts';
import type { MfaFactor, MfaPreference, User } from '../../domain/user.ts';
import type { Inputs } from '../../model/types.generated.ts';
import type { Pool } from '../../service/pool.ts';
import { canReach, factorsToAsk } from '../../sign-in/mfa.ts';

export type MfaPreferenceInput = Omit<Inputs['SetUserMFAPreference'], 'AccessToken'>;

const FACTORS = [
  ['SMSMfaSettings', 'SMS_MFA'],
  ['SoftwareTokenMfaSettings', 'SOFTWARE_TOKEN_MFA'],
  ['EmailMfaSettings', 'EMAIL_OTP'],
] as const;

/**
 * Leaves factors that the input does not name as they are.
 *
 * @throws ServiceException InvalidParameterException
 */
export function setMfaPreference(pool: Pool, user: User, input: MfaPreferenceInput): void {
  // What SetUserSettings turned on counts as a preference from now on
  const { smsBySettings, ...before } = user.mfa;
  let mfa: MfaPreference = before;
  const preferring: MfaFactor[] = [];
  for (const [member, factor] of FACTORS) {
    const setting = input[member];
    if (!setting) continue;
    const on = setting.Enabled === true;
    if (on) assertCanTurnOn(pool, user, factor);
    mfa = withFactor(mfa, factor, on);
    if (on && setting.PreferredMfa === true) preferring.push(factor);
    else if (mfa.preferred === factor) mfa = { ...mfa, preferred: undefined };
  }
  if (preferring.length > 1) throw invalidParameter('Only one MFA can be preferred');
  const passkeyMfa = input.WebAuthnMfaSettings ? input.WebAuthnMfaSettings.Enabled === true : user.passkeyMfa;
  if (passkeyMfa) assertPasskeyMfa(pool, factorsToAsk(pool, { ...user, mfa }));
  pool.users.update(user, { passkeyMfa, mfa: { ...mfa, preferred: preferring[0] ?? mfa.preferred } });
}

function assertCanTurnOn({ mfaFactors }: Pool, user: User, factor: MfaFactor): void {
  // AWS's text is not known
  if (!mfaFactors.includes(factor)) throw invalidParameter(`${factor} is not enabled for the user pool`);
  if (canReach(user, factor)) return;
  // Reported of SMS and of apps. That e-mail has the text of apps is an assumption.
  if (factor === 'SMS_MFA') throw noPhoneNumber();
  throw invalidParameter(`User does not have delivery config set to turn on ${factor}`);
}

/** A passkey is not the only second factor, so that its loss locks nobody out. The texts are not known. */
function assertPasskeyMfa({ passkeyFactorConfiguration }: Pool, others: readonly MfaFactor[]): void {
  if (passkeyFactorConfiguration !== 'MULTI_FACTOR_WITH_USER_VERIFICATION') {
    throw invalidParameter('Passkey MFA is not enabled for the user pool');
  }
  if (others.length === 0) throw invalidParameter('Passkey MFA requires another MFA method');
}
