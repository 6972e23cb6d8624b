/** Grants: one for each sign-in, with its refresh tokens and the claims that every refresh keeps. */

import type { Client } from '../settings/pool-settings.ts';
import { type Collection, createCollection } from '../store/collection.ts';
import type { Method } from './authentication-levels.ts';
import { refreshTokenMs, revokesTokens } from './clients.ts';
import { fingerprint } from './fingerprint.ts';
import type { Random } from './randomness.ts';
import { ServiceException } from './service-exception.ts';
import { newSessionId } from './session-ids.ts';
import type { User } from './user.ts';

/** What the OAuth endpoints grant, and a refresh keeps (RFC 6749 section 6). */
export interface OAuthGrant {
  /** The granted scopes, in the order in which they were asked for. An ID token is issued only with `openid`. */
  readonly scopes: readonly string[];
  /** The `nonce` of the authorization request (OpenID Connect Core 1.0 section 3.1.2.1). A refreshed ID token does not have it. */
  readonly nonce: string | undefined;
  /** The `resource` that the access token is bound to, as its `aud` (RFC 8707). */
  readonly resource: string | undefined;
}

/** What one sign-in was granted. */
export interface Grant {
  readonly clientId: string;
  readonly username: string;
  readonly sub: string;
  /** The device that signed in, if the pool tracks devices. */
  readonly deviceKey: string | undefined;
  /** How the user signed in. A refresh keeps them. */
  readonly methods: readonly Method[];
  /** Whether the tokens have the claims `acr` and `amr`. */
  readonly hasLevel: boolean;
  /** Seconds since the epoch. */
  readonly authTime: number;
  /** What a sign-in through the OAuth endpoints was granted. Undefined for a sign-in by the API. */
  readonly oauth?: OAuthGrant | undefined;
  /** Undefined if the client has revocation turned off. */
  readonly originJti: string | undefined;
  readonly eventId: string;
  /** The session as ListUserSessions names it. Undefined if the pool did not track sessions when it was opened. */
  readonly sessionId?: string | undefined;
  /** The `sessionId` of the session of managed login that it came through. Undefined for a sign-in by the API. */
  readonly originSessionId?: string | undefined;
  /** When it was opened, in milliseconds since the epoch. Undefined in data folders of earlier versions. */
  readonly createdAt?: number | undefined;
  /** When its refresh tokens expire, in milliseconds since the epoch. Rotation does not change it. */
  readonly expires: number;
  /** When tokens were last issued for it, in milliseconds since the epoch. */
  readonly lastActiveAt: number;
  /**
   * When the last of its ID and access tokens expires, in milliseconds since the epoch. Undefined before the first one, and in data
   * folders of earlier versions.
   */
  readonly tokensExpire?: number | undefined;
  readonly revoked: boolean;
  /** The fingerprints of the last tokens that rotation replaced, the oldest first. Undefined before the first rotation. */
  readonly replaced?: readonly string[] | undefined;
}

/** What is kept of a refresh token. The token itself is not. */
export interface KeptToken {
  /** The fingerprint of the token. */
  readonly token: string;
  /** The `eventId` of its grant. */
  readonly eventId: string;
  /** When rotation first replaced it. From then on it is valid for the grace period. */
  readonly replacedAt?: number;
  /** The fingerprint of the token that replaced it. */
  readonly child?: string;
  /** True if the token that it replaced was used again, and got another replacement. */
  readonly discarded?: boolean;
}

/** A refresh token that was found. */
export interface RefreshToken {
  readonly kept: KeptToken;
  readonly grant: Grant;
}

/** A refresh token at the moment it is issued. */
export interface IssuedToken {
  readonly token: string;
  readonly grant: Grant;
}

/** How a user has signed in, and through what. */
export interface SignIn
  extends Pick<Grant, 'deviceKey' | 'methods' | 'hasLevel' | 'oauth' | 'originSessionId'>,
    Partial<Pick<Grant, 'authTime'>> {
  /** Whether the pool tracks sessions now. Otherwise the grant is no session, also if the pool tracks them later. */
  readonly tracked: boolean;
}

