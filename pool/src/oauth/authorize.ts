/** GET /oauth2/authorize: signs a browser in silently, or sends it to the page or to an identity provider. */
import { goToProvider } from '../federation/go-to-provider.ts';
import type { Visit } from '../http/route.ts';
import type { Client } from '../settings/pool-settings.ts';
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
  const identityProvider = authorization.identityProvider ?? onlyProviderOf(authorization.client);
  if (identityProvider !== undefined && identityProvider !== 'COGNITO') {
    return goToProvider(visit, authorization, identityProvider);
  }
  return redirectTo(service, `/login${new URL(request.url).search}`);
}

/** Reported: an app client whose only provider is an external one has no page, and goes to that provider at once. */
const onlyProviderOf = ({
  SupportedIdentityProviders: [name, ...others] = [],
}: Client): string | undefined => (others.length === 0 ? name : undefined);
