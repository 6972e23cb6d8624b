/** Tokens without a sign-in, for tests of back ends: what may be asked for, and how they are issued. */
import type { Claims } from './domain/claims.ts';
import { confirmedDevice } from './domain/devices.ts';
import { issueTokens } from './domain/issue.ts';
import { SCOPE } from './domain/scopes.ts';
import { endSurplusSessions } from './domain/session-limit.ts';
import type { User } from './domain/user.ts';
import {
  type Check,
  type Checks,
  invalid,
  list,
  mapOf,
  notNegative,
  object,
  text,
  UnknownName,
  whole,
} from './options/checks.ts';
import type { Pool, PoolState } from './service/pool.ts';
import type { Client } from './settings/pool-settings.ts';

/** What tokens of `issueTokens` are like. All of it can also stand in the body of `POST /_/tokens`. */
export interface TokenOptions {
  /** The app client. Default: the first one of the pool. */
  readonly clientId?: string;
  /** A confirmed device of the user: the claim `device_key`. A refresh then needs it. Default: none. */
  readonly deviceKey?: string;
  /**
   * OAuth scopes, which need not exist in the pool: the tokens are then those of the OAuth endpoints, and there is an ID token only with
   * `openid`. Default: the tokens are those of a sign-in by the API, with the scope `aws.cognito.signin.user.admin`.
   */
  readonly scopes?: readonly string[];
  /**
   * Claims of both tokens, as JSON. They are added after everything else, so every claim can be replaced, also `token_use`, `iss`, `aud`,
   * `client_id`, `exp` and `jti`. A claim that is null is left out. The header and the signature cannot be changed. Default none.
   */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** Claims of the ID token alone. They win over `claims`. */
  readonly idTokenClaims?: Readonly<Record<string, unknown>>;
  /** Claims of the access token alone. They win over `claims`. */
  readonly accessTokenClaims?: Readonly<Record<string, unknown>>;
  /** How long both tokens are valid, in seconds from `issuedAt`. A negative number makes expired tokens. Default: what the client says. */
  readonly expiresIn?: number;
  /** The claims `iat` and `auth_time`, in milliseconds since the epoch. It may be in the past or in the future. Default: now. */
  readonly issuedAt?: number;
  /** The claim `nbf`, in milliseconds since the epoch. Default: the tokens do not have it, as those of the service. */
  readonly notBefore?: number;
}

/** The tokens that `issueTokens` gives back. */
export interface UserTokens {
  readonly accessToken: string;
  /** Undefined for scopes without `openid`. */
  readonly idToken: string | undefined;
  readonly refreshToken: string;
  /** How long the access token is valid from `issuedAt`, in seconds. */
  readonly expiresIn: number;
  readonly tokenType: 'Bearer';
}

/** A value that can stand in a token. One that is undefined counts as absent. */
const json: Check = (value, path) => {
  if (value !== undefined && !isJson(value))
    throw invalid(`${path} must be JSON: text, a number, true, false, null, an array or an object`);
};

function isJson(value: unknown): boolean {
  try {
    return JSON.stringify(value) !== undefined;
  } catch {
    // It refers to itself, or holds a bigint
    return false;
  }
}

/** The largest date that JavaScript has, in milliseconds since the epoch. */
const LAST_DATE = 8.64e15;

const instant: Check = (value, path) => {
  notNegative(value, path);
  if ((value as number) > LAST_DATE) throw invalid(`${path} must be at most ${LAST_DATE}`);
};

const TOKEN_OPTIONS: Checks<TokenOptions> = {
  clientId: text(),
  deviceKey: text(),
  scopes: list(text(SCOPE, 'a scope: characters of ASCII without spaces, quotes and backslashes')),
  claims: mapOf(json),
  idTokenClaims: mapOf(json),
  accessTokenClaims: mapOf(json),
  expiresIn: whole(-1e12, 1e12),
  issuedAt: instant,
  notBefore: instant,
};

/**
 * @internal
 * @throws TypeError like `expiresIn must be a whole number …`, which names the option and quotes no value
 */
