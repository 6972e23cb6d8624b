/** The JWTs of a signed-in user, with the claims the service writes, and the JWKS that verifies them. Uses jose. */
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';
import { levelClaims } from './authentication-levels.ts';
import type { Grant } from './grants.ts';
import type { Random } from './randomness.ts';
import type { User } from './users.ts';

/** AuthenticationResult without its refresh token. */
export interface IssuedTokens {
  readonly AccessToken: string;
  readonly ExpiresIn: number;
  readonly IdToken: string;
  readonly TokenType: 'Bearer';
}

export interface TokenIssuer {
  /** @param time milliseconds since the epoch, by the clock of the request */
  issue(user: User, grant: Grant, time: number): Promise<IssuedTokens>;
  /** @returns the key that verifies access tokens */
  accessTokenKey(): Promise<{ readonly kid: string; readonly publicKey: CryptoKey }>;
  /** @returns the body of `/.well-known/jwks.json`: the key of ID tokens, then that of access tokens */
  jwks(): Promise<{ readonly keys: readonly JWK[] }>;
}

export interface TokenIssuerOptions {
  readonly issuer: string;
  /** In seconds. */
  readonly tokenValidity: number;
  readonly random: Random;
}

interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly publicJwk: JWK;
}

/** The keys are made when they are first used, because many tests never sign anybody in. */
export function createTokenIssuer({ issuer, tokenValidity, random }: TokenIssuerOptions): TokenIssuer {
  let keys: Promise<readonly [id: SigningKey, access: SigningKey]> | undefined;
  const getSigningKeys = () => {
    keys ??= Promise.all([createSigningKey(random), createSigningKey(random)]);
    return keys;
  };
  const sign = (claims: JWTPayload, { kid, privateKey }: SigningKey) =>
    new SignJWT(claims).setProtectedHeader({ kid, alg: 'RS256' }).sign(privateKey);

  return {
    issue: async (user, { clientId, deviceKey, methods, hasLevel, originJti, eventId, authTime }, time) => {
      const [idKey, accessKey] = await getSigningKeys();
      const iat = Math.floor(time / 1000);
      const exp = iat + tokenValidity;
      const origin = originJti === undefined ? {} : { origin_jti: originJti };
      const jti = () => (originJti === undefined ? {} : { jti: random.uuid() });
      const level = hasLevel ? levelClaims(methods) : {};
      const { sub, attributes } = user;
      const idClaims = {
        ...attributes,
        ...readVerifiedFlags(attributes),
        ...origin,
        sub,
        aud: clientId,
        event_id: eventId,
        token_use: 'id',
        auth_time: authTime,
        ...level,
        iss: issuer,
        'cognito:username': user.username,
        exp,
        iat,
        ...jti(),
      };
      const accessClaims = {
        sub,
        ...(deviceKey !== undefined && { device_key: deviceKey }),
        iss: issuer,
        client_id: clientId,
        ...origin,
        event_id: eventId,
        token_use: 'access',
        scope: 'aws.cognito.signin.user.admin',
        auth_time: authTime,
        ...level,
        exp,
        iat,
        ...jti(),
        username: user.username,
      };
      const [IdToken, AccessToken] = await Promise.all([
        sign(idClaims, idKey),
        sign(accessClaims, accessKey),
      ]);
      return { AccessToken, ExpiresIn: tokenValidity, IdToken, TokenType: 'Bearer' };
    },
    accessTokenKey: async () => (await getSigningKeys())[1],
    jwks: async () => ({ keys: (await getSigningKeys()).map(({ publicJwk }) => publicJwk) }),
  };
}

async function createSigningKey(random: Random): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { modulusLength: 2048 });
  const { e, kty, n } = await exportJWK(publicKey);
  const kid = random.base64(32);
  return { kid, privateKey, publicKey, publicJwk: { alg: 'RS256', e, kid, kty, n, use: 'sig' } as JWK };
}

/** Attributes are text, but the service writes these two as booleans in the ID token. */
function readVerifiedFlags(attributes: Readonly<Record<string, string>>): Record<string, boolean> {
  const names = ['email_verified', 'phone_number_verified'].filter((name) => Object.hasOwn(attributes, name));
  return Object.fromEntries(names.map((name) => [name, attributes[name] === 'true']));
}
