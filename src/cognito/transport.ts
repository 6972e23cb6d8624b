/** The default transport: AWS's JSON 1.1 protocol over fetch. The only place that calls fetch. */
import { ProtocolError } from '../errors.ts';
import { serviceError } from './service-errors.ts';

/**
 * Carries one call: the operation's input in, its output out. Throws where the service refuses.
 *
 * With the AWS SDK v3:
 * `(operation, input, abortSignal) => client.send(new sdk[operation + 'Command'](input), { abortSignal })`.
 *
 * @param operation `InitiateAuth`, `RespondToAuthChallenge`, …
 * @param input the operation's input, AWS's names
 * @param signal ends when the caller aborts or the time limit has passed
 * @returns the operation's output. Where it has a `$metadata.date` (milliseconds since the epoch), that is
 *   taken for the service's clock.
 */
export type Transport = (operation: string, input: object, signal?: AbortSignal) => Promise<unknown>;

/** What fetch has to be able to do here: `globalThis.fetch`, undici's, or a local pool's `fetch`. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Replies are a few KB; more than this is not Cognito. In bytes (of UTF-16 where fetch cannot stream). */
const MAX_BODY_BYTES = 1024 * 1024;

/** Whether there is a fetch, the caller's or the runtime's. */
export const hasFetch = (customFetch?: Fetch): boolean =>
  typeof (customFetch ?? globalThis.fetch) === 'function';

/** Where {@link hasFetch}. */
export function fetchTransport(endpoint: string, customFetch?: Fetch): Transport {
  const fetch: Fetch = customFetch ?? globalThis.fetch;
  return async (operation, input, signal) => {
    const response = await send(fetch, endpoint, operation, input, signal);
    const { status } = response;
    const requestId = response.headers.get('x-amzn-requestid') ?? undefined;
    const origin = { operation, status, requestId };
    if (status >= 300 && status < 400) {
      throw new ProtocolError(
        'REPLY_MALFORMED',
        `${operation}: a redirect (HTTP ${status}) is not followed`,
        origin,
      );
    }
    const body = parse(await text(response, origin), origin);
    if (status === 200) {
      return { ...body, $metadata: { httpStatusCode: status, requestId, date: dateOf(response) } };
    }
    throw refusal(response, body, origin);
  };
}

async function send(fetch: Fetch, url: string, operation: string, input: object, signal?: AbortSignal) {
  try {
    return await fetch(`${url}/`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-amz-json-1.1',
        'X-Amz-Target': `AWSCognitoIdentityProviderService.${operation}`,
        'Cache-Control': 'no-store',
      },
      body: JSON.stringify(input),
      // Not 'error': workerd has no such value.
      redirect: 'manual',
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (cause) {
    throw new ProtocolError('NETWORK_FAILED', `${operation}: the service could not be reached`, {
      operation,
      cause,
    });
  }
}

interface Origin {
  readonly operation: string;
  readonly status: number;
  readonly requestId: string | undefined;
}

/** The body as text, up to the size limit: it stops reading there. */
async function text(response: Response, origin: Origin): Promise<string> {
  const tooLarge = () =>
    new ProtocolError(
      'BODY_TOO_LARGE',
      `${origin.operation}: the reply is larger than ${MAX_BODY_BYTES} bytes`,
      origin,
    );
  if (Number(response.headers.get('content-length')) > MAX_BODY_BYTES) {
    // Else the rest of the body would go on arriving.
    void response.body?.cancel().catch(() => {});
    throw tooLarge();
  }
  try {
    // React Native's fetch has no stream
    if (!response.body || typeof TextDecoder !== 'function') {
      const whole = await response.text();
      if (whole.length > MAX_BODY_BYTES) throw tooLarge();
      return whole;
    }
    const reader = response.body.getReader();
    const decoder = new TextDecoder();
    let result = '';
    for (let size = 0; ; ) {
      const { done, value } = await reader.read();
      if (done) return result + decoder.decode();
      size += value.length;
      if (size > MAX_BODY_BYTES) {
        void reader.cancel().catch(() => {});
        throw tooLarge();
      }
      result += decoder.decode(value, { stream: true });
    }
  } catch (cause) {
    if (cause instanceof ProtocolError) throw cause;
    throw new ProtocolError('NETWORK_FAILED', `${origin.operation}: the connection broke during the reply`, {
      ...origin,
      cause,
    });
  }
}

/** The body's JSON object; some operations answer 200 with no body at all. */
function parse(body: string, origin: Origin): Readonly<Record<string, unknown>> {
  if (body === '' && origin.status === 200) return {};
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    const who = origin.status === 403 ? ' (a firewall or proxy on the way?)' : '';
    // No cause and no excerpt: a JSON error quotes the text, and the text may hold tokens.
    throw new ProtocolError(
      'BODY_NOT_JSON',
      `${origin.operation}: the reply (HTTP ${origin.status}) is not JSON${who}`,
      origin,
    );
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ProtocolError(
      'REPLY_MALFORMED',
      `${origin.operation}: the reply must be a JSON object`,
      origin,
    );
  }
  return value as Record<string, unknown>;
}

/** What firewalls and load balancers say without naming an exception. */
const EXCEPTION_OF_STATUS: Readonly<Record<number, string>> = {
  403: 'ForbiddenException',
  429: 'TooManyRequestsException',
};

/** An error reply: the name from the `x-amzn-ErrorType` header, `code` or `__type`, in AWS's own order. */
function refusal(response: Response, body: Readonly<Record<string, unknown>>, origin: Origin): Error {
  const { status, operation } = origin;
  const name =
    bareName(response.headers.get('x-amzn-errortype')) ??
    bareName(body['code']) ??
    bareName(body['__type']) ??
    EXCEPTION_OF_STATUS[status] ??
    (status >= 500 ? 'InternalErrorException' : undefined);
  if (name === undefined) {
    return new ProtocolError(
      'REPLY_MALFORMED',
      `${operation}: HTTP ${status} without an exception's name`,
      origin,
    );
  }
  const message = body['message'] ?? body['Message'];
  return serviceError(name, typeof message === 'string' ? message : undefined, origin);
}

/** `com.amazonaws.cognito#NotAuthorizedException:http://…` → `NotAuthorizedException`. */
function bareName(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const name = value.split(/[,:]/, 1)[0]?.split('#').pop()?.trim();
  return name === '' ? undefined : name;
}

/** The reply's `Date` in milliseconds since the epoch; Cognito exposes it to browsers. */
function dateOf(response: Response): number | undefined {
  const date = Date.parse(response.headers.get('date') ?? '');
  return Number.isNaN(date) ? undefined : date;
}