export interface Grants {
  /**
   * @param signIn its `authTime` is that of an earlier sign-in, such as one that a managed login remembers. Default: now.
   * @param time milliseconds since the epoch, by the clock of the request
   * @returns the first refresh token of a new grant
   */
  readonly open: (user: User, client: Client, signIn: SignIn, time: number) => IssuedToken;
  readonly find: (token: string) => RefreshToken | undefined;
  /**
   * Replaces a refresh token, which stays valid for the grace period, and notes that tokens were issued. Of each grant the
   * last 20 replaced tokens are kept. One that was replaced before is unknown: its refusal is not that of a reused token.
   *
   * @throws ServiceException RefreshTokenReuseException after the grace period; the newer token stays valid
   */
  readonly rotate: (refreshToken: RefreshToken, gracePeriodSeconds: number, time: number) => IssuedToken;
  /** Whether the tokens with this `event_id` are revoked. */
  readonly isRevoked: (eventId: string) => boolean;
  /** The grants of the user that are neither revoked nor expired, the oldest first. */
  readonly active: (user: User, time: number) => readonly Grant[];
  /** The grants that came through a session of managed login, also those that are revoked or expired. */
  readonly through: (originSessionId: string) => readonly Grant[];
  /** Notes that tokens were issued for a grant. */
  readonly used: (grant: Grant, time: number) => void;
  /** Notes when tokens that were issued for a grant expire. The grant is kept until then, to know whether it is revoked. */
  readonly keepUntil: (grant: Grant, expires: number) => void;
  readonly revoke: (grant: Grant) => void;
  /** Revokes every grant of the user. */
  readonly revokeAll: (user: User) => void;
  /** Removes grants that have long expired, with their tokens. `open` does it too, from time to time. */
  readonly sweep: (time: number) => void;
}

/** Access tokens are valid for a day at most. So long a grant is kept of whose tokens it is not known when they expire. */
const LONGEST_TOKEN_MS = 86_400_000;

/** A program that refreshes for weeks must not leave all its tokens. How many AWS tells from unknown ones is not known. */
const MAX_REPLACED = 20;

/** How often expired grants are looked for and removed. */
const SWEEP_MS = 60_000;

/**
 * Keeps an expired grant for its lifetime once more, because the service has different texts for expired and unknown
 * tokens, and at least until its last token has expired.
 *
 * @param grants by event id, which tokens have even if revocation is turned off
 * @param refreshTokens by the fingerprint of the token
 */
