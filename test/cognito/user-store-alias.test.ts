/** A sign-in that a library has kept under an alias stays one user's, whatever is done with it by the canonical name. */
import {
  createUserStore,
  type KeyValueStorage,
  type SignedIn,
  type Tokens,
  type UserStore,
  type UserStoreOptions,
} from '../../src/index.ts';
import { client } from '../support/client.ts';
import { signedInStep } from '../support/signed-in-step.ts';
import { jwt, ROOT, recorded } from './user-store-world.ts';

const ALIAS = 'ann@example.com';
const OWNER = 'u-1';
const NOW = 1_700_000_010_000;
const LAST_USER = `${ROOT}.LastAuthUser`;
const DEVICE = { key: 'eu-west-1_0a', groupKey: '-g', password: 'p' };

const tokensAt = (iat: number, refreshToken: string | undefined, claims = {}): Tokens => ({
  accessToken: jwt({ username: OWNER, iat, exp: iat + 3600 }),
  idToken: jwt({ 'cognito:username': OWNER, email: ALIAS, iat, ...claims }),
  refreshToken,
  expiresIn: iat + 3600 - NOW / 1000,
  expiresAt: (iat + 3600) * 1000,
  tokenType: 'Bearer',
});
const OLD = tokensAt(1_700_000_000, 'the old one');
const NEW = tokensAt(1_700_000_005, 'the new one');
const step: SignedIn = { status: 'signed-in', username: OWNER, tokens: NEW };

/** What aws-amplify keeps after a sign-in by USER_PASSWORD_AUTH, under the name that was typed. */
function itemsOfAmplify(name = ALIAS, tokens = OLD): Map<string, string> {
  const user = `${ROOT}.${name}`;
  return new Map([
    [LAST_USER, name],
    [`${user}.accessToken`, tokens.accessToken],
    [`${user}.idToken`, tokens.idToken],
    [`${user}.refreshToken`, tokens.refreshToken ?? ''],
    [`${user}.clockDrift`, '-10000'],
    [`${user}.signInDetails`, JSON.stringify({ loginId: name, authFlowType: 'USER_PASSWORD_AUTH' })],
    [`${user}.deviceKey`, DEVICE.key],
    [`${user}.deviceGroupKey`, DEVICE.groupKey],
    [`${user}.randomPasswordKey`, DEVICE.password],
  ]);
}

const open = (storage: KeyValueStorage, options: UserStoreOptions = {}) =>
  createUserStore(storage, client, { now: () => NOW, ...options });

function start(options: UserStoreOptions = {}, initial = itemsOfAmplify()) {
  const { items, storage } = recorded(initial);
  const keysWith = (text: string) => [...items.keys()].filter((key) => key.includes(text));
  return { items, storage, keysWith, store: open(storage, options) };
}

const SETUPS: readonly (readonly [string, UserStoreOptions])[] = [
  ['aws-amplify', {}],
  ['amazon-cognito-identity-js', { layout: 'amazon-cognito-identity-js' }],
  ['encoded keys', { encodeKeys: true }],
];

describe.each(SETUPS)('%s', (_, options) => {
  test('is found by the canonical name, with its device', async () => {
    const { store, items } = start(options);
    const kept = new Map(items);
    expect(await store.load()).toEqual({ username: OWNER, tokens: OLD });
    expect(await store.load(OWNER)).toEqual({ username: OWNER, tokens: OLD });
    for (const name of [ALIAS, OWNER]) {
      expect(await store.device(name)).toEqual({ username: OWNER, ...DEVICE });
    }
    expect(items).toEqual(kept);
  });

  test('ends with a sign-out, and only the device stays', async () => {
    const { store, items, storage } = start(options);
    await store.signOut(OWNER);
    for (const reader of [store, open(storage, options)]) {
      expect(await reader.load()).toBeUndefined();
      expect(await reader.load(OWNER)).toBeUndefined();
      expect(await reader.device(ALIAS)).toEqual(DEVICE);
    }
    expect([...items.keys()].sort()).toEqual(
      ['deviceGroupKey', 'deviceKey', 'randomPasswordKey'].map((name) => `${ROOT}.${ALIAS}.${name}`),
    );
  });

  test.each<[string, (store: UserStore) => Promise<void>, Tokens]>([
    ['new tokens', (store) => store.saveTokens(OWNER, NEW), NEW],
    [
      'new tokens with the refresh token of before',
      (store) => store.saveTokens(OWNER, { ...NEW, refreshToken: undefined }),
      { ...NEW, refreshToken: OLD.refreshToken },
    ],
    ['a new sign-in', (store) => store.save(step), NEW],
    ['a new sign-in by another alias', (store) => store.save(step, 'ann'), NEW],
    ['a new device', (store) => store.saveDevice({ username: OWNER, ...DEVICE }), OLD],
  ])('moves to the canonical name with %s', async (_title, write, tokens) => {
    const { store, storage, keysWith } = start(options);
    await write(store);
    for (const reader of [store, open(storage, options)]) {
      expect(await reader.load()).toEqual({ username: OWNER, tokens });
      expect(await reader.load(OWNER)).toEqual({ username: OWNER, tokens });
      for (const name of [ALIAS, OWNER]) {
        expect(await reader.device(name)).toEqual({ username: OWNER, ...DEVICE });
      }
    }
    expect(await storage.getItem(LAST_USER)).toBe(OWNER);
    expect(await storage.getItem(`${ROOT}.${OWNER}.signInDetails`)).toContain(ALIAS);
    expect(keysWith(`${ROOT}.ann`)).toEqual([]);
    await store.signOut(OWNER);
    expect(await store.load()).toBeUndefined();
    expect(keysWith('oken')).toEqual([]);
  });

  test.each([ALIAS, OWNER])('has a device that is removed by the name %s', async (name) => {
    const { store, keysWith } = start(options);
    await store.removeDevice(name);
    expect(await store.device(ALIAS)).toBeUndefined();
    expect(await store.device(OWNER)).toBeUndefined();
    expect(keysWith('evice')).toEqual([]);
    expect(await store.load()).toEqual({ username: OWNER, tokens: OLD });
  });

  test('stays the user’s when another one signs in', async () => {
    const { store } = start(options);
    await store.save(signedInStep('bob'));
    expect((await store.load())?.username).toBe('bob');
    expect(await store.load(OWNER)).toEqual({ username: OWNER, tokens: OLD });
    await store.signOut(OWNER);
    expect(await store.load(OWNER)).toBeUndefined();
    expect((await store.load())?.username).toBe('bob');
  });
});

