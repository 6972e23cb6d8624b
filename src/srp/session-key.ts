/** u and K: from the exchanged values to a key (RFC 5054 §2.6, RFC 5869). */
import { type BigInteger, fromBytes, isZero } from '#big-integer';
import { utf8 } from '#encoding';
import { malformed } from '../errors.ts';
import type { Group } from './group.ts';
import { hkdfSha256 } from './hash.ts';

/**
 * The scrambling parameter u.
 *
 * @throws ProtocolError U_ZERO: S would no longer depend on the password
 */
export function scramblingParameter({ H, PAD }: Group, A: BigInteger, B: BigInteger): BigInteger {
  // u = H(PAD(A) | PAD(B))
  const u = fromBytes(H(PAD(A), PAD(B)));
  if (isZero(u)) throw malformed('U_ZERO', 'SRP_B', 'such that u is not 0');
  return u;
}

/**
 * The 16-byte session key K. Not RFC 2945's: Cognito takes HKDF of S, salted with u.
 */
export function sessionKey({ PAD }: Group, S: BigInteger, u: BigInteger): Uint8Array {
  // K = HKDF-SHA-256(IKM = PAD(S), salt = PAD(u), info = "Caldera Derived Key", L = 16)
  return hkdfSha256(PAD(S), PAD(u), utf8('Caldera Derived Key')).subarray(0, 16);
}
