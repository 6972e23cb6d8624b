/** Checks the signing keys of a seed. */
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
}
