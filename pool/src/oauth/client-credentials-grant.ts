/** The grant `client_credentials`: a token for the app client itself (RFC 6749 section 4.4). */
import { issueClientToken } from '../domain/client-token.ts';
import { hasSecret } from '../domain/clients.ts';
import { chooseClientScopes } from '../domain/scopes.ts';
import { checkFlow } from './allowed-flows.ts';
import type { AuthenticatedClient } from './client-authentication.ts';
import { asOAuthRefusal, OAuthError } from './oauth-error.ts';
import { parameterOf, scopesIn } from './parameters.ts';
import type { GrantedTokens } from './token.ts';

/** Documented: without a scope the client gets all of its scopes. */
export async function grantToClient(
  { pool, client }: AuthenticatedClient,
  form: URLSearchParams,
): Promise<Partial<GrantedTokens>> {
  checkFlow(client, 'client_credentials');
  if (!hasSecret(client)) throw new OAuthError('invalid_client', { reason: 'The client has no secret' });
  const asked = scopesIn(form);
  const clientMetadata = metadataOf(parameterOf(form, 'aws_client_metadata'));
  const { granted, notAllowed, unknown } = chooseClientScopes(pool, client, asked);
  if (unknown.length + notAllowed.length > 0 || granted.length === 0) {
    throw new OAuthError('invalid_scope', {
      reason:
        'A scope is not one of a resource server, or is not one of the AllowedOAuthScopes of the client',
    });
  }
  try {
    return await issueClientToken(pool, client, granted, { time: pool.now(), clientMetadata });
  } catch (error) {
    throw asOAuthRefusal(error, 'invalid_grant');
  }
}

/** Documented: a JSON object of texts, for the trigger PreTokenGeneration. */
function metadataOf(json: string | undefined): Readonly<Record<string, string>> | undefined {
  if (json === undefined) return undefined;
  const refusal = new OAuthError('invalid_request', {
    description: 'aws_client_metadata must be a JSON object of strings',
  });
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refusal;
    const entries = Object.entries(value);
    if (entries.some(([, each]) => typeof each !== 'string')) throw refusal;
    return Object.fromEntries(entries);
  } catch {
    throw refusal;
  }
}
