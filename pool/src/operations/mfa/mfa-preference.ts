/** Which second factors a user has turned on, and which is preferred. */
import { invalidParameter } from '../../domain/service-exception.ts';
import type { MfaFactor, User } from '../../domain/user.ts';
import type { Inputs } from '../../model/types.generated.ts';
import type { Pool } from '../../service/pool.ts';
import { destinationOf } from '../../sign-in/code-challenges.ts';

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
  let { enabled, preferred } = user.mfa;
  const preferring: MfaFactor[] = [];
  for (const [member, factor] of FACTORS) {
    const setting = input[member];
    if (!setting) continue;
    const others = enabled.filter((other) => other !== factor);
    const on = setting.Enabled === true;
    if (on && !canReach(user, factor)) {
      throw invalidParameter(`User does not have delivery config set to turn on ${factor}`);
    }
    enabled = on ? [...others, factor] : others;
    if (on && setting.PreferredMfa === true) preferring.push(factor);
    else if (preferred === factor) preferred = undefined;
  }
  if (preferring.length > 1) throw invalidParameter('Only one MFA can be preferred');
  const passkeyMfa = input.WebAuthnMfaSettings ? input.WebAuthnMfaSettings.Enabled === true : user.passkeyMfa;
  if (passkeyMfa) assertPasskeyMfa(pool, enabled);
  pool.users.update(user, { passkeyMfa, mfa: { enabled, preferred: preferring[0] ?? preferred } });
}

/** A passkey is not the only second factor, so that its loss locks nobody out. The texts are not known. */
function assertPasskeyMfa({ passkeyFactorConfiguration }: Pool, others: readonly MfaFactor[]): void {
  if (passkeyFactorConfiguration !== 'MULTI_FACTOR_WITH_USER_VERIFICATION') {
    throw invalidParameter('Passkey MFA is not enabled for the user pool');
  }
  if (others.length === 0) throw invalidParameter('Passkey MFA requires another MFA method');
}

const canReach = (user: User, factor: MfaFactor): boolean =>
  factor === 'SOFTWARE_TOKEN_MFA'
    ? user.softwareToken !== undefined
    : destinationOf(user, factor) !== undefined;
