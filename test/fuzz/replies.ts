/** The target `replies`: what a server may send to the engine. */
import fc, { type Arbitrary } from 'fast-check';
import { ServiceError, type SignInOptions, type Transport } from '../../src/index.ts';
import { checkNamedError, checkShowsNone } from './case-checks.ts';
import { changes, textChanges, withChanges, withTextChanges } from './json-changes.ts';
import { expand, type Json, oddText, oddValue, toValue } from './odd-values.ts';
import { type RecordedCall, type RecordedReply, type Recording, recordCalls } from './recorded-calls.ts';
import { toRunnable } from './run-cases.ts';
import { CLIENT_SECRET, PASSWORD } from './steady-world.ts';
import { Fault, type RunnableTarget } from './target.ts';

/** More requests than any call sends, whatever the server asks. */
const MOST_REQUESTS = 60;

interface HttpReply {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
  /** How the body is written. Texts beyond ASCII are not UTF-8 in latin1. */
  readonly encoding: 'utf8' | 'latin1' | 'utf16le';
  /** `stream`: in pieces, which end well or break off. `plain`: as React Native's fetch gives it. */
  readonly form: 'whole' | 'stream' | 'broken' | 'plain' | 'no connection';
}

export interface ReplyCase {
  readonly call: string;
  /** Which of the call's replies is another. The ones before are right. */
  readonly at: number;
  /** Whether every later reply is this one, too. Otherwise they are right again. */
  readonly again: boolean;
  readonly maxAttempts: number;
  readonly reply: HttpReply | { readonly output: Json } | { readonly thrown: Json };
}

const STATUSES = [200, 201, 204, 301, 400, 401, 403, 404, 413, 429, 500, 502, 503, 504, 599, 0, 99, 1000];
const HEADER_NAMES = [
  'x-amzn-errortype',
  'x-amzn-requestid',
  'date',
  'content-type',
  'content-length',
  'location',
  'retry-after',
];
const EXCEPTIONS = [
  'NotAuthorizedException',
  'aws.protocol#UserNotFoundException:http://x/',
  'ResourceNotFoundException',
  'TooManyRequestsException',
  'InternalErrorException',
  'CodeMismatchException',
  'PasswordResetRequiredException',
  'UserLambdaValidationException',
  'Exception',
];
const DATES = [
  'Fri, 27 Nov 2026 12:00:00 GMT',
  'Thu, 01 Jan 1970 00:00:00 GMT',
  'x GMT',
  '+275760-09-14 GMT',
  'Fri, 31 Dec 9999 23:59:59 GMT',
];

/** A header can have visible characters alone. Others never come over HTTP. */
const headerText = fc.oneof(fc.constantFrom(...EXCEPTIONS, ...DATES), oddText.map(expand)).map((text) =>
  text
    .replace(/[^\x20-\x7e\x80-\xff]/g, '')
    .trim()
    .slice(0, 4000),
);
const headers = fc.array(fc.tuple(fc.constantFrom(...HEADER_NAMES), headerText), { maxLength: 3 });
const encoding = fc.oneof(
  { arbitrary: fc.constant('utf8' as const), weight: 8 },
  { arbitrary: fc.constantFrom('latin1' as const, 'utf16le' as const), weight: 1 },
);
const form = fc.oneof(
  { arbitrary: fc.constant('whole' as const), weight: 6 },
  {
    arbitrary: fc.constantFrom(
      'stream' as const,
      'broken' as const,
      'plain' as const,
      'no connection' as const,
    ),
    weight: 2,
  },
);
const status = fc.oneof(
  { arbitrary: fc.constant(200), weight: 3 },
  { arbitrary: fc.constantFrom(...STATUSES), weight: 1 },
);

