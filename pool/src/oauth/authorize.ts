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
  const { client, prompt } = authorization;
  const provider = authorization.identityProvider ?? onlyProviderOf(client);
  const external = provider === 'COGNITO' ? undefined : provider;
  // The provider is who asks which account and whether the user consents
  const asksThere =
    external !== undefined && (prompt.includes('select_account') || prompt.includes('consent'));
  const login = asksThere ? undefined : silentLogin(pool, request, authorization);
  if (login) return completeAuthorization(visit, authorization, login);
  if (prompt.includes('none')) {
    throw new OAuthError('login_required', { target: authorization });
  }
  if (external !== undefined) return goToProvider(visit, authorization, external);
  return redirectTo(service, `/login${new URL(request.url).search}`);
}

/** Reported: an app client whose only provider is an external one has no page, and goes to that provider at once. */
const onlyProviderOf = ({
  SupportedIdentityProviders: [name, ...others] = [],
}: Client): string | undefined => (others.length === 0 ? name : undefined);
