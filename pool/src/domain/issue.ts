/** Issues tokens for a grant of a pool: with the pool's issuer, the client's lifetimes and the user's groups of this moment. */
import { sha256 } from '@noble/hashes/sha2.js';
import type { Pool } from '../service/pool.ts';
import type { TokenSource } from '../triggers/events.ts';
import { clientOf } from './admission.ts';
import { type Claims, type TokenClaims, userClaims } from './claims.ts';
import { tokenSeconds } from './clients.ts';
import type { Grant } from './grants.ts';
import { groupsOf } from './groups.ts';
import { USER_API_SCOPE } from './scopes.ts';
import { applyTokenTrigger } from './token-trigger.ts';
import type { User } from './user.ts';

/** AuthenticationResult without its refresh token. */
export interface IssuedTokens {
  readonly AccessToken: string;
  readonly ExpiresIn: number;
  /** Undefined if the tokens were granted OAuth scopes without `openid`. */
  readonly IdToken?: string;
  readonly TokenType: 'Bearer';
}

/** What tokens are issued for. */
export interface TokenRequest {
  readonly user: User;
  readonly grant: Grant;
  /** Milliseconds since the epoch, by the clock of the request. */
  readonly time: number;
  /** Why they are issued, as PreTokenGeneration is told. */
  readonly source: TokenSource;
  /** The ClientMetadata that the request hands to PreTokenGeneration. */
  readonly clientMetadata: Readonly<Record<string, string>> | undefined;
  /** Claims that replace or join the others, whatever the service would write. A claim that is null is left out. Default none. */
  readonly changes?: { readonly id: Claims; readonly access: Claims };
}

/** @throws ServiceException ResourceNotFoundException if the client is gone, or what the trigger PreTokenGeneration is refused with */
export async function issueTokens(pool: Pool, request: TokenRequest): Promise<IssuedTokens> {
  const { user, grant, time, source, clientMetadata, changes } = request;
  const client = clientOf(pool, grant.clientId);
  const made = userClaims(
    {
      user,
      grant,
      client,
      issuer: issuerOf(pool),
      // Captured: the claim has the order of AdminListGroupsForUser, which is not that of precedence, as some reports have it
      groups: groupsOf(pool, user),
      acrNames: pool.settings.userPool.AcrConfiguration,
      time,
      isRefresh: source === 'TokenGeneration_RefreshTokens',
    },
    pool.random,
  );
  const scopes = grant.oauth?.scopes ?? [USER_API_SCOPE];
  const told = { client, user, source, scopes, clientMetadata };
  const claims = await applyTokenTrigger(pool, told, made).catch((error: unknown) => {
    // Nobody has the tokens of a new grant then, so it must not be listed as a session
    if (source !== 'TokenGeneration_RefreshTokens') pool.grants.revoke(grant);
    throw error;
  });
  const signed = await sign(pool, grant, claims, changes);
  return {
    AccessToken: signed.access,
    ExpiresIn: tokenSeconds(client, 'AccessToken'),
    ...(signed.id !== undefined && { IdToken: signed.id }),
    TokenType: 'Bearer',
  };
}

/** Captured: ID tokens of the OAuth endpoints have `at_hash`, those of API sign-ins do not. */
async function sign(
  { tokens }: Pool,
  { oauth }: Grant,
  { id, access }: TokenClaims,
  changes: TokenRequest['changes'],
): Promise<{ readonly id: string | undefined; readonly access: string }> {
  const accessToken = tokens.sign('access', withChanges(access, changes?.access));
  if (id === undefined) return { id: undefined, access: await accessToken };
  const atHash = oauth ? { at_hash: atHashOf(await accessToken) } : {};
  const idToken = tokens.sign('id', withChanges({ ...atHash, ...id }, changes?.id));
  const [signedAccess, signedId] = await Promise.all([accessToken, idToken]);
  return { id: signedId, access: signedAccess };
}

/** The left half of the SHA-256 of an access token, base64url (OpenID Connect Core 1.0 section 3.1.3.6). */
function atHashOf(accessToken: string): string {
  const half = sha256(new TextEncoder().encode(accessToken)).subarray(0, 16);
  return btoa(String.fromCharCode(...half))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
}

function withChanges(claims: Claims, changes: Claims | undefined): Claims {
  if (changes === undefined) return claims;
  return Object.fromEntries(Object.entries({ ...claims, ...changes }).filter(([, value]) => value !== null));
}

/** The `iss` claim: that of the service, or what the settings say. `endpoint` is where the request came to. */
export function issuerOf({ issuer, endpoint, region, userPoolId, settings }: Pool): string {
  if (issuer === 'endpoint') return `${endpoint}/${userPoolId}`;
  if (issuer !== undefined) return issuer;
  const dnsSuffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  // Documented: a pool with the updated issuer has another host name
  const host =
    settings.userPool.IssuerConfiguration?.Type === 'UPDATED' ? 'issuer-cognito-idp' : 'cognito-idp';
  return `https://${host}.${region}.${dnsSuffix}/${userPoolId}`;
}
