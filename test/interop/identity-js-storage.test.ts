/** `amazon-cognito-identity-js` and the engine share a storage, and each goes on where the other stopped. */
import type { CognitoUserSession } from 'amazon-cognito-identity-js';
import {
  confirmNewDevice,
  createUserStore,
  refreshTokens,
  respond,
  type SignedIn,
  signIn,
  type UserPoolClient,
} from '../../src/index.ts';
import { devicePool, devicesOf, recordedStorage } from './device-pool.ts';
import { identityJs } from './identity-js-client.ts';
import { EMAIL, PASSWORD } from './listening-pool.ts';

const ALICE = 'CognitoIdentityServiceProvider.web.alice';
const TOKEN = expect.stringMatching(/^eyJ/);
const SECONDS = expect.stringMatching(/^-?\d{1,2}$/);

async function start(flow = 'USER_SRP_AUTH') {
  const pool = await devicePool(flow);
  const client: UserPoolClient = {
    userPoolId: pool.userPoolId,
    clientId: 'web',
    endpoint: pool.endpoint,
  };
  const { storage, contents, items } = recordedStorage();
  const store = createUserStore(storage, client, { layout: 'amazon-cognito-identity-js' });
  return { pool, client, store, contents, items, library: identityJs(pool, storage, flow) };
}

type Started = Awaited<ReturnType<typeof start>>;

async function librarySignsIn({ pool, library }: Started, typed: string) {
  const it = library.user(typed);
  await it.signIn();
  const { with: args } = await it.answer(pool.lastCode());
  return args[0] as CognitoUserSession;
}

/** By the code; the device is remembered and everything stored. */
async function engineSignsIn({ pool, client, store }: Started, typed: string): Promise<SignedIn> {
  const asked = await signIn(client, { username: typed, password: PASSWORD }, { device: store.device });
  if (asked.status !== 'challenge' || asked.challenge.name !== 'SMS_MFA') throw new Error('No SMS_MFA');
  const step = await respond(client, asked.challenge, { code: pool.lastCode() }, { device: store.device });
  if (step.status !== 'signed-in') throw new Error(step.challenge.name);
  const remembered = await confirmNewDevice(client, step);
  await store.save(remembered, typed);
  return remembered;
}

describe.each(['alice', EMAIL])('signed in as %s', (typed) => {
  test('the engine goes on with what the library has stored', async () => {
    const started = await start();
    const { pool, client, store } = started;
    const session = await librarySignsIn(started, typed);
    const deviceKey = devicesOf(pool)[0]?.key;
    const messages = pool.outbox.length;

    const loaded = await store.load();
    expect(loaded).toEqual({
      username: 'alice',
      tokens: {
        accessToken: session.getAccessToken().getJwtToken(),
        idToken: session.getIdToken().getJwtToken(),
        refreshToken: session.getRefreshToken().getToken(),
        expiresAt: session.getAccessToken().getExpiration() * 1000,
        expiresIn: expect.any(Number),
        tokenType: 'Bearer',
      },
    });
    expect(loaded?.tokens.expiresIn).toBeGreaterThan(3500);

    const device = await store.device('alice');
    expect(device?.key).toBe(deviceKey);
    const tokens = await refreshTokens(client, {
      refreshToken: loaded?.tokens.refreshToken ?? '',
      deviceKey: device?.key,
    });
    expect(await pool.userOf(tokens.accessToken)).toBe('alice');
    await expect(
      refreshTokens(client, { refreshToken: loaded?.tokens.refreshToken ?? '' }),
    ).rejects.toMatchObject({ code: 'REFRESH_TOKEN_REFUSED' });

    const step = await signIn(client, { username: typed, password: PASSWORD }, { device: store.device });
    expect(step).toMatchObject({ status: 'signed-in', username: 'alice' });
    expect(step).not.toHaveProperty('newDevice');
    expect(step).not.toHaveProperty('deviceProblem');
    expect(pool.outbox).toHaveLength(messages);
  });

  test('the library goes on with what the engine has stored', async () => {
    const started = await start();
    const { pool, library } = started;
    const step = await engineSignsIn(started, typed);
    const messages = pool.outbox.length;

    const current = await library.current();
    expect(current?.user.getUsername()).toBe('alice');
    expect(current?.session.isValid()).toBe(true);
    expect(current?.session.getAccessToken().getJwtToken()).toBe(step.tokens.accessToken);
    expect(current?.session.getIdToken().getJwtToken()).toBe(step.tokens.idToken);
    const refreshed = await current?.refresh();
    expect(await pool.userOf(refreshed?.getAccessToken().getJwtToken() ?? '')).toBe('alice');
    expect(refreshed?.getAccessToken().getJwtToken()).not.toBe(step.tokens.accessToken);
    expect(await current?.getDevice()).toMatchObject({ Device: { DeviceKey: step.device?.key } });

    expect(await library.user(typed).signIn()).toMatchObject({ callback: 'onSuccess' });
    expect(pool.outbox).toHaveLength(messages);
    expect(devicesOf(pool)).toEqual([{ key: step.device?.key, remembered: true }]);
  });
});

