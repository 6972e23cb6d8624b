/** Tests an application against a pool in the test's own process. It needs no port and no network. */
import { poolFixtures } from 'cognito-local-pool/vitest';
import { test as base, describe, expect, vi } from 'vitest';
import { greet } from './greeting.ts';

const password = 'Correct-Horse-9';

// Each test that takes `pool` begins with these options
const test = base.extend(
  poolFixtures({
    users: [
      { username: 'alice', password, attributes: { given_name: 'Alice' } },
      { username: 'bob', password, mfa: { sms: '+4915100000008' } },
    ],
  }),
);

test('greets by name', async ({ pool }) => {
  const greeting = await greet(pool.client, { username: 'alice', password }, { fetch: pool.fetch });
  expect(greeting).toBe('Hello, Alice');
});

test('says which step comes next, and the code has been sent', async ({ pool }) => {
  const greeting = await greet(pool.client, { username: 'bob', password }, { fetch: pool.fetch });
  expect(greeting).toBe('One more step: SMS_MFA');
  expect(pool.outbox).toHaveLength(1);
});

test('outlives a service that is throttled', async ({ pool }) => {
  pool.faults.add({ name: 'throttle', operation: 'InitiateAuth', nth: 1 });
  const options = { fetch: pool.fetch, retryDelayMs: 1 };
  expect(await greet(pool.client, { username: 'alice', password }, options)).toBe('Hello, Alice');
});

describe('what a test changes', () => {
  test('holds in that test', async ({ pool }) => {
    pool.users.add({ username: 'carol', password });
    pool.clock.advance(3_600_000);
    const options = { fetch: pool.fetch, now: pool.clock.now };
    expect(await greet(pool.client, { username: 'carol', password }, options)).toBe('Hello, carol');
  });

  test('is gone in the next', async ({ pool }) => {
    expect(pool.users.find('carol')).toBeUndefined();
    expect(Math.abs(pool.clock.now() - Date.now())).toBeLessThan(1000);
  });
});

describe('tests that run at the same time have a pool each', () => {
  for (const number of [1, 2]) {
    test.concurrent(`test ${number}`, async ({ pool, expect }) => {
      pool.users.add({ username: 'dave', password });
      await new Promise((resolve) => setTimeout(resolve, 20));
      const greeting = await greet(pool.client, { username: 'dave', password }, { fetch: pool.fetch });
      expect(greeting).toBe('Hello, dave');
    });
  }
});

test('the clock follows faked timers', async ({ pool }) => {
  vi.useFakeTimers({ now: Date.UTC(2030, 0, 1) });
  try {
    expect(pool.clock.now()).toBe(Date.UTC(2030, 0, 1));
    const greeting = await greet(pool.client, { username: 'alice', password }, { fetch: pool.fetch });
    expect(greeting).toBe('Hello, Alice');
  } finally {
    vi.useRealTimers();
  }
});
