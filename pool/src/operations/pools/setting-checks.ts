/** The settings that a pool cannot have together. */
import { invalidParameter, ServiceException } from '../../domain/service-exception.ts';
import type {
  AccountRecoverySettingType,
  CreateUserPoolRequest,
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

/** Reported by hashicorp/terraform-provider-aws#40734 for ESSENTIALS. The text for LITE is made alike. */
function checkTier({ userPool: { UserPoolAddOns: addOns, UserPoolTier: tier } }: PoolSettings): void {
  const modes = [addOns?.AdvancedSecurityMode, addOns?.AdvancedSecurityAdditionalFlows?.CustomAuthMode];
  if (tier === 'PLUS' || !modes.some((mode) => mode === 'AUDIT' || mode === 'ENFORCED')) return;
  throw new ServiceException(
    'FeatureUnavailableInTierException',
    `The following features need to be disabled for the ${tier} pricing tier configured: Threat Protection`,
  );
}
