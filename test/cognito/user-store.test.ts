/** Users and devices are kept under the keys of both AWS libraries. */
import {
  createUserStore,
  type KeyValueStorage,
  memoryStorage,
  type SignedIn,
  webStorage,
} from '../../src/index.ts';
import { client } from '../support/client.ts';
import { addUsers, answered, EMAIL, jwt, pool, ROOT, recorded, start, stored } from './user-store-world.ts';

beforeEach(addUsers);

const step = (username: string, iat = 1_700_000_000, now = iat * 1000): SignedIn => ({
  status: 'signed-in',
  username,
  tokens: {
    accessToken: jwt({ username, iat, exp: iat + 3600 }),
    idToken: jwt({ 'cognito:username': username, iat }),
    refreshToken: `the refresh token of ${username}`,
    expiresIn: 3600,
    expiresAt: now + 3_600_000,
    tokenType: 'Bearer',
  },
});

describe('what is kept', () => {
  test.each(['aws-amplify', 'amazon-cognito-identity-js'] as const)(
    'comes back under the keys of %s',
    async (layout) => {
      const { storage } = recorded();
      const store = createUserStore(storage, client, { layout, now: () => 1_700_000_010_000 });
      const device = {
        username: 'alice',
        key: 'eu-west-1_a1b2c3d4-0000-4000-8000-000000000001',
        groupKey: '-group',
        password: 'secret',
      };
      const saved = { ...step('alice'), device };
      await store.save(saved, EMAIL);
      await store.save(step('bob'));
      const expected = { username: 'alice', tokens: { ...saved.tokens, expiresIn: 3590 } };
      for (const reader of [
        createUserStore(storage, client, { layout: 'aws-amplify', now: () => 1_700_000_010_000 }),
        createUserStore(storage, client, {
          layout: 'amazon-cognito-identity-js',
          now: () => 1_700_000_010_000,
        }),
      ]) {
        expect(await reader.load('alice')).toEqual(expected);
        expect((await reader.load())?.username).toBe('bob');
        expect(await reader.device('alice')).toEqual(device);
        expect(await reader.device(EMAIL)).toEqual(device);
        expect(await reader.device('bob')).toBeUndefined();
        expect(await reader.load('carol')).toBeUndefined();
      }
      expect(await createUserStore(storage, { clientId: 'other' }).load()).toBeUndefined();
    },
  );

  test.each([
    ['aws-amplify', '', 90_000, '-90000'],
    ['aws-amplify', '@MemoryStorage:', -90_000, '90000'],
    ['amazon-cognito-identity-js', '', 90_000, '90'],
    ['amazon-cognito-identity-js', '@MemoryStorage:', -90_000, '-90'],
  ] as const)('%s, prefix "%s": keys, and the clock %s ms ahead', async (layout, prefix, ahead, drift) => {
    const { items, storage } = recorded();
    const now = 1_700_000_000_000 + ahead;
    const store = createUserStore(storage, client, { layout, prefix, now: () => now });
    const saved = step('alice', 1_700_000_000, now);
    await store.save(
      { ...saved, device: { username: 'alice', key: 'k', groupKey: 'g', password: 'p' } },
      EMAIL,
    );
    const user = `${prefix}${ROOT}.alice`;
    expect(Object.fromEntries(items)).toEqual({
      [`${prefix}${ROOT}.LastAuthUser`]: 'alice',
      [`${user}.accessToken`]: saved.tokens.accessToken,
      [`${user}.idToken`]: saved.tokens.idToken,
      [`${user}.refreshToken`]: saved.tokens.refreshToken,
      [`${user}.clockDrift`]: drift,
      [`${user}.deviceKey`]: 'k',
      [`${user}.deviceGroupKey`]: 'g',
      [`${user}.randomPasswordKey`]: 'p',
      [`${user}.tokenExpiry`]: expect.stringContaining(String(saved.tokens.expiresAt)),
      [`${prefix}CognitoSrpEngine.web.alias.${EMAIL}`]: 'alice',
    });
    // Told by the caller's clock, whatever the service's says
    expect((await store.load())?.tokens).toMatchObject({ expiresAt: now + 3_600_000, expiresIn: 3600 });
  });

  test('comes back from a storage whose every method is async', async () => {
    const { items, storage } = recorded();
    const later = <T>(value: T) => new Promise<T>((done) => setImmediate(() => done(value)));
    const slow: KeyValueStorage = {
      getItem: async (key) => storage.getItem(await later(key)),
      setItem: async (key, value) => storage.setItem(await later(key), value),
      removeItem: async (key) => storage.removeItem(await later(key)),
    };
    await stored(slow, 'alice', EMAIL);
    const store = createUserStore(slow, client);
    expect((await store.load())?.username).toBe('alice');
    const messages = pool.outbox.length;
    expect((await start(EMAIL, store)).status).toBe('signed-in');
    expect(pool.outbox).toHaveLength(messages);

    await store.signOut('alice');
    await store.removeDevice('alice');
    expect([...items.keys()]).toEqual([`CognitoSrpEngine.web.alias.${EMAIL}`]);
  });

  test('a sign-out leaves the device, and another user’s tokens', async () => {
    const { storage } = recorded();
    const store = createUserStore(storage, client);
    await stored(storage, 'alice');
    await stored(storage, 'bob');
    await store.signOut('alice');
    expect(await store.load('alice')).toBeUndefined();
    expect((await store.load())?.username).toBe('bob');
    expect(await store.device('alice')).toBeDefined();
    await store.signOut('bob');
    expect(await store.load()).toBeUndefined();
  });

  test('names with dots, spaces and signs from all over', async () => {
    const store = createUserStore(memoryStorage(), client);
    const names = ['a', 'a.accessToken', 'LastAuthUser', 'a b@c.d', '用户-josé-😀', '__proto__'];
    for (const name of names) await store.save(step(name));
    for (const name of names) expect(await store.load(name)).toMatchObject({ username: name });
  });
});

