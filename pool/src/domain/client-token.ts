/** The token of an app client itself, without a user: for client_credentials (RFC 6749 section 4.4) and GetClientToken. */
import type { Pool } from '../service/pool.ts';
import type { Client } from '../settings/pool-settings.ts';
import { revokesTokens, tokenSeconds } from './clients.ts';
import { type IssuedTokens, issuerOf } from './issue.ts';
import { applyTokenTrigger } from './token-trigger.ts';

/** When a client's token is issued, and what the request hands to PreTokenGeneration. */
export interface ClientTokenRequest {
  /** Milliseconds since the epoch, by the clock of the request. */
  readonly time: number;
  readonly clientMetadata: Readonly<Record<string, string>> | undefined;
}

/**
 * Issues an access token for the app client itself. The caller has checked the client's secret, and has chosen the scopes by
 * `chooseClientScopes`. No grant is opened, because there is nothing to refresh or to revoke.
 *
 * Reported, not documented: the claims. `sub` is the client, and there is no `username`, `cognito:groups`, `origin_jti` or `event_id`.
 */
export async function issueClientToken(
  pool: Pool,
  client: Client,
  scopes: readonly string[],
  { time, clientMetadata }: ClientTokenRequest,
): Promise<Omit<IssuedTokens, 'IdToken'>> {
  const iat = Math.floor(time / 1000);
  const seconds = tokenSeconds(client, 'AccessToken');
  const made = {
    sub: client.ClientId,
    token_use: 'access',
    scope: scopes.join(' '),
    auth_time: iat,
    iss: issuerOf(pool),
    exp: iat + seconds,
    iat,
    version: 2,
    ...(revokesTokens(client) && { jti: pool.random.uuid() }),
    client_id: client.ClientId,
  };
  const request = {
    client,
    user: undefined,
    source: 'TokenGeneration_ClientCredentials',
    scopes,
    clientMetadata,
  } as const;
  const { access } = await applyTokenTrigger(pool, request, { id: undefined, access: made });
  return { AccessToken: await pool.tokens.sign('access', access), ExpiresIn: seconds, TokenType: 'Bearer' };
}
