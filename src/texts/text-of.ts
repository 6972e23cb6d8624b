/** Chooses the text for an error, a challenge, a factor or a delivery. */
import type {
  Challenge,
  Delivery,
  FirstFactorOption,
  MfaOption,
} from '../cognito/sign-in/challenge-types.ts';
import type { ErrorCode } from '../errors.ts';
import { fill } from './fill.ts';
import type { ChoiceText, StepText, Texts } from './texts.ts';

/** A field that an error can be about. */
export type FieldName = 'username' | 'password' | 'code' | 'newPassword';

const FIELDS: Partial<Readonly<Record<ErrorCode, FieldName>>> = {
  USERNAME_INVALID: 'username',
  USER_NOT_FOUND: 'username',
  USERNAME_EXISTS: 'username',
  USERNAME_REFUSED: 'username',
  PASSWORD_INVALID: 'password',
  INCORRECT_USERNAME_OR_PASSWORD: 'password',
  CODE_MISMATCH: 'code',
  CODE_EXPIRED: 'code',
  CODE_USED: 'code',
  PASSWORD_POLICY: 'newPassword',
};

/** Codes that stand for many exceptions, so that only the recovery says what can be done. */
const SAID_BY_RECOVERY: readonly unknown[] = ['REFUSED', 'PARAMETER_REFUSED'] satisfies readonly ErrorCode[];

/** The value under a key of a record, which may have been given something that is not its key. */
const lookUp = <Value>(record: Readonly<Record<string, Value>>, key: unknown): Value | undefined =>
  typeof key === 'string' && Object.hasOwn(record, key) ? record[key] : undefined;

const memberOf = (error: unknown, name: 'code' | 'recovery' | 'name'): unknown =>
  typeof error === 'object' && error !== null
    ? (error as Readonly<Record<string, unknown>>)[name]
    : undefined;

/**
 * Says what has happened, and what the user can do. The error is known by its `code`, so it may also come from another
 * copy of this package, or from JSON.
 *
 * @param error what was thrown: an error of this package, the reason of an aborted signal, or anything else
 * @param texts the texts of a language
 * @returns a text for the user. It names nothing of the service.
 * @example
 * ```ts
 * import { signIn, type UserPoolClient } from 'cognito-srp-engine';
 * import { textOfError } from 'cognito-srp-engine/texts';
 * import { en } from 'cognito-srp-engine/texts/en';
 *
 * declare const pool: UserPoolClient;
 *
 * await signIn(pool, { username: 'alice', password: 'wrong' }).catch((error: unknown) => {
 *   console.log(textOfError(error, en)); // The user name or password is not right. Check both and try again.
 * });
 * ```
 */
export function textOfError(error: unknown, texts: Texts): string {
  const code = memberOf(error, 'code');
  const recovery = lookUp<string>(texts.recoveries, memberOf(error, 'recovery'));
  if (recovery !== undefined && SAID_BY_RECOVERY.includes(code)) return recovery;
  const known = lookUp<string>(texts.errors, code) ?? recovery;
  if (known !== undefined) return known;
  return memberOf(error, 'name') === 'AbortError' ? texts.notices.cancelled : texts.notices.unexpected;
}

/**
 * Says why the browser gave no passkey. Browsers give one name to many causes on purpose, to protect the user's privacy.
 *
 * @param error what `navigator.credentials.get` or `create` has thrown. Call it for nothing else: the same names mean
 *   other things elsewhere.
 * @param texts the texts of a language
 * @returns a text for the user
 * @example
 * ```ts
 * import { textOfPasskeyError } from 'cognito-srp-engine/texts';
 * import { en } from 'cognito-srp-engine/texts/en';
 *
 * await navigator.credentials.get({}).catch((error: unknown) => {
 *   console.log(textOfPasskeyError(error, en));
 * });
 * ```
 */
export const textOfPasskeyError = (error: unknown, texts: Texts): string =>
  lookUp<string>(texts.passkeyErrors, memberOf(error, 'name')) ?? texts.passkeyErrors.NotAllowedError;

/**
 * Says which field of the form an error is about, so that the page can mark it.
 *
 * @param error what was thrown
 * @returns the field; undefined if the error is about none
 * @example
 * ```ts
 * import { fieldOfError } from 'cognito-srp-engine/texts';
 *
 * console.log(fieldOfError({ code: 'CODE_MISMATCH' })); // code
 * ```
 */
export const fieldOfError = (error: unknown): FieldName | undefined =>
  lookUp<FieldName | undefined>(FIELDS, memberOf(error, 'code'));

/**
 * The title and the instruction for a challenge.
 *
 * @param challenge the challenge of a step
 * @param texts the texts of a language
 * @returns the instruction says where the code was sent, or which app has it, as far as that is known
 * @example
 * ```ts
 * import type { Challenge } from 'cognito-srp-engine';
 * import { textOfChallenge } from 'cognito-srp-engine/texts';
 * import { en } from 'cognito-srp-engine/texts/en';
 *
 * declare const challenge: Challenge;
 *
 * const { title, instruction } = textOfChallenge(challenge, en);
 * console.log(title, instruction); // Check your e-mail We sent a code by e-mail to a***@e***.
 * ```
 */
export function textOfChallenge(challenge: Challenge, texts: Texts): StepText {
  const { title, instruction } = texts.challenges[challenge.name];
  switch (challenge.name) {
    case 'SMS_MFA':
    case 'SMS_OTP':
    case 'EMAIL_OTP':
      return {
        title,
        instruction: challenge.delivery ? textOfDelivery(challenge.delivery, texts) : instruction,
      };
    case 'SOFTWARE_TOKEN_MFA': {
      const { friendlyDeviceName: app } = challenge;
      return { title, instruction: app === undefined ? instruction : fill(texts.codeOfNamedApp, { app }) };
    }
    case 'MFA_SETUP':
      return challenge.needsAdministrator ? texts.mfaSetup.byAdministrator : { title, instruction };
    default:
      return { title, instruction };
  }
}

/**
 * Says where a code was sent.
 *
 * @param delivery the way and the masked address. It is undefined if the service did not say it.
 * @param texts the texts of a language
 * @returns a sentence: `We sent a code by e-mail to a***@e***.`
 * @example
 * ```ts
 * import { textOfDelivery } from 'cognito-srp-engine/texts';
 * import { en } from 'cognito-srp-engine/texts/en';
 *
 * console.log(textOfDelivery({ medium: 'SMS', destination: '+********42' }, en));
 * ```
 */
export function textOfDelivery(delivery: Delivery | undefined, texts: Texts): string {
  const { deliveries } = texts;
  if (!delivery?.destination) return deliveries.unknown;
  const { medium, destination } = delivery;
  const template = medium === 'SMS' || medium === 'EMAIL' ? deliveries[medium] : deliveries.other;
  return fill(template, { destination });
}

/**
 * The label of a first or second factor that the user can choose.
 *
 * @param factor the name that the service offers
 * @param texts the texts of a language
 * @returns the label, and what it means. A factor that is newer than this package has the service's name as label.
 * @example
 * ```ts
 * import { textOfFactor } from 'cognito-srp-engine/texts';
 * import { en } from 'cognito-srp-engine/texts/en';
 *
 * console.log(textOfFactor('WEB_AUTHN', en).label); // Passkey
 * ```
 */
export const textOfFactor = (factor: MfaOption | FirstFactorOption, texts: Texts): ChoiceText =>
  lookUp<ChoiceText>(texts.factors, factor) ?? { label: factor, detail: texts.unknownFactor };
