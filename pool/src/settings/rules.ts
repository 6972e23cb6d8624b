/** What the settings of a pool mean for its operations. AWS leaves most members out if they have their default. */
import type { NameRules } from '../domain/names.ts';
import type { MfaFactor } from '../domain/user.ts';
import type {
  PasswordPolicyType,
  RecoveryOptionNameType,
  SchemaAttributeType,
  UserVerificationType,
} from '../model/types.generated.ts';
import type { LocalSettings, PoolSettings } from './pool-settings.ts';

/** A factor that a user can begin a USER_AUTH sign-in with. `PASSWORD` includes PASSWORD_SRP. */
export type FirstAuthFactor = 'PASSWORD' | 'WEB_AUTHN' | 'EMAIL_OTP' | 'SMS_OTP';

const FIRST_AUTH_FACTORS: readonly FirstAuthFactor[] = ['PASSWORD', 'WEB_AUTHN', 'EMAIL_OTP', 'SMS_OTP'];

/** How many sessions a user may have in a pool that tracks them, unless it says so. Documented. */
export const DEFAULT_MAX_SESSIONS = 20;

/** AWS's WebAuthnFactorConfigurationType. */
export type PasskeyFactorConfiguration = 'SINGLE_FACTOR' | 'MULTI_FACTOR_WITH_USER_VERIFICATION';

export interface PoolRules extends LocalSettings {
  readonly mfa: 'OFF' | 'OPTIONAL' | 'ON';
  /** The second factors that the pool has: those that CreateUserPool and SetUserPoolMfaConfig configured. */
  readonly mfaFactors: readonly MfaFactor[];
  /** Undefined if the pool does not track devices. */
  readonly devices:
    | { readonly challengeRequiredOnNewDevice: boolean; readonly onlyRememberedOnUserPrompt: boolean }
    | undefined;
  readonly schema: readonly SchemaAttributeType[];
  readonly requiredAttributes: readonly string[];
  readonly passwordPolicy: PasswordPolicyType;
  readonly allowedFirstAuthFactors: readonly FirstAuthFactor[];
  readonly passkeyFactorConfiguration: PasskeyFactorConfiguration;
  readonly passkeyUserVerification: UserVerificationType;
  /** Undefined if the settings name none. */
  readonly relyingPartyId: string | undefined;
  readonly userSessionTracking: boolean;
  readonly maxSessionsPerUser: number;
  readonly autoVerifiedAttributes: readonly string[];
  /** Attributes whose new value is active only after it was verified. */
  readonly verifiedBeforeUpdate: readonly string[];
  readonly adminCreateUserOnly: boolean;
  /** How users recover their accounts, the first choice first. Undefined: what pools without the setting do. */
  readonly recovery: readonly RecoveryOptionNameType[] | undefined;
}

export function rulesOf({ userPool, mfa, session, local }: PoolSettings): PoolRules {
  const allowed = userPool.Policies?.SignInPolicy?.AllowedFirstAuthFactors ?? ['PASSWORD'];
  const { DeviceConfiguration: devices, SchemaAttributes: schema = [] } = userPool;
  const mechanisms = userPool.AccountRecoverySetting?.RecoveryMechanisms;
  return {
    ...local,
    mfa: userPool.MfaConfiguration ?? 'OFF',
    mfaFactors: mfaFactorsOf(mfa),
    devices: devices && {
      challengeRequiredOnNewDevice: devices.ChallengeRequiredOnNewDevice ?? false,
      onlyRememberedOnUserPrompt: devices.DeviceOnlyRememberedOnUserPrompt ?? false,
    },
    schema,
    // Every user has a sub, and nobody can give one
    requiredAttributes: schema.flatMap(({ Name, Required }) =>
      Required === true && Name !== undefined && Name !== 'sub' ? [Name] : [],
    ),
    passwordPolicy: userPool.Policies?.PasswordPolicy ?? {},
    allowedFirstAuthFactors: FIRST_AUTH_FACTORS.filter((factor) => allowed.includes(factor)),
    passkeyFactorConfiguration: mfa.WebAuthnConfiguration?.FactorConfiguration ?? 'SINGLE_FACTOR',
    passkeyUserVerification: mfa.WebAuthnConfiguration?.UserVerification ?? 'preferred',
    relyingPartyId: mfa.WebAuthnConfiguration?.RelyingPartyId,
    userSessionTracking: session.UserSessionTracking === 'ENABLED',
    maxSessionsPerUser: session.TokenSession?.MaxPerUser ?? DEFAULT_MAX_SESSIONS,
    autoVerifiedAttributes: userPool.AutoVerifiedAttributes ?? [],
    verifiedBeforeUpdate:
      userPool.UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate ?? [],
    adminCreateUserOnly: userPool.AdminCreateUserConfig?.AllowAdminCreateUserOnly ?? false,
    recovery:
      mechanisms &&
      [...mechanisms].sort((one, other) => one.Priority - other.Priority).map(({ Name }) => Name),
  };
}

function mfaFactorsOf(mfa: PoolSettings['mfa']): readonly MfaFactor[] {
  const configured = [
    ['SMS_MFA', mfa.SmsMfaConfiguration !== undefined],
    ['SOFTWARE_TOKEN_MFA', mfa.SoftwareTokenMfaConfiguration?.Enabled === true],
    ['EMAIL_OTP', mfa.EmailMfaConfiguration !== undefined],
  ] as const;
  return configured.filter(([, isThere]) => isThere).map(([factor]) => factor);
}

/** Names cannot be configured later, so the index of names is made once. */
export const nameRulesOf = ({ userPool }: PoolSettings): NameRules => ({
  // Measured: a pool without UsernameConfiguration tells upper from lower case
  caseSensitive: userPool.UsernameConfiguration?.CaseSensitive ?? true,
  usernameAttributes: userPool.UsernameAttributes ?? [],
  aliasAttributes: userPool.AliasAttributes ?? [],
});
