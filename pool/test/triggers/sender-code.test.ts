/** Custom senders get their code as the option encodes it, and run without an effect on the reply. */
import type { Triggers, UserPoolOptions } from '../../src/index.ts';
import { createWire, refused } from '../wire.ts';
import { arn } from './lambda-server.ts';

type Sender = NonNullable<Triggers['customEmailSender']>;

const SIGN_UP = {
  ClientId: 'web',
  Username: 'bob',
  Password: 'Correct-Horse-9',
  UserAttributes: [{ Name: 'email', Value: 'bob@example.com' }],
};
const SENT = { status: 200, CodeDeliveryDetails: { DeliveryMedium: 'EMAIL' } };

/** Signs up in a pool with this sender, and waits for its first line of the log, if it should log one. */
async function signUp(customEmailSender: Sender, options: UserPoolOptions = {}) {
  let log = (_line: string) => {};
  const line = new Promise<string>((resolve) => {
    log = resolve;
  });
  const wire = createWire({ triggers: { customEmailSender }, logTriggers: log, ...options });
  return { reply: await wire.call('SignUp', SIGN_UP), line, code: wire.lastCode() };
}

test('without the option the code is base64 without encryption', async () => {
  const codes: string[] = [];
  const { code } = await signUp((event) => codes.push(event.request.code));
  expect(codes.map(atob)).toEqual([code]);
});

test('the option makes the code of the event', async () => {
  const codes: string[] = [];
  const encodeSenderCode = async (code: string) => btoa(`encrypted ${code}`);
  const { code } = await signUp((event) => codes.push(event.request.code), { encodeSenderCode });
  expect(codes.map(atob)).toEqual([`encrypted ${code}`]);
});

test.each<readonly [string, (code: string) => unknown, string]>([
  ['throws', (code) => Promise.reject(new Error(`no key for ${code}`)), 'has failed'],
  ['returns bytes', () => new Uint8Array(8), 'has not returned a string'],
])('an option that %s is refused without the code', async (_, encode, what) => {
  const { reply } = await signUp((event) => event, { encodeSenderCode: encode as () => string });
  expect(reply).toMatchObject(
    refused(
      'UnexpectedLambdaException',
      `The code for the custom sender could not be encrypted: encodeSenderCode ${what}.`,
    ),
  );
});

test('a sender that fails has no effect on the reply, and is logged', async () => {
  const { reply, line } = await signUp(() => {
    throw new Error('no luck');
  });
  expect(reply).toMatchObject(SENT);
  expect(await line).toBe('CustomEmailSender failed with error no luck.');
});

test('nobody waits for a sender that hangs, and it is logged', async () => {
  let ended = false;
  const { reply, line } = await signUp(
    () =>
      new Promise(() => {
        setTimeout(() => {
          ended = true;
        }, 50);
      }),
    { triggerTimeoutMs: 100 },
  );
  expect(reply).toMatchObject(SENT);
  expect(ended).toBe(false);
  expect(await line).toBe(
    'CustomEmailSender invocation failed due to error Socket timeout while invoking Lambda function.',
  );
});

test('a sender of an ARN that nobody answers for is logged', async () => {
  const LambdaConfig = { CustomEmailSender: { LambdaArn: arn('mail'), LambdaVersion: 'V1_0' as const } };
  const { reply, line } = await signUp((event) => event, {
    triggers: {},
    userPool: { LambdaConfig },
    lambdaEndpoint: 'http://127.0.0.1:1',
  });
  expect(reply).toMatchObject(SENT);
  expect(await line).toMatch(/^CustomEmailSender invocation failed due to error .* cannot be reached\.$/);
});
