/** Users and devices are kept in a storage that takes few characters in keys and short values only. */
import fc from 'fast-check';
import { createUserPool } from '../../pool/src/index.ts';
import {
  ArgumentError,
  createUserStore,
  type KeyValueStorage,
  type SignedIn,
  signIn,
} from '../../src/index.ts';
import { client } from '../support/client.ts';
import { signedInStep } from '../support/signed-in-step.ts';

const ROOT = 'CognitoIdentityServiceProvider.web';
const EMAIL = 'ann@example.com';
const encoded = { encodeKeys: true } as const;

/** Expo's SecureStore: keys of letters, digits, ".", "-" and "_", and values of at most 2048 bytes. */
function secureStore() {
  const items = new Map<string, string>();
  const checked = (key: string) => {
    if (!/^[\w.-]+$/.test(key)) throw new Error(`Invalid key: ${key}`);
    return key;
  };
  const storage: KeyValueStorage = {
    getItem: async (key) => items.get(checked(key)) ?? null,
    setItem: async (key, value) => {
      if (Buffer.byteLength(value) > 2048) throw new Error('The value is larger than 2048 bytes');
      items.set(checked(key), value);
    },
    removeItem: async (key) => void items.delete(checked(key)),
  };
  return { items, storage };
}

/** Takes every key and every value. */
function anyStorage() {
  const items = new Map<string, string>();
  const storage: KeyValueStorage = {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
  return { items, storage };
}

const device = (username: string) => ({ username, key: 'k', groupKey: '-g', password: 'p' });
const withRefreshToken = (step: SignedIn, refreshToken: string): SignedIn => ({
  ...step,
  tokens: { ...step.tokens, refreshToken },
});

test('a user who typed an e-mail address is signed in after a restart', async () => {
  const { items, storage } = secureStore();
  const local = createUserPool({
    users: [{ username: 'u-1', password: 'Correct-Horse-9', aliases: [EMAIL] }],
  });
  const pool = { userPoolId: local.userPoolId, clientId: 'web', endpoint: 'http://127.0.0.1' };
  const plain = createUserStore(storage, pool);
  const store = createUserStore(storage, pool, encoded);
  const credentials = { username: EMAIL, password: 'Correct-Horse-9' };
  const step = await signIn(pool, credentials, { fetch: local.fetch, device: store.device });
  if (step.status !== 'signed-in') throw new Error(step.challenge.name);

  // Without the option the storage refuses the alias, and nothing stays
  await expect(plain.save(step, EMAIL)).rejects.toThrow('Invalid key');
  expect(await plain.load()).toBeUndefined();
  expect(items.size).toBe(0);

  await store.save({ ...step, device: device('u-1') }, EMAIL);
  const restarted = createUserStore(storage, pool, encoded);
  expect(await restarted.load()).toMatchObject({
    username: 'u-1',
    tokens: { accessToken: step.tokens.accessToken, refreshToken: step.tokens.refreshToken },
  });
  expect(await restarted.device(EMAIL)).toEqual(device('u-1'));

  await restarted.signOut('u-1');
  await restarted.removeDevice('u-1');
  expect(await restarted.load()).toBeUndefined();
  expect([...items]).toEqual([['CognitoSrpEngine.web.alias.ann_0040example.com', 'u-1']]);
});

test('keys that need no encoding and short values are those of the official libraries', async () => {
  const { items, storage } = secureStore();
  const step = signedInStep('u-1');
  await createUserStore(storage, client, encoded).save(step);
  expect(Object.fromEntries(items)).toMatchObject({
    [`${ROOT}.LastAuthUser`]: 'u-1',
    [`${ROOT}.u-1.accessToken`]: step.tokens.accessToken,
    [`${ROOT}.u-1.idToken`]: step.tokens.idToken,
    [`${ROOT}.u-1.refreshToken`]: step.tokens.refreshToken,
  });
});

const userNames = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
  fc.string({ unit: fc.constantFrom('_', '0', '4', 'a', '@', '.', '-', '_0040', '_part-a-0'), minLength: 1 }),
);

