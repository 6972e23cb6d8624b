/** A storage that fails on the way of a write leaves what was there before or what is new, and never half of it. */
import fc from 'fast-check';
import {
  createUserStore,
  type KeyValueStorage,
  type SignedIn,
  type StoredUser,
  type UserStore,
  type UserStoreOptions,
} from '../../src/index.ts';
import { client } from '../support/client.ts';
import { signedInStep } from '../support/signed-in-step.ts';

const NOW = 1_700_000_010_000;
const EMAIL = 'alice@example.com';
const LAYOUTS: readonly (readonly [string, UserStoreOptions])[] = [
  ['plain keys', {}],
  ['encoded keys', { encodeKeys: true }],
];

type Method = 'setItem' | 'removeItem';
interface Plan {
  readonly method: Method;
  /** The call that fails, from 1. */
  readonly at: number;
  /** Whether every later call of the method fails as well. */
  readonly lasting: boolean;
}

class StorageFailed extends Error {}

/** A storage in a Map whose methods fail as planned. */
function failingStorage(items: Map<string, string>) {
  let plan: Plan | undefined;
  const calls = { setItem: 0, removeItem: 0 };
  const count = (method: Method) => {
    calls[method] += 1;
    if (plan?.method !== method) return;
    if (plan.lasting ? calls[method] >= plan.at : calls[method] === plan.at) throw new StorageFailed(method);
  };
  const storage: KeyValueStorage = {
    getItem: async (key) => items.get(key) ?? null,
    setItem: async (key, value) => {
      count('setItem');
      items.set(key, value);
    },
    removeItem: async (key) => {
      count('removeItem');
      items.delete(key);
    },
  };
  const fail = (next: Plan | undefined) => {
    plan = next;
    calls.setItem = 0;
    calls.removeItem = 0;
  };
  return { storage, fail, calls };
}

const device = (password: string) => ({ username: 'alice', key: 'k', groupKey: '-g', password });
/** Tokens that are longer than what a narrow storage takes in one value. */
const long = (iat: number): SignedIn => ({
  ...signedInStep('alice', { iat, filler: 'x'.repeat(2100) }),
  device: device(`the password of ${iat}`),
});
const OLD = long(1_700_000_000);
const NEW = long(1_700_000_005);

/** Keys and values. Parts of a split value can change their places. */
const contentsOf = (items: ReadonlyMap<string, string>) =>
  Object.fromEntries(
    [...items].map(([key, value]) => [
      key.replace(/_part-[ab]-/, '_part-'),
      value.replace(/:parts:[ab]:/, ':parts:'),
    ]),
  );

const everythingOf = async (store: UserStore) => ({
  last: await store.load(),
  alice: await store.load('alice'),
  bob: await store.load('bob'),
  device: await store.device('alice'),
  byAlias: await store.device(EMAIL),
});

const BEFORE: readonly (readonly [string, (store: UserStore) => Promise<void>])[] = [
  ['nothing', async () => {}],
  ['another user', (store) => store.save(signedInStep('bob'))],
  ['an earlier sign-in of the same user', (store) => store.save(OLD, EMAIL)],
];
const FAILURES = (['setItem', 'removeItem'] as const).flatMap((method) =>
  [false, true].map((lasting) => ({ method, lasting })),
);