test('an earlier sign-in under the canonical name gives way, and nothing of the two is mixed', async () => {
  const { store, items } = start();
  for (const [name, value] of [
    ['refreshToken', 'of long ago'],
    ['oauthMetadata', 'of long ago'],
    ['deviceKey', 'eu-west-1_0b'],
  ] as const) {
    items.set(`${ROOT}.${OWNER}.${name}`, value);
  }
  items.delete(`${ROOT}.${ALIAS}.randomPasswordKey`);
  const { password: _, ...damaged } = DEVICE;
  expect(await store.device(OWNER)).toEqual({ username: OWNER, ...damaged });
  await store.saveTokens(OWNER, { ...NEW, refreshToken: undefined });
  expect((await store.load(OWNER))?.tokens.refreshToken).toBe('the old one');
  expect(await store.device(OWNER)).toEqual({ username: OWNER, ...damaged });
  expect([...items.values()]).not.toContain('of long ago');
});

test('a device under the alias and one under the canonical name are both removed', async () => {
  const { store, keysWith } = start();
  const [key] = keysWith('deviceKey');
  expect(key).toBe(`${ROOT}.${ALIAS}.deviceKey`);
  const other = start({}, new Map([...itemsOfAmplify(), [`${ROOT}.${OWNER}.deviceKey`, 'eu-west-1_0b']]));
  await other.store.removeDevice(OWNER);
  expect(other.keysWith('evice')).toEqual([]);
  await store.removeDevice('bob');
  expect(keysWith('deviceKey')).toEqual([key]);
});

test('items whose ID token does not have the alias are nobody’s, and stay', async () => {
  const initial = itemsOfAmplify(ALIAS, tokensAt(1_700_000_000, 'r', { email: 'eve@example.com' }));
  const { store, items } = start({}, initial);
  expect(await store.load(OWNER)).toBeUndefined();
  await store.signOut(OWNER);
  expect(items).toEqual(initial);
  await store.saveTokens(OWNER, NEW);
  expect(await store.load(OWNER)).toEqual({ username: OWNER, tokens: NEW });
  for (const [key, value] of initial) expect([key, items.get(key)]).toEqual([key, value]);
});

test('a user whose name is the alias of another one is not mixed up with that one', async () => {
  const tokens = tokensAt(1_700_000_000, 'the old one', { preferred_username: 'bob' });
  const { store } = start({}, itemsOfAmplify('bob', tokens));
  const bob = signedInStep('bob');
  await store.save({ ...bob, tokens: { ...bob.tokens, refreshToken: undefined } });
  const loaded = await store.load('bob');
  expect([loaded?.username, loaded?.tokens.accessToken]).toEqual(['bob', bob.tokens.accessToken]);
  expect(loaded?.tokens.refreshToken).toBeUndefined();
  expect(await store.load(OWNER)).toEqual({ username: OWNER, tokens });
});

/** A storage whose changes fail from one on, or once. */
function failing(initial: ReadonlyMap<string, string>, at: number, lasting = false) {
  const { items, storage } = recorded(initial);
  let changes = 0;
  let broken = true;
  const change = (work: () => void) => {
    changes += 1;
    if (broken && (lasting ? changes >= at : changes === at)) throw new Error('The storage failed');
    work();
  };
  const failingStorage: KeyValueStorage = {
    getItem: storage.getItem,
    setItem: (key, value) => change(() => void storage.setItem(key, value)),
    removeItem: (key) => change(() => void storage.removeItem(key)),
  };
  const mend = () => {
    broken = false;
  };
  return { items, storage: failingStorage, mend, changes: () => changes };
}

