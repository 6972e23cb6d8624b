/** Says in one error what the JavaScript engine lacks for the build in use, and what to do about each. */
import { bigIntegerRequirements } from '#big-integer';
import { ArgumentError } from '../errors.ts';
import type { RuntimeRequirement } from './big-integer.ts';

/** What the arithmetic needs and this engine lacks. */
export const missingRequirements = (): readonly RuntimeRequirement[] =>
  bigIntegerRequirements.filter(([name]) => !(name in globalThis));

/** @throws ArgumentError RUNTIME_INCOMPLETE naming everything missing at once, if anything is */
export function checkRuntime(missing = missingRequirements()): void {
  const names = missing.map(([name]) => name).join(', ');
  if (names === '') return;
  const remedies = missing.map(([, remedy]) => remedy).join('; ');
  throw new ArgumentError('RUNTIME_INCOMPLETE', names, `No ${names} here: ${remedies}`);
}
