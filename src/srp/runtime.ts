/** Says in one error what the JavaScript engine lacks for the build in use, and what to do about each. */
import { bigIntegerNeeds } from '#big-integer';
import { ArgumentError } from '../errors.ts';

/** What the caller may have passed in place of a global. True: there, or not needed. */
export interface Substitutes {
  readonly randomness?: boolean;
  readonly fetch?: boolean;
}

const REMEDIES: Readonly<Record<string, string>> = {
  BigInt: 'import "cognito-srp-engine/portable", which does without',
  fetch: 'pass "fetch" or "transport" in the options',
  'crypto.getRandomValues': 'pass "rng" in the options',
};

/**
 * Missing randomness alone is not reported here: RANDOMNESS_MISSING says it when bytes are drawn.
 *
 * @throws ArgumentError RUNTIME_INCOMPLETE naming everything missing at once
 */
export function assertRuntime({ randomness = true, fetch = true }: Substitutes = {}): void {
  const missing = bigIntegerNeeds.filter((name) => !(name in globalThis));
  if (!fetch) missing.push('fetch');
  if (missing.length === 0) return;
  if (!randomness) missing.push('crypto.getRandomValues');
  const names = missing.join(', ');
  const remedies = missing.map((name) => REMEDIES[name]).join('; ');
  throw new ArgumentError('RUNTIME_INCOMPLETE', names, `This runtime lacks ${names}: ${remedies}`);
}