/** Bodies that are no change of a right one. */
const otherBody: Arbitrary<string> = fc.oneof(
  oddValue.map((value) => JSON.stringify(value)),
  fc
    .record({ __type: fc.constantFrom(...EXCEPTIONS), message: oddText })
    .map((value) => JSON.stringify(value)),
  fc.constantFrom(
    '',
    ' ',
    '<html></html>',
    '{',
    '{"a":1}{"b":2}',
    '\ufeff{}',
    `{"a":"@huge:1100000@"}`,
    '@huge:1200000@',
  ),
  oddText,
);

const parsed = (body: string): Json => (body === '' ? {} : (JSON.parse(body) as Json));

/** Half of the headers of a right reply, or others in their place. */
const replyOf = (right: RecordedReply): Arbitrary<ReplyCase['reply']> => {
  const changed = fc
    .tuple(changes, textChanges)
    .map(([list, edits]) => withTextChanges(JSON.stringify(withChanges(parsed(right.body), list)), edits));
  const http = fc.record<HttpReply>({
    status: fc.oneof({ arbitrary: fc.constant(right.status), weight: 3 }, { arbitrary: status, weight: 1 }),
    headers: fc.oneof(
      { arbitrary: fc.constant(right.headers), weight: 2 },
      { arbitrary: headers, weight: 1 },
    ),
    body: fc.oneof({ arbitrary: changed, weight: 6 }, { arbitrary: otherBody, weight: 1 }),
    encoding,
    form,
  });
  const value = fc.oneof(
    { arbitrary: changes.map((list) => withChanges(parsed(right.body), list)), weight: 3 },
    { arbitrary: oddValue, weight: 1 },
  );
  const thrown = fc.oneof(
    oddValue,
    fc.record({
      name: fc.oneof(fc.constantFrom(...EXCEPTIONS), oddText),
      message: oddText,
      $metadata: oddValue,
    }),
  );
  return fc.oneof(
    { arbitrary: http, weight: 6 },
    { arbitrary: fc.record({ output: value }), weight: 1 },
    { arbitrary: fc.record({ thrown }), weight: 1 },
  );
};

/** Calls that compute powers are slower, so they have a smaller share. */
const weightOf = ({ replies }: RecordedCall): number =>
  replies.some(({ body }) => body.includes('SRP_B')) ? 1 : 10;

const caseOf = (call: RecordedCall): Arbitrary<ReplyCase> =>
  fc.nat({ max: call.replies.length - 1 }).chain((at) =>
    fc.record({
      call: fc.constant(call.name),
      at: fc.constant(at),
      again: fc.boolean(),
      maxAttempts: fc.oneof(
        { arbitrary: fc.constant(1), weight: 9 },
        { arbitrary: fc.constant(3), weight: 1 },
      ),
      reply: replyOf(call.replies[at] ?? { status: 200, headers: [], body: '{}' }),
    }),
  );

export async function repliesTarget(): Promise<RunnableTarget> {
  const recording = await recordCalls();
  return toRunnable<ReplyCase>({
    name: 'replies',
    inputs:
      'replies to every call of the engine: status, headers, bodies of any form, and what a transport gives or throws',
    arbitrary: fc.oneof(
      ...recording.calls.map((call) => ({ arbitrary: caseOf(call), weight: weightOf(call) })),
    ),
    start: async () => ({ run: (input) => runCase(recording, input), stop: async () => {} }),
    casesOfAWorld: 20_000,
  });
}

