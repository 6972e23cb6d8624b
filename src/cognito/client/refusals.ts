/**
 * What the service's exceptions mean.
 *
 * Cognito says many different things with NotAuthorizedException and InvalidParameterException, and only the text tells
 * them apart. Texts are compared in `refusal-table.ts` and nowhere else.
 */
import { REFUSALS, type Refusal } from './refusal-table.ts';
import { invalidMembersIn } from './validation-errors.ts';

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
