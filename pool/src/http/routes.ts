/** Answers requests: finds what a path stands for, and notes each request in the log. */
import { FEDERATION_ROUTES } from '../federation/federation-routes.ts';
import { LOGIN_ROUTES } from '../login/login-routes.ts';
import { OAUTH_ROUTES } from '../oauth/oauth-routes.ts';
import type { Service } from '../service/service.ts';
import { answerOperation, answerOrRefuse } from './aws-json.ts';
import { type Connection, mayAsk, withLocalAddress } from './hosts.ts';
import { answerTokens } from './issue-tokens.ts';
import { preflight, respondJson } from './replies.ts';
import type { RequestNotes } from './request-log.ts';
import type { Route, Surface } from './route.ts';

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
    answer: ({ service, request, notes }) => answerTokens(service, request, notes),
  },
  {
    method: 'GET',
    path: '/{userPoolId}/.well-known/jwks.json',
    answer: async ({ service, request, pool }) =>
      pool ? respondJson(service, request, await pool.tokens.jwks()) : notFound(service, request),
  },
  ...OAUTH_ROUTES,
  ...LOGIN_ROUTES,
  ...FEDERATION_ROUTES,
];

/**
 * @param connection undefined without a network
 * @throws ConnectionReset if a fault drops the connection
 */
export async function handle(
  service: Service,
  surface: Surface,
  request: Request,
  connection?: Connection,
): Promise<Response> {
  const notes = surface.log.begin();
  const response = await answerPath(service, surface, request, notes, connection).catch((error: unknown) => {
    notes.failed(error);
    throw error;
  });
  notes.end(response.status);
  return response;
}

async function answerPath(
  service: Service,
  surface: Surface,
  request: Request,
  notes: RequestNotes,
  connection: Connection | undefined,
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
  if (route.guarded && !mayAsk(request, surface.allowedHosts, connection)) {
    return respondJson(service, request, { message: NOT_ALLOWED }, { status: 403 });
  }
  const allowed = withLocalAddress(surface.allowedHosts, connection);
  // A reset and the first keys of a pool are kept, so they can be refused as well
  const response = await answerOrRefuse(service, request, notes, async () =>
    route.answer({ service, surface, request, notes, pool, allowed }),
  );
  if (route.guarded) for (const [name, value] of GUARDED_HEADERS) response.headers.set(name, value);
  return response;
}

/**
 * What has codes and tokens is kept by no cache. A page of another site can also name it as its script or its style, for which browsers
 * send no Origin: they load nothing with these headers (Fetch sections 3.6 and 3.7).
 */
const GUARDED_HEADERS = [
  ['Cache-Control', 'no-store'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['X-Content-Type-Options', 'nosniff'],
] as const;

const NOT_ALLOWED =
  'Codes and tokens are for this machine alone. Another machine or another host name needs --allow-host with the name in its Host header, and a page of another site is refused.';

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

/** The messages of all pools, the newest last. Each names its pool, because users of several pools may have one name. */
const outboxOf = ({ pools }: Service) =>
  [...pools.values()]
    .flatMap(({ userPoolId, codes }) => codes.outbox.map((message) => ({ ...message, userPoolId })))
    .sort((one, other) => one.at - other.at);
