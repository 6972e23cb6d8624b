/** GET /logout: ends the session of managed login, and sends the browser to the app or to the page to sign in. */
import type { Visit } from '../http/route.ts';
import type { Client } from '../settings/pool-settings.ts';
import { redirectTo } from './authorization-replies.ts';
import { readAuthorizationRequest } from './authorization-request.ts';
import { withClient } from './authorization-visit.ts';
import { endLogin } from './browser-login.ts';
import { OAuthError } from './oauth-error.ts';
import { parameterOf } from './parameters.ts';
import { noSessionCookie } from './session-cookie.ts';

/**
 * Documented: with `logout_uri` all other parameters count nothing but the client. Without it the request has those of
 * /oauth2/authorize, and the user can sign in again. No token is revoked.
 */
export function logout(visit: Visit): Promise<Response> {
  const { search, searchParams } = new URL(visit.request.url);
  return withClient(visit, searchParams, ({ service, pool, request }, client) => {
    const logoutUri = parameterOf(searchParams, 'logout_uri');
    if (logoutUri === undefined) readAuthorizationRequest(pool, client, searchParams);
    else checkLogoutUri(client, logoutUri);
    endLogin(pool, request);
    return redirectTo(service, logoutUri ?? `/login${search}`, noSessionCookie(pool, request));
  });
}

/** It is compared as it is written, so that nobody is sent elsewhere. The error of the service is not known. */
function checkLogoutUri({ LogoutURLs: urls = [] }: Client, logoutUri: string): void {
  if (urls.includes(logoutUri)) return;
  const reason = 'The logout_uri is not one of the LogoutURLs of the client, character for character';
  throw new OAuthError('redirect_mismatch', { reason });
}
