/** How a user is described: attributes, second factors, and the factors to begin a sign-in with. */
import { listAttributes } from '../../domain/attributes.ts';
import { ATTRIBUTE_OF } from '../../domain/codes.ts';
import type { MfaFactor, User } from '../../domain/user.ts';
import type { AttributeType, AuthFactorType, MFAOptionType } from '../../model/types.generated.ts';
import type { Pool } from '../../service/pool.ts';
import { destinationOf } from './verification-code.ts';

/** Makes AWS's list of all attributes, as administrators see them. */
export const describeAttributes = (user: User): readonly AttributeType[] => listAttributes(user);

export interface MfaSettings {
  readonly PreferredMfaSetting?: MfaFactor;
  readonly UserMFASettingList?: readonly MfaFactor[];
}

/** Reported: text messages that were turned on by SetUserSettings stand in MFAOptions, and not here (aws-amplify/amplify-js). */
export function describeMfa({ mfa: { enabled, preferred, smsBySettings } }: User): MfaSettings {
  const listed = smsBySettings === true ? enabled.filter((factor) => factor !== 'SMS_MFA') : enabled;
  return {
    ...(preferred !== undefined && { PreferredMfaSetting: preferred }),
    ...(listed.length > 0 && { UserMFASettingList: listed }),
  };
}

/** The MFAOptions of a user, which only SetUserSettings and AdminSetUserSettings set. */
export const describeMfaOptions = ({ mfa }: User): { readonly MFAOptions?: readonly MFAOptionType[] } =>
  mfa.smsBySettings === true
    ? { MFAOptions: [{ AttributeName: ATTRIBUTE_OF.SMS, DeliveryMedium: 'SMS' }] }
    : {};

/** The factors in the order of AWS's AuthFactorType, and whether a user has them. */
const AUTH_FACTORS: Readonly<Record<AuthFactorType, (user: User) => boolean>> = {
  PASSWORD: ({ hasPassword }) => hasPassword,
  EMAIL_OTP: (user) => destinationOf(user, ATTRIBUTE_OF.EMAIL) !== undefined,
  SMS_OTP: (user) => destinationOf(user, ATTRIBUTE_OF.SMS) !== undefined,
  WEB_AUTHN: ({ passkeys }) => passkeys.length > 0,
  SOFTWARE_TOKEN: ({ mfa }) => mfa.enabled.includes('SOFTWARE_TOKEN_MFA'),
};

/**
 * Lists the factors that the user has and the pool allows. The reference names SOFTWARE_TOKEN among them, which is a second factor
 * only, so the pool does not have to allow it as a first one. A user with a second factor cannot begin USER_AUTH with some of them.
 * Whether the service leaves those out is not known.
 */
export function findAuthFactors(pool: Pool, user: User): readonly AuthFactorType[] {
  const isAllowed = (factor: AuthFactorType) =>
    factor === 'SOFTWARE_TOKEN' || pool.allowedFirstAuthFactors.includes(factor);
  // The table has a row for each factor and no other
  const factors = Object.keys(AUTH_FACTORS) as AuthFactorType[];
  return factors.filter((factor) => isAllowed(factor) && AUTH_FACTORS[factor](user));
}
