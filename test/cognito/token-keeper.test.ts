/** A token keeper refreshes once for all callers, and does not lose rotated tokens. */

import { type ClientOptions, createUserPool, type UserPoolOptions } from '../../pool/src/index.ts';
import {
  confirmNewDevice,
  createTokenKeeper,
  getUser,
  globalSignOut,
  refreshTokens,
  revokeToken,
  type SignedIn,
  signIn,
  type Tokens,
} from '../../src/index.ts';
import { PASSWORD } from './challenge-cases.ts';

const WITH_ROTATION: Partial<ClientOptions> = { refreshTokenRotation: { gracePeriodSeconds: 10 } };

async function world(clientOptions: Partial<ClientOptions> = {}, more: UserPoolOptions = {}) {
  const clock = { ms: Date.now() };
  const pool = createUserPool({
    users: [{ username: 'alice', password: PASSWORD }],
    clients: [
      {
        clientId: 'web',
        explicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
        ...clientOptions,
      },
    ],
    ...more,
    now: () => clock.ms,
  });
  const { clientSecret } = clientOptions;
  const client = {
    userPoolId: pool.userPoolId,
    clientId: 'web',
    endpoint: 'http://127.0.0.1',
    ...(clientSecret !== undefined && { clientSecret }),
  };
  const sent: string[] = [];
  const fetch: typeof pool.fetch = (url, init) => {
    sent.push(new Headers(init?.headers).get('x-amz-target')?.split('.')[1] ?? '');
    return pool.fetch(url, init);
  };
  const options = { fetch, now: () => clock.ms, retryDelayMs: 1 };
  const step = (await signIn(
    client,
    { flow: 'USER_PASSWORD_AUTH', username: 'alice', password: PASSWORD },
    options,
  )) as SignedIn;
  sent.length = 0;
  return {
    pool,
    client,
    options,
    clock,
    sent,
    tokens: step.tokens,
    refreshToken: step.tokens.refreshToken ?? '',
  };
}

test('100 callers at once: one refresh, the same tokens for all', async () => {
  const { client, options, clock, sent, tokens } = await world(WITH_ROTATION);
  const saved: Tokens[] = [];
  const keeper = createTokenKeeper(
    client,
    { username: 'alice', tokens, onTokens: (fresh) => void saved.push(fresh) },
    options,
  );
  clock.ms += 3_600_000;
  const all = await Promise.all(Array.from({ length: 100 }, () => keeper.get()));
  expect(sent).toEqual(['GetTokensFromRefreshToken']);
  expect(new Set(all.map(({ accessToken }) => accessToken)).size).toBe(1);
  expect(saved).toEqual([all[0]]);
  expect(all[0]?.refreshToken).not.toBe(tokens.refreshToken);
  expect(keeper.current()).toBe(all[0]);
});

test('tokens at hand are given without a request until a minute before their end', async () => {
  const { client, options, clock, sent, tokens } = await world();
  const keeper = createTokenKeeper(client, { username: 'alice', tokens }, options);
  clock.ms += 3_539_000;
  expect(await keeper.get()).toBe(tokens);
  expect(sent).toEqual([]);
  clock.ms += 2_000;
  expect((await keeper.get()).accessToken).not.toBe(tokens.accessToken);
});

test('the end is counted from the reply: a clock that is ten years off changes nothing', async () => {
  const { client, options, clock, sent, tokens } = await world();
  const off = 10 * 365 * 86_400_000;
  const wrong = { ...options, now: () => clock.ms - off };
  const step = await refreshTokens(client, { refreshToken: tokens.refreshToken ?? '' }, wrong);
  sent.length = 0;
  const keeper = createTokenKeeper(client, { username: 'alice', tokens: step }, wrong);
  expect(await keeper.get()).toBe(step);
  clock.ms += 3_600_000;
  expect(await keeper.get()).not.toBe(step);
  expect(sent).toHaveLength(1);
});

test('a refresh on demand gives new tokens', async () => {
  const { client, options, tokens } = await world();
  const keeper = createTokenKeeper(client, { username: 'alice', tokens }, options);
  expect(await keeper.get({ refresh: true })).not.toBe(tokens);
});

