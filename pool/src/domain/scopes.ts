/** OAuth scopes: which ones a pool has, which ones an app client may ask for, and which attributes they show. */
import type { PoolState } from '../service/pool.ts';
import type { Client } from '../settings/pool-settings.ts';
import { hasCustomScope } from './resource-servers.ts';

/** The characters of a scope (RFC 6749 section 3.3). */
const CHARACTER = '[\\x21\\x23-\\x5b\\x5d-\\x7e]';

export const SCOPE = new RegExp(`^${CHARACTER}+$`);

/** A scope that a client or a resource server can have. The length is that of AWS's model. */
export const KEPT_SCOPE = new RegExp(`^${CHARACTER}{1,256}$`);

/** The scope of a sign-in by the API. It opens the operations that take an access token, and GetUser among them. */
export const USER_API_SCOPE = 'aws.cognito.signin.user.admin';

/** The scopes of OpenID Connect that the service has. */
export const OPENID_SCOPES: readonly string[] = ['phone', 'email', 'openid', 'profile'];

/** Whether some of the scopes can be asked for together with `openid` alone, as documented. */
export const needsOpenId = (scopes: readonly string[]): boolean =>
  scopes.some((scope) => ['phone', 'email', 'profile'].includes(scope));

/** Whether a scope speaks of the user, which the token of an app client itself cannot have. */
export const isUserScope = (scope: string): boolean =>
  OPENID_SCOPES.includes(scope) || scope === USER_API_SCOPE;

/** Whether the pool has the scope: one of the service, or one of a resource server. */
export const isKnownScope = (pool: PoolState, scope: string): boolean =>
  isUserScope(scope) || scope.startsWith('aws.cognito/') || hasCustomScope(pool, scope);

/** What became of the scopes that a request asked for. */
export interface ScopeChoice {
  /** What is granted, in the order in which it was asked for, each scope once. */
  readonly granted: readonly string[];
  /** Scopes that the pool has and this client is not allowed. /oauth2/authorize ignores them, as documented. */
  readonly notAllowed: readonly string[];
  /** Scopes that the pool does not have. */
  readonly unknown: readonly string[];
}

/**
 * Chooses the scopes of a user's tokens.
 *
 * @param asked the scopes of the request. Undefined, or none: all scopes of the client, as documented.
 */
export const chooseScopes = (
  pool: PoolState,
  client: Client,
  asked: readonly string[] | undefined,
): ScopeChoice => choose(pool, allowedScopes(pool, client), asked);

/**
 * Chooses the scopes of an app client's own token. It can have those of resource servers alone.
 *
 * @param asked the scopes of the request. Undefined, or none: all scopes of the client, as documented.
 */
export const chooseClientScopes = (
  pool: PoolState,
  client: Client,
  asked: readonly string[] | undefined,
): ScopeChoice =>
  choose(
    pool,
    allowedScopes(pool, client).filter((scope) => !isUserScope(scope)),
    asked,
  );

function choose(
  pool: PoolState,
  allowed: readonly string[],
  asked: readonly string[] | undefined,
): ScopeChoice {
  if (asked === undefined || asked.length === 0) return { granted: allowed, notAllowed: [], unknown: [] };
  const distinct = [...new Set(asked)];
  const known = distinct.filter((scope) => isKnownScope(pool, scope));
  return {
    granted: known.filter((scope) => allowed.includes(scope)),
    notAllowed: known.filter((scope) => !allowed.includes(scope)),
    unknown: distinct.filter((scope) => !known.includes(scope)),
  };
}

/** The scopes of the client that the pool still has: a resource server may have lost some since. */
const allowedScopes = (pool: PoolState, { AllowedOAuthScopes: scopes = [] }: Client): readonly string[] =>
  scopes.filter((scope) => isKnownScope(pool, scope));

/** The attributes of the scope `profile`, as the page about userInfo lists them. */
const PROFILE: readonly string[] = [
  'name',
  'family_name',
  'given_name',
  'middle_name',
  'nickname',
  'preferred_username',
  'profile',
  'picture',
  'website',
  'gender',
  'birthdate',
  'zoneinfo',
  'locale',
  'updated_at',
];

/** Which attributes each scope shows beside `openid`. */
const SHOWN: Readonly<Record<string, (name: string) => boolean>> = {
  profile: (name) => PROFILE.includes(name) || name.startsWith('custom:'),
  email: (name) => name === 'email' || name === 'email_verified',
  phone: (name) => name === 'phone_number' || name === 'phone_number_verified',
};

/**
 * Which attributes the ID token and userInfo show for these scopes: without `openid` none, with `openid` alone all, otherwise those
 * of the other scopes. The page about userInfo says so. That ID tokens follow the same rule is an assumption.
 *
 * @returns whether an attribute is shown, if the client may read it
 */
export function isReadableWith(scopes: readonly string[]): (name: string) => boolean {
  if (!scopes.includes('openid')) return () => false;
  const rules = scopes.flatMap((scope) => (Object.hasOwn(SHOWN, scope) ? (SHOWN[scope] ?? []) : []));
  return rules.length === 0 ? () => true : (name) => rules.some((shows) => shows(name));
}
