/** Says in one error what the JavaScript engine lacks for the build in use, and what to do about each. */
import { bigIntegerNeeds } from '#big-integer';
import { ArgumentError } from '../errors.ts';
import type { Need } from './big-integer.ts';

/** What the arithmetic needs and this engine lacks. */
export const missingNeeds = (): readonly Need[] => bigIntegerNeeds.filter(([name]) => !(name in globalThis));

/** @throws ArgumentError RUNTIME_INCOMPLETE naming everything missing at once, if anything is */
export function assertRuntime(missing = missingNeeds()): void {
  const names = missing.map(([name]) => name).join(', ');
  if (names === '') return;
  const remedies = missing.map(([, remedy]) => remedy).join('; ');
  throw new ArgumentError('RUNTIME_INCOMPLETE', names, `No ${names} here: ${remedies}`);
}
