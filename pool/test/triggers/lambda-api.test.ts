/** Triggers that LambdaConfig names are invoked through the Lambda API: of a server in Python, and of replies that emulators send. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { UserPoolOptions } from '../../src/index.ts';
import { createWire, refused, type Wire } from '../wire.ts';
import { arn, type LambdaServer, startLambdaServer } from './lambda-server.ts';

let python: LambdaServer;
beforeAll(async () => {
  python = await startLambdaServer();
});
afterAll(() => python.stop());

const invocation = (text: string) =>
  refused('UnexpectedLambdaException', `DefineAuthChallenge invocation failed due to error ${text}.`);
const failed = (text: string) =>
  refused('UserLambdaValidationException', `DefineAuthChallenge failed with error ${text}.`);
const INVALID_JSON = refused(
  'InvalidLambdaResponseException',
  'Invalid lambda function output : Invalid JSON',
);
const UNRECOGNIZABLE = refused('InvalidLambdaResponseException', 'Unrecognizable lambda output');
const TIMED_OUT = invocation('Socket timeout while invoking Lambda function');

/** A pool whose DefineAuthChallenge is the function of this name in Python, and the others the usual one. */
function pool(name: string, options: UserPoolOptions = {}): Wire {
  const LambdaConfig = {
    DefineAuthChallenge: arn(name),
    CreateAuthChallenge: arn('colours'),
    VerifyAuthChallengeResponse: arn('colours'),
  };
  return createWire({ lambdaEndpoint: python.endpoint, userPool: { LambdaConfig }, ...options });
}

const signIn = (wire: Wire) => wire.initiate('CUSTOM_AUTH', { USERNAME: 'alice' });

test('a sign-in goes through the functions in Python to its tokens', async () => {
  const wire = pool('colours', { lambdaEndpoint: `${python.endpoint}/` });
  const asked = await signIn(wire);
  expect(asked).toMatchObject({
    ChallengeName: 'CUSTOM_CHALLENGE',
    ChallengeParameters: { question: 'Which colour?' },
  });
  const answer = { USERNAME: 'alice', ANSWER: 'blue' };
  expect(await wire.respond('CUSTOM_CHALLENGE', asked.Session, answer)).toMatchObject({
    AuthenticationResult: { TokenType: 'Bearer' },
  });
  const invocations = await python.next(4);
  expect(invocations.map(({ event }) => event.triggerSource)).toEqual([
    'DefineAuthChallenge_Authentication',
    'CreateAuthChallenge_Authentication',
    'VerifyAuthChallengeResponse_Authentication',
    'DefineAuthChallenge_Authentication',
  ]);
  expect(invocations[0]).toMatchObject({
    name: 'colours',
    query: '',
    event: { version: '1', userPoolId: 'us-east-1_LocalPool', userName: 'alice', request: { session: [] } },
  });
});

test.each([
  ['fail', failed('no luck')],
  ['nothing', INVALID_JSON],
  ['text', INVALID_JSON],
  ['stranger', UNRECOGNIZABLE],
  ['missing', invocation('ResourceNotFoundException')],
])('the function in Python is %s', async (name, refusal) => {
  expect(await signIn(pool(name))).toMatchObject(refusal);
  if (name !== 'missing') await python.next(1);
});

test('a function in Python that takes too long is invoked three times', async () => {
  expect(await signIn(pool('slow', { triggerTimeoutMs: 100 }))).toMatchObject(TIMED_OUT);
  expect((await python.next(3)).map(({ name }) => name)).toEqual(['slow', 'slow', 'slow']);
});

test.each([
  [':live', 'Qualifier=live'],
  [':7', 'Qualifier=7'],
  [':$LATEST', ''],
])('the qualifier %s of an ARN', async (qualifier, query) => {
  await signIn(pool(`colours${qualifier}`));
  const [define] = await python.next(2);
  expect(define).toMatchObject({ name: 'colours', query });
});

test('a function in process wins over an ARN', async () => {
  const triggers: UserPoolOptions['triggers'] = {
    defineAuthChallenge: async (event) => ({ ...event, response: { issueTokens: true } }),
  };
  expect(await signIn(pool('fail', { triggers }))).toMatchObject({
    AuthenticationResult: { TokenType: 'Bearer' },
  });
});

