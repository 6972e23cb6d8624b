/** Tests an application against a pool in the test's own process. It needs no port and no network. */
import { createUserPool } from 'cognito-local-pool';
import { greet } from './greeting.ts';

const password = 'Correct-Horse-9';

function world() {
  const pool = createUserPool({
    users: [
      { username: 'alice', password, attributes: { given_name: 'Alice' } },
      { username: 'bob', password, mfa: { sms: '+4915100000008' } },
    ],
  });
  const client = { userPoolId: pool.userPoolId, clientId: 'web', endpoint: 'http://127.0.0.1' };
  return { pool, client, options: { fetch: pool.fetch, retryDelayMs: 1 } };
}

test('greets by name', async () => {
  const { client, options } = world();
  expect(await greet(client, { username: 'alice', password }, options)).toBe('Hello, Alice');
});

test('says which step comes next', async () => {
  const { client, options } = world();
  expect(await greet(client, { username: 'bob', password }, options)).toBe('One more step: SMS_MFA');
});

test('hands on the refusal', async () => {
  const { client, options } = world();
  await expect(greet(client, { username: 'alice', password: 'wrong' }, options)).rejects.toMatchObject({
    code: 'INCORRECT_USERNAME_OR_PASSWORD',
  });
});

test('outlives a service that is throttled', async () => {
  const { pool, client, options } = world();
  pool.faults.add({ name: 'throttle', operation: 'InitiateAuth', nth: 1 });
  expect(await greet(client, { username: 'alice', password }, options)).toBe('Hello, Alice');
});