describe('tokens never meet under another user’s name', () => {
  const NAMES = ['accessToken', 'idToken', 'refreshToken', 'tokenExpiry', 'clockDrift'];
  const swap = (items: Map<string, string>, names: readonly string[]) => {
    for (const name of names) {
      const [a, b] = [`${ROOT}.alice.${name}`, `${ROOT}.bob.${name}`];
      const [ofAlice = '', ofBob = ''] = [items.get(a), items.get(b)];
      items.set(a, ofBob);
      items.set(b, ofAlice);
    }
  };
  async function both() {
    const { items, storage } = recorded();
    const store = createUserStore(storage, client);
    await store.save(step('alice'));
    await store.save(step('bob'));
    return { items, store };
  }

  test.each([[NAMES], [['accessToken']], [['idToken']], [['accessToken', 'idToken']]])(
    'swapped: %s',
    async (names) => {
      const { items, store } = await both();
      swap(items, names);
      expect(await store.load('alice')).toBeUndefined();
      expect(await store.load('bob')).toBeUndefined();
      expect(await store.load()).toBeUndefined();
    },
  );

  test('LastAuthUser names one whose tokens are another’s', async () => {
    const { items, store } = await both();
    items.set(`${ROOT}.LastAuthUser`, 'carol');
    for (const name of NAMES) items.set(`${ROOT}.carol.${name}`, items.get(`${ROOT}.bob.${name}`) ?? '');
    expect(await store.load()).toBeUndefined();
    expect((await store.load('bob'))?.username).toBe('bob');
  });

  test('the end of another token is not taken for this one’s', async () => {
    const { items, store } = await both();
    const now = Date.now() + 86_400_000;
    items.set(`${ROOT}.alice.tokenExpiry`, `${now} aaaaaaaaaaaaaaaa`);
    expect((await store.load('alice'))?.tokens.expiresAt).toBe(1_700_003_600_000);
  });

  test.each(['Infinity', '-1', '1e999', 'soon', ''])(
    'an end that is not a time is ignored: %s',
    async (end) => {
      const { items, store } = await both();
      const [, token] = (items.get(`${ROOT}.alice.tokenExpiry`) ?? '').split(' ');
      items.set(`${ROOT}.alice.tokenExpiry`, `${end} ${token}`);
      expect((await store.load('alice'))?.tokens.expiresAt).toBe(1_700_003_600_000);
    },
  );

  test('a device under another user’s name keeps neither of them out', async () => {
    const { items, storage } = recorded();
    await stored(storage, 'alice');
    await stored(storage, 'bob');
    swap(items, ['deviceKey', 'deviceGroupKey', 'randomPasswordKey']);
    const store = createUserStore(storage, client);
    for (const username of ['alice', 'bob']) {
      const asked = await start(username, store);
      expect(asked).toMatchObject({ deviceProblem: { code: 'DEVICE_GONE' } });
      expect(await answered(asked, store)).toMatchObject({ status: 'signed-in', username });
    }
  });
});

describe('Web Storage', () => {
  const forbidden = () => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  };
  const throwing = { getItem: forbidden, setItem: forbidden, removeItem: forbidden };

  test.each([
    ['that throws on every access', () => throwing],
    ['that throws before it is there', forbidden],
    ['that is missing', () => undefined as unknown as typeof throwing],
  ])('%s: the sign-in and its device go on in memory', async (_title, area) => {
    const storage = webStorage(area);
    await stored(storage, 'alice', EMAIL);
    const store = createUserStore(storage, client);
    expect((await store.load())?.username).toBe('alice');
    const messages = pool.outbox.length;
    expect((await start(EMAIL, store)).status).toBe('signed-in');
    expect(pool.outbox).toHaveLength(messages);
    await store.signOut('alice');
    expect(await store.load()).toBeUndefined();
  });

  test('that is full: what it still holds is not read in place of what is new', async () => {
    const { items, storage } = recorded();
    let full = false;
    const store = webStorage(() => ({
      getItem: (key) => items.get(key) ?? null,
      setItem: (key, value) => {
        if (full) throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
        storage.setItem(key, value);
      },
      removeItem: (key) => void items.delete(key),
    }));
    store.setItem('a', 'old');
    full = true;
    store.setItem('a', 'new');
    expect(store.getItem('a')).toBe('new');
    expect(items.has('a')).toBe(false);
    full = false;
    store.setItem('a', 'newest');
    expect(items.get('a')).toBe('newest');
    expect(store.getItem('a')).toBe('newest');
    store.removeItem('a');
    expect(store.getItem('a')).toBeUndefined();
  });

  test('that forbids everything from now on: what was removed does not come back', async () => {
    const { items, storage } = recorded();
    let allowed = true;
    const web = webStorage(() => (allowed ? (storage as typeof localStorage) : forbidden()));
    web.setItem('a', '1');
    expect(items.get('a')).toBe('1');
    allowed = false;
    expect(web.getItem('a')).toBeUndefined();
    web.setItem('a', '2');
    expect(web.getItem('a')).toBe('2');
    web.removeItem('a');
    expect(web.getItem('a')).toBeUndefined();
  });

  test('a storage that throws while it is read does not keep the user out', async () => {
    const store = createUserStore(throwing, client);
    const asked = await start('alice', store);
    expect(asked).toMatchObject({ deviceProblem: { code: 'DEVICE_UNREADABLE' } });
    expect(await answered(asked, store)).toMatchObject({ status: 'signed-in' });
  });
});