describe.each(LAYOUTS)('%s', (_layout, options) => {
  describe.each(BEFORE)('before: %s', (_before, prepare) => {
    test.each(FAILURES)('save, if $method fails (lasting: $lasting)', async ({ method, lasting }) => {
      const now = () => NOW;
      const prepared = new Map<string, string>();
      await prepare(createUserStore(failingStorage(prepared).storage, client, { ...options, now }));
      const before = await everythingOf(
        createUserStore(failingStorage(prepared).storage, client, { ...options, now }),
      );

      const whole = failingStorage(new Map(prepared));
      const wholeStore = createUserStore(whole.storage, client, { ...options, now });
      await wholeStore.save(NEW, EMAIL);
      const after = await everythingOf(wholeStore);
      expect(after.last?.tokens.accessToken).toBe(NEW.tokens.accessToken);
      const total = whole.calls[method];
      expect(total).toBeGreaterThan(0);

      for (let at = 1; at <= total; at++) {
        const items = new Map(prepared);
        const { storage, fail } = failingStorage(items);
        const store = createUserStore(storage, client, { ...options, now });
        fail({ method, at, lasting });
        const failure: unknown = await store.save(NEW, EMAIL).then(
          () => undefined,
          (error) => error,
        );
        fail(undefined);
        const what = `${method} ${at} of ${total}`;
        // By this store, and by one that is made after a restart
        const found = await everythingOf(store);
        expect([what, found]).toEqual([
          what,
          await everythingOf(createUserStore(storage, client, { ...options, now })),
        ]);
        if (failure === undefined) {
          expect([what, found]).toEqual([what, after]);
          continue;
        }
        expect(failure).toBeInstanceOf(StorageFailed);
        const isOld = JSON.stringify(found) === JSON.stringify(before);
        expect([what, found]).toEqual([what, isOld ? before : after]);
        // Nothing of the new is left behind, if the storage lets go of it
        if (isOld && !(method === 'removeItem' && lasting)) {
          expect([what, contentsOf(items)]).toEqual([what, contentsOf(prepared)]);
        }
        // The next write finishes or replaces what the failed one left
        await store.save(NEW, EMAIL);
        expect([what, await everythingOf(store)]).toEqual([what, after]);
        expect([what, [...items.keys()].filter((key) => key.includes('unfinished'))]).toEqual([what, []]);
      }
    });
  });

  test('a sign-in that fails once is wholly undone, and a storage that fails for good loses nothing', async () => {
    const items = new Map<string, string>();
    const { storage, fail } = failingStorage(items);
    const store = createUserStore(storage, client, options);
    fail({ method: 'setItem', at: 4, lasting: false });
    await expect(store.save(NEW, EMAIL)).rejects.toThrow(StorageFailed);
    expect(items.size).toBe(0);
    fail(undefined);
    await store.save(OLD, EMAIL);
    const kept = new Map(items);
    fail({ method: 'setItem', at: 1, lasting: true });
    await expect(store.save(NEW, EMAIL)).rejects.toThrow(StorageFailed);
    expect(items).toEqual(kept);
  });

  test('rotated tokens that are not in their places are kept all the same', async () => {
    const items = new Map<string, string>();
    const { storage, fail, calls } = failingStorage(items);
    const store = createUserStore(storage, client, options);
    await store.save(OLD, EMAIL);
    fail(undefined);
    await store.saveTokens('alice', OLD.tokens);
    const total = calls.setItem;
    let kept = 0;
    for (let at = 1; at <= total; at++) {
      fail({ method: 'setItem', at, lasting: false });
      await expect(store.saveTokens('alice', NEW.tokens)).rejects.toThrow(StorageFailed);
      fail(undefined);
      const { tokens } = (await store.load('alice')) as StoredUser;
      const refreshTokens = [OLD.tokens.refreshToken, NEW.tokens.refreshToken];
      const of = refreshTokens.indexOf(tokens.refreshToken);
      expect([at, tokens.accessToken]).toEqual([at, [OLD, NEW][of]?.tokens.accessToken]);
      kept += of;
      await store.saveTokens('alice', OLD.tokens);
    }
    expect(kept).toBeGreaterThan(total / 2);
  });

  test('a sign-out takes the user out of an unfinished write, also if the storage is full', async () => {
    const items = new Map<string, string>();
    const { storage, fail } = failingStorage(items);
    const store = createUserStore(storage, client, options);
    await store.save(OLD);
    fail({ method: 'setItem', at: 6, lasting: true });
    await expect(store.save(NEW)).rejects.toThrow(StorageFailed);
    await store.signOut('alice');
    expect(await store.load('alice')).toBeUndefined();
    expect(await store.load()).toBeUndefined();
    expect([...items.keys()].filter((key) => /(access|id|refresh)Token/.test(key))).toEqual([]);
    expect([...items.values()].filter((value) => value.includes(NEW.tokens.accessToken))).toEqual([]);
  });

  test.each(['', 'garbage', '{"a":1}', 'null', '[1,["a"],["b",2]]', '[['])(
    'a damaged journal %j is none',
    async (journal) => {
      const { storage } = failingStorage(new Map([['CognitoSrpEngine.web.unfinished', journal]]));
      const store = createUserStore(storage, client, options);
      expect(await store.load()).toBeUndefined();
      await store.save(OLD);
      expect((await store.load())?.username).toBe('alice');
      expect(await storage.getItem('CognitoSrpEngine.web.unfinished')).toBeNull();
    },
  );

  test('writes and reads that run side by side do not mix', async () => {
    const { storage } = failingStorage(new Map());
    const store = createUserStore(storage, client, options);
    await store.save(OLD);
    const reads: Promise<StoredUser | undefined>[] = [];
    const writes: Promise<void>[] = [];
    for (const step of [NEW, signedInStep('bob'), OLD, NEW]) {
      writes.push(store.save(step));
      reads.push(store.load('alice'), store.load());
    }
    await Promise.all(writes);
    for (const user of await Promise.all(reads)) {
      const step = [OLD, NEW, signedInStep('bob')].find(
        ({ tokens }) => tokens.accessToken === user?.tokens.accessToken,
      );
      expect(user?.tokens).toMatchObject({
        idToken: step?.tokens.idToken,
        refreshToken: step?.tokens.refreshToken,
      });
    }
  });

  test('a process that ends at any call leaves one sign-in or the other', async () => {
    const prepared = new Map<string, string>();
    const now = () => NOW;
    const storeOf = (storage: KeyValueStorage) => createUserStore(storage, client, { ...options, now });
    await storeOf(failingStorage(prepared).storage).save(OLD, EMAIL);
    const before = await everythingOf(storeOf(failingStorage(prepared).storage));
    const whole = failingStorage(new Map(prepared));
    await storeOf(whole.storage).save(NEW, EMAIL);
    const after = await everythingOf(storeOf(whole.storage));

    const total = whole.calls.setItem + whole.calls.removeItem;
    for (let survived = 0; survived <= total; survived++) {
      const items = new Map(prepared);
      let calls = 0;
      const isAlive = () => ++calls <= survived;
      const never = new Promise<never>(() => {});
      const dying: KeyValueStorage = {
        getItem: async (key) => items.get(key) ?? null,
        setItem: (key, value) => (isAlive() ? void items.set(key, value) : never),
        removeItem: (key) => (isAlive() ? void items.delete(key) : never),
      };
      const saved = storeOf(dying).save(NEW, EMAIL);
      await Promise.race([saved, new Promise((done) => setImmediate(done))]);
      const found = await everythingOf(storeOf(failingStorage(items).storage));
      const isOld = JSON.stringify(found) === JSON.stringify(before);
      expect([survived, found]).toEqual([survived, isOld ? before : after]);
    }
  });

  test('a storage that fails at any calls gives one sign-in or the other', async () => {
    const calls = fc.array(fc.boolean(), { minLength: 60, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(calls, async (failures) => {
        const items = new Map<string, string>();
        let broken = false;
        let turn = 0;
        const count = () => {
          turn += 1;
          if (broken && failures[turn]) throw new StorageFailed();
        };
        const store = createUserStore(
          {
            getItem: async (key) => items.get(key) ?? null,
            setItem: async (key, value) => {
              count();
              items.set(key, value);
            },
            removeItem: async (key) => {
              count();
              items.delete(key);
            },
          },
          client,
          { ...options, now: () => NOW },
        );
        await store.save(OLD, EMAIL);
        const before = await everythingOf(store);
        broken = true;
        turn = 0;
        const failed = await store.save(NEW, EMAIL).then(
          () => false,
          () => true,
        );
        broken = false;
        const found = await everythingOf(store);
        if (failed && JSON.stringify(found) === JSON.stringify(before)) return;
        expect(found.last?.tokens).toMatchObject({ ...NEW.tokens, expiresIn: expect.any(Number) });
        expect(found.device).toEqual(NEW.device);
      }),
      { numRuns: 100 },
    );
  });
});