test('new tokens that could not be saved are not lost: they are saved at the next call', async () => {
  const { client, options, clock, sent, tokens } = await world(WITH_ROTATION);
  let full = true;
  const saved: Tokens[] = [];
  const onTokens = (fresh: Tokens) => {
    if (full) throw new Error('disk full');
    saved.push(fresh);
  };
  const keeper = createTokenKeeper(client, { username: 'alice', tokens, onTokens }, options);
  clock.ms += 3_600_000;
  await expect(keeper.get()).rejects.toThrow('disk full');
  full = false;
  const fresh = await keeper.get();
  expect(sent).toHaveLength(1);
  expect(saved).toEqual([fresh]);
});

test.each(['reset-after', 'truncated-body'] as const)(
  'a refresh whose reply is lost (%s) under rotation recovers within the grace period',
  async (name) => {
    const { pool, client, options, refreshToken, sent } = await world(WITH_ROTATION);
    pool.faults.add({ name, operation: 'GetTokensFromRefreshToken', nth: 1 });
    const first = await refreshTokens(client, { refreshToken }, options).catch(() =>
      refreshTokens(client, { refreshToken }, options),
    );
    expect(sent).toHaveLength(2);
    const second = await refreshTokens(client, { refreshToken: first.refreshToken ?? '' }, options);
    expect(second.refreshToken).not.toBe(first.refreshToken);
  },
);

test('an old refresh token after its grace period is REFRESH_TOKEN_REUSED', async () => {
  const { client, options, refreshToken, clock } = await world(WITH_ROTATION);
  await refreshTokens(client, { refreshToken }, options);
  clock.ms += 11_000;
  await expect(refreshTokens(client, { refreshToken }, options)).rejects.toMatchObject({
    code: 'REFRESH_TOKEN_REUSED',
    recovery: 'start-again',
  });
});

test('without rotation the old refresh token stays', async () => {
  const { client, options, refreshToken } = await world();
  expect(await refreshTokens(client, { refreshToken }, options)).toMatchObject({ refreshToken });
});

test.each(['GetTokensFromRefreshToken', 'REFRESH_TOKEN_AUTH'] as const)(
  'a client with a secret, by %s',
  async (method) => {
    const { client, options, refreshToken } = await world({ clientSecret: 'shh' });
    const input = { refreshToken, username: 'alice', method };
    expect(await refreshTokens(client, input, options)).toMatchObject({ refreshToken });
  },
);

test('REFRESH_TOKEN_AUTH of a client with a secret needs the canonical name', async () => {
  const { client, options, refreshToken, sent } = await world({ clientSecret: 'shh' });
  await expect(
    refreshTokens(client, { refreshToken, method: 'REFRESH_TOKEN_AUTH' }, options),
  ).rejects.toMatchObject({ code: 'USERNAME_INVALID' });
  expect(sent).toEqual([]);
});

test('an endpoint that does not know GetTokensFromRefreshToken is asked by REFRESH_TOKEN_AUTH', async () => {
  const { client, options, refreshToken, pool } = await world();
  const fetch: typeof pool.fetch = async (url, init) => {
    const target = new Headers(init?.headers).get('x-amz-target') ?? '';
    if (!target.endsWith('GetTokensFromRefreshToken')) return pool.fetch(url, init);
    return new Response('{"__type":"UnknownOperationException"}', { status: 400 });
  };
  expect(await refreshTokens(client, { refreshToken }, { ...options, fetch })).toMatchObject({
    refreshToken,
  });
});

test('a refresh token that is garbage is refused', async () => {
  const { client, options } = await world();
  await expect(refreshTokens(client, { refreshToken: 'x.y.z' }, options)).rejects.toMatchObject({
    recovery: expect.stringMatching(/start-again|fix-configuration/),
  });
});

test('a refresh token that is nothing is refused before anything is sent', async () => {
  const { client, options } = await world();
  await expect(refreshTokens(client, { refreshToken: '' }, options)).rejects.toMatchObject({
    name: 'ArgumentError',
    field: 'refreshToken',
  });
});

