/** Answers HTTP requests: AWS's JSON 1.1 protocol, CORS, the JWKS and the outbox. */
import { OPERATIONS } from './operations.ts';
import { ServiceException, statusOf } from './service-exception.ts';
import type { PoolState } from './state.ts';
import type { OperationName } from './wire-names.ts';

const TARGET = 'AWSCognitoIdentityProviderService.';

/** @throws ConnectionReset if a fault drops the connection */
export async function handle(pool: PoolState, request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (request.method === 'OPTIONS') return preflight(pool, request);
  if (request.method === 'GET' && pathname === `/${pool.userPoolId}/.well-known/jwks.json`) {
    return respond(pool, request, 200, await pool.tokens.jwks(), 'application/json');
  }
  if (request.method === 'GET' && pathname === '/_/outbox' && isLoopback(request)) {
    return respond(pool, request, 200, pool.codes.outbox, 'application/json');
  }
  if (request.method !== 'POST' || pathname !== '/') {
    return respond(pool, request, 404, { message: 'Not Found' });
  }
  return answerOrRefuse(pool, request, async () => {
    const { operation, input } = await read(request);
    const { ChallengeName, Session } = input;
    return pool.faults.around(
      { operation, challengeName: typeof ChallengeName === 'string' ? ChallengeName : undefined },
      {
        signal: request.signal,
        now: pool.now,
        loseSession: () => {
          if (typeof Session === 'string') pool.sessions.drop(Session);
        },
      },
      (now) => answer({ ...pool, now }, request, operation, input),
    );
  });
}

/** Whether host and origin are this machine. A page of another site must not read codes through a browser. */
function isLoopback(request: Request): boolean {
  const host = request.headers.get('host') ?? new URL(request.url).host;
  const origin = request.headers.get('origin');
  return [host, ...(origin === null ? [] : [origin.replace(/^https?:\/\//, '')])].every((name) =>
    /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(name),
  );
}

async function read(request: Request) {
  const target = request.headers.get('x-amz-target') ?? '';
  const operation = target.startsWith(TARGET) ? target.slice(TARGET.length) : '';
  if (!isKnown(operation)) throw new ServiceException('UnknownOperationException', undefined);
  let input: unknown;
  try {
    input = JSON.parse(await request.text());
  } catch {
    throw new ServiceException('SerializationException', undefined);
  }
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    throw new ServiceException('SerializationException', undefined);
  return { operation, input: input as Readonly<Record<string, unknown>> };
}

const isKnown = (name: string): name is OperationName => Object.hasOwn(OPERATIONS, name);

/** Only the form of a signature is checked, because the pool has no AWS credentials to compute it with. */
const SIGNATURE = /^AWS4-HMAC-SHA256 +Credential=[^,\s]+, *SignedHeaders=[^,\s]+, *Signature=[0-9a-f]+$/;

function answer(
  pool: PoolState,
  request: Request,
  name: OperationName,
  input: Readonly<Record<string, unknown>>,
): Promise<Response> {
  return answerOrRefuse(pool, request, async () => {
    const operation = OPERATIONS[name];
    if (operation.signed && !SIGNATURE.test(request.headers.get('authorization') ?? '')) {
      throw new ServiceException('MissingAuthenticationTokenException', 'Missing Authentication Token');
    }
    const output = await operation.answer(pool, input);
    return respond(pool, request, 200, output ?? (pool.unitOutput === 'object' ? {} : undefined));
  });
}

async function answerOrRefuse(
  pool: PoolState,
  request: Request,
  run: () => Promise<Response>,
): Promise<Response> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof ServiceException) return refuse(pool, request, error);
    throw error;
  }
}

function refuse(pool: PoolState, request: Request, exception: ServiceException): Response {
  const { name, text } = exception;
  const body = { __type: name, ...(text !== undefined && { message: text }) };
  return respond(pool, request, statusOf(exception, pool.modelledStatuses), body, undefined, {
    // The service writes the colon
    'x-amzn-ErrorType': `${name}:`,
    ...(text !== undefined && { 'x-amzn-ErrorMessage': toHeaderText(text) }),
  });
}

/**
 * Makes a text fit in a header. A text can contain what a user or a trigger wrote, but a header is one line of ASCII,
 * and clients limit its length.
 */
const toHeaderText = (text: string): string =>
  text
    .replace(/[^\x20-\x7e]+/g, ' ')
    .trim()
    .slice(0, 1024);

function respond(
  pool: PoolState,
  request: Request,
  status: number,
  body: object | undefined,
  contentType = 'application/x-amz-json-1.1',
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(body && JSON.stringify(body), {
    status,
    headers: {
      Date: new Date(pool.now()).toUTCString(),
      'Content-Type': contentType,
      'x-amzn-RequestId': pool.random.uuid(),
      ...headers,
      ...(request.headers.has('origin') && {
        'Access-Control-Allow-Origin': '*',
        'Access-Control-Expose-Headers': 'x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date',
      }),
    },
  });
}

function preflight(pool: PoolState, request: Request): Response {
  return new Response(null, {
    status: 200,
    headers: {
      Date: new Date(pool.now()).toUTCString(),
      'x-amzn-RequestId': pool.random.uuid(),
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Methods': 'POST, GET, OPTIONS',
      'Access-Control-Allow-Headers': request.headers.get('access-control-request-headers') ?? '',
      'Access-Control-Max-Age': '172800',
    },
  });
}
