/** What a user store writes and reads, item by item. */
import {
  createUserStore,
  type KeyValueStorage,
  type SignedIn,
  type UserStoreOptions,
} from '../../src/index.ts';
import { client } from '../support/client.ts';
import { errorOf } from '../support/secrets.ts';

const NOW = 1_700_000_000_000;
const EXP = NOW / 1000 + 3600;
const USER = 'CognitoIdentityServiceProvider.web.alice';
const LAST_USER = 'CognitoIdentityServiceProvider.web.LastAuthUser';

const jwt = (claims: object) =>
  `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature-16-chars`;
const accessToken = jwt({ username: 'alice', exp: EXP });
const idToken = jwt({
  'cognito:username': 'alice',
  email: 'a@b.example',
  phone_number: '+1',
  preferred_username: 'al',
});
const tokens = {
  accessToken,
  idToken,
  refreshToken: 'r',
  expiresIn: 60,
  expiresAt: NOW + 60_000,
  tokenType: 'Bearer',
};
const signedIn: SignedIn = { status: 'signed-in', username: 'alice', tokens };
const device = { username: 'alice', key: 'k', groupKey: 'g', password: 'p' };

/** A storage that a test can see, and a user store over it. */
function storeOf(initial: Readonly<Record<string, string>> = {}, options: UserStoreOptions = {}) {
  const items = new Map(Object.entries(initial));
  const storage: KeyValueStorage = {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
  return { items, store: createUserStore(storage, client, { now: () => NOW, ...options }) };
}

describe('load', () => {
  const kept = (more: object = {}) => ({
    [LAST_USER]: 'alice',
    [`${USER}.accessToken`]: accessToken,
    [`${USER}.idToken`]: idToken,
    ...more,
  });

  test('gives the tokens of the user who was saved last', async () => {
    const { items, store } = storeOf();
    await store.save(signedIn);
    expect(await store.load()).toEqual({ username: 'alice', tokens });
    expect(items.get(`${USER}.tokenExpiry`)).toBe(`${NOW + 60_000} ${accessToken.slice(-16)}`);
  });

  test.each<[string, object, number]>([
    ['of this token', { [`${USER}.tokenExpiry`]: `${NOW + 5000} ${accessToken.slice(-16)}` }, NOW + 5000],
    ['of another token', { [`${USER}.tokenExpiry`]: `${NOW + 5000} another-token-16` }, EXP * 1000],
    ['of no token', { [`${USER}.tokenExpiry`]: `${NOW + 5000}` }, EXP * 1000],
    ['that is 0', { [`${USER}.tokenExpiry`]: `0 ${accessToken.slice(-16)}` }, EXP * 1000],
    ['that is missing', {}, EXP * 1000],
  ])('the end %s', async (_, more, expiresAt) => {
    const user = await storeOf(kept(more)).store.load();
    expect(user?.tokens).toMatchObject({
      expiresAt,
      expiresIn: (expiresAt - NOW) / 1000,
      tokenType: 'Bearer',
    });
  });

  test('a token without an end, and one that has ended, have no time left', async () => {
    for (const claims of [
      { username: 'alice' },
      { username: 'alice', exp: 'soon' },
      { username: 'alice', exp: 1 },
    ]) {
      const user = await storeOf(kept({ [`${USER}.accessToken`]: jwt(claims) })).store.load();
      expect(user?.tokens).toMatchObject({
        expiresAt: 'exp' in claims && claims.exp === 1 ? 1000 : 0,
        expiresIn: 0,
      });
    }
  });

  test.each(['alice', 'a@b.example', '+1', 'al'])(
    'finds the tokens that a library kept as %s',
    async (name) => {
      const user = `CognitoIdentityServiceProvider.web.${name}`;
      const { store } = storeOf({ [`${user}.accessToken`]: accessToken, [`${user}.idToken`]: idToken });
      expect(await store.load(name)).toMatchObject({ username: 'alice', tokens: { accessToken, idToken } });
    },
  );

  test('without an ID token, the name has to be that of the access token', async () => {
    const only = (name: string) => ({
      [`CognitoIdentityServiceProvider.web.${name}.accessToken`]: accessToken,
    });
    expect(await storeOf(only('alice')).store.load('alice')).toMatchObject({
      tokens: { accessToken, idToken: '' },
    });
    expect(await storeOf(only('a@b.example')).store.load('a@b.example')).toBeUndefined();
  });

  test.each<[string, object]>([
    ['no access token', { [`${USER}.accessToken`]: '' }],
    ['an access token of nobody', { [`${USER}.accessToken`]: jwt({}) }],
    ["bob's ID token", { [`${USER}.idToken`]: jwt({ 'cognito:username': 'bob', email: 'alice' }) }],
    ['an ID token that cannot be read', { [`${USER}.idToken`]: 'garbage' }],
    ['no last user', { [LAST_USER]: '' }],
  ])('gives nothing with %s', async (_, more) => {
    expect(await storeOf(kept(more)).store.load()).toBeUndefined();
  });
});

describe('save', () => {
  test('has no refresh token to keep where there is none', async () => {
    const { items, store } = storeOf();
    await store.save({ ...signedIn, tokens: { ...tokens, refreshToken: undefined } });
    expect([...items.keys()].sort()).toEqual(
      [
        LAST_USER,
        ...['accessToken', 'clockDrift', 'idToken', 'tokenExpiry'].map((name) => `${USER}.${name}`),
      ].sort(),
    );
    expect(items.get(`${USER}.clockDrift`)).toBe('0');
  });

  test('keeps an alias only if it is one', async () => {
    const { items, store } = storeOf();
    await store.save(signedIn, 'alice');
    expect([...items.keys()].filter((key) => key.includes('alias'))).toEqual([]);
    await store.save(signedIn, 'a@b.example');
    expect(items.get('CognitoSrpEngine.web.alias.a@b.example')).toBe('alice');
  });

  test("refuses another user's tokens, by the name of the field", async () => {
    const { items, store } = storeOf();
    for (const save of [
      () => store.save({ ...signedIn, username: 'bob' }),
      () => store.saveTokens('bob', tokens),
    ]) {
      expect(await errorOf(save)).toMatchObject({
        code: 'USERNAME_INVALID',
        field: 'username',
        message: '"username" must be the canonical name of the user whose tokens these are',
      });
    }
    expect(items.size).toBe(0);
    // Tokens that nobody can read may be anybody's
    await store.saveTokens('bob', { ...tokens, accessToken: 'opaque' });
    expect(items.get('CognitoIdentityServiceProvider.web.bob.accessToken')).toBe('opaque');
  });
});

describe('device', () => {
  const kept = (name: string) => ({
    [`CognitoIdentityServiceProvider.web.${name}.deviceKey`]: 'k',
    [`CognitoIdentityServiceProvider.web.${name}.deviceGroupKey`]: 'g',
    [`CognitoIdentityServiceProvider.web.${name}.randomPasswordKey`]: 'p',
  });

  test('has an owner if an access token beside it, or an alias, tells one', async () => {
    const { username: _, ...members } = device;
    expect(await storeOf(kept('alice')).store.device('alice')).toEqual(members);
    const beside = { 'CognitoIdentityServiceProvider.web.al.accessToken': accessToken };
    expect(await storeOf({ ...kept('al'), ...beside }).store.device('al')).toEqual(device);
    const alias = { 'CognitoSrpEngine.web.alias.al': 'alice' };
    expect(await storeOf({ ...kept('alice'), ...alias }).store.device('al')).toEqual(device);
    expect(await storeOf(alias).store.device('al')).toBeUndefined();
    expect(await storeOf().store.device('al')).toBeUndefined();
  });

  test('is saved and removed under the name of its user, with nothing else', async () => {
    const { items, store } = storeOf({ other: 'x' });
    await store.saveDevice(device);
    expect(Object.fromEntries(items)).toEqual({ other: 'x', ...kept('alice') });
    await store.removeDevice('alice');
    expect(Object.fromEntries(items)).toEqual({ other: 'x' });
  });
});

test('a sign-out removes what any library keeps with the tokens, and the last user if it is this one', async () => {
  const names = ['idToken', 'accessToken', 'refreshToken', 'clockDrift', 'tokenExpiry', 'signInDetails'];
  const all = [...names, 'oauthMetadata', 'userData'].map((name) => [`${USER}.${name}`, 'x']);
  for (const [lastUser, left] of [
    ['alice', {}],
    ['bob', { [LAST_USER]: 'bob' }],
  ] as const) {
    const { items, store } = storeOf({ ...Object.fromEntries(all), [LAST_USER]: lastUser });
    await store.signOut('alice');
    expect(Object.fromEntries(items)).toEqual(left);
  }
});

describe('an unfinished write', () => {
  const JOURNAL = 'CognitoSrpEngine.web.unfinished';
  const unfinished = (...names: readonly string[]) => {
    const ofUser = (name: string) => [
      `CognitoIdentityServiceProvider.web.${name}.refreshToken`,
      `of ${name}`,
    ];
    return { [JOURNAL]: JSON.stringify(names.map(ofUser)) };
  };

  test("loses the items of a user who signs out, and keeps another user's", async () => {
    const { items, store } = storeOf(unfinished('alice', 'bob'));
    await store.signOut('alice');
    expect(Object.fromEntries(items)).toEqual(unfinished('bob'));
    await store.signOut('bob');
    expect(Object.fromEntries(items)).toEqual({});
  });

  test('is read in place of what is stored, and finished by the next write', async () => {
    const { items, store } = storeOf({ [`${USER}.deviceKey`]: 'old', ...unfinished('bob') });
    items.set(JOURNAL, JSON.stringify([[`${USER}.deviceKey`, 'new']]));
    expect(await store.device('alice')).toEqual({ key: 'new' });
    await store.saveDevice({ ...device, username: 'bob' });
    expect(items.get(`${USER}.deviceKey`)).toBe('new');
    expect(items.has(JOURNAL)).toBe(false);
  });

  test.each(['x', '{}', '[7]', '[["a"]]', '[["a",1]]', '[["a","b","c"]]'])('%s is none', async (journal) => {
    const { items, store } = storeOf({ [JOURNAL]: journal });
    await store.saveDevice(device);
    expect([...items.keys()].sort()).toEqual(
      ['deviceGroupKey', 'deviceKey', 'randomPasswordKey'].map((name) => `${USER}.${name}`),
    );
  });
});

describe('with encoded keys', () => {
  const encoded = { encodeKeys: true };
  const PASSWORD = `${USER}.randomPasswordKey`;

  test('a value of more than 2048 bytes is written in parts, which change places with those before', async () => {
    const { items, store } = storeOf({}, encoded);
    const passwords = [`${'a'.repeat(2047)}é`, 'b'.repeat(4097), 'c'];
    await store.saveDevice({ ...device, password: passwords[0] as string });
    expect(items.get(PASSWORD)).toBe('CognitoSrpEngine:parts:a:2');
    expect([items.get(`${PASSWORD}_part-a-0`), items.get(`${PASSWORD}_part-a-1`)]).toEqual([
      'a'.repeat(2047),
      'é',
    ]);
    await store.saveDevice({ ...device, password: passwords[1] as string });
    expect(items.get(PASSWORD)).toBe('CognitoSrpEngine:parts:b:3');
    expect([...items.keys()].filter((key) => key.includes('_part-')).sort()).toEqual(
      [0, 1, 2].map((index) => `${PASSWORD}_part-b-${index}`),
    );
    expect(await store.device('alice')).toMatchObject({ password: passwords[1] });
    await store.saveDevice({ ...device, password: 'c' });
    expect([items.get(PASSWORD), items.size]).toEqual(['c', 3]);
  });

  test.each([
    ['CognitoSrpEngine:parts:a:1', 4],
    ['xCognitoSrpEngine:parts:a:1', 3],
    ['CognitoSrpEngine:parts:a:1x', 3],
    ['CognitoSrpEngine:parts:c:1', 3],
  ])(
    '%s comes back as it was, and is split only if it looks like a list of parts',
    async (password, size) => {
      const { items, store } = storeOf({}, encoded);
      await store.saveDevice({ ...device, password });
      expect(await store.device('alice')).toMatchObject({ password });
      expect(items.size).toBe(size);
    },
  );

  test.each([
    ['1 byte', '\u007f', 2048],
    ['2 bytes', '\u0080', 1024],
    ['2 bytes', '\u07ff', 1024],
    ['3 bytes', '\u0800', 682],
    ['3 bytes', '\uffff', 682],
    ['4 bytes', '\u{10000}', 512],
    ['4 bytes', '\u{10ffff}', 512],
  ])('a character of %s, the last one that fits: %j, %i times', async (_, character, times) => {
    const { items, store } = storeOf({}, encoded);
    const password = character.repeat(times);
    await store.saveDevice({ ...device, password });
    expect(items.get(PASSWORD)).toBe(password);
    await store.saveDevice({ ...device, password: password + character });
    expect(items.get(`${PASSWORD}_part-a-1`)).toBe(character);
    expect(await store.device('alice')).toMatchObject({ password: password + character });
  });

  test.each([0, 1, 2])('a value of which part %i is missing is none', async (part) => {
    const { items, store } = storeOf({}, encoded);
    await store.saveDevice({ ...device, password: 'x'.repeat(5000) });
    expect(items.delete(`${PASSWORD}_part-a-${part}`)).toBe(true);
    expect(await store.device('alice')).toEqual({ key: 'k', groupKey: 'g' });
  });

  test('a key of other characters is written in hexadecimal digits, and a plain one is read and removed', async () => {
    const name = 'Ä_b c';
    const plain = `CognitoIdentityServiceProvider.web.${name}.deviceKey`;
    const key = 'CognitoIdentityServiceProvider.web._00c4_005fb_0020c.deviceKey';
    const { items, store } = storeOf({ [plain]: 'old' }, encoded);
    expect(await store.device(name)).toEqual({ key: 'old' });
    await store.saveDevice({ ...device, username: name });
    expect(items.get(key)).toBe('k');
    expect(await store.device(name)).toMatchObject({ key: 'k' });
    await store.removeDevice(name);
    expect(items.size).toBe(0);
  });
});
