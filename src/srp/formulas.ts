/**
 * The formulas of SRP-6a as Cognito computes them, each in the letters of RFC 5054 (§2.4 to §2.6) and RFC 2945 (§3).
 *
 *     s  the salt: the PAD bytes of the SALT number      I  the identity: see identity.ts
 *     P  the password                                    a  the client's secret
 *     A  the client's public value                       B  the server's public value
 *     u  the scrambling parameter                        x  the private key, made of s, I and P
 *     v  the verifier of x                               S  the premaster secret
 *     K  the session key                                 M  the client's proof
 *
 * N, g, k, H and PAD are the group's: see group.ts. K and M are not RFC 2945's; their comments say what Cognito takes.
 */
import { add, type BigInteger, fromBytes, isZero, mod, multiply, subtract } from '#big-integer';
import { fromBase64, toBase64, utf8 } from '#encoding';
import { malformed } from '../errors.ts';
import type { Group } from './group.ts';
import { hkdfSha256, hmacSha256 } from './hash.ts';

/**
 * The private key x.
 *
 * @param s the salt's bytes
 * @param I the identity
 * @param P the password
 * @internal
 */
export function privateKey({ H }: Group, s: Uint8Array, I: string, P: string): BigInteger {
  // x = H(s | H(I | ":" | P))
  return fromBytes(H(s, H(utf8(`${I}:${P}`))));
}

/**
 * The verifier v of a private key x.
 *
 * @internal
 */
export function verifier({ power }: Group, x: BigInteger): BigInteger {
  // v = g^x % N
  return power.ofG(x);
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

/**
 * The client's proof M, which the wire calls PASSWORD_CLAIM_SIGNATURE.
 *
 * RFC 2945's M hashes A, B and the user name. Cognito's is an HMAC under K over the identity, the SECRET_BLOCK (the
 * service's own encrypted state, which holds A and b) and the TIMESTAMP.
 *
 * @param K the session key, 16 bytes
 * @param I the identity, the same as in x
 * @param secretBlock the service's text. What a lenient base64 decoder makes of it is hashed.
 * @param timestamp the very text that is sent as TIMESTAMP
 * @returns base64, 44 characters
 * @internal
 */
export function passwordClaimSignature(
  K: Uint8Array,
  I: string,
  secretBlock: string,
  timestamp: string,
): string {
  // M = HMAC-SHA-256(K, I | SECRET_BLOCK | TIMESTAMP)
  return toBase64(hmacSha256(K, utf8(I), fromBase64(secretBlock), utf8(timestamp)));
}
