/** Issues tokens for a grant of a pool: with the pool's issuer, the client's lifetimes and the user's groups of this moment. */
import { sha256 } from '@noble/hashes/sha2.js';
import type { Pool } from '../service/pool.ts';
import type { TokenSource } from '../triggers/events.ts';
import { assertStillThere, clientOf } from './admission.ts';
import { toBase64Url } from './base64url.ts';
import { type Claims, type TokenClaims, userClaims } from './claims.ts';
import { tokenSeconds } from './clients.ts';
import type { Grant } from './grants.ts';
import { groupsOf } from './groups.ts';
import { USER_API_SCOPE } from './scopes.ts';
import { notAuthorized } from './service-exception.ts';
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
  /**
   * Looks again whether the user may have the tokens, once PreTokenGeneration has run. Throws if not. Default: the user must be there,
   * and must not have been disabled meanwhile.
   */
  readonly lookAgain?: () => void;
}

/**
 * Issues the tokens of a grant. A new grant whose tokens are refused is revoked: nobody has them, so it must not be listed as a session.
 *
 * @throws ServiceException ResourceNotFoundException if the client is gone, what the trigger PreTokenGeneration is refused with, or
 *   NotAuthorizedException if the user was removed or disabled or the grant was revoked while it ran. AWS's texts for that are not known.
 */
export async function issueTokens(pool: Pool, request: TokenRequest): Promise<IssuedTokens> {
  const { user, grant, time, source, clientMetadata, changes } = request;
  const isNew = source !== 'TokenGeneration_RefreshTokens';
  const wasEnabled = user.enabled;
  const { lookAgain = () => wasEnabled && assertStillThere(pool, user) } = request;
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
      isRefresh: !isNew,
    },
    pool.random,
  );
  const scopes = grant.oauth?.scopes ?? [USER_API_SCOPE];
  const told = { client, user, source, scopes, clientMetadata };
  try {
    const signed = await sign(pool, grant, await applyTokenTrigger(pool, told, made), changes);
    lookAgain();
    if (pool.grants.isRevoked(grant.eventId)) throw notAuthorized('Access Token has been revoked');
    if (signed.expires !== undefined) pool.grants.keepUntil(grant, signed.expires);
    return {
      AccessToken: signed.access,
      ExpiresIn: tokenSeconds(client, 'AccessToken'),
      ...(signed.id !== undefined && { IdToken: signed.id }),
      TokenType: 'Bearer',
    };
  } catch (error) {
    if (isNew) pool.grants.revoke(grant);
    throw error;
  }
}

/** Captured: ID tokens of the OAuth endpoints have `at_hash`, those of API sign-ins do not. */
async function sign(
  { tokens }: Pool,
  { oauth }: Grant,
  { id, access }: TokenClaims,
  changes: TokenRequest['changes'],
): Promise<SignedTokens> {
  const accessClaims = withChanges(access, changes?.access);
  const accessToken = tokens.sign('access', accessClaims);
  if (id === undefined) {
    return { id: undefined, access: await accessToken, expires: lastExpiryOf(accessClaims) };
  }
  const atHash = oauth ? { at_hash: atHashOf(await accessToken) } : {};
  const idClaims = withChanges({ ...atHash, ...id }, changes?.id);
  const [signedAccess, signedId] = await Promise.all([accessToken, tokens.sign('id', idClaims)]);
  return { id: signedId, access: signedAccess, expires: lastExpiryOf(accessClaims, idClaims) };
}

interface SignedTokens {
  readonly id: string | undefined;
  readonly access: string;
  /** When the last of them expires, in milliseconds since the epoch. Undefined if one of them never does. */
  readonly expires: number | undefined;
}

function lastExpiryOf(...claims: readonly Claims[]): number | undefined {
  const seconds = claims.map(({ exp }) => (typeof exp === 'number' ? exp : Number.POSITIVE_INFINITY));
  const last = Math.max(0, ...seconds) * 1000;
  return Number.isFinite(last) ? last : undefined;
}

/** The left half of the SHA-256 of an access token, base64url (OpenID Connect Core 1.0 section 3.1.3.6). */
const atHashOf = (accessToken: string): string =>
  toBase64Url(sha256(new TextEncoder().encode(accessToken)).subarray(0, 16));

function withChanges(claims: Claims, changes: Claims | undefined): Claims {
  if (changes === undefined) return claims;
  return Object.fromEntries(Object.entries({ ...claims, ...changes }).filter(([, value]) => value !== null));
}

/** The DNS suffixes of AWS's partitions by the beginnings of their regions. That issuers have them is inferred from the endpoints. */
const DNS_SUFFIXES: readonly (readonly [regionPrefix: string, dnsSuffix: string])[] = [
  ['cn-', 'amazonaws.com.cn'],
  ['us-iso-', 'c2s.ic.gov'],
  ['us-isob-', 'sc2s.sgov.gov'],
  ['eu-isoe-', 'cloud.adc-e.uk'],
  ['us-isof-', 'csp.hci.ic.gov'],
  ['eusc-', 'amazonaws.eu'],
  ['', 'amazonaws.com'],
];

/** The `iss` claim: that of the service, or what the settings say. `endpoint` is where the request came to. */
export function issuerOf({ issuer, endpoint, region, userPoolId, settings }: Pool): string {
  if (issuer === 'endpoint') return `${endpoint}/${userPoolId}`;
  if (issuer !== undefined) return issuer;
  const [, dnsSuffix] = DNS_SUFFIXES.find(([prefix]) => region.startsWith(prefix)) ?? [];
  // Documented: a pool with the updated issuer has another host name
  const host =
    settings.userPool.IssuerConfiguration?.Type === 'UPDATED' ? 'issuer-cognito-idp' : 'cognito-idp';
  return `https://${host}.${region}.${dnsSuffix}/${userPoolId}`;
}