export function createGrants(
  random: Random,
  grants: Collection<Grant> = createCollection('grants'),
  refreshTokens: Collection<KeptToken> = createCollection('refreshTokens'),
): Grants {
  let nextSweep = 0;
  const isForgotten = (
    { expires, authTime, tokensExpire = expires + LONGEST_TOKEN_MS }: Grant,
    time: number,
  ) => time >= Math.max(expires + (expires - authTime * 1000), tokensExpire);
  const sweep = (time: number) => {
    nextSweep = time + SWEEP_MS;
    for (const grant of grants.values()) if (isForgotten(grant, time)) grants.delete(grant.eventId);
    for (const { token, eventId } of refreshTokens.values()) {
      if (!grants.get(eventId)) refreshTokens.delete(token);
    }
  };
  const issue = (grant: Grant) => {
    const token = newToken(random);
    const key = fingerprint(token);
    refreshTokens.put(key, { token: key, eventId: grant.eventId });
    return { token, key };
  };
  const change = ({ eventId }: Grant, changes: Partial<Grant>) => {
    const grant = grants.get(eventId);
    if (grant) grants.put(eventId, { ...grant, ...changes });
  };
  return {
    open: ({ username, sub }, client, signIn, time) => {
      if (time >= nextSweep) sweep(time);
      const { deviceKey, methods, hasLevel, oauth, authTime, originSessionId, tracked } = signIn;
      const grant: Grant = {
        clientId: client.ClientId,
        username,
        sub,
        deviceKey,
        methods,
        hasLevel,
        authTime: authTime ?? Math.floor(time / 1000),
        ...(oauth && { oauth }),
        originJti: revokesTokens(client) ? random.uuid() : undefined,
        eventId: random.uuid(),
        sessionId: tracked ? newSessionId(random, 'tkn') : undefined,
        originSessionId: tracked ? originSessionId : undefined,
        createdAt: time,
        expires: time + refreshTokenMs(client),
        lastActiveAt: time,
        // They are here from the start, because V8 needs far more memory for a copy that gets a new member: `npm run bench:pool`
        tokensExpire: undefined,
        replaced: undefined,
        revoked: false,
      };
      grants.put(grant.eventId, grant);
      return { grant, token: issue(grant).token };
    },
    find: (token) => {
      const kept = refreshTokens.get(fingerprint(token));
      const grant = kept && grants.get(kept.eventId);
      return grant && { kept, grant };
    },
    rotate: (found, gracePeriodSeconds, time) => {
      // Another request may have used the token since it was found
      const old = refreshTokens.get(found.kept.token) ?? found.kept;
      const grant = grants.get(old.eventId) ?? found.grant;
      // A request that came before the one that replaced it has an earlier time, if its tokens took longer to make
      const sinceReplaced = Math.max(0, time - (old.replacedAt ?? time));
      const graceOver = old.replacedAt !== undefined && sinceReplaced >= gracePeriodSeconds * 1000;
      if (old.discarded || graceOver) {
        throw new ServiceException('RefreshTokenReuseException', 'Refresh token reuse detected');
      }
      const former = old.child === undefined ? undefined : refreshTokens.get(old.child);
      if (former) refreshTokens.put(former.token, { ...former, discarded: true });
      const { token, key } = issue(grant);
      refreshTokens.put(old.token, { ...old, replacedAt: old.replacedAt ?? time, child: key });
      const replaced = [
        ...new Set([...(grant.replaced ?? []), old.token, ...(former ? [former.token] : [])]),
      ];
      for (const forgotten of replaced.slice(0, -MAX_REPLACED)) refreshTokens.delete(forgotten);
      change(grant, { replaced: replaced.slice(-MAX_REPLACED), lastActiveAt: time });
      return { grant, token };
    },
    isRevoked: (eventId) => grants.get(eventId)?.revoked === true,
    active: ({ sub }, time) =>
      [...grants.values()].filter((grant) => grant.sub === sub && !grant.revoked && time < grant.expires),
    through: (originSessionId) =>
      [...grants.values()].filter((grant) => grant.originSessionId === originSessionId),
    used: (grant, time) => change(grant, { lastActiveAt: time }),
    keepUntil: ({ eventId }, expires) => {
      const grant = grants.get(eventId);
      if (!grant || expires <= (grant.tokensExpire ?? Number.NEGATIVE_INFINITY)) return;
      grants.put(eventId, { ...grant, tokensExpire: expires });
    },
    revoke: (grant) => change(grant, { revoked: true }),
    revokeAll: ({ sub }) => {
      const ofUser = [...grants.values()].filter((grant) => grant.sub === sub && !grant.revoked);
      for (const grant of ofUser) change(grant, { revoked: true });
    },
    sweep,
  };
}

/** Makes an opaque token that looks like the service's: a JWE of five parts, about 1.75 KB long. */
function newToken(random: Random): string {
  const part = (length: number) => random.base64(length).replace(/[+/=]/g, '');
  return [
    'eyJjdHkiOiJKV1QiLCJlbmMiOiJBMjU2R0NNIiwiYWxnIjoiUlNBLU9BRVAifQ',
    part(256),
    part(12),
    part(900),
    part(16),
  ].join('.');
}
