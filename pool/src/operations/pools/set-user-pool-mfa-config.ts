/** SetUserPoolMfaConfig: sets which second factors and passkeys the pool has. */
import { invalidParameter } from '../../domain/service-exception.ts';
import { checkTier } from '../../domain/tiers.ts';
import { poolOperation } from '../operation.ts';
import { changeSettings } from './change-settings.ts';
import { checkMfaConfig, checkRecovery } from './setting-checks.ts';
import { givenMembers } from './setting-defaults.ts';

export const setUserPoolMfaConfig = poolOperation(
  'SetUserPoolMfaConfig',
  { access: 'iam' },
  async (pool, { UserPoolId, MfaConfiguration, ...factors }) => {
    const { SmsMfaConfiguration, SoftwareTokenMfaConfiguration, EmailMfaConfiguration } = factors;
    const isConfigured = SmsMfaConfiguration || SoftwareTokenMfaConfiguration || EmailMfaConfiguration;
    if (MfaConfiguration === 'OFF' && isConfigured) {
      throw invalidParameter(
        "Invalid MFA configuration given, can't turn off MFA and configure an MFA together.",
      );
    }
    const { settings } = pool;
    const { userPool } = settings;
    const changed = {
      ...settings,
      userPool: {
        ...userPool,
        ...givenMembers({
          MfaConfiguration,
          SmsConfiguration: SmsMfaConfiguration?.SmsConfiguration,
          SmsAuthenticationMessage: SmsMfaConfiguration?.SmsAuthenticationMessage,
        }),
      },
      // Which of the factors AWS keeps if they are omitted is not known. Here they are kept.
      mfa: { ...settings.mfa, ...givenMembers(factors) },
    };
    checkTier(changed, settings);
    checkMfaConfig(factors, settings);
    checkRecovery(userPool.AccountRecoverySetting ?? {}, changed);
    changeSettings(pool, changed);
    return { ...changed.mfa, MfaConfiguration: changed.userPool.MfaConfiguration ?? 'OFF' };
  },
);
