/** `usePool`: a pool that the test framework starts, resets and closes. These tests use it with Jest's own hooks. */
import { createUserStore, getUser, refreshTokens, respond, signIn } from '../../../src/index.ts';
import { type TestPool, type UsePoolOptions, usePool } from '../../src/jest/index.ts';
import { PASSWORD } from '../wire.ts';

const HOUR = 3_600_000;
const alice = { username: 'alice', password: PASSWORD };
const users = [
  { ...alice, aliases: ['alice@example.com'], attributes: { email: 'alice@example.com' } },
  { username: 'bob', password: PASSWORD, mfa: { sms: '+4915100000008' } },
];

/** How an application calls the pool. */
const optionsOf = (pool: TestPool) => ({ fetch: pool.fetch, now: pool.clock.now, retryDelayMs: 1 });

describe('a pool without a port', () => {
  const pool = usePool({ users });

  test('is there while the file is read, and signs in through its fetch', async () => {
    expect(pool.client).toEqual({
      userPoolId: 'us-east-1_LocalPool',
      clientId: 'web',
      endpoint: 'http://localhost',
    });
    expect(await signIn(pool.client, alice, optionsOf(pool))).toMatchObject({ status: 'signed-in' });
  });

  test('changes with a test: users, faults, messages, the clock', async () => {
    pool.users.add({ username: 'carol', password: PASSWORD });
    pool.faults.add({ name: 'internal-error' });
    pool.clock.advance(HOUR);
    pool.faults.clear();
    const step = await signIn(pool.client, { username: 'bob', password: PASSWORD }, optionsOf(pool));
    if (step.status !== 'challenge' || step.challenge.name !== 'SMS_MFA') throw new Error('SMS_MFA expected');
    const [message] = pool.outbox;
    expect(
      await respond(pool.client, step.challenge, { code: message?.code ?? '' }, optionsOf(pool)),
    ).toMatchObject({ status: 'signed-in' });
    pool.faults.add({ name: 'internal-error' });
  });

  test('is as new in the next test', async () => {
    expect(pool.users.find('carol')).toBeUndefined();
    expect(pool.outbox).toEqual([]);
    expect(Math.abs(pool.clock.now() - Date.now())).toBeLessThan(1000);
    expect(await signIn(pool.client, alice, optionsOf(pool))).toMatchObject({ status: 'signed-in' });
  });
});

describe('its clock', () => {
  const pool = usePool({ users });
  afterEach(() => void jest.useRealTimers());

  test('ends tokens without a wait', async () => {
    const { accessToken } = await pool.issueTokens('alice');
    expect(await getUser(pool.client, { accessToken }, optionsOf(pool))).toMatchObject({ username: 'alice' });
    pool.clock.advance(2 * HOUR);
    await expect(getUser(pool.client, { accessToken }, optionsOf(pool))).rejects.toMatchObject({
      code: 'ACCESS_TOKEN_REFUSED',
    });
  });

  test('follows timers that a test fakes, and answers while they stand still', async () => {
    jest.useFakeTimers({ now: Date.UTC(2030, 0, 1) });
    expect(pool.clock.now()).toBe(Date.UTC(2030, 0, 1));
    const { accessToken } = await pool.issueTokens('alice');
    jest.advanceTimersByTime(2 * HOUR);
    expect(pool.clock.now()).toBe(Date.UTC(2030, 0, 1, 2));
    await expect(getUser(pool.client, { accessToken }, optionsOf(pool))).rejects.toMatchObject({
      code: 'ACCESS_TOKEN_REFUSED',
    });
    pool.clock.advance(HOUR);
    expect(pool.clock.now()).toBe(Date.UTC(2030, 0, 1, 3));
  });

  test('is set to a date, goes on from there, and can be set back', () => {
    jest.useFakeTimers({ now: 1_000_000 });
    pool.clock.set(new Date(Date.UTC(2040, 0, 1)));
    jest.advanceTimersByTime(5000);
    expect(pool.clock.now()).toBe(Date.UTC(2040, 0, 1, 0, 0, 5));
    pool.clock.reset();
    expect(pool.clock.now()).toBe(1_005_000);
  });

  test.each([
    ['NaN', Number.NaN],
    ['an invalid date', new Date('no date')],
    ['infinity', Number.POSITIVE_INFINITY],
  ])('refuses %s', (_, time) => {
    expect(() => pool.clock.set(time)).toThrow('time must be a finite number of milliseconds');
    expect(() => pool.clock.advance(Number(time))).toThrow('ms must be a finite number of milliseconds');
    expect(Number.isFinite(pool.clock.now())).toBe(true);
  });

  test('begins with the option now', () => {
    const { pool: other } = withHooks({ now: () => 5 });
    other.clock.advance(2);
    expect(other.clock.now()).toBe(7);
  });
});

