/** Tells which rules of a password policy a password meets, while it is typed. */
import { fill } from './fill.ts';
import type { PasswordRuleName, Texts } from './texts.ts';

/**
 * The rules of a user pool. The service does not tell a client what they are, so a page has to be told. The members are
 * those of `PasswordPolicy` in AWS's API.
 */
export interface PasswordPolicy {
  /** Default: 8. */
  readonly minimumLength?: number | undefined;
  readonly requireLowercase?: boolean | undefined;
  readonly requireUppercase?: boolean | undefined;
  readonly requireNumbers?: boolean | undefined;
  readonly requireSymbols?: boolean | undefined;
}

/** The policy of a user pool that was made without one. */
export const DEFAULT_PASSWORD_POLICY: PasswordPolicy = {
  minimumLength: 8,
  requireLowercase: true,
  requireUppercase: true,
  requireNumbers: true,
  requireSymbols: true,
};

/** One rule, and whether the password meets it. */
export interface PasswordRule {
  readonly name: PasswordRuleName;
  /** `At least 8 characters`. */
  readonly text: string;
  readonly isMet: boolean;
}

/** The symbols that the developer guide lists. A space counts, unless it is the first or the last character. */
const SYMBOL = /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+ -]/;

/**
 * Tells which rules a password meets.
 *
 * @param password what the user has typed so far
 * @param texts the texts of a language
 * @param policy the rules of the user pool. Default: those of a pool that was made without any.
 * @returns the rules that the pool asks for, in the order in which a page should list them
 * @example
 * ```ts
 * import { passwordRules } from 'cognito-srp-engine/texts';
 * import { en } from 'cognito-srp-engine/texts/en';
 *
 * for (const { text, isMet } of passwordRules('secret', en)) console.log(isMet ? '✓' : '·', text);
 * ```
 */
export function passwordRules(
  password: string,
  texts: Texts,
  policy: PasswordPolicy = DEFAULT_PASSWORD_POLICY,
): readonly PasswordRule[] {
  const { minimumLength: count = 8 } = policy;
  const { length, lowercase, uppercase, number, symbol } = texts.passwordRules;
  const rules: readonly (readonly [boolean | undefined, PasswordRule])[] = [
    [true, { name: 'length', text: fill(length, { count }), isMet: [...password].length >= count }],
    [policy.requireLowercase, { name: 'lowercase', text: lowercase, isMet: /[a-z]/.test(password) }],
    [policy.requireUppercase, { name: 'uppercase', text: uppercase, isMet: /[A-Z]/.test(password) }],
    [policy.requireNumbers, { name: 'number', text: number, isMet: /[0-9]/.test(password) }],
    [policy.requireSymbols, { name: 'symbol', text: symbol, isMet: SYMBOL.test(password.trim()) }],
  ];
  return rules.flatMap(([isAsked, rule]) => (isAsked ? [rule] : []));
}

/**
 * Says in one sentence what a password lacks, for a page that announces it to screen readers.
 *
 * @param rules what {@link passwordRules} gave
 * @param texts the texts of the same language
 * @returns `Still missing: a number, a symbol.`
 * @example
 * ```ts
 * import { passwordRules, textOfMissingRules } from 'cognito-srp-engine/texts';
 * import { en } from 'cognito-srp-engine/texts/en';
 *
 * console.log(textOfMissingRules(passwordRules('secret', en), en));
 * ```
 */
export function textOfMissingRules(rules: readonly PasswordRule[], texts: Texts): string {
  const missing = rules.filter(({ isMet }) => !isMet).map(({ text }) => startedInLowerCase(text, texts));
  return missing.length === 0
    ? texts.passwordRules.allMet
    : fill(texts.passwordRules.missing, { rules: missing.join(texts.listSeparator) });
}

/** The rule inside a sentence. */
const startedInLowerCase = ([first = '', ...rest]: string, { language }: Texts): string =>
  first.toLocaleLowerCase(language) + rest.join('');
