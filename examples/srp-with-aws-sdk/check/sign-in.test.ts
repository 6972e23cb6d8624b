/** Signs in to a local pool over HTTP, by the SDK's own client. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { createUserPool, type Listening } from 'cognito-local-pool';
import { signInWithSrp } from '../sign-in.ts';

const alice = { username: 'alice', password: 'Correct-Horse-9' };
const local = createUserPool({ users: [alice] });
const pool = { userPoolId: local.userPoolId, clientId: 'web' };
let listening: Listening;
let sdk: CognitoIdentityProviderClient;

before(async () => {
  listening = await local.listen();
  const { endpoint } = listening;
  sdk = new CognitoIdentityProviderClient({ region: 'us-east-1', endpoint, maxAttempts: 1 });
});
after(async () => {
  sdk.destroy();
  await listening.close();
});

test('the cryptography alone signs in', async () => {
  const { AuthenticationResult } = await signInWithSrp(sdk, pool, alice);
  assert.match(AuthenticationResult?.AccessToken ?? '', /^eyJ/);
});

test('a wrong password is refused by the service', async () => {
  await assert.rejects(signInWithSrp(sdk, pool, { ...alice, password: 'wrong' }), {
    name: 'NotAuthorizedException',
  });
});

test('an answer whose reply got lost is sent once', async () => {
  const sends: string[] = [];
  sdk.middlewareStack.add(
    (next, { commandName = '' }) =>
      (args) => {
        sends.push(commandName);
        return next(args);
      },
    // After the SDK's own retries
    { step: 'finalizeRequest', priority: 'low', name: 'countSends' },
  );
  local.faults.add({ name: 'reset-after', operation: 'RespondToAuthChallenge' });
  try {
    await assert.rejects(signInWithSrp(sdk, pool, alice));
    assert.deepEqual(sends, ['InitiateAuthCommand', 'RespondToAuthChallengeCommand']);
  } finally {
    sdk.middlewareStack.remove('countSends');
    local.faults.clear();
  }
});

test('npm start signs in', async () => {
  const env = { ...process.env, ENDPOINT: listening.endpoint };
  const main = spawn(process.execPath, ['dist/main.js'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const [output] = await Promise.all([text(main.stdout), once(main, 'close')]);
  assert.equal(output, 'Signed in for 3600 seconds\n');
});
