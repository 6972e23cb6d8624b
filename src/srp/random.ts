/** Secure random bytes: the caller's source, or the engine's `crypto.getRandomValues`. Never anything else. */
import { mustBe } from '../errors.ts';

/**
 * A source of cryptographically secure random bytes.
 *
 * @param length how many bytes
 * @returns exactly that many bytes
 */
export type Rng = (length: number) => Uint8Array;

/**
 * `length` random bytes.
 *
 * @throws ArgumentError RANDOMNESS_MISSING without `rng` and without `crypto.getRandomValues`
 * @throws ArgumentError RANDOMNESS_INVALID where the source gives another length, or only zeros
 */
export function randomBytes(length: number, rng: Rng = systemRng): Uint8Array {
  const bytes = typeof rng === 'function' ? rng(length) : undefined;
  // By its tag: a source may live in another realm (an iframe, a vm context)
  const isBytes = Object.prototype.toString.call(bytes) === '[object Uint8Array]' && bytes?.length === length;
  // A source that answers with its empty buffer is broken. By chance: 2^-128 for the 16 bytes of a salt.
  if (isBytes && (length < 16 || bytes.some((byte) => byte !== 0))) return bytes;
  throw mustBe('RANDOMNESS_INVALID', 'rng', `a function giving a Uint8Array of ${length} random bytes`);
}

/** Whether there is a source: the caller's or the engine's. */
export const hasRandomness = (rng?: Rng): boolean =>
  rng !== undefined || typeof globalThis.crypto?.getRandomValues === 'function';

function systemRng(length: number): Uint8Array {
  if (hasRandomness()) return globalThis.crypto.getRandomValues(new Uint8Array(length));
  throw mustBe('RANDOMNESS_MISSING', 'rng', 'given where there is no crypto.getRandomValues');
}
