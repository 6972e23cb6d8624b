/**
 * The host's side of SRP (RFC 5054 §2.5.3, §2.6). It shares the integer arithmetic and the hash library with the
 * client, but no formula, so that a mistake in one of them makes sign-ins fail.
 *
 * All functions are pure and take plain data, random bytes included, so that another thread can run them. The
 * calculations with a power modulo N take milliseconds. Operations run them by `arithmetic/arithmetic.ts`.
 */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';

/** The generator. */
export const g = 2n;
/** RFC 3526 §4 gives this closed form: 2^3072 - 2^3008 - 1 + 2^64 * { [2^2942 pi] + 1690314 }. */
export const N = BigInt(
  '0xffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74020bbea63b139b22514a08798e3404ddef9519b3cd3a431b302b0a6df25f14374fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7edee386bfb5a899fa5ae9f24117c4b1fe649286651ece45b3dc2007cb8a163bf0598da48361c55d39a69163fa8fd24cf5f83655d23dca3ad961c62f356208552bb9ed529077096966d670c354e4abc9804f1746c08ca18217c32905e462e36ce3be39e772c180e86039b2783a2ec07a28fb5c55df06f4c52c9de2bcbf6955817183995497cea956ae515d2261898fa051015728e5a8aaac42dad33170d04507a33a85521abdf1cba64ecfb850458dbef0a8aea71575d060c7db3970f85a6e1e4c7abf5ae8cdb0933d71e8c94e04a25619dcee3d2261ad2ee6bf12ffa06d98a0864d87602733ec86a64521f2b18177b200cbbe117577a615d6c770988c0bad946e208e24fa074e5ab3143db5bfce0fd108e4b82d120a93ad2caffffffffffffffff',
);

/** What the pool keeps of a password: an SRP salt and verifier (RFC 5054 §2.4). */
export interface Verifier {
  /** s, the number that is sent as SALT. The salt of a password has at most 16 bytes. */
  readonly salt: bigint;
  /** v = g^x mod N. */
  readonly v: bigint;
}

/** Powers modulo N. */
export interface Powers {
  /** base ^ exponent mod N, for 0 ≤ base < N and exponent ≥ 0. */
  readonly of: (base: bigint, exponent: bigint) => bigint;
  /** g ^ exponent mod N, for exponent ≥ 0. */
  readonly ofG: (exponent: bigint) => bigint;
}

/** The numbers of one challenge that are kept until its answer. B is not: it has 384 bytes, and only u depends on it. */
export interface HostEphemeral {
  readonly A: bigint;
  readonly b: bigint;
  readonly u: bigint;
}

/** A challenge as it is made. */
export interface HostChallenge {
  readonly B: bigint;
  readonly ephemeral: HostEphemeral;
}

const text = new TextEncoder();

/** Writes big-endian bytes, with a zero byte first if the top bit is set: Java's BigInteger.toByteArray. */
function javaBytes(n: bigint): number[] {
  const bytes: number[] = [];
  for (let rest = n; rest > 0n; rest >>= 8n) bytes.unshift(Number(rest & 0xffn));
  if (bytes.length === 0 || (bytes[0] ?? 0) > 0x7f) bytes.unshift(0);
  return bytes;
}

const unsigned = (bytes: Iterable<number>): bigint => {
  let n = 0n;
  for (const byte of bytes) n = n * 256n + BigInt(byte);
  return n;
};

