/** POST /login: takes the ticket of a sign-in, and sends the browser back to the app. */
import { baseHeaders } from '../http/replies.ts';
import type { Visit } from '../http/route.ts';
import { withAuthorizationRequest } from '../oauth/authorization-visit.ts';
import { completeSignIn } from '../oauth/complete-authorization.ts';
import type { Service } from '../service/service.ts';
import { browserOf, refusalOf } from './same-page.ts';

/**
 * Answers with where the page has to go, and with the cookie of the session. It is not a redirect, because `fetch` would follow it
 * to the app, and Chromium stops a form at the first redirect that `form-action` does not allow.
 */
export async function finishLogin(visit: Visit): Promise<Response> {
  const { service, request, notes } = visit;
  const refuse = (reason: string) => {
    notes.refusedWith({ error: 'access_denied', message: undefined, reason });
    return reply(service, 403, { error: 'access_denied' });
  };
  const refusal = refusalOf(request);
  if (refusal !== undefined) return refuse(refusal);
  const id = ticketIn(await request.text());
  const browser = browserOf(request);
  if (id === undefined || browser === undefined) return refuse('The body has no ticket');
  const { searchParams } = new URL(request.url);
  const response = await withAuthorizationRequest(visit, searchParams, (found, authorization) => {
    const { pool } = found;
    const ticket = pool.tickets.take(id, { clientId: authorization.client.ClientId, browser });
    const user = ticket && pool.users.find(ticket.username);
    if (!user) return refuse('The ticket is unknown, has expired, was used, or is that of another client');
    return completeSignIn(found, authorization, user, ticket.signIn);
  });
  const location = response.headers.get('location');
  if (location === null) return response;
  const cookie = response.headers.get('set-cookie');
  return reply(service, 200, { redirectTo: location }, cookie === null ? {} : { 'Set-Cookie': cookie });
}

function ticketIn(body: string): string | undefined {
  try {
    const read: unknown = JSON.parse(body);
    const ticket = typeof read === 'object' && read !== null && 'ticket' in read ? read.ticket : undefined;
    return typeof ticket === 'string' ? ticket : undefined;
  } catch {
    return undefined;
  }
}

/** Without the headers of CORS: no other site may read where the browser goes. */
const reply = (service: Service, status: number, body: object, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), {
    status,
    headers: {
      ...baseHeaders(service),
      'Content-Type': 'application/json',
      'Cache-Control': 'no-store',
      ...headers,
    },
  });
