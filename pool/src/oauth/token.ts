/** POST /oauth2/token: exchanges a grant of a client for tokens (RFC 6749 section 3.2). */
import type { IssuedTokens } from '../domain/issue.ts';
import type { Visit } from '../http/route.ts';
import { exchangeCode } from './authorization-code-grant.ts';
import { type AuthenticatedClient, authenticateClient } from './client-authentication.ts';
import { grantToClient } from './client-credentials-grant.ts';
import { answerClient } from './client-replies.ts';
import { OAuthError } from './oauth-error.ts';
import { parameterOf, readForm } from './parameters.ts';
import { refreshTokens } from './refresh-token-grant.ts';

/** What a grant gives. */
export interface GrantedTokens extends IssuedTokens {
  readonly RefreshToken?: string | undefined;
  /** Whose tokens they are, for the log. */
  readonly username?: string;
}

type GrantType = (
  { pool, client }: AuthenticatedClient,
  form: URLSearchParams,
) => Promise<Partial<GrantedTokens>>;

const GRANT_TYPES: Readonly<Record<string, GrantType>> = {
  authorization_code: exchangeCode,
  refresh_token: refreshTokens,
  client_credentials: grantToClient,
};

export function token({ service, request, notes }: Visit): Promise<Response> {
  return answerClient(service, notes, async () => {
    const form = await readForm(request);
    const name = parameterOf(form, 'grant_type');
    if (name === undefined) throw new OAuthError('invalid_request', { description: 'grant_type is missing' });
    const client = authenticateClient(service, request, form, notes);
    const grant = Object.hasOwn(GRANT_TYPES, name) ? GRANT_TYPES[name] : undefined;
    if (!grant) throw new OAuthError('unsupported_grant_type');
    const { username, IdToken, AccessToken, RefreshToken, ExpiresIn, TokenType } = await grant(client, form);
    notes.about(client.pool, username);
    return {
      body: {
        id_token: IdToken,
        access_token: AccessToken,
        refresh_token: RefreshToken,
        expires_in: ExpiresIn,
        token_type: TokenType,
      },
    };
  });
}
