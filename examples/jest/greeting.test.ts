/** Tests an application against a pool in the test's own process. It needs no port and no network. */
import { usePool } from 'cognito-local-pool/jest';
import { greet } from './greeting.ts';

const password = 'Correct-Horse-9';

// Jest resets it after each test
const pool = usePool({
  users: [
    { username: 'alice', password, attributes: { given_name: 'Alice' } },
    { username: 'bob', password, mfa: { sms: '+4915100000008' } },
  ],
});
const options = { fetch: pool.fetch, now: pool.clock.now, retryDelayMs: 1 };

test('greets by name', async () => {
  expect(await greet(pool.client, { username: 'alice', password }, options)).toBe('Hello, Alice');
});

test('says which step comes next, and the code has been sent', async () => {
  expect(await greet(pool.client, { username: 'bob', password }, options)).toBe('One more step: SMS_MFA');
  expect(pool.outbox).toHaveLength(1);
});

test('hands on the refusal', async () => {
  await expect(greet(pool.client, { username: 'alice', password: 'wrong' }, options)).rejects.toMatchObject({
    code: 'INCORRECT_USERNAME_OR_PASSWORD',
  });
});

test('outlives a service that is throttled', async () => {
  pool.faults.add({ name: 'throttle', operation: 'InitiateAuth', nth: 1 });
  expect(await greet(pool.client, { username: 'alice', password }, options)).toBe('Hello, Alice');
});

test('greets somebody whom this test alone has added', async () => {
  pool.users.add({ username: 'carol', password });
  expect(await greet(pool.client, { username: 'carol', password }, options)).toBe('Hello, carol');
});

test('begins with the options again', () => {
  expect(pool.users.all().map(({ username }) => username)).toEqual(['alice', 'bob']);
  expect(pool.outbox).toEqual([]);
});
