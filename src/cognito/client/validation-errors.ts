/** Which members of an input break the rules of AWS's model, as the service's text says. */

const VALIDATION_ERRORS = /^\d+ validation errors? detected:/;
const MEMBERS_AT_FAULT = /at '[^']*' failed to satisfy constraint/g;

/**
 * Reads the members that a text such as "1 validation error detected: Value at 'password' failed to satisfy constraint: …"
 * names.
 *
 * @returns paths such as `password` or `userAttributes.1.member.value`; none if the text is another one
 */
export function invalidMembersIn(text: string): readonly string[] {
  if (!VALIDATION_ERRORS.test(text)) return [];
  const phrases = text.match(MEMBERS_AT_FAULT) ?? [];
  return phrases.map((phrase) => phrase.split("'")[1] ?? '');
}
