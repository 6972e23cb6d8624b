/** Signs JWTs with the pool's two keys, and has the JWKS that verifies them. Uses jose. */
import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import { type Collection, createCollection } from '../store/collection.ts';
import type { Claims } from './claims.ts';
import type { KeptKey } from './kept-key.ts';
import type { Random } from './randomness.ts';

export interface TokenIssuer {
  /**
   * Signs a token.
   *
   * @param use which of the two keys signs it
   * @param claims the body of the token. They are not looked at.
   */
  readonly sign: (use: KeptKey['use'], claims: Claims) => Promise<string>;
  /** @returns the key that verifies access tokens */
  readonly accessTokenKey: () => Promise<{ readonly kid: string; readonly publicKey: CryptoKey }>;
  /** @returns the body of `/.well-known/jwks.json`: the key of ID tokens, then that of access tokens */
  readonly jwks: () => Promise<{ readonly keys: readonly JWK[] }>;
}

interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly publicJwk: JWK;
}

/**
 * The keys are made when they are first used, because many tests never sign anybody in.
 *
 * @param kept the keys by their `use`
 */
export function createTokenIssuer(
  random: Random,
  kept: Collection<KeptKey> = createCollection('signingKeys'),
): TokenIssuer {
  let keys: Promise<readonly [id: SigningKey, access: SigningKey]> | undefined;
  const getSigningKey = async (use: KeptKey['use']) => {
    const former = kept.get(use);
    if (former) return readSigningKey(former);
    const made = await createKeptKey(random, use);
    kept.put(use, made);
    return readSigningKey(made);
  };
  const getSigningKeys = () => {
    keys ??= Promise.all([getSigningKey('id'), getSigningKey('access')]).catch((error: unknown) => {
      // The store may have refused to keep a key, and takes it later
      keys = undefined;
      throw error;
    });
    return keys;
  };
  return {
    sign: async (use, claims) => {
      const [id, access] = await getSigningKeys();
      const { kid, privateKey } = use === 'id' ? id : access;
      return new SignJWT(claims).setProtectedHeader({ kid, alg: 'RS256' }).sign(privateKey);
    },
    accessTokenKey: async () => (await getSigningKeys())[1],
    jwks: async () => ({ keys: (await getSigningKeys()).map(({ publicJwk }) => publicJwk) }),
  };
}

async function createKeptKey(random: Random, use: KeptKey['use']): Promise<KeptKey> {
  const kid = random.base64(32);
  const { privateKey } = await generateKeyPair('RS256', { modulusLength: 2048, extractable: true });
  return { use, kid, privateJwk: { ...(await exportJWK(privateKey)) } };
}

async function readSigningKey({ kid, privateJwk }: KeptKey): Promise<SigningKey> {
  // The pool has made it, and another one is refused when it is imported
  const { e, kty, n } = privateJwk as JWK;
  const publicJwk = { alg: 'RS256', e, kid, kty, n, use: 'sig' } as JWK;
  const [privateKey, publicKey] = await Promise.all([importRsaKey(privateJwk), importRsaKey(publicJwk)]);
  return { kid, privateKey, publicKey, publicJwk };
}

async function importRsaKey(jwk: JWK): Promise<CryptoKey> {
  const key = await importJWK(jwk, 'RS256');
  // jose gives bytes for a symmetric key alone
  if (key instanceof Uint8Array) throw new TypeError('A signing key must be an RSA key');
  return key;
}
