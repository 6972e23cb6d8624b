/** The settings that a pool cannot have together. */
import { invalidParameter, ServiceException } from '../../domain/service-exception.ts';
import type {
  AccountRecoverySettingType,
  CreateUserPoolRequest,
  SetUserPoolMfaConfigRequest,
  UpdateUserPoolRequest,
} from '../../model/types.generated.ts';
import type { PoolSettings } from '../../settings/pool-settings.ts';

/**
 * Checks the members of CreateUserPool and UpdateUserPool that depend on each other.
 *
 * @param settings what the settings would become
 * @throws ServiceException InvalidParameterException, FeatureUnavailableInTierException
 */
export function checkGiven(
  given: Omit<CreateUserPoolRequest, 'PoolName'> | Omit<UpdateUserPoolRequest, 'UserPoolId'>,
  settings: PoolSettings,
): void {
  const oldName = given.AdminCreateUserConfig?.UnusedAccountValidityDays;
  const newName = given.Policies?.PasswordPolicy?.TemporaryPasswordValidityDays;
  if (oldName !== undefined && newName !== undefined && oldName !== newName) {
    throw invalidParameter(
      'Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays',
    );
  }
  checkFactors(settings);
  if (given.AccountRecoverySetting) checkRecovery(given.AccountRecoverySetting, settings);
  checkTier(settings);
}

/**
 * Reported by aws-cloudformation/cloudformation-coverage-roadmap#2221. Whether a pool with an SMS configuration is
 * refused for a phone number that is not verified automatically is not known, so it is not.
 */
function checkFactors({ userPool, mfa }: PoolSettings): void {
  if ((userPool.MfaConfiguration ?? 'OFF') === 'OFF' || userPool.SmsConfiguration) return;
  if (mfa.SmsMfaConfiguration || mfa.SoftwareTokenMfaConfiguration?.Enabled || mfa.EmailMfaConfiguration)
    return;
  throw invalidParameter(
    'SMS configuration and Auto verification for phone_number are required when MFA is required/optional',
  );
}

/** Reported by aws/aws-cdk#11478, with MFA required. Pools with optional MFA have both. */
export function checkRecovery(
  { RecoveryMechanisms = [] }: AccountRecoverySettingType,
  { userPool, mfa }: PoolSettings,
): void {
  const hasSms = mfa.SmsMfaConfiguration?.SmsConfiguration !== undefined;
  if (userPool.MfaConfiguration !== 'ON' || !hasSms) return;
  if (!RecoveryMechanisms.some(({ Name }) => Name === 'verified_phone_number')) return;
  throw invalidParameter(
    'Invalid account recovery setting parameter. Account Recovery Setting cannot use verified_phone_number as a recovery mechanism when SMS MFA is configured.',
  );
}

/**
 * Checks what SetUserPoolMfaConfig is given against the tier, the mail settings and the recovery. Documented, and for e-mail reported by
 * hashicorp/terraform-provider-aws#41049. The texts are not known. A pool of options has no mail settings, so it may have e-mail.
 *
 * @throws ServiceException InvalidParameterException, FeatureUnavailableInTierException
 */
export function checkMfaConfig(
  { EmailMfaConfiguration, WebAuthnConfiguration }: Omit<SetUserPoolMfaConfigRequest, 'UserPoolId'>,
  { userPool }: PoolSettings,
): void {
  if (userPool.UserPoolTier === 'LITE') {
    if (EmailMfaConfiguration) throw notInTier('LITE', 'Email MFA');
    if (WebAuthnConfiguration) throw notInTier('LITE', 'Passkeys');
  }
  if (!EmailMfaConfiguration) return;
  if (userPool.EmailConfiguration?.EmailSendingAccount === 'COGNITO_DEFAULT') {
    throw invalidParameter('Email MFA requires an email configuration with the sending account DEVELOPER.');
  }
  const { RecoveryMechanisms = [] } = userPool.AccountRecoverySetting ?? {};
  if (RecoveryMechanisms.length > 0 && RecoveryMechanisms.every(({ Name }) => Name === 'verified_email')) {
    throw invalidParameter('Email MFA cannot be configured when accounts are recovered by email only.');
  }
}

function checkTier({ userPool: { UserPoolAddOns: addOns, UserPoolTier: tier } }: PoolSettings): void {
  const modes = [addOns?.AdvancedSecurityMode, addOns?.AdvancedSecurityAdditionalFlows?.CustomAuthMode];
  if (tier === 'PLUS' || !modes.some((mode) => mode === 'AUDIT' || mode === 'ENFORCED')) return;
  throw notInTier(tier, 'Threat Protection');
}

/** Reported by hashicorp/terraform-provider-aws#40734 for ESSENTIALS. The text for LITE is made alike. */
const notInTier = (tier: string | undefined, feature: string): ServiceException =>
  new ServiceException(
    'FeatureUnavailableInTierException',
    `The following features need to be disabled for the ${tier} pricing tier configured: ${feature}`,
  );
