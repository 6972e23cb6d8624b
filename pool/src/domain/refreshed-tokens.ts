/** New tokens for an earlier sign-in, and a new refresh token if the client rotates them: of the API and of /oauth2/token. */
import type { Pool } from '../service/pool.ts';
import type { Client } from '../settings/pool-settings.ts';
import { rotationOf } from './clients.ts';
import type { Grant, RefreshToken } from './grants.ts';
import { type IssuedTokens, issueTokens } from './issue.ts';
import type { User } from './user.ts';

/** A refresh token that may be used, and its user. */
export interface UsableToken {
  readonly refreshToken: RefreshToken;
  readonly user: User;
}

export interface RefreshRequest {
  /** Finds the token and its user. It is asked again once PreTokenGeneration has run. Throws if the token may not be used. */
  readonly check: () => UsableToken;
  /** The grant as these tokens have it, such as with fewer scopes. Default: as it is. */
  readonly narrow?: (grant: Grant) => Grant;
  /** The ClientMetadata that the request hands to PreTokenGeneration. */
  readonly clientMetadata: Readonly<Record<string, string>> | undefined;
}

/** The tokens of a refresh. */
export interface RefreshedTokens {
  readonly issued: IssuedTokens;
  readonly user: User;
  /** The new refresh token. Undefined if the client does not rotate them. */
  readonly token: string | undefined;
}

/**
 * Issues the tokens first, and replaces the refresh token then: a trigger that fails must not cost the client its refresh token.
 *
 * @throws ServiceException of the trigger, RefreshTokenReuseException, or what `check` throws
 */
export async function issueRefreshed(
  pool: Pool,
  client: Client,
  { check, narrow = (grant) => grant, clientMetadata }: RefreshRequest,
): Promise<RefreshedTokens> {
  let usable = check();
  const { user, refreshToken } = usable;
  const time = pool.now();
  const issued = await issueTokens(pool, {
    user,
    grant: narrow(refreshToken.grant),
    time,
    source: 'TokenGeneration_RefreshTokens',
    clientMetadata,
    lookAgain: () => {
      usable = check();
    },
  });
  const rotation = rotationOf(client);
  const rotated = rotation && pool.grants.rotate(usable.refreshToken, rotation.graceSeconds, time);
  if (!rotated) pool.grants.used(usable.refreshToken.grant, time);
  return { issued, user, token: rotated?.token };
}
