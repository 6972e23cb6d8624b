/** The pool's randomness. It has one source, so that a run can be repeated. */
export interface Random {
  readonly bytes: (length: number) => Uint8Array;
  /** A lower-case UUID (RFC 9562 version 4). */
  readonly uuid: () => string;
  /** Standard base64 of `length` random bytes. */
  readonly base64: (length: number) => string;
  /** Decimal digits. */
  readonly digits: (length: number) => string;
}

/** Also for one of another realm, such as a window of jsdom, which `instanceof` does not see. */
const isUint8Array = (value: unknown): value is Uint8Array =>
  Object.prototype.toString.call(value) === '[object Uint8Array]';

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
    uuid: () => {
      const bytes = readBytes(16);
      const hex = Array.from(bytes, (byte, i) =>
        (i === 6 ? (byte & 0x0f) | 0x40 : i === 8 ? (byte & 0x3f) | 0x80 : byte)
          .toString(16)
          .padStart(2, '0'),
      ).join('');
      return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    },
  };
}
