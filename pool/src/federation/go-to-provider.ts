/** Sends a browser from /oauth2/authorize to the identity provider that the request names. */

import { randomToken } from '../domain/base64url.ts';
import { redirectTo } from '../oauth/authorization-replies.ts';
import type { AuthorizationRequest } from '../oauth/authorization-request.ts';
import type { BrowserVisit } from '../oauth/authorization-visit.ts';
import { asOAuthError } from './federation-error.ts';
import { bindBrowser } from './pending-federation.ts';
import { findProvider } from './provider.ts';
import { authorizationUrl, reachProvider } from './provider-calls.ts';

/** The path that providers send browsers back to. It must be registered there, with the endpoint before it. */
export const IDP_RESPONSE = '/oauth2/idpresponse';

/**
 * @param providerName the `identityProvider` of the request
 * @throws OAuthError with the request as its target, if the provider cannot be used or does not answer
 */
export async function goToProvider(
  { service, pool, request }: BrowserVisit,
  authorization: AuthorizationRequest,
  providerName: string,
): Promise<Response> {
  const { now, random, identityProviders } = service;
  const { origin, search } = new URL(request.url);
  try {
    const provider = findProvider(pool, providerName, identityProviders.issuers);
    const reached = await reachProvider({ ...identityProviders, now }, provider);
    const sent = {
      state: randomToken(random),
      nonce: randomToken(random),
      codeVerifier: randomToken(random),
      redirectUri: `${origin}${IDP_RESPONSE}`,
    };
    const { loginHint, prompt, lang, maxAge, targetLevel } = authorization;
    const passedOn = {
      loginHint,
      lang,
      maxAge,
      prompt: prompt.length > 0 ? prompt.join(' ') : undefined,
      acrValues: provider.acrMapping[`Level${targetLevel}`],
    };
    const url = await authorizationUrl(reached, sent, passedOn);
    const { browser, setCookie } = bindBrowser(request, random);
    pool.pendingFederations.put(sent.state, { query: search, providerName, sent, browser });
    return redirectTo(service, url.href, setCookie);
  } catch (error) {
    throw asOAuthError(error, authorization);
  }
}
