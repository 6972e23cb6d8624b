/** What a pool lacks in its tier, which AWS's documentation also calls its feature plan. */
import type { UserPoolTierType } from '../model/types.generated.ts';
import type { PoolSettings } from '../settings/pool-settings.ts';
import { ServiceException } from './service-exception.ts';

/**
 * Refuses features that the tier lacks. The text is reported by hashicorp/terraform-provider-aws#40734 for Threat Protection in
 * ESSENTIALS and by aws-amplify/amplify-backend#2805 for Passwordless Sign-In in LITE. Except these two and Refresh Token Rotation,
 * the names of the features in AWS's text are not known.
 */
export const unavailableInTier = (
  tier: UserPoolTierType | undefined,
  features: readonly string[],
): ServiceException =>
  new ServiceException(
    'FeatureUnavailableInTierException',
    `The following features need to be disabled for the ${tier} pricing tier configured: ${features.join(', ')}`,
  );

/**
 * Checks that a pool may have or use a feature that every tier has but LITE.
 *
 * @param feature its name in the refusal
 * @throws ServiceException FeatureUnavailableInTierException
 */
export function assertNotLite({ userPool }: Pick<PoolSettings, 'userPool'>, feature: string): void {
  if (userPool.UserPoolTier === 'LITE') throw unavailableInTier('LITE', [feature]);
}

/**
 * Checks that the tier has every feature of the settings. Documented. That UpdateUserPool refuses the tier LITE for them is
 * documented for Dynamic Client Registration, and for the others it is inferred from the refusals of the operations that configure them.
 *
 * @param settings what the settings would become
 * @param former what they are. A pool of options may have more than its tier, and can still be changed.
 * @throws ServiceException FeatureUnavailableInTierException
 */
export function checkTier(settings: PoolSettings, former?: PoolSettings): void {
  const before = former ? featuresBeyondTier(former) : [];
  const added = featuresBeyondTier(settings).filter((feature) => !before.includes(feature));
  if (added.length > 0) throw unavailableInTier(settings.userPool.UserPoolTier, added);
}

function featuresBeyondTier({ userPool, mfa, session }: PoolSettings): readonly string[] {
  const {
    AcrConfiguration: acr,
    DcrConfiguration: dcr,
    LambdaConfig: lambdas,
    Policies: policies,
    UserPoolAddOns: addOns,
    UserPoolTier: tier,
  } = userPool;
  const modes = [addOns?.AdvancedSecurityMode, addOns?.AdvancedSecurityAdditionalFlows?.CustomAuthMode];
  const firstFactors = policies?.SignInPolicy?.AllowedFirstAuthFactors ?? [];
  const tokenTrigger = lambdas?.PreTokenGenerationConfig?.LambdaVersion ?? 'V1_0';
  const isLite = tier === 'LITE';
  const beyond: readonly (readonly [string, boolean])[] = [
    ['Threat Protection', tier !== 'PLUS' && modes.some((mode) => mode === 'AUDIT' || mode === 'ENFORCED')],
    ['Email MFA', isLite && mfa.EmailMfaConfiguration !== undefined],
    ['Passkeys', isLite && mfa.WebAuthnConfiguration !== undefined],
    ['User Session Tracking', isLite && session.UserSessionTracking === 'ENABLED'],
    ['Passwordless Sign-In', isLite && firstFactors.some((factor) => factor !== 'PASSWORD')],
    ['ACR Configuration', isLite && acr !== undefined],
    // Documented: a configuration without the member turns it on
    ['Dynamic Client Registration', isLite && dcr !== undefined && dcr.EnableStatus !== 'Disabled'],
    ['Password Reuse Prevention', isLite && (policies?.PasswordPolicy?.PasswordHistorySize ?? 0) > 0],
    ['Access Token Customization', isLite && tokenTrigger !== 'V1_0'],
  ];
  return beyond.filter(([, isBeyond]) => isBeyond).map(([feature]) => feature);
}
