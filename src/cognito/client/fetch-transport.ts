/** The default transport: AWS's JSON 1.1 protocol over fetch. No other file calls fetch. */
import { ProtocolError, type ProtocolErrorCode, type ReplyOrigin } from '../../errors.ts';
import { isNonEmptyString, isRecord, parseJson } from '../values.ts';

/**
 * Carries one call: the operation's input goes in, its output comes back. If the service refuses, it throws a
 * {@link TransportRefusal}. Whatever else it throws means that there is no answer: the call fails with NETWORK_FAILED, and is
 * repeated if that is safe.
 *
 * With the AWS SDK v3, `InitiateAuth` is `client.send(new InitiateAuthCommand(input), { abortSignal: signal })`, and so on
 * for each operation. `examples/aws-sdk-transport` in this package's repository has the whole. Make the SDK's client with
 * `maxAttempts: 1`: its own retries would send a single-use session twice after a lost reply. This package repeats what is
 * safe to repeat.
 *
 * @param operation `InitiateAuth`, `RespondToAuthChallenge`, …
 * @param input the operation's input, in AWS's names
 * @param signal aborts when the caller aborts and when the time limit has passed
 * @returns the operation's output. If it has a `$metadata.date` (milliseconds since the epoch), that is taken as the
 *   service's clock.
 */
export type Transport = (operation: string, input: object, signal?: AbortSignal) => Promise<unknown>;

/** What a transport can say of a reply beside its members. The AWS SDK does not tell the date. */
export interface ReplyMetadata {
  /** The reply's `Date`, milliseconds since the epoch. */
  readonly date?: number | undefined;
  readonly httpStatusCode?: number | undefined;
  /** `x-amzn-RequestId`. */
  readonly requestId?: string | undefined;
}

/**
 * What a transport throws when the service refuses: an object, or an Error with these members. Its `name` is that of the
 * service's exception. The name ends in `Exception`, which tells it from a failure of the network. The service exceptions of
 * the AWS SDK have this shape.
 *
 * @example
 * ```ts
 * import { signIn, type Transport, type TransportRefusal, type UserPoolClient } from 'cognito-srp-engine';
 *
 * declare const pool: UserPoolClient;
 * declare function post(operation: string, input: object): Promise<{ status: number; body: Record<string, string> }>;
 *
 * const transport: Transport = async (operation, input) => {
 *   const { status, body } = await post(operation, input);
 *   if (status === 200) return body;
 *   const refusal: TransportRefusal = {
 *     name: body['__type'] ?? '',
 *     message: body['message'],
 *     $metadata: { httpStatusCode: status },
 *   };
 *   throw refusal;
 * };
 * await signIn(pool, { username: 'alice', password: 'correct horse battery' }, { transport });
 * ```
 */
export interface TransportRefusal {
  /**
   * `NotAuthorizedException`: what the reply has in the header `x-amzn-ErrorType`, or in `__type` or `code` of its body. A
   * namespace before it and a URL behind it are taken off.
   */
  readonly name: string;
  /** The service's text. The reply has it in `message` or `Message`. Refusals are told apart by it. */
  readonly message?: string | undefined;
  /** HTTP status and request id, if the transport knows them. */
  readonly $metadata?: ReplyMetadata | undefined;
}

/** A refusal as it was read from what a transport threw. */
export interface ReadRefusal {
  /** The exception's bare name. */
  readonly name: string;
  /** It can be empty. */
  readonly message: string;
  readonly $metadata: unknown;
}

/**
 * Reads what a transport threw. It is told by its shape, because it may come from another copy of the AWS SDK or from
 * another realm.
 *
 * @returns undefined if it is not a refusal of the service
 */
export function readRefusal(thrown: unknown): ReadRefusal | undefined {
  if (!isRecord(thrown)) return undefined;
  const name = exceptionName(thrown['name']);
  if (!isNonEmptyString(name)) return undefined;
  const { $metadata, message } = thrown;
  // Not every exception of the SDK ends in "Exception", but each has these two
  const isSdkException = '$fault' in thrown && isRecord($metadata);
  if (!isSdkException && !name.endsWith('Exception')) return undefined;
  return { name, message: typeof message === 'string' ? message : '', $metadata };
}

/** The members of an operation's output, and `$metadata` if the transport gives it. */
export type Output = Readonly<Record<string, unknown>>;

/** An output, and what its transport says of the reply. */
export interface Reply {
  readonly output: Output;
  readonly origin: ReplyOrigin;
  /** The service's clock when it replied: milliseconds since the epoch, if the transport tells it. */
  readonly date: number | undefined;
}

/** Where an output or an exception of the service came from. */
export function originOf(operation: string, reply: { readonly $metadata?: unknown }): ReplyOrigin {
  const metadata: ReplyMetadata = isRecord(reply.$metadata) ? reply.$metadata : {};
  return { operation, status: metadata.httpStatusCode, requestId: metadata.requestId };
}

/** The last moment that a Date can hold (ECMA-262 §21.4.1.1). A caller's transport may give any number. */
const MAX_DATE = 8.64e15;

/** The service's clock as a reply tells it: milliseconds since the epoch. */
export function readDate({ $metadata }: Output): number | undefined {
  const date = isRecord($metadata) ? $metadata['date'] : undefined;
  return typeof date === 'number' && Math.abs(date) <= MAX_DATE ? date : undefined;
}

/** The part of fetch that is used: `globalThis.fetch`, undici's, or a local pool's `fetch`. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Replies have a few KB. A larger one is not Cognito's. It is counted in UTF-16 units if fetch cannot stream. */
export const MAX_BODY_BYTES = 1024 * 1024;