test('a revoked refresh token, and the access tokens that came of it, are refused', async () => {
  const { client, options, refreshToken, tokens } = await world();
  await revokeToken(client, { refreshToken }, options);
  await expect(refreshTokens(client, { refreshToken }, options)).rejects.toMatchObject({
    code: 'REFRESH_TOKEN_REFUSED',
    recovery: 'start-again',
  });
  await expect(getUser(client, tokens, options)).rejects.toMatchObject({ code: 'ACCESS_TOKEN_REFUSED' });
});

test('globalSignOut ends every token', async () => {
  const { client, options, refreshToken, tokens } = await world();
  await globalSignOut(client, tokens, options);
  await expect(refreshTokens(client, { refreshToken }, options)).rejects.toMatchObject({
    code: 'REFRESH_TOKEN_REFUSED',
  });
  await expect(getUser(client, tokens, options)).rejects.toMatchObject({ code: 'ACCESS_TOKEN_REFUSED' });
});

test('without a refresh token the user has to sign in again', async () => {
  const { client, options, clock, tokens } = await world();
  const keeper = createTokenKeeper(
    client,
    { username: 'alice', tokens: { ...tokens, refreshToken: undefined } },
    options,
  );
  clock.ms += 3_600_000;
  await expect(keeper.get()).rejects.toMatchObject({
    code: 'TOKEN_INVALID',
    recovery: 'start-again',
  });
});

test("another user's refresh token is not taken for one's own", async () => {
  const { client, options, refreshToken } = await world();
  await expect(refreshTokens(client, { username: 'bob', refreshToken }, options)).rejects.toMatchObject({
    code: 'TOKEN_INVALID',
    field: 'username',
  });
});

describe('two keepers on one store, with rotation', () => {
  const twoTabs = async (gracePeriodSeconds = 0) => {
    const w = await world({ refreshTokenRotation: { gracePeriodSeconds } });
    let stored: Tokens = w.tokens;
    const tab = () =>
      createTokenKeeper(
        w.client,
        {
          username: 'alice',
          tokens: w.tokens,
          onTokens: (tokens) => {
            stored = tokens;
          },
          load: async () => stored,
        },
        w.options,
      );
    return { ...w, first: tab(), second: tab(), stored: () => stored };
  };

  test("the second takes over the first one's tokens, and asks for none", async () => {
    const { first, second, clock, sent } = await twoTabs();
    clock.ms += 3_600_000;
    const tokens = await first.get();
    expect(await second.get()).toEqual(tokens);
    expect(sent).toEqual(['GetTokensFromRefreshToken']);
  });

  test('the second asks with the refresh token of the first, not with the spent one', async () => {
    const { first, second, clock, stored } = await twoTabs();
    await first.get({ refresh: true });
    clock.ms += 3_600_000 + 120_000;
    expect(await second.get()).toEqual(stored());
  });

  test('asked for new ones in any case, the second begins with those of the first', async () => {
    const { first, second, clock, sent } = await twoTabs();
    clock.ms += 1000;
    const { accessToken } = await first.get({ refresh: true });
    expect((await second.get({ refresh: true })).accessToken).not.toBe(accessToken);
    expect(sent).toEqual(['GetTokensFromRefreshToken', 'GetTokensFromRefreshToken']);
  });

  test('tokens of another tab that seem to end a moment before those at hand are taken', async () => {
    const { client, options, tokens, first, stored } = await twoTabs();
    await first.get({ refresh: true });
    const newer = stored();
    // The refresh token at hand is spent, so only the stored one gives new tokens
    const keeper = createTokenKeeper(
      client,
      {
        username: 'alice',
        tokens: { ...tokens, expiresAt: newer.expiresAt + 999 },
        load: async () => newer,
      },
      options,
    );
    const renewed = await keeper.get({ refresh: true });
    expect(renewed.refreshToken).not.toBe(newer.refreshToken);
  });

  test('both at once, the second too late: it takes what the first was given', async () => {
    const { first, second, clock, client, options, tokens } = await twoTabs();
    clock.ms += 3_600_000;
    // The store still has the old tokens when the second looks there
    let reads = 0;
    const spent = createTokenKeeper(
      client,
      {
        username: 'alice',
        tokens,
        load: async () => {
          reads += 1;
          return reads === 1 ? tokens : first.get();
        },
      },
      options,
    );
    await first.get();
    expect(await spent.get()).toEqual(await first.get());
    expect((await second.get()).accessToken).toBe((await first.get()).accessToken);
  });

  test('a refresh runs inside `exclusive`', async () => {
    const { client, options, tokens, clock, sent } = await twoTabs(10);
    const seen: string[] = [];
    const keeper = createTokenKeeper(
      client,
      {
        username: 'alice',
        tokens,
        exclusive: async (work) => {
          seen.push('in');
          const result = await work();
          seen.push(...sent, 'out');
          return result;
        },
      },
      options,
    );
    clock.ms += 3_600_000;
    await keeper.get();
    expect(seen).toEqual(['in', 'GetTokensFromRefreshToken', 'out']);
  });

  test('older tokens in the store are not taken back', async () => {
    const { client, options, tokens, clock } = await twoTabs(10);
    const keeper = createTokenKeeper(
      client,
      { username: 'alice', tokens, load: async () => tokens },
      options,
    );
    clock.ms += 3_600_000;
    const renewed = await keeper.get();
    clock.ms += 3_600_000;
    const again = await keeper.get();
    expect(new Set([tokens, renewed, again].map(({ refreshToken }) => refreshToken)).size).toBe(3);
  });

  test('a store without tokens does not prevent a refresh', async () => {
    const { client, options, tokens, clock } = await twoTabs();
    const keeper = createTokenKeeper(
      client,
      { username: 'alice', tokens, load: async () => undefined },
      options,
    );
    clock.ms += 3_600_000;
    expect((await keeper.get()).accessToken).not.toBe(tokens.accessToken);
  });
});

