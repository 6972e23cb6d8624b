/** Signs in to a local pool over HTTP, by the SDK's own client. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import type { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { createUserPool, type Listening } from 'cognito-local-pool';
import { respond } from 'cognito-srp-engine';
import { adminOptions, createSdkClient, sdkTransport, signInAsAdmin, signInBySdk } from '../sign-in.ts';

const bob = { username: 'bob', password: 'Correct-Horse-9', mfa: { sms: '+4915100000008' } };
const alice = { username: 'alice', password: 'Correct-Horse-9' };
const local = createUserPool({ users: [alice, bob] });
let listening: Listening;
let sdk: CognitoIdentityProviderClient;

const newClient = () =>
  createSdkClient({
    region: 'eu-west-1',
    endpoint: listening.endpoint,
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
  });
const poolAt = () => ({ userPoolId: local.userPoolId, clientId: 'web', endpoint: listening.endpoint });

before(async () => {
  listening = await local.listen();
  sdk = newClient();
});
after(async () => {
  sdk.destroy();
  await listening.close();
});

test('the SDK carries a sign-in', async () => {
  const step = await signInBySdk(sdk, { ...poolAt(), region: 'eu-west-1' }, alice);
  assert.deepEqual([step.status, step.status === 'signed-in' && step.username], ['signed-in', 'alice']);
});

test("the SDK's refusals have codes", async () => {
  await assert.rejects(signInBySdk(sdk, poolAt(), { ...alice, password: 'wrong' }), {
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

test('an answer whose reply got lost is sent once', async () => {
  const watched = newClient();
  const sends = countSends(watched);
  local.faults.add({ name: 'reset-after', operation: 'RespondToAuthChallenge' });
  try {
    await assert.rejects(signInBySdk(watched, poolAt(), alice));
    assert.deepEqual(Object.fromEntries(sends), { InitiateAuthCommand: 1, RespondToAuthChallengeCommand: 1 });
  } finally {
    local.faults.clear();
    watched.destroy();
  }
});

test('a code that was asked for is answered through the SDK, too', async () => {
  const step = await signInBySdk(sdk, poolAt(), bob);
  if (step.status !== 'challenge' || step.challenge.name !== 'SMS_MFA') throw new Error('SMS_MFA expected');
  const code = local.outbox.at(-1)?.code ?? '';
  const transport = sdkTransport(sdk);
  const answered = await respond<'SMS_MFA'>(poolAt(), step.challenge, { code }, { transport });
  assert.equal(answered.status, 'signed-in');
});

test('a server signs a user in by ADMIN_USER_PASSWORD_AUTH, with a second factor', async () => {
  const watched = newClient();
  const sends = countSends(watched);
  try {
    const step = await signInAsAdmin(watched, poolAt(), bob);
    if (step.status !== 'challenge' || step.challenge.name !== 'SMS_MFA') throw new Error('SMS_MFA expected');
    const answer = { code: local.outbox.at(-1)?.code ?? '' };
    const answered = await respond<'SMS_MFA'>(poolAt(), step.challenge, answer, adminOptions(watched));
    assert.equal(answered.status, 'signed-in');
    assert.deepEqual(Object.fromEntries(sends), {
      AdminInitiateAuthCommand: 1,
      AdminRespondToAuthChallengeCommand: 1,
    });
  } finally {
    watched.destroy();
  }
});

test('an operation without a command is refused by name, and not sent as another one', async () => {
  await assert.rejects(
    sdkTransport(sdk)('GlobalSignOut', {}),
    /"operation" must be one of InitiateAuth, .*, got "GlobalSignOut"$/,
  );
});

test('npm start signs in', async () => {
  // Not execFileSync, which would keep the pool in this process from answering
  const env = { ...process.env, ENDPOINT: listening.endpoint };
  const main = spawn(process.execPath, ['dist/main.js'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const [output] = await Promise.all([text(main.stdout), once(main, 'close')]);
  assert.equal(output, 'alice is signed in\n');
});
