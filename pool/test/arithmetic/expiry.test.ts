/** What has expired is not kept: by stores, by grants and by codes. */
import { sendRequest } from '../../../test/support/pool-calls.ts';
import { createCodes } from '../../src/domain/codes.ts';
import { createExpiringStore } from '../../src/domain/expiring-store.ts';
import { createGrants } from '../../src/domain/grants.ts';
import { createRandom } from '../../src/domain/randomness.ts';
import { createUserPool, type TokenOptions } from '../../src/index.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

test('a store drops an entry at its end, without another one coming', () => {
  let time = 0;
  const store = createExpiringStore<string>(1000, () => time);
  store.put('key', 'value');
  time = 999;
  store.sweep();
  expect(store.get('key')).toEqual({ value: 'value', expired: false });
  time = 1000;
  expect(store.get('key')).toEqual({ value: 'value', expired: true });
  store.sweep();
  expect(store.size).toBe(0);
});

test('a store whose refusals differ keeps an entry for its lifetime once more', () => {
  let time = 0;
  const store = createExpiringStore<string>(1000, () => time, true);
  store.put('key', 'value');
  time = 1999;
  store.sweep();
  expect(store.get('key')).toEqual({ value: 'value', expired: true });
  time = 2000;
  store.sweep();
  expect(store.get('key')).toBeUndefined();
});

test('a store whose entries keep coming drops those that have expired', () => {
  let time = 0;
  const store = createExpiringStore<number>(60_000, () => time);
  for (let i = 0; i < 1000; i++) {
    time += 1000;
    store.put(`key ${i}`, i);
  }
  // What came in the last minute, and in the minute since the last sweep
  expect(store.size).toBeLessThanOrEqual(120);
});

test('a grant and its refresh token are unknown after twice their time', () => {
  const { users } = createUserPool({ users: [{ username: 'alice', password: 'Correct-Horse-9' }] });
  const [user] = users.all();
  if (!user) throw new Error('no user');
  const grants = createGrants(createRandom());
  const signIn = { deviceKey: undefined, methods: [], hasLevel: false, tracked: false };
  const { token } = grants.open(user, { ClientId: 'web', secrets: [], RefreshTokenValidity: 1 }, signIn, 0);
  grants.sweep(2 * DAY_MS - 1);
  expect(grants.find(token)?.grant.clientId).toBe('web');
  grants.sweep(2 * DAY_MS);
  expect(grants.find(token)).toBeUndefined();
});

/** A sign-in whose refresh token is valid for six minutes, so that nobody asks for its grant after twelve. */
async function shortSignIn(tokenOptions: TokenOptions) {
  let time = Date.UTC(2026, 10, 27);
  const pool = createUserPool({
    clients: [
      { clientId: 'web', refreshTokenValidity: 6, tokenValidityUnits: { refreshToken: 'minutes' } },
      { clientId: 'other' },
    ],
    users: [
      { username: 'alice', password: 'Correct-Horse-9' },
      { username: 'bob', password: 'Correct-Horse-9' },
    ],
    now: () => time,
  });
  const { accessToken, refreshToken } = await pool.issueTokens('alice', { clientId: 'web', ...tokenOptions });
  const refuse = async (operation: string, input: object) => {
    const answer = await sendRequest(pool, operation, input);
    return ((await answer.json()) as { readonly message?: string }).message;
  };
  return {
    /** Moves the clock. A sign-in of another user then removes what is forgotten. */
    wait: async (minutes: number) => {
      time += minutes * MINUTE_MS;
      await pool.issueTokens('bob', { clientId: 'other' });
    },
    signOut: () => refuse('GlobalSignOut', { AccessToken: accessToken }),
    getUser: () => refuse('GetUser', { AccessToken: accessToken }),
    refresh: () => refuse('GetTokensFromRefreshToken', { ClientId: 'web', RefreshToken: refreshToken }),
  };
}

test('a grant whose tokens live for minutes is not kept for a day', async () => {
  const { wait, refresh } = await shortSignIn({ expiresIn: 300 });
  await wait(7);
  expect(await refresh()).toBe('Refresh Token has expired');
  await wait(5);
  expect(await refresh()).toBe('Invalid Refresh Token');
});

test('a grant is kept until its access token expires, so that it stays revoked', async () => {
  const { wait, signOut, getUser } = await shortSignIn({ expiresIn: 86_400 });
  expect(await signOut()).toBeUndefined();
  await wait(23 * 60);
  expect(await getUser()).toBe('Access Token has been revoked');
});

test('a grant of tokens that never expire is kept for a day', async () => {
  const claims = { exp: null };
  const { wait, signOut, getUser } = await shortSignIn({ idTokenClaims: claims, accessTokenClaims: claims });
  expect(await signOut()).toBeUndefined();
  await wait(24 * 60);
  expect(await getUser()).toBe('Access Token has been revoked');
});

test('a code is refused in the same way before and after it was dropped', () => {
  let time = 0;
  const codes = createCodes(
    createRandom(),
    () => time,
    () => 'sub',
  );
  const code = codes.make();
  codes.keep('ConfirmForgotPassword', 'alice', { to: 'alice@example.com', medium: 'EMAIL' }, code);
  const confirm = () => codes.confirm('ConfirmForgotPassword', 'alice', code);
  expect(confirm().to).toBe('alice@example.com');
  time = 3_600_000;
  expect(confirm).toThrow('Invalid code provided, please request a code again.');
  codes.sweep();
  expect(confirm).toThrow('Invalid code provided, please request a code again.');
});