describe('a refresh whose reply is lost, under rotation', () => {
  test.each(['reset-after', 'truncated-body', 'slow'] as const)('%s: the keeper asks again', async (name) => {
    const { pool, client, options, tokens, clock, sent } = await world(WITH_ROTATION);
    pool.faults.add({ name, operation: 'GetTokensFromRefreshToken', nth: 1, delay: 60_000 });
    const keeper = createTokenKeeper(client, { username: 'alice', tokens }, { ...options, timeoutMs: 1000 });
    clock.ms += 3_600_000;
    const renewed = await keeper.get();
    expect(renewed.refreshToken).not.toBe(tokens.refreshToken);
    expect(sent).toEqual(['GetTokensFromRefreshToken', 'GetTokensFromRefreshToken']);
    await expect(getUser(client, renewed, options)).resolves.toMatchObject({ username: 'alice' });
  });
});

describe('a refresh on demand, while another call is under way', () => {
  test('sends its request after the request of the other', async () => {
    const { client, options, clock, sent, tokens } = await world(WITH_ROTATION);
    const keeper = createTokenKeeper(client, { username: 'alice', tokens }, options);
    clock.ms += 3_600_000;
    const [plain, forced, joined] = await Promise.all([
      keeper.get(),
      keeper.get({ refresh: true }),
      keeper.get(),
    ]);
    expect(sent).toEqual(['GetTokensFromRefreshToken', 'GetTokensFromRefreshToken']);
    expect(forced.refreshToken).not.toBe(plain.refreshToken);
    expect(joined).toBe(forced);
    expect(keeper.current()).toBe(forced);
  });

  test('sends a request where the other only takes the stored tokens', async () => {
    const { client, options, clock, sent, tokens } = await world();
    const stored = { ...tokens, accessToken: `${tokens.accessToken}x`, expiresAt: clock.ms + 7_200_000 };
    const keeper = createTokenKeeper(
      client,
      { username: 'alice', tokens, load: async () => (sent.length === 0 ? stored : undefined) },
      options,
    );
    clock.ms += 3_600_000;
    const [plain, forced] = await Promise.all([keeper.get(), keeper.get({ refresh: true })]);
    expect(plain).toBe(stored);
    expect(forced.accessToken).not.toBe(stored.accessToken);
    expect(sent).toEqual(['GetTokensFromRefreshToken']);
  });

  test('rejects with its own failure where the request fails', async () => {
    const { pool, client, options, tokens, clock } = await world();
    const keeper = createTokenKeeper(client, { username: 'alice', tokens }, { ...options, maxAttempts: 1 });
    pool.faults.add({ name: 'reset-before', operation: 'GetTokensFromRefreshToken' });
    clock.ms += 3_570_000;
    const plain = keeper.get();
    await expect(keeper.get({ refresh: true })).rejects.toMatchObject({ code: 'NETWORK_FAILED' });
    expect(await plain).toBe(tokens);
  });
});

