/** Says in one error what the JavaScript engine lacks for the build in use. */
import { bigIntegerNeeds } from '#big-integer';
import { encodingNeeds } from '#encoding';
import { ArgumentError } from '../errors.ts';

/** What the caller may have passed in place of a global. True: there, or not needed. */
export interface Substitutes {
  readonly randomness?: boolean;
  readonly fetch?: boolean;
}

/**
 * Missing randomness alone is not reported here: RANDOMNESS_MISSING says it when bytes are drawn.
 *
 * @throws ArgumentError RUNTIME_INCOMPLETE naming every missing global at once
 */
export function assertRuntime({ randomness = true, fetch = true }: Substitutes = {}): void {
  const missing = [...bigIntegerNeeds, ...encodingNeeds].filter((name) => !(name in globalThis));
  if (!fetch) missing.push('fetch');
  if (missing.length === 0) return;
  if (!randomness) missing.push('crypto.getRandomValues');
  const names = missing.join(', ');
  throw new ArgumentError(
    'RUNTIME_INCOMPLETE',
    names,
    `This runtime lacks ${names}: import "cognito-srp-engine/portable", which needs neither BigInt nor encodings, and pass "fetch" or "transport", and "rng", in the options`,
  );
}