export function assertTokenOptions(options: unknown): asserts options is TokenOptions {
  object(TOKEN_OPTIONS, [], 'The options')(options, '');
}

/**
 * What `POST /_/tokens` takes: the options, and of whom the tokens are.
 *
 * @internal
 */
export interface TokenRequestBody extends TokenOptions {
  /** It can be left out if the service has one pool, or if `clientId` says which pool it is. */
  readonly userPoolId?: string;
  readonly username: string;
}

/**
 * @internal
 * @throws TypeError that names the member and quotes no value
 */
export function assertTokenRequestBody(body: unknown): asserts body is TokenRequestBody {
  object({ userPoolId: text(), username: text(), ...TOKEN_OPTIONS }, ['username'], 'The body')(body, '');
}

/**
 * Whom tokens are issued to.
 *
 * @internal
 */
export interface TokenHolder {
  readonly user: User;
  readonly client: Client;
}

/**
 * Finds the user and the app client.
 *
 * @internal Its types name packages that the build contains, so consumers must not meet them.
 * @param username the canonical name, an alias or the `sub`
 * @throws RangeError that names the field, if the pool does not have one of them, or the user no such device
 */
export function findTokenHolder(
  pool: PoolState,
  username: string,
  { clientId, deviceKey }: Pick<TokenOptions, 'clientId' | 'deviceKey'>,
): TokenHolder {
  const user = pool.users.findAny(username);
  if (!user) throw new UnknownName(`username: the pool has no user "${username}"`);
  if (deviceKey !== undefined && !confirmedDevice(user, deviceKey)) {
    throw new UnknownName('deviceKey: the user has no confirmed device with this key');
  }
  if (clientId === undefined) {
    const [client] = pool.clients.values();
    if (!client) throw new UnknownName('clientId: the pool has no app client');
    return { user, client };
  }
  const client = pool.clients.get(clientId);
  if (!client) throw new UnknownName(`clientId: the pool has no app client "${clientId}"`);
  return { user, client };
}

/**
 * Issues tokens, and opens a grant for them, as a sign-in does. So operations take the access token while it is valid, and the
 * refresh token can be used. The trigger PreTokenGeneration runs as at a sign-in.
 *
 * @internal Its types name packages that the build contains, so consumers must not meet them.
 */
export async function issueTokensTo(
  pool: Pool,
  { user, client }: TokenHolder,
  options: TokenOptions,
): Promise<UserTokens> {
  const now = pool.now();
  const { scopes, issuedAt: time = now } = options;
  const authTime = Math.floor(time / 1000);
  const signIn = {
    deviceKey: options.deviceKey,
    methods: [],
    hasLevel: false,
    authTime,
    tracked: pool.userSessionTracking,
    ...(scopes && { oauth: { scopes, nonce: undefined, resource: undefined } }),
  };
  const { grant, token } = pool.grants.open(user, client, signIn, now);
  const issued = await issueTokens(pool, {
    user,
    grant,
    time,
    source: scopes ? 'TokenGeneration_HostedAuth' : 'TokenGeneration_Authentication',
    clientMetadata: undefined,
    changes: {
      id: changesOf(options, options.idTokenClaims, authTime),
      access: changesOf(options, options.accessTokenClaims, authTime),
    },
  });
  endSurplusSessions(pool, user, grant, now);
  return {
    accessToken: issued.AccessToken,
    idToken: issued.IdToken,
    refreshToken: token,
    expiresIn: options.expiresIn ?? issued.ExpiresIn,
    tokenType: issued.TokenType,
  };
}

/** @param iat seconds since the epoch */
function changesOf(
  { claims, expiresIn, notBefore }: TokenOptions,
  ofThisToken: Claims | undefined,
  iat: number,
): Claims {
  return {
    ...(expiresIn !== undefined && { exp: iat + expiresIn }),
    ...(notBefore !== undefined && { nbf: Math.floor(notBefore / 1000) }),
    ...asJson(claims),
    ...asJson(ofThisToken),
  };
}

/** Copies claims as JSON has them, so that nobody else has a part of what is signed. */
const asJson = (claims: Claims = {}): Claims => JSON.parse(JSON.stringify(claims)) as Claims;
