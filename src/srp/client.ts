/** The client's side of one SRP exchange: a, A, u, S and K (RFC 5054 §2.5.4, §2.6; RFC 5869). */
import { add, type BigInteger, fromBytes, isZero, mod, multiply, subtract, toHex } from '#big-integer';
import { utf8 } from '#encoding';
import { malformed } from '../errors.ts';
import { cognitoGroup, type Group } from './group.ts';
import { hkdfSha256 } from './hash.ts';
import { type Rng, randomBytes } from './random.ts';

/**
 * Bytes in a. 256 bits match the group's strength (RFC 5054 §3.2, NIST SP 800-56A: twice 128 bits);
 * the official clients draw 1024 bits, which costs four times as much for A and protects nothing more.
 */
const EPHEMERAL_BYTES = 32;

/**
 * One use of SRP: the secret a and its public value. Make a new one for every challenge.
 *
 * `a` is a function so that neither `JSON.stringify` nor a log prints it.
 */
export interface Ephemeral {
  /** A = g^a mod N, lower-case hexadecimal without padding: the wire's `SRP_A`. */
  readonly SRP_A: string;
  /** a, hexadecimal. */
  readonly a: () => string;
}

/**
 * Draws a and computes A.
 *
 * @param rng secure random bytes; default `crypto.getRandomValues`
 * @throws ArgumentError RANDOMNESS_MISSING, RANDOMNESS_INVALID or RUNTIME_INCOMPLETE
 */
export function generateEphemeral(rng?: Rng): Ephemeral {
  return ephemeralOf(cognitoGroup(), fromBytes(randomBytes(EPHEMERAL_BYTES, rng)));
}

/**
 * The ephemeral of a given a. For known answers: a must otherwise be random and used once.
 *
 * @internal
 */
export function ephemeralOf({ power }: Group, a: BigInteger): Ephemeral {
  // A = g^a % N
  const SRP_A = toHex(power.ofG(a));
  return { SRP_A, a: () => toHex(a) };
}

/**
 * The scrambling parameter u.
 *
 * @throws ProtocolError U_ZERO: S would no longer depend on the password
 * @internal
 */
export function scramblingParameter({ H, PAD }: Group, A: BigInteger, B: BigInteger): BigInteger {
  // u = H(PAD(A) | PAD(B))
  const u = fromBytes(H(PAD(A), PAD(B)));
  if (isZero(u)) throw malformed('U_ZERO', 'SRP_B', 'such that u is not 0');
  return u;
}

/**
 * The premaster secret S.
 *
 * @param a the client's secret
 * @param B the server's public value, checked: 0 < B < N
 * @param u the scrambling parameter, checked: u ≠ 0
 * @param x the private key of `verifier.ts`
 * @internal
 */
export function premasterSecret(
  { N, k, power }: Group,
  a: BigInteger,
  B: BigInteger,
  u: BigInteger,
  x: BigInteger,
): BigInteger {
  // S = (B - (k * g^x)) ^ (a + (u * x)) % N
  const base = mod(subtract(B, multiply(k, power.ofG(x))), N);
  return power.of(base, add(a, multiply(u, x)));
}

/**
 * The 16-byte session key K. Not RFC 2945's: Cognito takes HKDF of S, salted with u.
 *
 * @internal
 */
export function sessionKey({ PAD }: Group, S: BigInteger, u: BigInteger): Uint8Array {
  // K = HKDF-SHA-256(IKM = PAD(S), salt = PAD(u), info = "Caldera Derived Key", L = 16)
  return hkdfSha256(PAD(S), PAD(u), utf8('Caldera Derived Key')).subarray(0, 16);
}