test.each<[string, () => Promise<Tokens>]>([
  ['rejects', async () => Promise.reject(new Error('disk'))],
  [
    'throws',
    () => {
      throw new Error('disk');
    },
  ],
])('a store that %s does not prevent a refresh', async (_, load) => {
  const { client, options, tokens, clock } = await world();
  const keeper = createTokenKeeper(client, { username: 'alice', tokens, load }, options);
  clock.ms += 3_600_000;
  expect((await keeper.get()).accessToken).not.toBe(tokens.accessToken);
});

test('an `exclusive` that throws at once rejects the call', async () => {
  const { client, options, tokens, clock } = await world();
  const exclusive = () => {
    throw new Error('no locks');
  };
  const keeper = createTokenKeeper(client, { username: 'alice', tokens, exclusive }, options);
  clock.ms += 3_600_000;
  await expect(keeper.get()).rejects.toThrow('no locks');
});

test('in the last minute of a token, a failing network does not make the call fail', async () => {
  const { pool, client, options, tokens, clock } = await world();
  const keeper = createTokenKeeper(client, { username: 'alice', tokens }, { ...options, maxAttempts: 1 });
  pool.faults.add({ name: 'reset-before', operation: 'GetTokensFromRefreshToken' });
  clock.ms += 3_570_000;
  expect(await keeper.get()).toEqual(tokens);
  await expect(keeper.get({ refresh: true })).rejects.toMatchObject({ code: 'NETWORK_FAILED' });
  clock.ms += 60_000;
  await expect(keeper.get()).rejects.toMatchObject({ code: 'NETWORK_FAILED', recovery: 'try-later' });
});

test('the device that signed in is read from the access token', async () => {
  const more = { devices: { challengeRequiredOnNewDevice: true } };
  const { client, options, clock } = await world({}, more);
  const credentials = { flow: 'USER_PASSWORD_AUTH', username: 'alice', password: PASSWORD } as const;
  const first = await signIn(client, credentials, options);
  if (first.status !== 'signed-in') throw new Error('Not signed in');
  const { device } = await confirmNewDevice(client, first, {}, options);
  const again = await signIn(client, credentials, { ...options, device });
  if (again.status !== 'signed-in') throw new Error('Not signed in');
  expect(again.device).toBeUndefined();
  // As the README has it, for a user who comes back
  const keeper = createTokenKeeper(
    client,
    { username: again.username, tokens: again.tokens, deviceKey: again.device?.key },
    options,
  );
  clock.ms += 3_600_000;
  expect((await keeper.get()).accessToken).not.toBe(again.tokens.accessToken);
});

test.each([undefined, null, 'tomorrow', {}, [[1]]])(
  'tokens whose end is %j are refreshed',
  async (expiresAt) => {
    const { client, options, tokens, sent } = await world();
    // They come from a storage that somebody has changed
    const damaged = { ...tokens, expiresAt } as unknown as Tokens;
    const keeper = createTokenKeeper(client, { username: 'alice', tokens: damaged }, options);
    expect((await keeper.get()).expiresAt).toBeGreaterThan(0);
    expect(sent).toEqual(['GetTokensFromRefreshToken']);
  },
);
