/** The claims of a user's tokens, as plain objects: before a trigger changes them, and before they are signed. */
import type { GroupType, UserPoolType } from '../model/types.generated.ts';
import type { Client } from '../settings/pool-settings.ts';
import { isReadableBy } from './attributes.ts';
import { levelClaims } from './authentication-levels.ts';
import { tokenSeconds } from './clients.ts';
import type { Grant } from './grants.ts';
import { groupClaims, rolesOf } from './group-claims.ts';
import { IDENTITIES, identitiesClaim } from './identities.ts';
import type { Random } from './randomness.ts';
import { isReadableWith, USER_API_SCOPE } from './scopes.ts';
import type { User } from './user.ts';

/** Claims by their names, in the order in which the token has them. */
export type Claims = Readonly<Record<string, unknown>>;

/** The claims of the tokens that are issued together. */
export interface TokenClaims {
  /** Undefined if no ID token is issued: without the scope `openid`, and to an app client itself. */
  readonly id: Claims | undefined;
  readonly access: Claims;
}

/** What the claims are made of. */
export interface ClaimsSource {
  readonly user: User;
  readonly grant: Grant;
  readonly client: Client;
  /** The `iss` claim. */
  readonly issuer: string;
  /** The groups of the user, in the order of the claim. */
  readonly groups: readonly GroupType[];
  /** The pool's names of authentication levels. */
  readonly acrNames: UserPoolType['AcrConfiguration'];
  /** When the tokens are issued, in milliseconds since the epoch. */
  readonly time: number;
  /** Whether the tokens are those of a refresh. */
  readonly isRefresh: boolean;
}

/**
 * Makes the claims of an access token and, unless OAuth scopes leave `openid` out, of an ID token. The order is that of captured
 * tokens, with `version` where the developer guide's sample has it.
 */
export function userClaims(source: ClaimsSource, random: Random): TokenClaims {
  const { grant } = source;
  const hasIdToken = grant.oauth === undefined || grant.oauth.scopes.includes('openid');
  return {
    id: hasIdToken ? idClaims(source, random) : undefined,
    access: accessClaims(source, random),
  };
}

function idClaims(source: ClaimsSource, random: Random): Claims {
  const { user, grant, client, issuer, groups, time, isRefresh } = source;
  const iat = Math.floor(time / 1000);
  const nonce = isRefresh ? undefined : grant.oauth?.nonce;
  return {
    ...attributeClaims(source),
    ...originClaim(grant),
    sub: user.sub,
    aud: grant.clientId,
    event_id: grant.eventId,
    token_use: 'id',
    auth_time: grant.authTime,
    ...levelClaimsOf(source),
    ...(nonce !== undefined && { nonce }),
    iss: issuer,
    'cognito:username': user.username,
    ...groupClaims(rolesOf(groups)),
    exp: iat + tokenSeconds(client, 'IdToken'),
    iat,
    ...jtiClaim(grant, random),
  };
}

function accessClaims(source: ClaimsSource, random: Random): Claims {
  const { user, grant, client, issuer, groups, time } = source;
  const { oauth, deviceKey } = grant;
  const iat = Math.floor(time / 1000);
  return {
    sub: user.sub,
    ...(deviceKey !== undefined && { device_key: deviceKey }),
    ...(groups.length > 0 && { 'cognito:groups': namesOf(groups) }),
    iss: issuer,
    // The guide's sample of a token of the OAuth endpoints has it. Captured tokens of API sign-ins do not.
    ...(oauth && { version: 2 }),
    client_id: grant.clientId,
    ...(oauth?.resource !== undefined && { aud: oauth.resource }),
    ...originClaim(grant),
    event_id: grant.eventId,
    token_use: 'access',
    scope: oauth ? oauth.scopes.join(' ') : USER_API_SCOPE,
    auth_time: grant.authTime,
    ...levelClaimsOf(source),
    exp: iat + tokenSeconds(client, 'AccessToken'),
    iat,
    ...jtiClaim(grant, random),
    username: user.username,
  };
}

const levelClaimsOf = ({ grant, acrNames }: ClaimsSource): Claims =>
  grant.hasLevel ? levelClaims(grant.methods, acrNames) : {};

/** `origin_jti` and `jti` are there only if tokens can be revoked. Documented. */
const originClaim = ({ originJti }: Grant): Claims =>
  originJti === undefined ? {} : { origin_jti: originJti };

const jtiClaim = ({ originJti }: Grant, random: Random): Claims =>
  originJti === undefined ? {} : { jti: random.uuid() };

/** The attributes that the client may read and the scopes show, with the types that the ID token has for them. */
function attributeClaims({ user, grant, client }: ClaimsSource): Claims {
  const mayRead = isReadableBy(client);
  const isShown = isReadableWith(grant.oauth?.scopes ?? ['openid']);
  const shown = Object.entries(user.attributes).filter(
    ([name]) => mayRead(name) && (name === IDENTITIES || isShown(name)),
  );
  return {
    ...Object.fromEntries(shown.map(([name, value]) => [name, toClaim(name, value)])),
    ...identitiesClaim(Object.fromEntries(shown)),
  };
}

/**
 * Attributes are texts, and so are all custom attributes in the ID token, also numbers and booleans. Documented: the two flags are
 * booleans. Not documented: `address` is an object and `updated_at` a number, as OpenID Connect Core 1.0 section 5.1 has them.
 */
function toClaim(name: string, value: string): unknown {
  if (name === 'email_verified' || name === 'phone_number_verified') return value === 'true';
  if (name === 'address') return { formatted: value };
  if (name === 'updated_at' && /^\d+$/.test(value)) return Number(value);
  return value;
}

const namesOf = (groups: readonly GroupType[]) => groups.map(({ GroupName }) => GroupName);
