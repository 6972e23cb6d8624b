/** Members of a caller's answer to a challenge, checked before anything is sent. */
import { type ArgumentError, mustBe } from '../../errors.ts';
import { codeWithoutBlanks, isNonEmptyString, isStringMap } from '../values.ts';

/** @param member its name in the answer: `newPassword`, `attributes.email` */
export const wrongAnswer = (member: string, expected: string): ArgumentError =>
  mustBe('ANSWER_INVALID', `answer.${member}`, expected);

/** Whatever the answer's type says, the caller may not have been checked by a compiler. */
const memberOf = (answer: object, member: string): unknown =>
  (answer as Readonly<Record<string, unknown>>)[member];

/** @throws ArgumentError ANSWER_INVALID unless the member is a string that is not empty */
export function readText(answer: object, member: string): string {
  const value = memberOf(answer, member);
  if (isNonEmptyString(value)) return value;
  throw wrongAnswer(member, 'a string that is not empty');
}

/** @throws ArgumentError ANSWER_INVALID unless `answer.code` is a code */
export const readCode = (answer: { readonly code: string }): string =>
  codeWithoutBlanks(answer, 'answer.code');

/**
 * @param offered what the challenge offers, also names that this package does not know; empty if the service does not say
 * @param known what can be chosen if the service does not say
 * @throws ArgumentError ANSWER_INVALID unless `answer.choice` is one of them
 */
export function readChoice(
  answer: { readonly choice: string },
  offered: readonly string[],
  known: readonly string[],
): string {
  const options = offered.length > 0 ? offered : known;
  const choice = options.find((option) => option === answer.choice);
  if (choice !== undefined) return choice;
  // A damaged challenge can have anything among its options, even its session, which no message may show
  const names = options.filter((option) => /^\w{1,64}$/.test(option));
  throw wrongAnswer('choice', `one of ${names.join(', ')}`);
}

/** @throws ArgumentError ANSWER_INVALID unless the member is absent or an object of strings */
export function readAnswerMap(answer: object, member: string): Readonly<Record<string, string>> {
  const value = memberOf(answer, member) ?? {};
  if (isStringMap(value)) return value;
  throw wrongAnswer(member, 'an object of strings');
}
