/** The pool's randomness. It has one source, so that a run can be repeated. */
export interface Random {
  readonly bytes: (length: number) => Uint8Array;
  /** A lower-case UUID (RFC 9562 version 4). */
  readonly uuid: () => string;
  /** A `sub`, in the form of {@link toSub}. */
  readonly sub: () => string;
  /** Standard base64 of `length` random bytes. */
  readonly base64: (length: number) => string;
  /** Decimal digits. */
  readonly digits: (length: number) => string;
}

/** Also for one of another realm, such as a window of jsdom, which `instanceof` does not see. */
const isUint8Array = (value: unknown): value is Uint8Array =>
  Object.prototype.toString.call(value) === '[object Uint8Array]';

const inGroups = (bytes: Iterable<number>): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');

/**
 * Writes bytes in the form of the service's `sub`, such as `8418e418-6001-7043-12f4-219fdb99ef5f`: it looks like a UUID of version 7,
 * but its variant is not that of RFC 9562, so strict validators refuse it (uuidjs/uuid#936, colinhacks/zod#6119,
 * ustaxcourt/ef-cms#4830). How the service makes it is not known.
 *
 * @param bytes 16 of them
 */
export const toSub = (bytes: Uint8Array): string =>
  inGroups(
    bytes.map((byte, i) => {
      if (i === 6) return (byte & 0x0f) | 0x70;
      // The variant of RFC 9562 begins with the bits 10
      return i === 8 && byte >> 6 === 0b10 ? byte ^ 0x80 : byte;
    }),
  );

/** @param rng checked at each use, because missing bytes would make secrets that can be guessed */
export function createRandom(
  rng: (length: number) => Uint8Array = (length) => crypto.getRandomValues(new Uint8Array(length)),
): Random {
  const readBytes = (length: number) => {
    const bytes: unknown = rng(length);
    if (isUint8Array(bytes) && bytes.length === length) return bytes;
    throw new TypeError(`rng must return a Uint8Array of the requested length, here ${length} bytes`);
  };
  const base64 = (length: number) => btoa(String.fromCharCode(...readBytes(length)));
  return {
    bytes: readBytes,
    base64,
    digits: (length) => Array.from(readBytes(length), (byte) => byte % 10).join(''),
    uuid: () =>
      inGroups(
        readBytes(16).map((byte, i) =>
          i === 6 ? (byte & 0x0f) | 0x40 : i === 8 ? (byte & 0x3f) | 0x80 : byte,
        ),
      ),
    sub: () => toSub(readBytes(16)),
  };
}
