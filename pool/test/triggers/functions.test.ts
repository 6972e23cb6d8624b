/** Handlers that are written for Lambda's runtime of Node run as functions in this process. */
import type { LambdaContext, Trigger, Triggers } from '../../src/index.ts';
import { createWire, refused, type Wire } from '../wire.ts';

type Define = NonNullable<Triggers['defineAuthChallenge']>;
type Event = Parameters<Define>[0];

const pool = (define: Define): Wire => createWire({ triggers: { defineAuthChallenge: define } });
const signIn = (define: Define) => pool(define).initiate('CUSTOM_AUTH', { USERNAME: 'alice' });
const TOKENS = { status: 200, AuthenticationResult: { TokenType: 'Bearer' } };
const INVALID_JSON = refused(
  'InvalidLambdaResponseException',
  'Invalid lambda function output : Invalid JSON',
);
const UNRECOGNIZABLE = refused('InvalidLambdaResponseException', 'Unrecognizable lambda output');
const failed = (text: string) =>
  refused('UserLambdaValidationException', `DefineAuthChallenge failed with error ${text}.`);

function allow(event: Event): Event {
  event.response = { issueTokens: true };
  return event;
}

const HANDLERS: readonly (readonly [string, Define])[] = [
  ['is async', async (event) => allow(event)],
  ['returns a promise', (event) => Promise.resolve(event).then(allow)],
  ['returns the event', allow],
  ['calls back', (event, _context, callback) => callback(null, allow(event))],
  ['calls back later', (event, _context, callback) => void setTimeout(callback, 5, null, allow(event))],
  ['is done', (event, context) => context.done(null, allow(event))],
  ['succeeds by its context', (event, context) => context.succeed(allow(event))],
];

test.each(HANDLERS)('a handler that %s gives tokens', async (_, handler) => {
  expect(await signIn(handler)).toMatchObject(TOKENS);
});

const FAILURES: readonly (readonly [string, Define, string])[] = [
  ['throws', () => fail(new Error('no luck')), 'no luck'],
  ['rejects', async () => fail(new Error('no luck')), 'no luck'],
  ['throws a text with a full stop', () => fail(new Error('Not allowed.')), 'Not allowed.'],
  ['calls back with an error', (_event, _context, callback) => callback(new Error('no luck')), 'no luck'],
  ['calls back with a text', (_event, _context, callback) => callback('no luck'), 'no luck'],
  ['fails by its context', (_event, context) => context.fail(new Error('no luck')), 'no luck'],
  ['fails without a reason', (_event, context) => context.fail(undefined), 'null'],
  ['is done with an error', (_event, context) => context.done(new Error('no luck')), 'no luck'],
  [
    'returns what JSON cannot hold',
    (event) => ({ ...event, response: { issueTokens: 1n } }),
    'Unable to stringify response body',
  ],
];

function fail(error: unknown): never {
  throw error;
}

test.each(FAILURES)('a handler that %s', async (_, handler, text) => {
  expect(await signIn(handler)).toMatchObject(failed(text));
});

const INVALID: readonly (readonly [string, Define, object])[] = [
  ['nothing', (event) => void allow(event), INVALID_JSON],
  ['nothing, later', async () => {}, INVALID_JSON],
  ['null', async () => null, INVALID_JSON],
  ['a function', () => () => {}, INVALID_JSON],
  ['a text', () => 'yes', UNRECOGNIZABLE],
  ['a number', async () => 1, UNRECOGNIZABLE],
  ['a list', async (event) => [event], UNRECOGNIZABLE],
  ['another object', async () => ({ statusCode: 200 }), UNRECOGNIZABLE],
  ['its response alone', async () => ({ response: { issueTokens: true } }), UNRECOGNIZABLE],
  ['an event without a response', async ({ response: _, ...event }) => event, UNRECOGNIZABLE],
  ['an event without userName', async ({ userName: _, ...event }) => event, UNRECOGNIZABLE],
  ['an event without triggerSource', async ({ triggerSource: _, ...event }) => event, UNRECOGNIZABLE],
  ['an event whose version is a number', async (event) => ({ ...event, version: 1 }), UNRECOGNIZABLE],
  ['a response that is a list', async (event) => ({ ...event, response: [] }), UNRECOGNIZABLE],
];

test.each(INVALID)('a handler that gives back %s', async (_, handler, refusal) => {
  expect(await signIn(handler)).toMatchObject(refusal);
});

test('what counts is the first thing that a handler gives back', async () => {
  const twice: Define = async (event, _context, callback) => {
    callback(null, allow(event));
    callback(new Error('too late'));
    throw new Error('too late as well');
  };
  expect(await signIn(twice)).toMatchObject(TOKENS);
});

test('the context is that of Lambda', async () => {
  const contexts: LambdaContext[] = [];
  const remaining: number[] = [];
  const wire = createWire({
    userPoolId: 'eu-west-1_Context',
    triggers: {
      defineAuthChallenge: async (event, context) => {
        contexts.push(context);
        remaining.push(context.getRemainingTimeInMillis());
        return allow(event);
      },
    },
  });
  await wire.initiate('CUSTOM_AUTH', { USERNAME: 'alice' });
  await wire.initiate('CUSTOM_AUTH', { USERNAME: 'alice' });
  const [first, second] = contexts;
  expect(first).toMatchObject({
    callbackWaitsForEmptyEventLoop: true,
    functionName: 'DefineAuthChallenge',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:DefineAuthChallenge',
    memoryLimitInMB: '128',
    awsRequestId: expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/),
    logGroupName: '/aws/lambda/DefineAuthChallenge',
    logStreamName: expect.stringMatching(/^\[\$LATEST\][\da-f]{32}$/),
  });
  expect(first?.awsRequestId).not.toBe(second?.awsRequestId);
  expect(remaining[0]).toBeLessThanOrEqual(5000);
  expect(remaining[0]).toBeGreaterThan(1000);
});

test('a handler may set callbackWaitsForEmptyEventLoop, as those with open connections do', async () => {
  const handler: Define = async (event, context) => {
    context.callbackWaitsForEmptyEventLoop = false;
    return allow(event);
  };
  expect(await signIn(handler)).toMatchObject(TOKENS);
});

test('a handler that changes its event does not change the user', async () => {
  const wire = pool(async (event) => {
    (event.request.userAttributes as Record<string, string>)['email'] = 'mallory@example.com';
    return allow(event);
  });
  expect(await wire.initiate('CUSTOM_AUTH', { USERNAME: 'alice' })).toMatchObject(TOKENS);
  expect(wire.pool.users.find('alice')?.attributes['email']).toBeUndefined();
});

test('a handler of CommonJS that looks for its arguments runs', async () => {
  // Wrappers of handlers take whatever they are called with
  const handler: Trigger<Event> = (...[event, context]: readonly unknown[]) => {
    (context as LambdaContext).succeed(allow(event as Event));
    return Promise.resolve(event);
  };
  expect(await signIn(handler)).toMatchObject(TOKENS);
});
