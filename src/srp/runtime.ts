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
  const unbuilt = [...bigIntegerNeeds, ...encodingNeeds].filter((name) => !(name in globalThis));
  if (unbuilt.length === 0 && fetch) return;
  const missing = [...unbuilt];
  const advice: string[] = [];
  if (unbuilt.length > 0) {
    advice.push(`import "cognito-srp-engine/portable", which brings its own ${unbuilt.join(', ')}`);
  }
  if (!fetch) {
    missing.push('fetch');
    advice.push('pass "fetch" or "transport" in the options');
  }
  if (!randomness) {
    missing.push('crypto.getRandomValues');
    advice.push('pass "rng", a function from a length to secure random bytes');
  }
  throw new ArgumentError(
    'RUNTIME_INCOMPLETE',
    missing.join(', '),
    `This runtime lacks ${missing.join(', ')}: ${advice.join('; ')}`,
  );
}
