/** Codes as people give them. */
import { mustBe } from '../errors.ts';

/**
 * A code without blanks: people type "123 456", and copy codes with the blanks around them.
 *
 * @throws ArgumentError ANSWER_INVALID where nothing else is in it
 */
export function codeOf(answer: { readonly code: string }, field = 'code'): string {
  const code = answer.code?.replace?.(/\s/g, '');
  if (code) return code;
  throw mustBe('ANSWER_INVALID', field, 'the code the user was sent');
}
