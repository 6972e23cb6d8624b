/** Both examples with the AWS SDK sign in to the pool over HTTP. */
import type { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import {
  adminOptions,
  createSdkClient,
  sdkTransport,
  signInAsAdmin,
  signInBySdk,
} from '../../examples/aws-sdk-transport/sign-in.ts';
import { signInWithSrp } from '../../examples/srp-with-aws-sdk/sign-in.ts';
import { createUserPool, type Listening } from '../../pool/src/index.ts';
import { respond } from '../../src/index.ts';

const bob = { username: 'bob', password: 'Correct-Horse-9', mfa: { sms: '+4915100000008' } };
const alice = { username: 'alice', password: 'Correct-Horse-9' };
const pool = createUserPool({ users: [alice, bob] });
const poolClient = { userPoolId: pool.userPoolId, clientId: 'web' };
let listening: Listening;
let sdk: CognitoIdentityProviderClient;

const newClient = () =>
  createSdkClient({
    region: 'eu-west-1',
    endpoint: listening.endpoint,
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
  });
const bySdk = (by: CognitoIdentityProviderClient, credentials = alice) =>
  signInBySdk(by, { ...poolClient, endpoint: listening.endpoint }, credentials);

beforeAll(async () => {
  listening = await pool.listen();
  sdk = newClient();
});
afterAll(async () => {
  sdk.destroy();
  await listening.close();
});

test('the SDK carries a sign-in', async () => {
  const step = await signInBySdk(
    sdk,
    { ...poolClient, region: 'eu-west-1', endpoint: listening.endpoint },
    alice,
  );
  expect(step).toMatchObject({ status: 'signed-in', username: 'alice' });
});

test("the SDK's refusals have codes", async () => {
  const wrong = { ...alice, password: 'wrong' };
  await expect(
    signInBySdk(sdk, { ...poolClient, endpoint: listening.endpoint }, wrong),
  ).rejects.toMatchObject({
    code: 'INCORRECT_USERNAME_OR_PASSWORD',
  });
});

/** Counts what reaches the wire, operation by operation. */
function countSends(client: CognitoIdentityProviderClient): Map<string, number> {
  const sends = new Map<string, number>();
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      (args) => {
        sends.set(commandName, (sends.get(commandName) ?? 0) + 1);
        return next(args);
      },
    // After the SDK's own retries
    { step: 'finalizeRequest', priority: 'low', name: 'countSends' },
  );
  return sends;
}

test.each([
  ['the loop of the package', (client: CognitoIdentityProviderClient) => bySdk(client)],
  [
    'the loop of your own',
    (client: CognitoIdentityProviderClient) => signInWithSrp(client, poolClient, alice),
  ],
])('an answer whose reply got lost is sent once, by %s', async (_, signInBy) => {
  const watched = newClient();
  const sends = countSends(watched);
  pool.faults.add({ name: 'reset-after', operation: 'RespondToAuthChallenge' });
  try {
    await expect(signInBy(watched)).rejects.toThrow();
    expect(Object.fromEntries(sends)).toEqual({ InitiateAuthCommand: 1, RespondToAuthChallengeCommand: 1 });
  } finally {
    pool.faults.clear();
    watched.destroy();
  }
});

test('a code that was asked for is answered through the SDK, too', async () => {
  const step = await bySdk(sdk, bob);
  if (step.status !== 'challenge' || step.challenge.name !== 'SMS_MFA') throw new Error('SMS_MFA expected');
  const code = pool.outbox.at(-1)?.code ?? '';
  const answered = respond<'SMS_MFA'>(
    { ...poolClient, endpoint: listening.endpoint },
    step.challenge,
    { code },
    { transport: sdkTransport(sdk) },
  );
  expect(await answered).toMatchObject({ status: 'signed-in', username: 'bob' });
});

test('a server signs a user in by ADMIN_USER_PASSWORD_AUTH, with a second factor', async () => {
  const watched = newClient();
  const sends = countSends(watched);
  const client = { ...poolClient, endpoint: listening.endpoint };
  try {
    const step = await signInAsAdmin(watched, client, bob);
    if (step.status !== 'challenge' || step.challenge.name !== 'SMS_MFA') throw new Error('SMS_MFA expected');
    const answer = { code: pool.outbox.at(-1)?.code ?? '' };
    const answered = await respond<'SMS_MFA'>(client, step.challenge, answer, adminOptions(watched));
    expect(answered).toMatchObject({ status: 'signed-in', username: 'bob' });
    expect(Object.fromEntries(sends)).toEqual({
      AdminInitiateAuthCommand: 1,
      AdminRespondToAuthChallengeCommand: 1,
    });
  } finally {
    watched.destroy();
  }
});

test('an operation without a command is refused by name, and not sent as another one', async () => {
  await expect(sdkTransport(sdk)('GlobalSignOut', {})).rejects.toThrow(
    /^"operation" must be one of InitiateAuth, .*, got "GlobalSignOut"$/,
  );
});

test('the cryptography alone signs in', async () => {
  const { AuthenticationResult } = await signInWithSrp(sdk, poolClient, alice);
  expect(AuthenticationResult?.AccessToken).toMatch(/^eyJ/);
});
