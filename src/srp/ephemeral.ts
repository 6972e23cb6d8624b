/** The client's secret a and its public value A (RFC 5054 §2.6): one use of SRP. */
import { type BigInteger, fromBytes, toHex } from '#big-integer';
import { cognitoGroup, type Group } from './group.ts';
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
