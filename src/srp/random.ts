/** Secure random bytes from the caller's source or the engine's `crypto.getRandomValues`, and from nothing else. */
import { mustBe } from '../errors.ts';

/**
 * A source of cryptographically secure random bytes.
 *
 * @param length how many bytes
 * @returns exactly that many bytes
 * @example
 * ```ts
 * import { randomBytes } from 'node:crypto';
 * import { generateEphemeral, type Rng } from 'cognito-srp-engine/srp';
 *
 * const rng: Rng = (length) => new Uint8Array(randomBytes(length));
 * const { SRP_A } = generateEphemeral(rng);
 * console.log(SRP_A);
 * ```
 */
export type Rng = (length: number) => Uint8Array;

/**
 * Draws random bytes.
 *
 * @param length how many bytes
 * @throws ArgumentError RANDOMNESS_MISSING without `rng` and without `crypto.getRandomValues`
 * @throws ArgumentError RANDOMNESS_INVALID if the source gives another length, or only zeros
 */
export function randomBytes(length: number, rng: Rng = systemRng): Uint8Array {
  const bytes = typeof rng === 'function' ? rng(length) : undefined;
  const isComplete = isBytes(bytes) && bytes.length === length;
  // A source that answers with its empty buffer is broken. 16 bytes, as of a salt, are zeros by chance once in 2^128 times
  if (isComplete && (length < 16 || bytes.some((byte) => byte !== 0))) return bytes;
  throw mustBe('RANDOMNESS_INVALID', 'rng', `a function that returns a Uint8Array of ${length} random bytes`);
}

// `instanceof` would refuse bytes of another realm (an iframe, a vm context), so the type is read from the tag
const isBytes = (value: unknown): value is Uint8Array =>
  Object.prototype.toString.call(value) === '[object Uint8Array]';

/** Whether there is a source of randomness: the caller's or the engine's. */
export const hasRandomness = (rng?: Rng): boolean =>
  rng !== undefined || typeof globalThis.crypto?.getRandomValues === 'function';

function systemRng(length: number): Uint8Array {
  if (hasRandomness()) return globalThis.crypto.getRandomValues(new Uint8Array(length));
  throw mustBe('RANDOMNESS_MISSING', 'rng', 'given where there is no crypto.getRandomValues');
}