async function runCase({ calls }: Recording, input: ReplyCase): Promise<void> {
  const call = calls.find(({ name }) => name === input.call);
  if (!call) throw new Error(`There is no call ${input.call}`);
  let sent = 0;
  const next = (): ReplyCase['reply'] => {
    const index = sent;
    sent += 1;
    if (sent > MOST_REQUESTS) throw new Fault(`${input.call} has sent ${sent} requests`);
    if (index === input.at || (input.again && index > input.at)) return input.reply;
    const right = call.replies[Math.min(index, call.replies.length - 1)];
    return { status: 200, headers: [], body: '{}', ...right, encoding: 'utf8', form: 'whole' };
  };
  const options: SignInOptions = {
    maxAttempts: input.maxAttempts,
    retryDelayMs: 0,
    ...('status' in input.reply
      ? { fetch: async () => responseOf(next()) }
      : { transport: transportOf(next) }),
  };
  let result: unknown;
  try {
    result = await call.run(options);
  } catch (error) {
    if (error instanceof Fault) throw error;
    checkNamedError(error);
    const secrets = [PASSWORD, CLIENT_SECRET, ...call.given];
    // What the service says may repeat what it has sent
    const ofReplies = error instanceof ServiceError ? [] : tokensOf(call);
    checkShowsNone(error, [...secrets, ...ofReplies]);
    if (error instanceof Error && findFault(error)) throw new Fault(`${input.call} went on for ever`);
    return;
  }
  if (sent > MOST_REQUESTS) throw new Fault(`${input.call} has sent ${sent} requests`);
  checkResult(input.call, result);
}

/** A `Fault` that the engine took for a failure of the network. */
const findFault = ({ cause }: Error): boolean =>
  cause instanceof Fault || (cause instanceof Error && findFault(cause));

const tokensOf = ({ replies }: RecordedCall): readonly string[] =>
  replies.flatMap(({ body }) => body.match(/eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+/g) ?? []);

/** What is given back has the form of its type. */
function checkResult(call: string, result: unknown): void {
  if (!call.startsWith('signIn') && !call.startsWith('respond')) return;
  const step = Object(result) as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  const status: unknown = step['status'];
  if (status === 'challenge') {
    const { name, parameters, username, expiresAt } = step['challenge'] ?? {};
    if ([name, username].every(isText) && typeof parameters === 'object' && Number.isFinite(expiresAt))
      return;
  }
  if (status === 'signed-in') {
    const { accessToken, idToken, expiresIn } = step['tokens'] ?? {};
    if (isText(accessToken) && typeof idToken === 'string' && typeof expiresIn === 'number' && expiresIn >= 0)
      return;
  }
  throw new Fault(`${call} gave something that is not a step: ${JSON.stringify(result)?.slice(0, 500)}`);
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';

const transportOf =
  (next: () => ReplyCase['reply']): Transport =>
  async () => {
    const reply = next();
    if ('output' in reply) return toValue(reply.output);
    if ('thrown' in reply) throw toValue(reply.thrown);
    return parsed(reply.body);
  };

/** A response as fetch gives it. Responses of other statuses come from other implementations of fetch. */
function responseOf(reply: ReplyCase['reply']): Response {
  if (!('status' in reply)) throw new Error('It is not a reply of HTTP');
  const { status: code, form: how, body } = reply;
  if (how === 'no connection') throw new TypeError('fetch failed');
  const bytes = Buffer.from(expand(body), reply.encoding);
  const list = new Headers(reply.headers.map(([name, value]) => [name, value]));
  const hasBody = ![101, 204, 205, 304].includes(code);
  if (how === 'plain' || code < 200 || code > 599) {
    // The engine reads no other member where there is no stream
    return {
      status: code,
      headers: list,
      type: 'basic',
      body: null,
      text: async () => bytes.toString(),
    } as Partial<Response> as Response;
  }
  const content = how === 'whole' ? bytes : inPieces(bytes, how === 'broken');
  return new Response(hasBody ? content : null, { status: code, headers: list });
}

const PIECES = 3;

function inPieces(bytes: Buffer, breaksOff: boolean): ReadableStream {
  const length = Math.max(1, Math.ceil(bytes.length / PIECES));
  let position = 0;
  return new ReadableStream({
    pull: (controller) => {
      if (position < bytes.length) controller.enqueue(bytes.subarray(position, position + length));
      else if (breaksOff) controller.error(new TypeError('terminated'));
      else controller.close();
      position += length;
    },
  });
}