/** @returns undefined if there is no fetch, neither the caller's nor the runtime's */
export function fetchTransport(
  endpoint: string,
  fetch: Fetch | undefined = globalThis.fetch,
): Transport | undefined {
  if (!fetch) return undefined;
  return async (operation, input, signal) => {
    const response = await post(fetch, endpoint, operation, input, signal);
    return readResponse(operation, response, signal);
  };
}

async function post(
  fetch: Fetch,
  endpoint: string,
  operation: string,
  input: object,
  signal: AbortSignal | undefined,
): Promise<Response> {
  try {
    return await fetch(`${endpoint}/`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-amz-json-1.1',
        'X-Amz-Target': `AWSCognitoIdentityProviderService.${operation}`,
        'Cache-Control': 'no-store',
      },
      body: JSON.stringify(input),
      // workerd does not have the value 'error'
      redirect: 'manual',
      ...(signal && { signal }),
    });
  } catch (cause) {
    throw new ProtocolError('NETWORK_FAILED', 'the service could not be reached', { operation, cause });
  }
}

/** The operation's output with `$metadata`. Throws if the response is a refusal, or is not one of this protocol. */
async function readResponse(
  operation: string,
  response: Response,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  const { status, headers } = response;
  const requestId = headers.get('x-amzn-requestid') ?? undefined;
  const origin: ReplyOrigin = { operation, status, requestId };
  const failure = (code: ProtocolErrorCode, text: string) => new ProtocolError(code, text, origin);

  // Browsers show a redirect as this type, with status 0
  if (response.type === 'opaqueredirect' || (status >= 300 && status < 400)) {
    throw failure('REPLY_MALFORMED', `a redirect (HTTP ${status}) is not followed`);
  }
  const text = await readText(response, signal).catch((cause: unknown) => {
    throw new ProtocolError('NETWORK_FAILED', 'the connection broke during the reply', { ...origin, cause });
  });
  if (text === undefined) {
    throw failure('BODY_TOO_LARGE', `the reply is larger than ${MAX_BODY_BYTES} bytes`);
  }
  // Some operations answer 200 with no body at all. Firewalls and load balancers answer in HTML
  const body = text === '' && status === 200 ? {} : parseJson(text);
  const metadata: ReplyMetadata = { httpStatusCode: status, requestId };
  if (status !== 200) {
    const exception = readException(status, headers, body, metadata);
    if (exception) throw exception;
  }
  // The text is not quoted, neither here nor as a cause, because it may hold tokens
  if (body === undefined) throw failure('BODY_NOT_JSON', `the reply (HTTP ${status}) is not JSON`);
  if (!isRecord(body)) throw failure('REPLY_MALFORMED', 'the reply must be a JSON object');
  if (status !== 200) throw failure('REPLY_MALFORMED', `HTTP ${status} without an exception's name`);
  return { ...body, $metadata: { ...metadata, date: readDateHeader(headers) } };
}

/** The body as text, or undefined if it is too large. Reading stops at the limit. */
export async function readText(
  response: Response,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  // React Native's fetch has no stream
  if (typeof response.body?.getReader !== 'function' || typeof TextDecoder !== 'function') {
    const whole = await response.text();
    return whole.length > MAX_BODY_BYTES ? undefined : whole;
  }
  const reader = response.body.getReader();
  const cancel = () => void reader.cancel().catch(() => {});
  // Some fetch implementations ignore the signal
  signal?.addEventListener('abort', cancel);
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  while (size <= MAX_BODY_BYTES) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.length;
    text += decoder.decode(value, { stream: true });
  }
  // Without this the rest of the body would go on arriving
  cancel();
  return undefined;
}

/** A refusal in the shape of the AWS SDK's service exceptions. */
class FetchException extends Error implements TransportRefusal {
  override readonly name: string;
  readonly $fault = 'client';
  readonly $metadata: ReplyMetadata;

  constructor(name: string, message: string, metadata: ReplyMetadata) {
    super(message);
    this.name = name;
    this.$metadata = metadata;
  }
}

/** @returns undefined if neither the reply nor its status names an exception */
function readException(
  status: number,
  headers: Headers,
  body: unknown,
  metadata: ReplyMetadata,
): FetchException | undefined {
  const { message, Message, code, __type } = isRecord(body) ? body : {};
  // The order in which AWS's own clients look for the name
  const named = [headers.get('x-amzn-errortype'), code, __type].map(exceptionName).find(isNonEmptyString);
  const name = named ?? exceptionOfStatus(status, body);
  if (name === undefined) return undefined;
  const text = [Message, message].find(isNonEmptyString) ?? '';
  return new FetchException(name, text, metadata);
}

/** `com.amazonaws.cognito#NotAuthorizedException:http://…` → `NotAuthorizedException` */
function exceptionName(text: unknown): string | undefined {
  if (!isNonEmptyString(text)) return undefined;
  const [beforeUrl = ''] = text.split(/[,:]/, 1);
  return beforeUrl.split('#').pop()?.trim();
}

/** Firewalls and load balancers do not name an exception. */
function exceptionOfStatus(status: number, body: unknown): string | undefined {
  if (status === 403) return 'ForbiddenException';
  if (status === 429) return 'TooManyRequestsException';
  return status >= 500 && body !== undefined ? 'InternalErrorException' : undefined;
}

/** The `Date` header as milliseconds since the epoch. Cognito exposes it to browsers. */
export function readDateHeader(headers: Headers): number | undefined {
  const date = headers.get('date') ?? '';
  return date.endsWith(' GMT') ? Date.parse(date) || undefined : undefined;
}