test('any two names keep apart, under keys that the storage takes', async () => {
  const names = fc.uniqueArray(userNames, { minLength: 2, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(names, fc.boolean(), async (usernames, long) => {
      const store = createUserStore(secureStore().storage, client, { ...encoded, prefix: '@MemoryStorage:' });
      const filler = long ? 'x'.repeat(2100) : '';
      const steps = usernames.map((username) => signedInStep(username, { filler }));
      for (const step of steps)
        await store.save({ ...step, device: device(step.username) }, `+${step.username}`);
      for (const { username, tokens } of steps) {
        const { accessToken, idToken, refreshToken } = tokens;
        expect(await store.load(username)).toMatchObject({
          username,
          tokens: { accessToken, idToken, refreshToken },
        });
        expect(await store.device(username)).toEqual(device(username));
        expect(await store.device(`+${username}`)).toEqual(device(username));
      }
    }),
    { numRuns: 50 },
  );
});

test('values of any length and any characters come back, one after the other', async () => {
  const unit = fc.constantFrom('a', 'é', '€', '😀');
  const values = fc.array(
    fc.oneof(
      fc.tuple(unit, fc.integer({ min: 1, max: 9000 })).map(([text, times]) => text.repeat(times)),
      fc.constantFrom('a'.repeat(2048), 'a'.repeat(2049), `a${'😀'.repeat(1024)}`),
      fc.constantFrom('CognitoSrpEngine:parts:a:3', 'CognitoSrpEngine:parts:b:0'),
      fc.string({ unit: 'grapheme', minLength: 1 }),
    ),
    { minLength: 1, maxLength: 4 },
  );
  await fc.assert(
    fc.asyncProperty(values, async (refreshTokens) => {
      const { items, storage } = secureStore();
      const store = createUserStore(storage, client, encoded);
      for (const refreshToken of refreshTokens) {
        await store.save(withRefreshToken(signedInStep('alice'), refreshToken));
        expect((await store.load())?.tokens.refreshToken).toBe(refreshToken);
      }
      await store.signOut('alice');
      expect(items.size).toBe(0);
    }),
    { numRuns: 50 },
  );
});

test('what was kept without the option is read, and goes with a sign-out', async () => {
  const { items, storage } = anyStorage();
  const step = { ...signedInStep(EMAIL, { filler: 'x'.repeat(4000) }), device: device(EMAIL) };
  await createUserStore(storage, client).save(step, 'Ann');
  const store = createUserStore(storage, client, encoded);
  const { accessToken, idToken, refreshToken } = step.tokens;
  expect(await store.load()).toMatchObject({
    username: EMAIL,
    tokens: { accessToken, idToken, refreshToken },
  });
  expect(await store.device('Ann')).toEqual(device(EMAIL));

  const next = signedInStep(EMAIL, { iat: 1_700_000_100 });
  await store.saveTokens(EMAIL, next.tokens);
  expect((await store.load())?.tokens.accessToken).toBe(next.tokens.accessToken);
  await store.signOut(EMAIL);
  expect(await store.load(EMAIL)).toBeUndefined();
  expect(await store.load()).toBeUndefined();
  expect([...items.keys()].filter((key) => key.includes('Token'))).toEqual([]);
});

test('a long value that was kept under its plain key is read, and replaced by parts', async () => {
  const { items, storage } = anyStorage();
  const step = signedInStep('alice', { filler: 'x'.repeat(4000) });
  await createUserStore(storage, client).save(step);
  const store = createUserStore(storage, client, encoded);
  expect((await store.load())?.tokens.accessToken).toBe(step.tokens.accessToken);
  await store.save(step);
  expect((await store.load())?.tokens.accessToken).toBe(step.tokens.accessToken);
  expect(Math.max(...[...items.values()].map((value) => Buffer.byteLength(value)))).toBeLessThanOrEqual(2048);
});

test('a value of which a part is missing is none', async () => {
  const first = secureStore();
  const step = signedInStep('alice', { filler: 'x'.repeat(4000) });
  await createUserStore(first.storage, client, encoded).save(step);
  const parts = [...first.items.keys()].filter((key) => key.includes('accessToken_part'));
  expect(parts.length).toBeGreaterThan(2);
  for (const part of parts) {
    const { items, storage } = secureStore();
    for (const [key, value] of first.items) if (key !== part) items.set(key, value);
    const store = createUserStore(storage, client, encoded);
    expect(await store.load()).toBeUndefined();
    await store.save(step);
    expect((await store.load())?.tokens.accessToken).toBe(step.tokens.accessToken);
  }
});

test.each(['yes', 1, null])('encodeKeys: %j is refused before anything is read', (encodeKeys) => {
  const make = () =>
    createUserStore(anyStorage().storage, client, { encodeKeys: encodeKeys as unknown as boolean });
  expect(make).toThrow(ArgumentError);
  expect(make).toThrow(expect.objectContaining({ code: 'OPTION_INVALID', field: 'encodeKeys' }));
});
