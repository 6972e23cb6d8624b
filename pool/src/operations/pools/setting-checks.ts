/** The settings that a pool cannot have together. */
import { invalidParameter } from '../../domain/service-exception.ts';
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
 * @throws ServiceException InvalidParameterException
 */
export function checkGiven(
  given: Omit<CreateUserPoolRequest, 'PoolName'> | Omit<UpdateUserPoolRequest, 'UserPoolId'>,
  settings: PoolSettings,
): void {
  const oldName = given.AdminCreateUserConfig?.UnusedAccountValidityDays;
  const newName = given.Policies?.PasswordPolicy?.TemporaryPasswordValidityDays;
  // Reported for the two values of DescribeUserPool, which are the same (pulumi/pulumi-aws-native#1256), and that 0 beside the new
  // name is taken (hashicorp/terraform-provider-aws#8845)
  if (oldName && newName !== undefined) {
    throw invalidParameter(
      'Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays',
    );
  }
  checkVerifiedBeforeUpdate(settings);
  checkFactors(settings);
  if (given.AccountRecoverySetting) checkRecovery(given.AccountRecoverySetting, settings);
}

/** Reported by aws/aws-cli#7151 for UpdateUserPool without AutoVerifiedAttributes, which resets them. */
function checkVerifiedBeforeUpdate({ userPool }: PoolSettings): void {
  const { AutoVerifiedAttributes: verified = [], UserAttributeUpdateSettings: updates } = userPool;
  const waiting = updates?.AttributesRequireVerificationBeforeUpdate ?? [];
  if (waiting.every((name) => verified.includes(name))) return;
  throw invalidParameter(
    'All attributes in AttributesRequireVerificationBeforeUpdate must exist in AutoVerifiedAttributes',
  );
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
 * Checks what SetUserPoolMfaConfig is given against the mail settings and the recovery. Documented, and reported by
 * hashicorp/terraform-provider-aws#41049. The texts are not known. A pool of options has no mail settings, so it may have e-mail.
 *
 * @throws ServiceException InvalidParameterException
 */
export function checkMfaConfig(
  { EmailMfaConfiguration }: Omit<SetUserPoolMfaConfigRequest, 'UserPoolId'>,
  { userPool }: PoolSettings,
): void {
  if (!EmailMfaConfiguration) return;
  if (userPool.EmailConfiguration?.EmailSendingAccount === 'COGNITO_DEFAULT') {
    throw invalidParameter('Email MFA requires an email configuration with the sending account DEVELOPER.');
  }
  const { RecoveryMechanisms = [] } = userPool.AccountRecoverySetting ?? {};
  if (RecoveryMechanisms.length > 0 && RecoveryMechanisms.every(({ Name }) => Name === 'verified_email')) {
    throw invalidParameter('Email MFA cannot be configured when accounts are recovered by email only.');
  }
}
