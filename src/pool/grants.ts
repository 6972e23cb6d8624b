/** Grants: one for each sign-in, with its refresh tokens and the claims that every refresh keeps. */
import type { Method } from './authentication-levels.ts';
import type { ClientOptions } from './options.ts';
import type { Random } from './randomness.ts';
import { ServiceException } from './service-exception.ts';
import type { User } from './users.ts';

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
  /** Undefined if the client has revocation turned off. */
  readonly originJti: string | undefined;
  readonly eventId: string;
  /** The session as ListUserSessions names it: `tkn` and 25 letters or digits. */
  readonly sessionId: string;
  /** When its refresh tokens expire, in milliseconds since the epoch. Rotation does not change it. */
  readonly expires: number;
  /** When tokens were last issued for it, in milliseconds since the epoch. */
  lastActiveAt: number;
  revoked: boolean;
}

export interface RefreshToken {
  readonly token: string;
  readonly grant: Grant;
  /** When rotation first replaced it. From then on it is valid for the grace period. */
  replacedAt: number | undefined;
  /** The token that replaced it. */
  child: RefreshToken | undefined;
  /** True if the token that it replaced was used again, and got another replacement. */
  discarded: boolean;
}

export interface Grants {
  /**
   * @param time milliseconds since the epoch, by the clock of the request
   * @returns the first refresh token of a new grant
   */
  open(
    user: User,
    client: ClientOptions,
    signIn: Pick<Grant, 'deviceKey' | 'methods' | 'hasLevel'>,
    time: number,
  ): RefreshToken;
  find(token: string): RefreshToken | undefined;
  /**
   * Replaces a refresh token, which stays valid for the grace period.
   *
   * @throws ServiceException RefreshTokenReuseException after the grace period; the newer token stays valid
   */
  rotate(refreshToken: RefreshToken, gracePeriodSeconds: number, time: number): RefreshToken;
  /** Whether the tokens with this `event_id` are revoked. */
  isRevoked(eventId: string): boolean;
  /** The grants of the user that are neither revoked nor expired, the oldest first. */
  active(user: User, time: number): readonly Grant[];
  /** Revokes every grant of the user. */
  revokeAll(user: User): void;
}

const DAY_MS = 86_400_000;
const DEFAULT_VALIDITY_DAYS = 30;

/** How often expired grants are looked for and removed. */
const SWEEP_MS = 3_600_000;

/**
 * Keeps an expired grant for its lifetime once more, because the service has different texts for expired and unknown
 * tokens.
 *
 * @param tokenMs how long access tokens are valid; so long a grant is kept, to know whether it is revoked
 */
export function createGrants(random: Random, tokenMs: number): Grants {
  const refreshTokens = new Map<string, RefreshToken>();
  /** The keys are event ids, which tokens have even if revocation is turned off. */
  const grants = new Map<string, Grant>();
  let nextSweep = 0;
  const isForgotten = ({ expires, authTime }: Grant, time: number) =>
    time >= expires + Math.max(expires - authTime * 1000, tokenMs);
  const sweep = (time: number) => {
    if (time < nextSweep) return;
    nextSweep = time + SWEEP_MS;
    for (const [key, grant] of grants) if (isForgotten(grant, time)) grants.delete(key);
    for (const [key, { grant }] of refreshTokens) if (isForgotten(grant, time)) refreshTokens.delete(key);
  };
  const issue = (grant: Grant) => {
    const refreshToken: RefreshToken = {
      token: newToken(random),
      grant,
      replacedAt: undefined,
      child: undefined,
      discarded: false,
    };
    refreshTokens.set(refreshToken.token, refreshToken);
    return refreshToken;
  };
  return {
    open: ({ username, sub }, client, { deviceKey, methods, hasLevel }, time) => {
      const { clientId, refreshTokenValidity: days = DEFAULT_VALIDITY_DAYS } = client;
      sweep(time);
      const grant: Grant = {
        clientId,
        username,
        sub,
        deviceKey,
        methods,
        hasLevel,
        authTime: Math.floor(time / 1000),
        originJti: client.enableTokenRevocation === false ? undefined : random.uuid(),
        eventId: random.uuid(),
        sessionId: newSessionId(random),
        expires: time + days * DAY_MS,
        lastActiveAt: time,
        revoked: false,
      };
      grants.set(grant.eventId, grant);
      return issue(grant);
    },
    find: (token) => refreshTokens.get(token),
    rotate: (old, gracePeriodSeconds, time) => {
      const graceOver = old.replacedAt !== undefined && time >= old.replacedAt + gracePeriodSeconds * 1000;
      if (old.discarded || graceOver) {
        throw new ServiceException('RefreshTokenReuseException', 'Refresh token reuse detected');
      }
      if (old.child) old.child.discarded = true;
      old.replacedAt ??= time;
      old.child = issue(old.grant);
      return old.child;
    },
    isRevoked: (eventId) => grants.get(eventId)?.revoked === true,
    active: ({ sub }, time) =>
      [...grants.values()].filter((grant) => grant.sub === sub && !grant.revoked && time < grant.expires),
    revokeAll: ({ sub }) => {
      for (const grant of grants.values()) if (grant.sub === sub) grant.revoked = true;
    },
  };
}

const newSessionId = (random: Random): string =>
  `tkn${(random.uuid() + random.uuid()).replaceAll('-', '').slice(0, 25)}`;

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
