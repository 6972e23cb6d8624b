/** Runs a trigger that is a Lambda function, through the Invoke operation of the Lambda API. */
import type { LambdaFunction } from './lambda-arns.ts';
import type { LambdaEvent } from './lambda-event.ts';
import type { Outcome } from './outcome.ts';

/** Where the Lambda API is, and how it is reached. */
export interface LambdaApi {
  /** Such as `http://127.0.0.1:3001`, without a slash at the end. */
  readonly endpoint: string;
  readonly fetch: typeof globalThis.fetch;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * Invokes the function. The request is one that SAM local, LocalStack and the runtime interface emulator take: SAM local takes no
 * other Content-Type than `application/json` and no InvocationType but RequestResponse, which is the default; LocalStack finds the
 * function by the region and the account of the credential.
 *
 * @param over is aborted when nobody waits for the outcome any more
 */
export async function invokeLambda(
  { endpoint, fetch, now }: LambdaApi,
  lambda: LambdaFunction,
  event: LambdaEvent,
  over: AbortSignal,
): Promise<Outcome> {
  const { name, qualifier } = lambda;
  // SAM local refuses a query, and $LATEST is what it stands for without one
  const query = qualifier === undefined || qualifier === '$LATEST' ? '' : `?Qualifier=${qualifier}`;
  let response: Response;
  let body: string;
  try {
    response = await fetch(`${endpoint}/2015-03-31/functions/${name}/invocations${query}`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Authorization: authorization(lambda, now()),
        'X-Amz-Date': amzDate(now()),
      },
      body: JSON.stringify(event),
      redirect: 'error',
      signal: over,
    });
    body = await response.text();
  } catch (error) {
    return {
      kind: 'not invoked',
      reason: `${codeOf(error)}: ${endpoint} cannot be reached`,
      canRetry: false,
    };
  }
  return readReply(response, body);
}

function readReply({ ok, status, headers }: Response, body: string): Outcome {
  const output = parse(body);
  const failure = functionError(output, body, headers.has('x-amz-function-error'));
  if (failure !== undefined) return { kind: 'failed', text: failure };
  if (!ok)
    return { kind: 'not invoked', reason: errorTypeOf(headers, output, status), canRetry: status === 429 };
  return output === undefined || output === null ? { kind: 'not JSON' } : { kind: 'output', output };
}

/**
 * The runtime interface emulator does not send X-Amz-Function-Error. It tells the error of a function by the body alone, also with
 * a status of 502, and that a function took too long by a body that is not JSON.
 */
function functionError(output: unknown, body: string, hasHeader: boolean): string | undefined {
  const message = memberOf(output, 'errorMessage');
  const isError = hasHeader || typeof memberOf(output, 'errorType') === 'string';
  if (isError && typeof message === 'string') return message;
  if (hasHeader || /^Task timed out after [\d.]+ seconds$/.test(body)) return body;
  return undefined;
}

/** The exceptions of the Lambda API for statuses, for replies that do not name theirs. */
const EXCEPTIONS: Readonly<Record<number, string>> = {
  403: 'AccessDeniedException',
  404: 'ResourceNotFoundException',
  429: 'TooManyRequestsException',
};

/** SAM local sends `ResourceNotFound`, and others append the namespace: `ResourceNotFoundException:http://…`. */
function errorTypeOf(headers: Headers, output: unknown, status: number): string {
  const [type = ''] = (headers.get('x-amzn-errortype') ?? String(memberOf(output, '__type') ?? '')).split(
    ':',
  );
  const known = EXCEPTIONS[status];
  if (type === '' || known?.startsWith(type)) return known ?? `${status} of the Lambda endpoint`;
  return type.slice(type.lastIndexOf('#') + 1);
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

/** @returns undefined for a text that is not JSON */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The reason why a request has no reply, such as `ECONNREFUSED`. Other runtimes than Node have no code. */
function codeOf(error: unknown): string {
  const code = memberOf(memberOf(error, 'cause'), 'code') ?? memberOf(error, 'code');
  return typeof code === 'string' ? code : 'ConnectionError';
}

/** `20260924T135015Z` */
const amzDate = (time: number): string => new Date(time).toISOString().replace(/[-:]|\.\d{3}/g, '');

/**
 * The form of a signature (AWS Signature Version 4), because the pool has no credentials. LocalStack takes an access key of 12 digits
 * for the account.
 */
function authorization({ account, region }: LambdaFunction, time: number): string {
  const scope = `${amzDate(time).slice(0, 8)}/${region}/lambda/aws4_request`;
  return `AWS4-HMAC-SHA256 Credential=${account}/${scope}, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`;
}
