/** POST /login/api: the operations that the page of managed login signs in with. */
import { ServiceException } from '../domain/service-exception.ts';
import { answerOrRefuse, readInput, readTarget, respondOutput, withFaults } from '../http/aws-json.ts';
import type { Visit } from '../http/route.ts';
import type { AuthorizationRequest } from '../oauth/authorization-request.ts';
import { type BrowserVisit, withAuthorizationRequest } from '../oauth/authorization-visit.ts';
import { acceptsOwnUsers, managedLoginOf } from './managed-client.ts';
import { PAGE_OPERATIONS } from './page-operations.ts';
import { browserOf, refusalOf } from './same-page.ts';

/** The query is that of the page: the authorization request whose client the user signs in to. */
export function answerLoginApi(visit: Visit): Promise<Response> {
  const { service, request, notes } = visit;
  return answerOrRefuse(service, request, notes, async () => {
    const refusal = refusalOf(request);
    if (refusal !== undefined) throw forbidden(refusal);
    const { searchParams } = new URL(request.url);
    const response = await withAuthorizationRequest(visit, searchParams, answer);
    // A redirect is for a browser that visits the page, and not for a request of the page
    if (response.status === 302) throw forbidden('The authorization request is not valid');
    return response;
  });
}

async function answer(visit: BrowserVisit, authorization: AuthorizationRequest): Promise<Response> {
  const { service, pool, request, notes } = visit;
  const { client, targetLevel } = authorization;
  if (!acceptsOwnUsers(client)) throw forbidden('The client has identity providers alone');
  const name = readTarget(request);
  const run = PAGE_OPERATIONS[name];
  if (!run) throw new ServiceException('UnknownOperationException', undefined);
  const input = await readInput(request);
  notes.operation(name, input);
  const browser = browserOf(request) ?? '';
  const page = managedLoginOf(pool, client, { browser, targetLevel });
  const loseSession = (session: string) => page.sessions.drop(session);
  return withFaults(service, request, { name, input, loseSession }, (now) =>
    answerOrRefuse(service, request, notes, async () =>
      respondOutput(service, request, await run({ ...page, now }, client.ClientId, input)),
    ),
  );
}

const forbidden = (reason: string): ServiceException =>
  new ServiceException('ForbiddenException', 'This is for the login page alone.', reason);
