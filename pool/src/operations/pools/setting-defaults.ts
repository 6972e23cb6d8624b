/** The defaults of a pool's settings, and how members that are given in part are completed. */
import { invalidParameter } from '../../domain/service-exception.ts';
import type {
  AdminCreateUserConfigType,
  EmailConfigurationType,
  PasswordPolicyType,
  UserPoolPolicyType,
  UserPoolType,
  VerificationMessageTemplateType,
} from '../../model/types.generated.ts';

export const DEFAULT_EMAIL: EmailConfigurationType = { EmailSendingAccount: 'COGNITO_DEFAULT' };
export const DEFAULT_MESSAGES: VerificationMessageTemplateType = { DefaultEmailOption: 'CONFIRM_WITH_CODE' };

const DEFAULT_VALIDITY_DAYS = 7;

const DEFAULT_PASSWORD_POLICY: PasswordPolicyType = {
  MinimumLength: 8,
  RequireLowercase: true,
  RequireNumbers: true,
  RequireSymbols: true,
  RequireUppercase: true,
  TemporaryPasswordValidityDays: DEFAULT_VALIDITY_DAYS,
};

const ACR_LEVELS = [1, 2, 3, 4];

/**
 * Completes the names of authentication levels: descriptions have all four. Whether AWS describes them in a pool that was
 * given none is not known; the measured pool had none.
 *
 * @throws ServiceException InvalidParameterException. That names are unique is documented, AWS's text is not known.
 */
export function acrConfigurationOf(
  given: UserPoolType['AcrConfiguration'],
): UserPoolType['AcrConfiguration'] {
  if (given === undefined) return undefined;
  const rows = ACR_LEVELS.map((level) => {
    return [`Level${level}`, given[`Level${level}`] ?? { AcrValue: `urn:cognito:loa:${level}` }] as const;
  });
  if (new Set(rows.map(([, { AcrValue }]) => AcrValue)).size < rows.length) {
    throw invalidParameter('The ACR values of all levels must be different.');
  }
  return Object.fromEntries(rows);
}

/** Leaves out the members that are absent, so that they do not cover others. */
export const givenMembers = <Members extends object>(members: Members): Members =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Members;

/**
 * Completes the policies of an input.
 *
 * @param kept the policies to keep where the input has none. Reported: UpdateUserPool keeps each of the two
 * (go-to-k/cdkd#1968, #1982). A password policy that is given in part has defaults for the rest (go-to-k/cdk-real-drift#1701).
 */
export function policiesOf(
  given: UserPoolPolicyType = {},
  admin: AdminCreateUserConfigType = {},
  kept: UserPoolPolicyType = {},
): UserPoolPolicyType {
  const days = given.PasswordPolicy?.TemporaryPasswordValidityDays ?? admin.UnusedAccountValidityDays;
  const base = given.PasswordPolicy
    ? { ...DEFAULT_PASSWORD_POLICY, ...givenMembers(given.PasswordPolicy) }
    : (kept.PasswordPolicy ?? DEFAULT_PASSWORD_POLICY);
  return {
    PasswordPolicy: {
      ...base,
      // Another emulator reads 0 as the default, the model allows it. AWS's meaning of 0 is not known.
      ...(days !== undefined && { TemporaryPasswordValidityDays: days || DEFAULT_VALIDITY_DAYS }),
    },
    SignInPolicy: given.SignInPolicy ?? kept.SignInPolicy ?? { AllowedFirstAuthFactors: ['PASSWORD'] },
  };
}

/** Measured: UnusedAccountValidityDays is the old name of TemporaryPasswordValidityDays, and shows the same number. */
export const withMirroredValidity = (
  admin: AdminCreateUserConfigType = {},
  { PasswordPolicy }: UserPoolPolicyType,
): AdminCreateUserConfigType => ({
  AllowAdminCreateUserOnly: false,
  ...givenMembers(admin),
  UnusedAccountValidityDays: PasswordPolicy?.TemporaryPasswordValidityDays ?? DEFAULT_VALIDITY_DAYS,
});
