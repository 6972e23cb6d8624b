import {
  createTokenKeeper,
  getUser,
  globalSignOut,
  refreshTokens,
  revokeToken,
  type SignedIn,
  signIn,
  type Tokens,
} from '../../src/index.ts';
import { type ClientOptions, createUserPool, type UserPoolOptions } from '../../src/pool/index.ts';
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

test('refresh on demand', async () => {
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

test.each([
  ['garbage', 'x.y.z'],
  ['nothing', ''],
])('a refresh token that is %s is refused', async (_, refreshToken) => {
  const { client, options } = await world();
  await expect(refreshTokens(client, { refreshToken }, options)).rejects.toMatchObject({
    recovery: expect.stringMatching(/start-again|fix-configuration/),
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
