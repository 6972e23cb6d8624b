/** GET /{userPoolId}/.well-known/openid-configuration: what OpenID Connect Discovery 1.0 section 3 says of a pool. */

import { issuerOf } from '../domain/issue.ts';
import { respondJson } from '../http/replies.ts';
import type { Visit } from '../http/route.ts';
import { poolForRequest } from '../service/pool.ts';

/**
 * Captured: the members and their order, of pools with a domain. The endpoints of a local pool are those of its service, which
 * finds the pool by the client of a request.
 */
export function discovery({ service, request, pool: state }: Visit): Response {
  if (!state) return respondJson(service, request, { message: 'Not Found' }, { status: 404 });
  const { origin } = new URL(request.url);
  return respondJson(service, request, {
    authorization_endpoint: `${origin}/oauth2/authorize`,
    end_session_endpoint: `${origin}/logout`,
    id_token_signing_alg_values_supported: ['RS256'],
    issuer: issuerOf(poolForRequest(state, service, origin)),
    jwks_uri: `${origin}/${state.userPoolId}/.well-known/jwks.json`,
    response_types_supported: ['code', 'token'],
    revocation_endpoint: `${origin}/oauth2/revoke`,
    scopes_supported: ['openid', 'email', 'phone', 'profile'],
    subject_types_supported: ['public'],
    token_endpoint: `${origin}/oauth2/token`,
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    userinfo_endpoint: `${origin}/oauth2/userInfo`,
  });
}
