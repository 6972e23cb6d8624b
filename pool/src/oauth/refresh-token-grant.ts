/** The grant `refresh_token`: new tokens for an earlier sign-in (RFC 6749 section 6). */
import type { Grant } from '../domain/grants.ts';
import { issueRefreshed, type UsableToken } from '../domain/refreshed-tokens.ts';
import { needsOpenId } from '../domain/scopes.ts';
import type { Pool } from '../service/pool.ts';
import type { Client } from '../settings/pool-settings.ts';
import { checkFlow } from './allowed-flows.ts';
import type { AuthenticatedClient } from './client-authentication.ts';
import { asOAuthRefusal, OAuthError } from './oauth-error.ts';
import { parameterOf, scopesIn } from './parameters.ts';
import type { GrantedTokens } from './token.ts';

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
  try {
    const refreshed = await issueRefreshed(pool, client, {
      check: () => usableToken(pool, client, token),
      narrow: (grant) => withScopes(grant, asked),
      clientMetadata: undefined,
    });
    const { issued, user } = refreshed;
    return { ...issued, RefreshToken: refreshed.token, username: user.username };
  } catch (error) {
    // A trigger has refused, or the token was replaced
    throw asOAuthRefusal(error, 'invalid_grant');
  }
}

const invalidGrant = (reason: string): OAuthError => new OAuthError('invalid_grant', { reason });

function usableToken(pool: Pool, client: Client, token: string): UsableToken {
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
 * alone. A token of the API was granted no scopes of OAuth, so that none can be chosen.
 */
function withScopes(grant: Grant, asked: readonly string[] | undefined): Grant {
  if (asked === undefined) return grant;
  const { oauth } = grant;
  const scopes = [...new Set(asked)];
  const reason =
    oauth === undefined
      ? 'The refresh token is one of the API, without scopes of OAuth'
      : scopes.some((each) => !oauth.scopes.includes(each))
        ? 'A scope was not granted at the sign-in'
        : needsOpenId(scopes) && !scopes.includes('openid')
          ? 'The scopes phone, email and profile need the scope openid'
          : undefined;
  if (oauth === undefined || reason !== undefined) throw new OAuthError('invalid_scope', { reason });
  return { ...grant, oauth: { ...oauth, scopes } };
}
