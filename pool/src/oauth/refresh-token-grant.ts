/** The grant `refresh_token`: new tokens for an earlier sign-in (RFC 6749 section 6). */
import { rotationOf } from '../domain/clients.ts';
import type { Grant, RefreshToken } from '../domain/grants.ts';
import { issueTokens } from '../domain/issue.ts';
import type { User } from '../domain/user.ts';
import type { Pool } from '../service/pool.ts';
import type { Client } from '../settings/pool-settings.ts';
import { checkFlow } from './allowed-flows.ts';
import type { AuthenticatedClient } from './client-authentication.ts';
import { OAuthError } from './oauth-error.ts';
import { parameterOf, scopesIn } from './parameters.ts';
import type { GrantedTokens } from './token.ts';
import { asOAuthRefusal } from './trigger-refusals.ts';

/** A new refresh token comes only if the client rotates them, as documented. */
export async function refreshTokens(
  { pool, client }: AuthenticatedClient,
  form: URLSearchParams,
): Promise<GrantedTokens> {
  checkFlow(client, ['code', 'implicit']);
  const token = parameterOf(form, 'refresh_token');
  if (token === undefined) {
    throw new OAuthError('invalid_request', { description: 'refresh_token is missing' });
  }
  const asked = scopesIn(form);
  const { refreshToken, user } = usableToken(pool, client, token);
  const grant = withScopes(refreshToken.grant, asked);
  const time = pool.now();
  try {
    const rotation = rotationOf(client);
    const rotated = rotation && pool.grants.rotate(refreshToken, rotation.graceSeconds, time);
    if (!rotated) pool.grants.used(refreshToken.grant, time);
    const issued = await issueTokens(pool, {
      user,
      grant,
      time,
      source: 'TokenGeneration_RefreshTokens',
      clientMetadata: undefined,
    });
    return { ...issued, RefreshToken: rotated?.token, username: user.username };
  } catch (error) {
    // A trigger has refused, or the token was replaced
    throw asOAuthRefusal(error, 'invalid_grant');
  }
}

const invalidGrant = (reason: string): OAuthError => new OAuthError('invalid_grant', { reason });

function usableToken(
  pool: Pool,
  client: Client,
  token: string,
): { readonly refreshToken: RefreshToken; readonly user: User } {
  const refreshToken = pool.grants.find(token);
  if (!refreshToken) throw invalidGrant('The refresh token is unknown');
  const { grant } = refreshToken;
  if (grant.clientId !== client.ClientId)
    throw invalidGrant('The refresh token was issued to another client');
  const user = pool.users.find(grant.username);
  if (user?.sub !== grant.sub || !user.enabled) throw invalidGrant('The user was removed or disabled');
  if (grant.revoked) throw invalidGrant('The refresh token was revoked');
  if (pool.now() >= grant.expires) throw invalidGrant('The refresh token has expired');
  // Documented: tokens of the API are refreshed here only if the pool remembers no devices
  if (!grant.oauth && pool.devices) {
    throw invalidGrant('The pool tracks devices, so tokens of the API are refreshed by the API');
  }
  return { refreshToken, user };
}

/**
 * Limits the tokens to some of the granted scopes, as RFC 6749 section 6 says. The service documents `scope` for client_credentials
 * alone.
 */
function withScopes(grant: Grant, asked: readonly string[] | undefined): Grant {
  if (asked === undefined || grant.oauth === undefined) return grant;
  const { scopes } = grant.oauth;
  if (asked.some((each) => !scopes.includes(each))) {
    throw new OAuthError('invalid_scope', { reason: 'A scope was not granted at the sign-in' });
  }
  return { ...grant, oauth: { ...grant.oauth, scopes: asked } };
}
