/** Answers requests: finds what a path stands for, and notes each request in the log. */
import { issuerOf } from '../domain/issue.ts';
import { type PoolState, poolForRequest } from '../service/pool.ts';
import type { Service } from '../service/service.ts';
import { answerOperation, answerOrRefuse } from './aws-json.ts';
import { mayAsk } from './hosts.ts';
import { answerTokens } from './issue-tokens.ts';
import { preflight, respondJson } from './replies.ts';
import type { RequestLog, RequestNotes } from './request-log.ts';

/** What requests can reach besides the operations of the service. */
export interface Surface {
  /** Goes back to what the service began with. */
  readonly reset: () => void;
  /** The hosts that may read codes, have tokens issued and reset, besides this machine. */
  readonly allowedHosts: readonly string[];
  readonly log: RequestLog;
}

/** One request, as a route answers it. */
interface Visit {
  readonly service: Service;
  readonly surface: Surface;
  readonly request: Request;
  readonly notes: RequestNotes;
  /** The pool of the path, if the path names one. */
  readonly pool: PoolState | undefined;
  /** The hosts that may read codes, reset and administer, besides this machine. */
  readonly allowed: readonly string[];
}

interface Route {
  readonly method: 'GET' | 'POST';
  /** `{userPoolId}` stands for the id of a pool. It is also what the log shows. */
  readonly path: string;
  /** Whether only hosts that may read codes get an answer. */
  readonly guarded?: true;
  readonly answer: (visit: Visit) => Response | Promise<Response>;
}

const ROUTES: readonly Route[] = [
  {
    method: 'POST',
    path: '/',
    answer: ({ service, request, notes, allowed }) => answerOperation(service, request, notes, allowed),
  },
  {
    method: 'GET',
    path: '/health',
    answer: ({ service, request }) => respondJson(service, request, { status: 'ok' }),
  },
  {
    method: 'GET',
    path: '/_/outbox',
    guarded: true,
    answer: ({ service, request }) => respondJson(service, request, outboxOf(service)),
  },
  {
    method: 'POST',
    path: '/_/reset',
    guarded: true,
    answer: ({ service, surface, request }) => {
      surface.reset();
      return respondJson(service, request, {});
    },
  },
  {
    method: 'POST',
    path: '/_/tokens',
    guarded: true,
    answer: ({ service, request, notes }) => answerTokens(service, request, notes, 'POST /_/tokens'),
  },
  {
    method: 'GET',
    path: '/{userPoolId}/.well-known/jwks.json',
    answer: async ({ service, request, pool }) =>
      pool ? respondJson(service, request, await pool.tokens.jwks()) : notFound(service, request),
  },
  {
    method: 'GET',
    path: '/{userPoolId}/.well-known/openid-configuration',
    answer: ({ service, request, pool }) =>
      pool ? respondJson(service, request, discoveryOf(service, request, pool)) : notFound(service, request),
  },
];

/**
 * @param localAddress the address that the request came to. It may ask for codes. Undefined without a network.
 * @throws ConnectionReset if a fault drops the connection
 */
export async function handle(
  service: Service,
  surface: Surface,
  request: Request,
  localAddress?: string,
): Promise<Response> {
  const notes = surface.log.begin();
  const response = await answerPath(service, surface, request, notes, localAddress).catch(
    (error: unknown) => {
      notes.failed(error);
      throw error;
    },
  );
  notes.end(response.status);
  return response;
}

async function answerPath(
  service: Service,
  surface: Surface,
  request: Request,
  notes: RequestNotes,
  localAddress: string | undefined,
): Promise<Response> {
  const { pathname } = new URL(request.url);
  const [, first = '', rest = ''] = /^\/([^/]*)(\/.+)?$/.exec(pathname) ?? [];
  const pool = rest.startsWith('/.well-known/') ? service.pools.get(decode(first)) : undefined;
  const path = rest.startsWith('/.well-known/') ? `/{userPoolId}${rest}` : pathname;
  const routes = ROUTES.filter((route) => route.path === path);
  // A reply to HEAD is one to GET, whose body the server leaves out
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  // A path that the pool does not have may hold anything, even a secret
  notes.path(`${request.method} ${routes.length > 0 ? path : 'unknown path'}`, pool);
  if (method === 'OPTIONS') return preflight(service, request);
  if (routes.length === 0) return notFound(service, request);
  const route = routes.find((each) => each.method === method);
  if (!route) {
    return respondJson(
      service,
      request,
      { message: 'Method Not Allowed' },
      { status: 405, headers: { Allow: routes.map((each) => each.method).join(', ') } },
    );
  }
  const allowed = [...surface.allowedHosts, ...(localAddress === undefined ? [] : [localAddress])];
  if (route.guarded && !mayAsk(request, allowed)) {
    return respondJson(service, request, { message: NOT_ALLOWED }, { status: 403 });
  }
  // A reset and the first keys of a pool are kept, so they can be refused as well
  return answerOrRefuse(service, request, notes, async () =>
    route.answer({ service, surface, request, notes, pool, allowed }),
  );
}

const NOT_ALLOWED =
  'Codes and tokens are for this machine alone. Another host name needs --allow-host, and a page of another site is refused.';

const notFound = (service: Service, request: Request): Response =>
  respondJson(service, request, { message: 'Not Found' }, { status: 404 });

/** A path that is not valid percent-encoding names no pool. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

/** The messages of all pools, the newest last. */
const outboxOf = ({ pools }: Service) =>
  [...pools.values()].flatMap(({ codes }) => codes.outbox).sort((one, other) => one.at - other.at);

/** What OpenID Connect Discovery 1.0 §3 says of a pool, in the order of the service, as far as the pool has it. */
function discoveryOf({ now, random, arithmetic }: Service, request: Request, state: PoolState): object {
  const { origin } = new URL(request.url);
  return {
    id_token_signing_alg_values_supported: ['RS256'],
    issuer: issuerOf(poolForRequest(state, { now, random, arithmetic }, origin)),
    jwks_uri: `${origin}/${state.userPoolId}/.well-known/jwks.json`,
    response_types_supported: ['code', 'token'],
    scopes_supported: ['openid', 'email', 'phone', 'profile'],
    subject_types_supported: ['public'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  };
}
