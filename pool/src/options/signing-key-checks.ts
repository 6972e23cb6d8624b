/** Checks the signing keys of a seed. */
import { fromBase64Url } from '../domain/base64url.ts';
import { anyObject, invalid, text } from './checks.ts';

/** Base64url of 2048 bits or more, the least that RS256 takes (RFC 7518 section 3.3). */
const RSA_MODULUS = text(/^[\w-]{342,}$/, 'a modulus of 2048 bits or more, base64url');
const BASE64URL = text(/^[\w-]+$/, 'base64url');
const RSA_MEMBERS = ['e', 'd', 'p', 'q', 'dp', 'dq', 'qi'];

/** Checks a private key as a JWK (RFC 7518 section 6.3), because it is used only once somebody signs in. */
export function rsaPrivateKey(value: unknown, path: string): void {
  anyObject(value, path);
  // anyObject has let nothing else pass
  const jwk = value as Readonly<Record<string, unknown>>;
  if (jwk['kty'] !== 'RSA') throw invalid(`${path}.kty must be RSA: tokens are signed with RS256`);
  RSA_MODULUS(jwk['n'], `${path}.n`);
  for (const name of RSA_MEMBERS) BASE64URL(jwk[name], `${path}.${name}`);
  if (!isConsistent(jwk)) throw invalid(`${path} must be a key whose numbers belong together`);
}

/** Whether the numbers are those of one key (RFC 8017 section 3.2). With others every signature would fail, once somebody signs in. */
function isConsistent(jwk: Readonly<Record<string, unknown>>): boolean {
  const [n, e, d, p, q, dp, dq, qi] = ['n', ...RSA_MEMBERS].map((name) => toNumber(String(jwk[name])));
  if (!n || !e || !d || !p || !q || !dp || !dq || !qi || p < 2n || q < 2n) return false;
  const isInverse = (one: bigint, other: bigint, modulus: bigint) => (one * other) % modulus === 1n;
  return (
    p * q === n &&
    isInverse(e, dp, p - 1n) &&
    isInverse(e, dq, q - 1n) &&
    isInverse(q, qi, p) &&
    d % (p - 1n) === dp
  );
}

/** @returns 0 for a length that base64 does not have */
function toNumber(base64url: string): bigint {
  if (base64url.length % 4 === 1) return 0n;
  const digits = [...fromBase64Url(base64url)].map((byte) => byte.toString(16).padStart(2, '0'));
  return BigInt(`0x0${digits.join('')}`);
}
