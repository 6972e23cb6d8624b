/** Says in one error what the JavaScript engine lacks for the build in use, and what to do about each. */
import { bigIntegerRequirements } from '#big-integer';
import { ArgumentError } from '../errors.ts';
import type { RuntimeRequirement } from './big-integer.ts';

/** What the arithmetic needs and this engine lacks. */
export const missingRequirements = (): readonly RuntimeRequirement[] =>
  bigIntegerRequirements.filter(([name]) => !(name in globalThis));

/** @throws ArgumentError RUNTIME_INCOMPLETE if this engine lacks something that the arithmetic needs */
export function checkRuntime(): void {
  const missing = missingRequirements();
  if (missing.length > 0) throw runtimeIncomplete(missing);
}

/** One error that names everything missing at once, and what to do about each. */
export function runtimeIncomplete(missing: readonly RuntimeRequirement[]): ArgumentError {
  const names = missing.map(([name]) => name).join(', ');
  const remedies = missing.map(([, remedy]) => remedy).join('; ');
  return new ArgumentError('RUNTIME_INCOMPLETE', names, `No ${names} here: ${remedies}`);
}
