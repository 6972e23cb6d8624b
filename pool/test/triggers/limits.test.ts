/** A trigger has a time limit, is run again if it was too late, and ends with the request that waits for it. */
import type { Triggers, UserPoolOptions } from '../../src/index.ts';
import { createWire, refused } from '../wire.ts';

type Define = NonNullable<Triggers['defineAuthChallenge']>;
type Event = Parameters<Define>[0];

const TIMED_OUT = refused(
  'UnexpectedLambdaException',
  'DefineAuthChallenge invocation failed due to error Socket timeout while invoking Lambda function.',
);
const TOKENS = { status: 200, AuthenticationResult: { TokenType: 'Bearer' } };

function allow(event: Event): Event {
  event.response = { issueTokens: true };
  return event;
}

/** A trigger that never answers its first calls, and counts them. */
function deafFor(calls: number) {
  const limits: number[] = [];
  const define: Define = (event, context) => {
    limits.push(context.getRemainingTimeInMillis());
    return limits.length > calls ? allow(event) : new Promise(() => {});
  };
  return { limits, define };
}

function signIn(define: Define, options: UserPoolOptions = {}) {
  const wire = createWire({ triggerTimeoutMs: 20, ...options, triggers: { defineAuthChallenge: define } });
  return wire.initiate('CUSTOM_AUTH', { USERNAME: 'alice' });
}

test('a trigger that is not answered in time is run three times', async () => {
  const { limits, define } = deafFor(99);
  expect(await signIn(define)).toMatchObject(TIMED_OUT);
  expect(limits).toHaveLength(3);
});

test('a trigger that is answered in the third attempt counts', async () => {
  const { limits, define } = deafFor(2);
  expect(await signIn(define)).toMatchObject(TOKENS);
  expect(limits).toHaveLength(3);
});

test.each([1, 2])('the option triggerAttempts says %i', async (triggerAttempts) => {
  const { limits, define } = deafFor(99);
  expect(await signIn(define, { triggerAttempts })).toMatchObject(TIMED_OUT);
  expect(limits).toHaveLength(triggerAttempts);
});

test('a trigger that fails is not run again', async () => {
  let calls = 0;
  const define = () => {
    calls += 1;
    throw new Error('no luck');
  };
  expect(await signIn(define)).toMatchObject(
    refused('UserLambdaValidationException', 'DefineAuthChallenge failed with error no luck.'),
  );
  expect(calls).toBe(1);
});

test('a callback that never comes is a trigger that is not answered', async () => {
  const define: Define = (_event, _context, _callback) => undefined;
  expect(await signIn(define, { triggerAttempts: 1 })).toMatchObject(TIMED_OUT);
});

test('the limit of the service is 5 seconds', async () => {
  const { limits, define } = deafFor(0);
  const wire = createWire({ triggers: { defineAuthChallenge: define } });
  await wire.initiate('CUSTOM_AUTH', { USERNAME: 'alice' });
  expect(limits[0]).toBeGreaterThan(4000);
  expect(limits[0]).toBeLessThanOrEqual(5000);
});

/** The timers that are running now, as far as Node says. */
const timers = () => process.getActiveResourcesInfo().filter((type) => type === 'Timeout').length;

test('a request that is aborted leaves no timer running, and the trigger is not run again', async () => {
  const before = timers();
  const { limits, define } = deafFor(99);
  const { pool } = createWire({ triggerTimeoutMs: 60_000, triggers: { defineAuthChallenge: define } });
  const controller = new AbortController();
  const reply = pool.fetch('http://localhost/', {
    method: 'POST',
    headers: { 'X-Amz-Target': 'AWSCognitoIdentityProviderService.InitiateAuth' },
    body: JSON.stringify({
      AuthFlow: 'CUSTOM_AUTH',
      ClientId: 'web',
      AuthParameters: { USERNAME: 'alice' },
    }),
    signal: controller.signal,
  });
  const refusedReply = expect(reply).rejects.toThrow('enough');
  while (limits.length === 0) await new Promise((resolve) => setImmediate(resolve));
  expect(timers()).toBe(before + 1);
  controller.abort(new Error('enough'));
  await refusedReply;
  expect(timers()).toBe(before);
  expect(limits).toHaveLength(1);
});

test('a trigger that has answered leaves no timer running', async () => {
  const before = timers();
  expect(await signIn(allow, { triggerTimeoutMs: 60_000 })).toMatchObject(TOKENS);
  expect(timers()).toBe(before);
});
