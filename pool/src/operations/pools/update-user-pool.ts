/** UpdateUserPool: replaces settings of the pool. What is omitted is kept or has its default, member by member. */
import { checkTier } from '../../domain/tiers.ts';
import type { UpdateUserPoolRequest, UserPoolType } from '../../model/types.generated.ts';
import type { PoolSettings } from '../../settings/pool-settings.ts';
import { poolOperation } from '../operation.ts';
import { changeSettings } from './change-settings.ts';
import { checkGiven } from './setting-checks.ts';
import { acrConfigurationOf, givenMembers, policiesOf, withMirroredValidity } from './setting-defaults.ts';

/**
 * The members that have these values if they are omitted. Reported for AutoVerifiedAttributes (go-to-k/cdkd#1968) and in 2018
 * for the tags (aws/aws-cli#3302). For the others the documentation alone says so.
 *
 * All members that are not here are kept. Reported for MfaConfiguration and Policies (go-to-k/cdkd#1968), and through
 * CloudFormation for VerificationMessageTemplate, AccountRecoverySetting, EmailConfiguration and DeletionProtection
 * (go-to-k/cdk-real-drift#702, #710, #1187). UserPoolTier and DcrConfiguration are documented. For SmsConfiguration, which
 * MFA needs, and for PoolName, IssuerConfiguration and KeyConfiguration AWS's behaviour is not known.
 */
const WHEN_OMITTED: Partial<Omit<UserPoolType, 'Id'>> = {
  AcrConfiguration: undefined,
  AutoVerifiedAttributes: undefined,
  DeviceConfiguration: undefined,
  EmailVerificationMessage: undefined,
  EmailVerificationSubject: undefined,
  LambdaConfig: {},
  SmsAuthenticationMessage: undefined,
  SmsVerificationMessage: undefined,
  UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: [] },
  UserPoolAddOns: undefined,
  UserPoolTags: {},
};

export const updateUserPool = poolOperation('UpdateUserPool', { access: 'iam' }, async (pool, input) => {
  const { UserPoolId, ...given } = input;
  const changed = updatedSettings(pool.settings, given);
  checkGiven(given, changed);
  checkTier(changed, pool.settings);
  changeSettings(pool, changed);
  return {};
});

function updatedSettings(
  settings: PoolSettings,
  { PoolName, ...given }: Omit<UpdateUserPoolRequest, 'UserPoolId'>,
): PoolSettings {
  const { userPool, mfa } = settings;
  const Policies = policiesOf(given.Policies, given.AdminCreateUserConfig, userPool.Policies);
  return {
    ...settings,
    userPool: {
      ...userPool,
      ...WHEN_OMITTED,
      ...givenMembers({ ...given, AcrConfiguration: acrConfigurationOf(given.AcrConfiguration) }),
      ...(PoolName !== undefined && { Name: PoolName }),
      // Measured: UnusedAccountValidityDays stays when only AllowAdminCreateUserOnly is sent
      AdminCreateUserConfig: withMirroredValidity(given.AdminCreateUserConfig, Policies),
      Policies,
    },
    mfa: given.SmsConfiguration
      ? {
          ...mfa,
          SmsMfaConfiguration: {
            ...mfa.SmsMfaConfiguration,
            SmsConfiguration: given.SmsConfiguration,
            ...givenMembers({ SmsAuthenticationMessage: given.SmsAuthenticationMessage }),
          },
        }
      : mfa,
  };
}