/** A reply of the Lambda API, or of something that is not one. */
interface Scripted {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Answers each request with the next reply, and the last one from then on. */
async function withReplies<Result>(
  replies: readonly Scripted[],
  run: (endpoint: string, requests: readonly IncomingMessage[]) => Promise<Result>,
): Promise<Result> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    const { status = 200, headers = {}, body = '' } = replies[requests.length] ?? replies.at(-1) ?? {};
    requests.push(request);
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await run(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const RUNTIME_EXIT = 'RequestId: 5d1 Error: Runtime exited with error: exit status 129';

test.each<readonly [string, Scripted, object]>([
  [
    'AWS, of a function that failed',
    {
      headers: { 'X-Amz-Function-Error': 'Unhandled' },
      body: '{"errorMessage":"no luck","errorType":"Error","trace":[]}',
    },
    failed('no luck'),
  ],
  [
    'AWS, of a function that crashed',
    {
      headers: { 'X-Amz-Function-Error': 'Unhandled' },
      body: JSON.stringify({ errorType: 'Runtime.ExitError', errorMessage: RUNTIME_EXIT }),
    },
    failed(RUNTIME_EXIT),
  ],
  [
    'AWS, of an error without a message',
    { headers: { 'X-Amz-Function-Error': 'Handled' }, body: '"no luck"' },
    failed('"no luck"'),
  ],
  [
    'AWS, without permission',
    {
      status: 403,
      headers: { 'x-amzn-ErrorType': 'AccessDeniedException' },
      body: '{"Message":"User is not authorized"}',
    },
    invocation('AccessDeniedException'),
  ],
  [
    'AWS, of a function that does not exist',
    {
      status: 404,
      headers: { 'x-amzn-ErrorType': 'ResourceNotFoundException:http://internal.amazon.com/coral/' },
      body: '{"Type":"User","Message":"Function not found"}',
    },
    invocation('ResourceNotFoundException'),
  ],
  [
    'SAM local, of a function that does not exist',
    {
      status: 404,
      headers: { 'x-amzn-errortype': 'ResourceNotFound' },
      body: '{"Type":"User","Message":"Function not found"}',
    },
    invocation('ResourceNotFoundException'),
  ],
  [
    'SAM local, which refuses a query',
    { status: 400, headers: { 'x-amzn-errortype': 'InvalidRequestContentException' }, body: '{}' },
    invocation('InvalidRequestContentException'),
  ],
  [
    'moto, of a function that does not exist',
    { status: 404, body: '{"__type":"com.amazonaws#ResourceNotFoundException","message":"no"}' },
    invocation('ResourceNotFoundException'),
  ],
  [
    'the runtime interface emulator, of a function that failed',
    { body: '{"errorMessage":"no luck","errorType":"ValueError","stackTrace":[]}' },
    failed('no luck'),
  ],
  [
    'the runtime interface emulator, of a function that does not start',
    { status: 502, body: '{"errorMessage":"exec format error","errorType":"Runtime.InvalidEntrypoint"}' },
    failed('exec format error'),
  ],
  [
    'the runtime interface emulator, of a function that takes too long',
    { body: 'Task timed out after 3.00 seconds' },
    failed('Task timed out after 3.00 seconds'),
  ],
  [
    'a web server that is not the Lambda API',
    { status: 405, body: '<html>' },
    invocation('405 of the Lambda endpoint'),
  ],
  ['a server that fails', { status: 500, body: '' }, invocation('500 of the Lambda endpoint')],
  ['nobody in particular: an empty reply', { body: '' }, INVALID_JSON],
  ['nobody in particular: null', { body: 'null' }, INVALID_JSON],
  ['nobody in particular: a list', { body: '[]' }, UNRECOGNIZABLE],
])('the reply of %s', async (_, reply, refusal) => {
  await withReplies([reply], async (lambdaEndpoint, requests) => {
    expect(await signIn(pool('colours', { lambdaEndpoint }))).toMatchObject(refusal);
    expect(requests).toHaveLength(1);
  });
});

test('a throttled invocation is made again', async () => {
  const throttled = { status: 429, headers: { 'x-amzn-errortype': 'TooManyRequestsException' }, body: '{}' };
  await withReplies([throttled], async (lambdaEndpoint, requests) => {
    expect(await signIn(pool('colours', { lambdaEndpoint }))).toMatchObject(
      invocation('TooManyRequestsException'),
    );
    expect(requests).toHaveLength(3);
  });
});

test('a request has what SAM local, LocalStack and the runtime interface emulator need', async () => {
  await withReplies([{ body: 'null' }], async (lambdaEndpoint, requests) => {
    await signIn(pool('colours', { lambdaEndpoint }));
    expect(requests[0]?.method).toBe('POST');
    expect(requests[0]?.url).toBe('/2015-03-31/functions/colours/invocations');
    expect(requests[0]?.headers).toMatchObject({
      'content-type': 'application/json',
      'x-amz-date': '20260924T135015Z',
      authorization: expect.stringMatching(
        /^AWS4-HMAC-SHA256 Credential=123456789012\/20260924\/eu-west-1\/lambda\/aws4_request, SignedHeaders=host;x-amz-date, Signature=0{64}$/,
      ),
    });
    expect(requests[0]?.headers).not.toHaveProperty('x-amz-invocation-type');
    expect(requests[0]?.headers).not.toHaveProperty('x-amz-log-type');
  });
});

test('an endpoint where nobody listens is named', async () => {
  const endpoint = await withReplies([], async (free) => free);
  expect(await signIn(pool('colours', { lambdaEndpoint: endpoint }))).toMatchObject(
    invocation(`ECONNREFUSED: ${endpoint} cannot be reached`),
  );
});

test('a redirect is not followed', async () => {
  const elsewhere = { status: 307, headers: { Location: python.endpoint }, body: '' };
  await withReplies([elsewhere], async (lambdaEndpoint) => {
    expect(await signIn(pool('colours', { lambdaEndpoint }))).toMatchObject({
      __type: 'UnexpectedLambdaException',
    });
  });
});
