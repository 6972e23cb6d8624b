/**
 * x and v (RFC 5054 §2.4, RFC 2945 §3): what a password becomes, for a user and for a device alike.
 *
 * Cognito's identity I is `poolName + USER_ID_FOR_SRP` for a user and `deviceGroupKey + deviceKey` for a
 * device; its salt s is the PAD bytes of the SALT number.
 */
import { type BigInteger, fromBytes } from '#big-integer';
import { utf8 } from '#encoding';
import type { Group } from './group.ts';

/**
 * The private key x.
 *
 * @param s salt bytes
 * @param I identity
 * @param P password
 */
export function privateKey({ H }: Group, s: Uint8Array, I: string, P: string): BigInteger {
  // x = H(s | H(I | ":" | P))
  return fromBytes(H(s, H(utf8(`${I}:${P}`))));
}

/** The verifier v of a private key x. */
export function verifier({ power }: Group, x: BigInteger): BigInteger {
  // v = g^x % N
  return power.ofG(x);
}
