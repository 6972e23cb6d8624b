/** The JWTs of a signed-in user, with the claims the service writes, and the JWKS that verifies them. Uses jose. */
import { exportJWK, generateKeyPair, importJWK, type JWK, type JWTPayload, SignJWT } from 'jose';
import type { GroupType } from '../model/types.generated.ts';
import type { Client } from '../settings/pool-settings.ts';
import { type Collection, createCollection } from '../store/collection.ts';
import { isReadableBy } from './attributes.ts';
import { levelClaims } from './authentication-levels.ts';
import { tokenSeconds } from './clients.ts';
import type { Grant } from './grants.ts';
import { identitiesClaim } from './identities.ts';
import type { KeptKey } from './kept-key.ts';
import type { Random } from './randomness.ts';
import type { User } from './user.ts';

/** AuthenticationResult without its refresh token. */
export interface IssuedTokens {
  readonly AccessToken: string;
  readonly ExpiresIn: number;
  readonly IdToken: string;
  readonly TokenType: 'Bearer';
}

export interface TokenIssuer {
  issue(request: Issue): Promise<IssuedTokens>;
  /** @returns the key that verifies access tokens */
  accessTokenKey(): Promise<{ readonly kid: string; readonly publicKey: CryptoKey }>;
  /** @returns the body of `/.well-known/jwks.json`: the key of ID tokens, then that of access tokens */
  jwks(): Promise<{ readonly keys: readonly JWK[] }>;
}

/** What tokens are issued for. */
export interface Issue {
  readonly user: User;
  readonly grant: Grant;
  readonly client: Client;
  /** The `iss` claim. */
  readonly issuer: string;
  /** The groups of the user, in the order in which the pool lists them. */
  readonly groups: readonly GroupType[];
  /** Milliseconds since the epoch, by the clock of the request. */
  readonly time: number;
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
  const sign = (claims: JWTPayload, { kid, privateKey }: SigningKey) =>
    new SignJWT(claims).setProtectedHeader({ kid, alg: 'RS256' }).sign(privateKey);

  return {
    issue: async ({ user, grant, client, issuer, groups, time }) => {
      const { clientId, deviceKey, methods, hasLevel, originJti, eventId, authTime } = grant;
      const [idKey, accessKey] = await getSigningKeys();
      const iat = Math.floor(time / 1000);
      const origin = originJti === undefined ? {} : { origin_jti: originJti };
      const jti = () => (originJti === undefined ? {} : { jti: random.uuid() });
      const level = hasLevel ? levelClaims(methods) : {};
      const { sub } = user;
      const readable = isReadableBy(client);
      const attributes = Object.fromEntries(
        Object.entries(user.attributes).filter(([name]) => readable(name)),
      );
      const idClaims = {
        ...attributes,
        ...readVerifiedFlags(attributes),
        ...identitiesClaim(attributes),
        ...origin,
        sub,
        aud: clientId,
        event_id: eventId,
        token_use: 'id',
        auth_time: authTime,
        ...level,
        iss: issuer,
        'cognito:username': user.username,
        ...groupClaims(groups),
        exp: iat + tokenSeconds(client, 'IdToken'),
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
        ...(groups.length > 0 && { 'cognito:groups': groups.map(({ GroupName }) => GroupName) }),
        exp: iat + tokenSeconds(client, 'AccessToken'),
        iat,
        ...jti(),
        username: user.username,
      };
      const [IdToken, AccessToken] = await Promise.all([
        sign(idClaims, idKey),
        sign(accessClaims, accessKey),
      ]);
      return { AccessToken, ExpiresIn: tokenSeconds(client, 'AccessToken'), IdToken, TokenType: 'Bearer' };
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

/** Attributes are text, but the service writes these two as booleans in the ID token. */
function readVerifiedFlags(attributes: Readonly<Record<string, string>>): Record<string, boolean> {
  const names = ['email_verified', 'phone_number_verified'].filter((name) => Object.hasOwn(attributes, name));
  return Object.fromEntries(names.map((name) => [name, attributes[name] === 'true']));
}

/**
 * The claims about groups in the ID token. The preferred role is that of the lowest precedence among the groups that have a role.
 * Measured: a tie of two roles gives none, and a group without precedence gives none either.
 */
function groupClaims(groups: readonly GroupType[]): Record<string, unknown> {
  if (groups.length === 0) return {};
  const withRole = groups.filter(
    ({ RoleArn, Precedence }) => RoleArn !== undefined && Precedence !== undefined,
  );
  const lowest = Math.min(...withRole.map(({ Precedence = 0 }) => Precedence));
  const preferred = new Set(withRole.flatMap((group) => (group.Precedence === lowest ? group.RoleArn : [])));
  const roles = [...new Set(groups.flatMap(({ RoleArn }) => RoleArn ?? []))];
  return {
    'cognito:groups': groups.map(({ GroupName }) => GroupName),
    ...(roles.length > 0 && { 'cognito:roles': roles }),
    ...(preferred.size === 1 && { 'cognito:preferred_role': [...preferred][0] }),
  };
}
