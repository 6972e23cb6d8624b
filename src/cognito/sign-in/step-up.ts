/** What a sign-in can ask of its strength: an authentication level, and how long ago the user may have proved who they are. */
import { mustBe } from '../../errors.ts';
import { isStringArray } from '../values.ts';

interface StepUp {
  readonly targetAcrValues?: readonly string[] | undefined;
  readonly maxAgeSeconds?: number | undefined;
}

/** @throws ArgumentError OPTION_INVALID */
export function checkStepUp({ targetAcrValues, maxAgeSeconds }: StepUp): void {
  if (targetAcrValues !== undefined && !isAcrList(targetAcrValues)) {
    throw mustBe(
      'OPTION_INVALID',
      'targetAcrValues',
      'a list of one or more levels, such as ["urn:cognito:loa:4"]',
    );
  }
  if (maxAgeSeconds !== undefined && !isMaxAge(maxAgeSeconds)) {
    throw mustBe('OPTION_INVALID', 'maxAgeSeconds', 'a whole number, 0 or more');
  }
}

/** The wire separates the levels by spaces. A name has no space, quotation mark or backslash, and at most 64 characters. */
export const isAcrList = (values: unknown): values is readonly string[] =>
  isStringArray(values) && values.length > 0 && values.every((value) => /^[^\s"\\]{1,64}$/.test(value));

export const isMaxAge = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0;