test('tokens that each of the two refreshes are the other’s from then on', async () => {
  const started = await start();
  const { pool, client, store, library } = started;
  await engineSignsIn(started, 'alice');

  const user = await library.current();
  const byLibrary = await user?.refresh();
  const loaded = await store.load();
  expect(loaded?.tokens.accessToken).toBe(byLibrary?.getAccessToken().getJwtToken());
  // Not the time that was kept with the engine's own token
  expect(loaded?.tokens.expiresAt).toBe((byLibrary?.getAccessToken().getExpiration() ?? 0) * 1000);

  const device = await store.device('alice');
  const byEngine = await refreshTokens(client, {
    refreshToken: loaded?.tokens.refreshToken ?? '',
    deviceKey: device?.key,
  });
  await store.saveTokens('alice', byEngine);
  const again = await library.current();
  expect(again?.session.getAccessToken().getJwtToken()).toBe(byEngine.accessToken);
  expect(await pool.userOf(byEngine.accessToken)).toBe('alice');
});

test('an access token that has run out is refreshed by the library, device and all', async () => {
  const started = await start();
  const { pool, library, items } = started;
  const { tokens } = await engineSignsIn(started, 'alice');
  // A clock that has gone on for two hours, as the library reckons: now - iat
  items.set(`${ALICE}.clockDrift`, '-7200');
  const current = await library.current();
  expect(current?.session.isValid()).toBe(true);
  const accessToken = current?.session.getAccessToken().getJwtToken() ?? '';
  expect(accessToken).not.toBe(tokens.accessToken);
  expect(await pool.userOf(accessToken)).toBe('alice');
});

test('the keys are the library’s, and few of the engine’s own', async () => {
  const byLibrary = await start();
  await librarySignsIn(byLibrary, EMAIL);
  const libraryKeys = {
    'CognitoIdentityServiceProvider.web.LastAuthUser': 'alice',
    [`${ALICE}.accessToken`]: TOKEN,
    [`${ALICE}.idToken`]: TOKEN,
    [`${ALICE}.refreshToken`]: TOKEN,
    [`${ALICE}.clockDrift`]: SECONDS,
    [`${ALICE}.deviceKey`]: expect.stringMatching(/^us-east-1_[0-9a-f-]{36}$/),
    [`${ALICE}.deviceGroupKey`]: expect.stringMatching(/^-/),
    [`${ALICE}.randomPasswordKey`]: expect.stringMatching(/^[\w+/]{54}==$/),
  };
  expect(byLibrary.contents()).toEqual(libraryKeys);

  const byEngine = await start();
  await engineSignsIn(byEngine, EMAIL);
  expect(byEngine.contents()).toEqual({
    ...libraryKeys,
    [`${ALICE}.tokenExpiry`]: expect.stringMatching(/^\d{13} .{16}$/),
    [`CognitoSrpEngine.web.alias.${EMAIL}`]: 'alice',
  });
});

test('signing out in one is signing out in the other; the device stays', async () => {
  const started = await start();
  const { pool, client, store, library } = started;
  await engineSignsIn(started, 'alice');
  (await library.current())?.user.signOut();
  expect(await store.load()).toBeUndefined();
  expect(await store.load('alice')).toBeUndefined();
  const messages = pool.outbox.length;
  const step = await signIn(client, { username: 'alice', password: PASSWORD }, { device: store.device });
  if (step.status !== 'signed-in') throw new Error(step.challenge.name);
  await store.save(step);

  await store.signOut('alice');
  expect(await library.current()).toBeUndefined();
  expect(await library.user().signIn()).toMatchObject({ callback: 'onSuccess' });
  expect(pool.outbox).toHaveLength(messages);
});

test('a device that the engine removes is the library’s no more', async () => {
  const started = await start();
  const { store, library } = started;
  await engineSignsIn(started, 'alice');
  await store.removeDevice('alice');
  expect(await library.user().signIn()).toMatchObject({ callback: 'mfaRequired' });
});

test('USER_PASSWORD_AUTH: the alias of an earlier sign-in finds the library’s device', async () => {
  const started = await start('USER_PASSWORD_AUTH');
  const { pool, client, store } = started;
  await librarySignsIn(started, 'alice');
  const loaded = await store.load();
  if (!loaded) throw new Error('Nothing is stored');
  await store.save({ status: 'signed-in', ...loaded }, EMAIL);
  const messages = pool.outbox.length;
  const step = await signIn(
    client,
    { flow: 'USER_PASSWORD_AUTH', username: EMAIL, password: PASSWORD },
    { device: store.device },
  );
  expect(step).toMatchObject({ status: 'signed-in', username: 'alice' });
  expect(pool.outbox).toHaveLength(messages);
});
