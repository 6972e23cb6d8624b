/**
 * What the service's exceptions mean.
 *
 * Cognito says many different things with NotAuthorizedException and InvalidParameterException, and only the text tells
 * them apart. Texts are compared in this file and in `refusal-table.ts` alone.
 */
import { REFUSALS, type Refusal } from './refusal-table.ts';

const OTHER_REFUSAL: Refusal = { code: 'REFUSED', recovery: 'start-again' };

/** What the service answered in place of an output. */
export interface ServiceException {
  /** `NotAuthorizedException` */
  readonly name: string;
  /** The service's text. It can be empty. */
  readonly text: string;
  readonly operation: string;
  /** The challenge that the refused request answered, if it answered one. */
  readonly challengeName?: string | undefined;
}

/** The first row that fits an exception. */
export function refusalOf({ name, text, operation, challengeName = '' }: ServiceException): Refusal {
  const exception = name.replace(/Exception$/, '');
  const invalidMembers = invalidMembersIn(text);
  const fits = (pattern: RegExp | undefined, value: string) => pattern === undefined || pattern.test(value);
  const fitsMember = (pattern: RegExp | undefined) =>
    pattern === undefined || invalidMembers.some((member) => pattern.test(member));
  const row = REFUSALS.find(
    (refusal) =>
      fits(refusal.exception, exception) &&
      fits(refusal.text, text) &&
      fits(refusal.operation, operation) &&
      fits(refusal.challengeName, challengeName) &&
      fitsMember(refusal.invalidMember),
  );
  return row ?? OTHER_REFUSAL;
}

const VALIDATION_ERRORS = /^\d+ validation errors? detected:/;
const MEMBERS_AT_FAULT = /at '[^']*' failed to satisfy constraint/g;

/**
 * Reads the members that a text such as "1 validation error detected: Value at 'password' failed to satisfy constraint: …"
 * names.
 *
 * @returns paths such as `password` or `userAttributes.1.member.value`; none if the text is another one
 */
function invalidMembersIn(text: string): readonly string[] {
  if (!VALIDATION_ERRORS.test(text)) return [];
  const phrases = text.match(MEMBERS_AT_FAULT) ?? [];
  return phrases.map((phrase) => phrase.split("'")[1] ?? '');
}
