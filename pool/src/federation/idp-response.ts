/** /oauth2/idpresponse: a browser comes back from an identity provider, and its user is signed in. */
import { federatedMethod } from '../domain/authentication-levels.ts';
import type { RequestNotes } from '../http/request-log.ts';
import type { Visit } from '../http/route.ts';
import { redirectRefusal, redirectTo } from '../oauth/authorization-replies.ts';
import type { AuthorizationRequest } from '../oauth/authorization-request.ts';
import { type BrowserVisit, withAuthorizationRequest } from '../oauth/authorization-visit.ts';
import { completeSignIn } from '../oauth/complete-authorization.ts';
import { OAuthError } from '../oauth/oauth-error.ts';
import { readForm } from '../oauth/parameters.ts';
import type { Service } from '../service/service.ts';
import { claimText, subjectClaim } from './attribute-mapping.ts';
import { signInFederatedUser } from './federated-sign-in.ts';
import { asOAuthError, FederationError } from './federation-error.ts';
import { runInboundFederation } from './federation-triggers.ts';
import { IDP_RESPONSE } from './go-to-provider.ts';
import { type PendingFederation, takePending } from './pending-federation.ts';
import { findProvider } from './provider.ts';
import { type ProviderAnswer, reachProvider, readAnswer } from './provider-calls.ts';

/** Answers a provider that redirects, with its answer in the query. */
export async function idpResponse(visit: Visit): Promise<Response> {
  const { service, request, notes } = visit;
  const parameters = new URL(request.url).searchParams;
  const pending = findPending(service, request, parameters.get('state'));
  if (!pending) {
    const reason = 'The state is unknown, used, expired, or of another browser';
    notes.refusedWith({ error: 'invalid_request', message: undefined, reason });
    return redirectRefusal(service, new OAuthError('invalid_request', { reason }), undefined);
  }
  const quiet = parameters.has('error') ? { ...visit, notes: withoutMessages(notes) } : visit;
  return withAuthorizationRequest(quiet, new URLSearchParams(pending.query), (found, authorization) =>
    finish(found, authorization, pending, parameters),
  );
}

/** Notes no message, because that of the provider may be anything, and the app alone is told it. */
const withoutMessages = (notes: RequestNotes): RequestNotes => ({
  ...notes,
  refusedWith: (refusal) => notes.refusedWith({ ...refusal, message: undefined }),
});

/**
 * Answers a provider that posts a form (`response_mode=form_post`). The cookie of the browser does not come with a form of another
 * site, so the browser is sent to the same place with the answer in the query.
 */
export async function postedIdpResponse({ service, request, notes }: Visit): Promise<Response> {
  try {
    const form = await readForm(request);
    return redirectTo(service, `${IDP_RESPONSE}?${form}`);
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    const { code, description, reason } = error;
    notes.refusedWith({ error: code, message: description, reason });
    return redirectRefusal(service, error, undefined);
  }
}

function findPending(
  { pools }: Service,
  request: Request,
  state: string | null,
): PendingFederation | undefined {
  for (const pool of pools.values()) {
    const pending = takePending(pool.pendingFederations, request, state);
    if (pending) return pending;
  }
  return undefined;
}

/** @throws OAuthError with the request of the app as its target */
async function finish(
  visit: BrowserVisit,
  authorization: AuthorizationRequest,
  { providerName, sent }: PendingFederation,
  parameters: URLSearchParams,
): Promise<Response> {
  const { service, pool } = visit;
  const { now, identityProviders } = service;
  try {
    const access = { ...identityProviders, now };
    const provider = findProvider(pool, providerName, identityProviders.issuers);
    const answer = await readAnswer(access, await reachProvider(access, provider), sent, parameters);
    const claims = { ...answer.idToken, ...answer.userInfo };
    const userId = claimText(claims[subjectClaim(provider.mapping)]);
    if (userId === '')
      throw new FederationError(`${provider.name} Error - no ${subjectClaim(provider.mapping)}`);
    const authTime = authTimeOf(answer, authorization, now());
    const { client } = authorization;
    const identity = { provider, userId, claims };
    const mapped = await runInboundFederation(pool, client, identity, answer);
    const user = await signInFederatedUser(pool, client, identity, mapped);
    return await completeSignIn(visit, authorization, user, {
      methods: [federatedMethod(answer.idToken['acr'], provider.acrMapping)],
      hasLevel: false,
      deviceKey: undefined,
      identityProvider: provider.name,
      authTime,
    });
  } catch (error) {
    throw asOAuthError(error, authorization);
  }
}

/** How much the clocks of the pool and of a provider may differ, in seconds. It is what oauth4webapi allows for `auth_time`. */
const CLOCK_TOLERANCE = 30;

/**
 * Reads when the user signed in at the provider. A provider has to say it if it was asked with `max_age` (OpenID Connect Core 1.0 section
 * 2), but some do not, so a missing one is not refused.
 *
 * @param now milliseconds since the epoch
 * @returns seconds since the epoch, or undefined if the ID token does not say it
 * @throws FederationError if it is longer ago than the app accepts
 */
function authTimeOf(
  { idToken }: ProviderAnswer,
  { maxAge = Number.POSITIVE_INFINITY }: AuthorizationRequest,
  now: number,
): number | undefined {
  const { auth_time: authTime } = idToken;
  if (typeof authTime !== 'number' || !Number.isFinite(authTime)) return undefined;
  const seconds = Math.floor(now / 1000);
  if (seconds - authTime > maxAge + CLOCK_TOLERANCE) throw new FederationError('Bad id_token auth_time');
  // A sign-in cannot be in the future
  return Math.min(Math.floor(authTime), seconds);
}
