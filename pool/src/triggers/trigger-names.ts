/** The Lambda triggers of a user pool, by their names in AWS's LambdaConfig. */

/** The members of LambdaConfigType that stand for a trigger. KMSKeyID and PreTokenGenerationConfig do not. */
export const TRIGGER_NAMES = [
  'PreSignUp',
  'PostConfirmation',
  'PreAuthentication',
  'PostAuthentication',
  'PreTokenGeneration',
  'UserMigration',
  'CustomMessage',
  'DefineAuthChallenge',
  'CreateAuthChallenge',
  'VerifyAuthChallengeResponse',
  'CustomEmailSender',
  'CustomSMSSender',
  'InboundFederation',
] as const;

/** A trigger, named as in LambdaConfig and in the texts of AWS's exceptions. */
export type TriggerName = (typeof TRIGGER_NAMES)[number];

/** The same name as an option: with a small first letter. */
export type TriggerOptionName = Uncapitalize<TriggerName>;

/** @returns `preSignUp` for `PreSignUp` */
export function optionNameOf<Name extends TriggerName>(name: Name): Uncapitalize<Name> {
  // TypeScript does not follow the concatenation
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}` as Uncapitalize<Name>;
}