/** Tries a failure at each change that a whole run makes. */
async function atEachChange(
  options: UserStoreOptions,
  run: (store: UserStore) => Promise<void>,
  check: (world: ReturnType<typeof failing>, what: string) => Promise<void>,
): Promise<void> {
  const whole = failing(itemsOfAmplify(), Number.POSITIVE_INFINITY);
  await run(open(whole.storage, options));
  expect(whole.changes()).toBeGreaterThan(5);
  for (const lasting of [false, true]) {
    for (let at = 1; at <= whole.changes(); at++) {
      const world = failing(itemsOfAmplify(), at, lasting);
      await run(open(world.storage, options)).catch(() => {});
      world.mend();
      await check(world, `change ${at} of ${whole.changes()}, lasting: ${lasting}`);
    }
  }
}

describe.each(SETUPS)('a storage that fails on the way, %s', (_, options) => {
  test('new tokens are there as a whole, or those before are', async () => {
    const run = (store: UserStore) => store.saveTokens(OWNER, NEW);
    let isNew = 0;
    await atEachChange(options, run, async ({ storage, items }, what) => {
      const store = open(storage, options);
      const found = await store.load();
      const tokens = found?.tokens.accessToken === NEW.accessToken ? NEW : OLD;
      isNew += Number(tokens === NEW);
      const user = { username: OWNER, tokens };
      expect([what, found, await store.load(OWNER)]).toEqual([what, user, user]);
      expect([what, await store.device(OWNER)]).toEqual([what, { username: OWNER, ...DEVICE }]);
      // A sign-out leaves no token, wherever the write has stopped
      await store.signOut(OWNER);
      expect([what, await store.load(), await store.load(ALIAS)]).toEqual([what, undefined, undefined]);
      expect([what, [...items.values()].filter((value) => value.includes('one'))]).toEqual([what, []]);
    });
    expect(isNew).toBeGreaterThan(10);
  });

  test('a new sign-in is there as a whole, or the one before is', async () => {
    const run = (store: UserStore) => store.save(step, ALIAS);
    await atEachChange(options, run, async ({ storage }, what) => {
      const store = open(storage, options);
      const found = await store.load();
      const tokens = found?.tokens.accessToken === NEW.accessToken ? NEW : OLD;
      const user = { username: OWNER, tokens };
      expect([what, found, await store.load(OWNER)]).toEqual([what, user, user]);
      await store.save(step, ALIAS);
      expect([what, await store.load(OWNER)]).toEqual([what, { username: OWNER, tokens: NEW }]);
      expect([what, await store.load(ALIAS)]).toEqual([what, undefined]);
    });
  });

  test('a sign-out that fails after new tokens were half stored brings no older tokens back', async () => {
    let failures = 0;
    await atEachChange(
      options,
      (store) => store.saveTokens(OWNER, NEW),
      async ({ storage, items }, what) => {
        const written = await open(storage, options).load();
        if (written?.tokens.accessToken !== NEW.accessToken) return;
        for (let at = 1; at <= 20; at++) {
          const world = failing(items, at, true);
          const isDone = await open(world.storage, options)
            .signOut(OWNER)
            .then(() => true)
            .catch(() => false);
          if (isDone) break;
          failures += 1;
          world.mend();
          const store = open(world.storage, options);
          const found = (await store.load())?.tokens.accessToken;
          expect([what, at, found ?? NEW.accessToken]).toEqual([what, at, NEW.accessToken]);
          await store.signOut(OWNER);
          expect([what, at, await store.load()]).toEqual([what, at, undefined]);
        }
      },
    );
    expect(failures).toBeGreaterThan(20);
  });

  test('a sign-out can be repeated, and then no token is left to use', async () => {
    const run = (store: UserStore) => store.signOut(OWNER);
    await atEachChange(options, run, async ({ storage, items }, what) => {
      const store = open(storage, options);
      await store.signOut(OWNER);
      expect([what, await store.load()]).toEqual([what, undefined]);
      const left = [...items.keys()].filter((key) => /accessToken|refreshToken/.test(key));
      expect([what, left]).toEqual([what, []]);
    });
  });
});

describe.each(SETUPS)('a sign-out of a user who has items under both names, %s', (_, options) => {
  const both = new Map(itemsOfAmplify());
  both.set(`${ROOT}.${OWNER}.accessToken`, OLD.accessToken);
  both.set(`${ROOT}.${OWNER}.refreshToken`, 'one of long ago');

  test('removes the last user also if it is repeated after a failure', async () => {
    const whole = failing(both, Number.POSITIVE_INFINITY);
    await open(whole.storage, options).signOut(OWNER);
    // The last three changes remove the two tokens that tell whose the alias is, and the last user
    for (let at = 1; at <= whole.changes() - 3; at++) {
      const world = failing(both, at);
      const store = open(world.storage, options);
      await expect(store.signOut(OWNER)).rejects.toThrow('The storage failed');
      world.mend();
      await store.signOut(OWNER);
      expect([at, [...world.items.keys()].filter((key) => /oken|LastAuthUser/.test(key))]).toEqual([at, []]);
    }
  });
});
