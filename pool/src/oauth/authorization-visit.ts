/** A visit of a browser with an authorization request: finds its pool and its client, and answers what is refused. */
import type { RequestNotes } from '../http/request-log.ts';
import type { Visit } from '../http/route.ts';
import { type Pool, poolForRequest } from '../service/pool.ts';
import { poolOfClient, type Service } from '../service/service.ts';
import type { Client } from '../settings/pool-settings.ts';
import { redirectRefusal } from './authorization-replies.ts';
import { type AuthorizationRequest, readAuthorizationRequest } from './authorization-request.ts';
import { OAuthError } from './oauth-error.ts';
import { parameterOf } from './parameters.ts';

/** What the endpoints that a browser visits are given. */
export interface BrowserVisit {
  readonly service: Service;
  readonly pool: Pool;
  readonly request: Request;
  readonly notes: RequestNotes;
}

/**
 * Answers a visit whose parameters name a client.
 *
 * @param parameters those of the query, or what was kept of an earlier one
 * @param answer may throw an OAuthError. It is redirected to its target, or to the page /error.
 */
export async function withClient(
  { service, request, notes }: Pick<Visit, 'service' | 'request' | 'notes'>,
  parameters: URLSearchParams,
  answer: (visit: BrowserVisit, client: Client) => Response | Promise<Response>,
): Promise<Response> {
  let clientId: string | undefined;
  try {
    const named = parameterOf(parameters, 'client_id');
    const state = named === undefined ? undefined : poolOfClient(service, named);
    const client = named === undefined ? undefined : state?.clients.get(named);
    if (!state || !client) {
      // Reported, not documented: the page is the same as for a wrong redirect URI. Its error is an assumption.
      const reason = named === undefined ? 'The request has no client_id' : 'No pool has this client';
      throw new OAuthError(named === undefined ? 'invalid_request' : 'invalid_client', { reason });
    }
    clientId = client.ClientId;
    notes.about(state);
    const pool = poolForRequest(state, service, new URL(request.url).origin);
    return await answer({ service, pool, request, notes }, client);
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    const { code, description, reason } = error;
    notes.refusedWith({ error: code, message: description, reason });
    return redirectRefusal(service, error, clientId);
  }
}

/**
 * Answers a visit with an authorization request: /oauth2/authorize, /login and the return from an identity provider.
 *
 * @param parameters as for `withClient`
 * @param answer gets the request once it is checked
 */
export const withAuthorizationRequest = (
  visit: Pick<Visit, 'service' | 'request' | 'notes'>,
  parameters: URLSearchParams,
  answer: (visit: BrowserVisit, authorization: AuthorizationRequest) => Response | Promise<Response>,
): Promise<Response> =>
  withClient(visit, parameters, (found, client) =>
    answer(found, readAuthorizationRequest(found.pool, client, parameters)),
  );
