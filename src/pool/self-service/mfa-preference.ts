/** SetUserMFAPreference: which second factors a user has turned on, and which is preferred. */
import { bearerOf } from '../access-tokens.ts';
import { invalidParameter } from '../service-exception.ts';
import { destinationOf } from '../sign-in/code-challenges.ts';
import type { PoolState } from '../state.ts';
import type { MfaFactor, User } from '../users.ts';

interface Setting {
  readonly Enabled?: boolean;
  readonly PreferredMfa?: boolean;
}

export interface SetUserMfaPreferenceInput {
  readonly AccessToken: string;
  readonly SMSMfaSettings?: Setting;
  readonly SoftwareTokenMfaSettings?: Setting;
  readonly EmailMfaSettings?: Setting;
  readonly WebAuthnMfaSettings?: Pick<Setting, 'Enabled'>;
}

const FACTOR_OF = {
  SMSMfaSettings: 'SMS_MFA',
  SoftwareTokenMfaSettings: 'SOFTWARE_TOKEN_MFA',
  EmailMfaSettings: 'EMAIL_OTP',
} as const;

/** Leaves factors that the input does not name as they are. */
export async function setUserMfaPreference(
  pool: PoolState,
  input: SetUserMfaPreferenceInput,
): Promise<object> {
  const { user } = await bearerOf(pool, input.AccessToken);
  const members = Object.keys(FACTOR_OF) as (keyof typeof FACTOR_OF)[];
  let { enabled, preferred } = user.mfa;
  const preferring: MfaFactor[] = [];
  for (const member of members) {
    const setting = input[member];
    if (!setting) continue;
    const factor = FACTOR_OF[member];
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
  user.passkeyMfa = passkeyMfa;
  user.mfa = { enabled, preferred: preferring[0] ?? preferred };
  return {};
}

/** A passkey is not the only second factor, so that its loss locks nobody out. The texts are not known. */
function assertPasskeyMfa({ passkeyFactorConfiguration }: PoolState, others: readonly MfaFactor[]): void {
  if (passkeyFactorConfiguration !== 'MULTI_FACTOR_WITH_USER_VERIFICATION') {
    throw invalidParameter('Passkey MFA is not enabled for the user pool');
  }
  if (others.length === 0) throw invalidParameter('Passkey MFA requires another MFA method');
}

const canReach = (user: User, factor: MfaFactor): boolean =>
  factor === 'SOFTWARE_TOKEN_MFA'
    ? user.softwareToken !== undefined
    : destinationOf(user, factor) !== undefined;
