/**
 * Entry `cognito-srp-engine/texts`: chooses the text for an error, a challenge, a delivery or a password rule. The texts of
 * each language are an entry of their own, such as `cognito-srp-engine/texts/en`.
 *
 * @module cognito-srp-engine/texts
 */
export type {
  Challenge,
  Delivery,
  FirstFactorOption,
  MfaOption,
} from '../cognito/sign-in/challenge-types.ts';
export type { ErrorCode, Recovery } from '../errors.ts';
export { type FieldText, textOfField } from './field-text.ts';
export { fill, overrideTexts, type TextChanges } from './fill.ts';
export {
  DEFAULT_PASSWORD_POLICY,
  type PasswordPolicy,
  type PasswordRule,
  passwordRules,
  textOfMissingRules,
} from './password-rules.ts';
export {
  type FieldName,
  fieldOfError,
  textOfChallenge,
  textOfDelivery,
  textOfError,
  textOfFactor,
  textOfPasskeyError,
} from './text-of.ts';
export type {
  ChoiceText,
  LabelledAttribute,
  PasskeyErrorName,
  PasswordRuleName,
  StepText,
  Template,
  Texts,
} from './texts.ts';