describe('a pool with a port', () => {
  const pool = usePool({ users, listen: true });

  test('answers on it', async () => {
    expect(pool.client.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await signIn(pool.client, alice)).toMatchObject({ status: 'signed-in' });
  });

  test('keeps it through a reset', async () => {
    const { endpoint } = pool;
    pool.reset();
    expect(pool.endpoint).toBe(endpoint);
    expect((await fetch(`${endpoint}/${pool.userPoolId}/.well-known/jwks.json`)).status).toBe(200);
  });
});

/** Runs `usePool` with hooks that are kept, for what happens before and after a file. */
function withHooks(options: UsePoolOptions) {
  const kept = { beforeAll: [], afterEach: [], afterAll: [] } as Record<string, (() => unknown)[]>;
  const keep = (name: string) => (run: () => unknown) => kept[name]?.push(run);
  const hooks = { beforeAll: keep('beforeAll'), afterEach: keep('afterEach'), afterAll: keep('afterAll') };
  const run = async (name: keyof typeof hooks) => {
    for (const hook of kept[name] ?? []) await hook();
  };
  return { pool: usePool({ ...options, hooks }), run };
}

describe('the hooks', () => {
  test('open the port before the first test and close it after the last', async () => {
    const { pool, run } = withHooks({ users, listen: true });
    expect(pool.endpoint).toBe('http://localhost');
    await run('beforeAll');
    const { endpoint } = pool;
    expect((await fetch(`${endpoint}/${pool.userPoolId}/.well-known/jwks.json`)).status).toBe(200);
    const [first, second] = [await pool.listen(), await pool.listen()];
    await run('afterAll');
    for (const closed of [endpoint, first.endpoint, second.endpoint]) {
      await expect(fetch(closed)).rejects.toThrow('fetch failed');
    }
  });

  test('are asked for where there are none', () => {
    expect(() =>
      usePool({ hooks: { beforeAll } as unknown as NonNullable<UsePoolOptions['hooks']> }),
    ).toThrow('hooks must have afterEach: give those of the test framework');
  });

  test.each([[-1], [65_536], [1.5], ['9229']])('are not used for the port %p', (listen) => {
    expect(() => withHooks({ listen: listen as number })).toThrow(
      'listen must be true, false or a port from 0 to 65535',
    );
  });

  test('are not used for wrong options of a pool', () => {
    expect(() => withHooks({ users: [{ username: '' }] })).toThrow(TypeError);
  });
});

describe('the items of a user who is signed in', () => {
  const pool = usePool({ users, clients: [{ clientId: 'web' }, { clientId: 'admin' }] });

  const storageWith = async (...given: Parameters<TestPool['signedInItems']>) => {
    const items = new Map((await pool.signedInItems(...given)).map(({ name, value }) => [name, value]));
    return {
      getItem: (key: string) => items.get(key),
      setItem: (key: string, value: string) => void items.set(key, value),
      removeItem: (key: string) => void items.delete(key),
    };
  };

  test('are what the user store of the engine has stored, and its tokens work', async () => {
    const store = createUserStore(await storageWith('alice@example.com'), pool.client);
    const user = await store.load();
    expect(user?.username).toBe('alice');
    const { accessToken = '', refreshToken = '' } = user?.tokens ?? {};
    expect(await getUser(pool.client, { accessToken }, optionsOf(pool))).toMatchObject({ username: 'alice' });
    const { accessToken: next } = await refreshTokens(
      pool.client,
      { refreshToken, username: 'alice' },
      optionsOf(pool),
    );
    expect(await getUser(pool.client, { accessToken: next }, optionsOf(pool))).toMatchObject({
      username: 'alice',
    });
  });

  test('can be of another app client, and have claims and an end of their own', async () => {
    const storage = await storageWith('alice', { clientId: 'admin', expiresIn: 60, claims: { plan: 'pro' } });
    expect(await createUserStore(storage, pool.client).load()).toBeUndefined();
    const user = await createUserStore(storage, { clientId: 'admin' }).load();
    expect(user?.tokens.expiresIn).toBeGreaterThan(50);
    expect(user?.tokens.expiresIn).toBeLessThanOrEqual(60);
  });

  test('say how far the clock is ahead, as aws-amplify does', async () => {
    pool.clock.advance(HOUR);
    const items = await pool.signedInItems('alice');
    const drift = items.find(({ name }) => name.endsWith('.clockDrift'))?.value;
    expect(Math.abs(Number(drift) - HOUR)).toBeLessThan(1000);
  });

  test('are refused for a user who is not there', async () => {
    await expect(pool.signedInItems('nobody')).rejects.toThrow('username: the pool has no user "nobody"');
  });
});
