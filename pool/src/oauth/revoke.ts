/** POST /oauth2/revoke: revokes a refresh token, with all the tokens of its sign-in (RFC 7009). */
import { revokesTokens } from '../domain/clients.ts';
import { isSignedToken } from '../domain/signed-token.ts';
import type { Visit } from '../http/route.ts';
import { authenticateClient } from './client-authentication.ts';
import { answerClient } from './client-replies.ts';
import { OAuthError } from './oauth-error.ts';
import { parameterOf, readForm } from './parameters.ts';

/** Documented: the reply has no body, also for an unknown token. `token_type_hint` is not needed to find it. */
export function revoke({ service, request, notes }: Visit): Promise<Response> {
  return answerClient(
    service,
    notes,
    async () => {
      const form = await readForm(request);
      const token = parameterOf(form, 'token');
      const { pool, client } = authenticateClient(service, request, form, notes);
      if (token === undefined) throw new OAuthError('invalid_request', { description: 'token is missing' });
      if (!revokesTokens(client)) {
        throw new OAuthError('invalid_request', {
          reason: 'EnableTokenRevocation is not set for the client',
        });
      }
      const grant = pool.grants.find(token)?.grant;
      if (!grant && isSignedToken(token)) throw new OAuthError('unsupported_token_type');
      // RFC 7009 section 2.1 says that the client hears of it. What the service answers is not known.
      if (grant && grant.clientId !== client.ClientId) {
        throw new OAuthError('invalid_grant', { reason: 'The refresh token was issued to another client' });
      }
      if (grant) pool.grants.revoke(grant);
      return { body: undefined };
    },
    ({ code }) =>
      // Documented: 401 here, and 400 at /oauth2/token
      code === 'invalid_client'
        ? { status: 401, headers: { 'WWW-Authenticate': 'Basic realm="cognito"' } }
        : {},
  );
}
