/** Checks that a caller has given what a function needs, for callers whom no compiler has checked. */
import { type ArgumentErrorCode, mustBe } from './errors.ts';

/** The codes of members that have one of their own. */
const CODES: ReadonlyMap<string, ArgumentErrorCode> = new Map([
  ['username', 'USERNAME_INVALID'],
  ['newPassword', 'PASSWORD_INVALID'],
  ['clientId', 'CLIENT_ID_INVALID'],
]);

/**
 * @param field the caller's name for the value
 * @returns the value
 * @throws ArgumentError OPTION_INVALID unless the value is an object
 */
export function requireObject<Value extends object>(value: Value, field: string): Value {
  if (typeof value === 'object' && value !== null) return value;
  throw mustBe('OPTION_INVALID', field, 'an object');
}

/**
 * @param names the members of the input that have to be texts
 * @returns the input
 * @throws ArgumentError OPTION_INVALID or the member's own code, unless each of them is a string that is not empty
 */
export function requireTexts<Input extends object>(
  input: Input,
  ...names: readonly (keyof Input & string)[]
): Input {
  for (const name of names) {
    const value: unknown = requireObject(input, 'input')[name];
    if (typeof value === 'string' && value !== '') continue;
    throw mustBe(CODES.get(name) ?? 'OPTION_INVALID', name, 'a string that is not empty');
  }
  return input;
}

/** @returns the one member that {@link requireTexts} has checked */
export const requireText = <Name extends string>(
  input: { readonly [Key in Name]: string },
  name: Name,
): string => requireTexts(input, name)[name];
