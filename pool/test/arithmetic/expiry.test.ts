/** What has expired is not kept: by stores, by grants and by codes. */
import { createCodes } from '../../src/domain/codes.ts';
import { createExpiringStore } from '../../src/domain/expiring-store.ts';
import { createGrants } from '../../src/domain/grants.ts';
import { createRandom } from '../../src/domain/randomness.ts';
import { createUserPool } from '../../src/index.ts';

const DAY_MS = 86_400_000;

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
  const signIn = { deviceKey: undefined, methods: [], hasLevel: false };
  const { token } = grants.open(user, { ClientId: 'web', secrets: [], RefreshTokenValidity: 1 }, signIn, 0);
  grants.sweep(2 * DAY_MS - 1);
  expect(grants.find(token)?.grant.clientId).toBe('web');
  grants.sweep(2 * DAY_MS);
  expect(grants.find(token)).toBeUndefined();
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
