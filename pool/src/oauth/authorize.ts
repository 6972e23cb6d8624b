/** GET /oauth2/authorize: signs a browser in silently, or sends it to the page or to an identity provider. */
import type { Visit } from '../http/route.ts';
import { redirectTo } from './authorization-replies.ts';
import type { AuthorizationRequest } from './authorization-request.ts';
import { type BrowserVisit, withAuthorizationRequest } from './authorization-visit.ts';
import { silentLogin } from './browser-login.ts';
import { completeAuthorization } from './complete-authorization.ts';
import { OAuthError } from './oauth-error.ts';

export const authorize = (visit: Visit): Promise<Response> =>
  withAuthorizationRequest(visit, new URL(visit.request.url).searchParams, answerAuthorization);

/** A session that is good enough answers at once. Which requests of the service do so beside that is not known. */
async function answerAuthorization(
  visit: BrowserVisit,
  authorization: AuthorizationRequest,
): Promise<Response> {
  const { service, pool, request } = visit;
  const login = silentLogin(pool, request, authorization);
  if (login) return completeAuthorization(visit, authorization, login);
  if (authorization.prompt.includes('none')) {
    throw new OAuthError('login_required', { target: authorization });
  }
  return redirectTo(service, `/login${new URL(request.url).search}`);
}
