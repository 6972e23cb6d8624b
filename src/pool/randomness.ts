/** The pool's randomness, from one source, so that a run can be repeated. */
export interface Random {
  bytes(length: number): Uint8Array;
  /** A lower-case UUID (RFC 9562 version 4). */
  uuid(): string;
  /** Standard base64 of `length` random bytes. */
  base64(length: number): string;
  /** Decimal digits. */
  digits(length: number): string;
}

/** @param rng checked at each use: bytes that are missing would make secrets that are not secret */
export function createRandom(
  rng: (length: number) => Uint8Array = (length) => crypto.getRandomValues(new Uint8Array(length)),
): Random {
  const source = (length: number) => {
    const bytes: unknown = rng(length);
    if (bytes instanceof Uint8Array && bytes.length === length) return bytes;
    throw new TypeError(`rng must give a Uint8Array of the length asked for, here ${length}`);
  };
  const base64 = (length: number) => btoa(String.fromCharCode(...source(length)));
  return {
    bytes: source,
    base64,
    digits: (length) => Array.from(source(length), (byte) => byte % 10).join(''),
    uuid: () => {
      const bytes = source(16);
      const hex = Array.from(bytes, (byte, i) =>
        (i === 6 ? (byte & 0x0f) | 0x40 : i === 8 ? (byte & 0x3f) | 0x80 : byte)
          .toString(16)
          .padStart(2, '0'),
      ).join('');
      return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    },
  };
}
