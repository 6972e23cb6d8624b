/** The client's side of one SRP exchange: a, A, u, S and K (RFC 5054 §2.5.4, §2.6; RFC 5869). */
import { add, type BigInteger, fromBytes, isZero, mod, multiply, subtract, toHex } from '#big-integer';
import { utf8 } from '#encoding';
import { malformed } from '../errors.ts';
import { cognitoGroup, type Group } from './group.ts';
import { hkdfSha256 } from './hash.ts';
import { type Rng, randomBytes } from './random.ts';

/**
 * How many bytes a has. 256 bits match the group's strength, which is 128 bits (RFC 5054 §3.2, NIST SP 800-56A). The
 * official clients draw 1024 bits, which makes A four times as costly and protects nothing more.
 */
const EPHEMERAL_BYTES = 32;

/**
 * One use of SRP: the secret a and its public value A. Make a new one for every sign-in, and another for the device.
 *
 * `a` is a function so that neither `JSON.stringify` nor a log prints it.
 */
export interface Ephemeral {
  /** A = g^a mod N, the wire's `SRP_A`: lower-case hexadecimal without padding. */
  readonly SRP_A: string;
  /** a: lower-case hexadecimal without padding. Secret. */
  readonly a: () => string;
}

/**
 * Draws a (256 bits) and computes A.
 *
 * @param rng secure random bytes. Default: `crypto.getRandomValues`.
 * @returns the ephemeral: its `SRP_A` is sent, and itself answers the challenge that comes back
 * @throws ArgumentError RANDOMNESS_MISSING, RANDOMNESS_INVALID or RUNTIME_INCOMPLETE
 * @example
 * ```ts
 * import { generateEphemeral, srpAuthParameters } from 'cognito-srp-engine/srp';
 *
 * declare function initiateAuth(input: object): Promise<object>;
 *
 * const ephemeral = generateEphemeral();
 * const AuthParameters = srpAuthParameters(ephemeral, { username: 'alice' });
 * await initiateAuth({ AuthFlow: 'USER_SRP_AUTH', AuthParameters });
 * ```
 */
export function generateEphemeral(rng?: Rng): Ephemeral {
  return ephemeralOf(cognitoGroup(), fromBytes(randomBytes(EPHEMERAL_BYTES, rng)));
}

/**
 * The ephemeral of a given a. It is for known answers only, because a must otherwise be random and used once.
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
 * @throws ProtocolError U_ZERO, because S would then not depend on the password (RFC 5054 §2.6)
 * @internal
 */
export function scramblingParameter({ H, PAD }: Group, A: BigInteger, B: BigInteger): BigInteger {
  // u = H(PAD(A) | PAD(B))
  const u = fromBytes(H(PAD(A), PAD(B)));
  if (isZero(u)) throw malformed('U_ZERO', 'SRP_B', 'a number for which u is not 0');
  return u;
}

/**
 * The premaster secret S.
 *
 * @param a the client's secret
 * @param B the server's public value, checked: 0 < B < N
 * @param u the scrambling parameter, checked: u ≠ 0
 * @param x the private key
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
 * The session key K. It is not RFC 2945's, because Cognito takes HKDF of S, salted with u.
 *
 * @returns 16 bytes
 * @internal
 */
export function sessionKey({ PAD }: Group, S: BigInteger, u: BigInteger): Uint8Array {
  // K = HKDF-SHA-256(IKM = PAD(S), salt = PAD(u), info = "Caldera Derived Key", L = 16)
  return hkdfSha256(PAD(S), PAD(u), utf8('Caldera Derived Key')).subarray(0, 16);
}
