/** The default transport: AWS's JSON 1.1 protocol over fetch. The only place that calls fetch. */
import { ProtocolError, type ProtocolErrorCode, type ReplyOrigin } from '../../errors.ts';
import { isNonEmptyString, isRecord } from '../values.ts';
import { serviceError } from './refusals.ts';

/**
 * Carries one call: the operation's input in, its output out. Throws where the service refuses.
 *
 * With the AWS SDK v3, `InitiateAuth` is `client.send(new InitiateAuthCommand(input), { abortSignal: signal })`, and so
 * on for each operation; the whole is `examples/aws-sdk-transport` of this package's repository, which npm does not
 * install. The client has to be made with `maxAttempts: 1`: it would repeat what carries a Session, too, after a lost
 * reply. What is safe to repeat is repeated here.
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

/** @returns undefined where there is no fetch, neither the caller's nor the runtime's */
export function fetchTransport(
  endpoint: string,
  fetch: Fetch | undefined = globalThis.fetch,
): Transport | undefined {
  if (!fetch) return undefined;
  return async (operation, input, signal) => {
    let origin: ReplyOrigin = { operation };
    const failure = (code: ProtocolErrorCode, text: string, cause?: unknown) =>
      new ProtocolError(code, text, { ...origin, cause });

    let response: Response;
    try {
      response = await fetch(`${endpoint}/`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/x-amz-json-1.1',
          'X-Amz-Target': `AWSCognitoIdentityProviderService.${operation}`,
          'Cache-Control': 'no-store',
        },
        body: JSON.stringify(input),
        // Not 'error': workerd has no such value.
        redirect: 'manual',
        ...(signal && { signal }),
      });
    } catch (cause) {
      throw failure('NETWORK_FAILED', 'the service could not be reached', cause);
    }
    const { status, headers } = response;
    const requestId = headers.get('x-amzn-requestid') ?? undefined;
    origin = { operation, status, requestId };
    // Browsers show a redirect as this type, with status 0
    if (response.type === 'opaqueredirect' || (status >= 300 && status < 400)) {
      throw failure('REPLY_MALFORMED', `a redirect (HTTP ${status}) is not followed`);
    }
    const text = await bodyOf(response, signal).catch((cause) => {
      throw failure('NETWORK_FAILED', 'the connection broke during the reply', cause);
    });
    if (text === undefined) {
      throw failure('BODY_TOO_LARGE', `the reply is larger than ${MAX_BODY_BYTES} bytes`);
    }
    let body: unknown;
    try {
      // Some operations answer 200 with no body at all
      body = text === '' && status === 200 ? {} : JSON.parse(text);
    } catch {
      // What a firewall or a load balancer says is not JSON; its headers or status can be enough
    }
    const { message, Message = message, code, __type } = isRecord(body) ? body : {};
    if (status !== 200) {
      // AWS's own order
      const name = exceptionName([headers.get('x-amzn-errortype'), code, __type]) ?? byStatus(status, body);
      if (name) throw serviceError(name, isNonEmptyString(Message) ? Message : undefined, origin);
    }
    // No cause and no excerpt: a JSON error quotes the text, and the text may hold tokens
    if (body === undefined) throw failure('BODY_NOT_JSON', `the reply (HTTP ${status}) is not JSON`);
    if (!isRecord(body)) throw failure('REPLY_MALFORMED', 'the reply must be a JSON object');
    if (status !== 200) throw failure('REPLY_MALFORMED', `HTTP ${status} without an exception's name`);
    // Cognito exposes the date to browsers
    const date = headers.get('date') ?? '';
    const time = / GMT$/.test(date) ? Date.parse(date) || undefined : undefined;
    return { ...body, $metadata: { httpStatusCode: status, requestId, date: time } };
  };
}

/** The body as text; undefined where it passes the size limit: it stops reading there. */
async function bodyOf(response: Response, signal: AbortSignal | undefined): Promise<string | undefined> {
  // React Native's fetch has no stream
  if (typeof response.body?.getReader !== 'function' || typeof TextDecoder !== 'function') {
    const whole = await response.text();
    return whole.length > MAX_BODY_BYTES ? undefined : whole;
  }
  const reader = response.body.getReader();
  const cancel = () => void reader.cancel().catch(() => {});
  // For a fetch that takes no notice of the signal
  signal?.addEventListener('abort', cancel);
  const decoder = new TextDecoder();
  let text = '';
  for (let size = 0; size <= MAX_BODY_BYTES; ) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.length;
    text += decoder.decode(value, { stream: true });
  }
  // Else the rest would go on arriving
  cancel();
  return undefined;
}

/** `com.amazonaws.cognito#NotAuthorizedException:http://…` → `NotAuthorizedException`, of the first that is there. */
const exceptionName = (candidates: readonly unknown[]): string | undefined =>
  candidates
    .filter(isNonEmptyString)
    .map((text) => text.split(/[,:]/, 1)[0]?.split('#').pop()?.trim())
    .find(isNonEmptyString);

/** Firewalls and load balancers name no exception. */
function byStatus(status: number, body: unknown): string | undefined {
  if (status === 403) return 'ForbiddenException';
  if (status === 429) return 'TooManyRequestsException';
  return status >= 500 && body !== undefined ? 'InternalErrorException' : undefined;
}