function concat(...parts: readonly ArrayLike<number>[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const digest = (...parts: readonly ArrayLike<number>[]): Uint8Array => sha256(concat(...parts));

/** Says how many bits a number is made shorter by: 8 for one byte in eight, 4 for another one, otherwise 0. */
const shortOf = (byte: number | undefined): bigint => [8n, 4n][(byte ?? 0) & 7] ?? 0n;

/**
 * Makes a salt. One in four is shorter by a byte or by half a byte, as the service's sometimes are.
 *
 * @param bytes SALT_BYTES random bytes
 */
const saltOf = (bytes: Uint8Array): bigint => unsigned(bytes.subarray(0, 16)) >> shortOf(bytes[16]);

/** How many random bytes createVerifier takes. */
export const SALT_BYTES = 17;

/** How many random bytes answerA takes. */
export const EPHEMERAL_BYTES = 33;

/**
 * Reads a verifier that a client made. Both numbers arrive as two's complement, big-endian.
 *
 * @returns undefined unless both are positive; without the sign byte that they need, the bytes are negative
 */
export function readVerifier(salt: Uint8Array, v: Uint8Array): Verifier | undefined {
  const verifier = { salt: signed(salt), v: signed(v) };
  return verifier.salt > 0n && verifier.v > 0n ? verifier : undefined;
}

const signed = (bytes: Uint8Array): bigint => BigInt.asIntN(bytes.length * 8, unsigned(bytes));

const secretExponent = (salt: bigint, identity: string, password: string): bigint =>
  unsigned(digest(javaBytes(salt), digest(text.encode(`${identity}:${password}`))));

/** Makes a verifier that no password fits, for users who do not exist. The same seed makes the same verifier. */
export function fakeVerifier(seed: Uint8Array): Verifier {
  const first = digest(seed, [0]);
  return { salt: saltOf(first), v: unsigned(digest(seed, [1])) };
}

/** Makes a B that is 0 mod N, to test that a client refuses it. */
export const multipleOfN = (times: number): bigint => N * BigInt(times);

/**
 * The calculations with a power modulo N.
 *
 * An identity is the name of the pool and the canonical name of the user, or a device's group key and its key.
 */
export interface SrpHost {
  /**
   * Makes a salt, and the verifier of a password with it.
   *
   * @param bytes SALT_BYTES random bytes
   */
  readonly createVerifier: (identity: string, password: string, bytes: Uint8Array) => Verifier;
  /** Checks a password against its verifier, for flows that send the password. */
  readonly passwordFits: (verifier: Verifier, identity: string, password: string) => boolean;
  /**
   * Makes B for the A of a client. One B in four is short, like a salt.
   *
   * @param bytes EPHEMERAL_BYTES random bytes
   */
  readonly answerA: (A: bigint, verifier: Verifier, bytes: Uint8Array) => HostChallenge;
  /**
   * Computes the signature that the client must send. It is undefined if A is a multiple of N: S would then be 0 for
   * every password, so no signature may be accepted (RFC 5054 §2.5.4).
   */
  readonly expectedSignature: (
    ephemeral: HostEphemeral,
    verifier: Verifier,
    identity: string,
    secretBlock: Uint8Array,
    timestamp: string,
  ) => Uint8Array | undefined;
}

export function createSrpHost(power: Powers): SrpHost {
  const k = unsigned(digest(javaBytes(N), javaBytes(g)));
  const verifierOf = (salt: bigint, identity: string, password: string) =>
    power.ofG(secretExponent(salt, identity, password));
  return {
    createVerifier: (identity, password, bytes) => {
      const salt = saltOf(bytes);
      return { salt, v: verifierOf(salt, identity, password) };
    },
    passwordFits: ({ salt, v }, identity, password) => verifierOf(salt, identity, password) === v,
    answerA: (A, { v }, bytes) => {
      const limit = N >> shortOf(bytes[32]);
      const kv = (k * v) % N;
      let b = unsigned(bytes.subarray(0, 32));
      let gToB = power.ofG(b);
      // Trying the next b needs one multiplication: g^(b + 1) = g^b * g
      for (; (kv + gToB) % N >= limit; b += 1n) gToB = (gToB * g) % N;
      const B = (kv + gToB) % N;
      return { B, ephemeral: { A, b, u: unsigned(digest(javaBytes(A), javaBytes(B))) } };
    },
    expectedSignature: ({ A, b, u }, { v }, identity, secretBlock, timestamp) => {
      if (A % N === 0n) return undefined;
      const S = power.of((A * power.of(v % N, u)) % N, b);
      const prk = hmac(sha256, Uint8Array.from(javaBytes(u)), Uint8Array.from(javaBytes(S)));
      const K = hmac(sha256, prk, concat(text.encode('Caldera Derived Key'), [1])).subarray(0, 16);
      return hmac(sha256, K, concat(text.encode(identity), secretBlock, text.encode(timestamp)));
    },
  };
}
