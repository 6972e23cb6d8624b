/** `aws-amplify` v6 and the engine share a storage, and each goes on with what the other has stored. */
import { fetchAuthSession, getCurrentUser, signOut } from 'aws-amplify/auth';
import type { ClientOptions } from '../../pool/src/index.ts';
import {
  confirmNewDevice,
  createUserStore,
  refreshTokens,
  respond,
  type SignedIn,
  signIn,
  type UserPoolClient,
} from '../../src/index.ts';
import { accessToken, begin, configureAmplify, signInWithCode, signInWithDevice } from './amplify-client.ts';
import { devicePool, devicesOf, recordedStorage } from './device-pool.ts';
import { EMAIL, PASSWORD } from './listening-pool.ts';

const ALICE = 'CognitoIdentityServiceProvider.web.alice';
const TOKEN = expect.stringMatching(/^eyJ/);
/** Less than a minute. */
const MILLISECONDS = expect.stringMatching(/^-?\d{1,5}$/);

async function start(options?: Partial<ClientOptions>) {
  const pool = await devicePool('USER_SRP_AUTH', {}, options);
  const client: UserPoolClient = {
    userPoolId: pool.userPoolId,
    clientId: 'web',
    endpoint: pool.endpoint,
  };
  const { storage, contents, items } = recordedStorage();
  configureAmplify(pool, storage);
  return { pool, client, store: createUserStore(storage, client), contents, items };
}

afterEach(() => signOut());

/** By the code; the device is remembered and everything stored. */
async function engineSignsIn(
  { pool, client, store }: Awaited<ReturnType<typeof start>>,
  typed: string,
): Promise<SignedIn> {
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
    const { pool, client, store } = await start();
    await signInWithCode(pool, 'USER_SRP_AUTH', typed);
    const deviceKey = devicesOf(pool)[0]?.key;
    const messages = pool.outbox.length;

    const { tokens: theirs } = await fetchAuthSession();
    const loaded = await store.load();
    expect(loaded).toEqual({
      username: 'alice',
      tokens: {
        accessToken: theirs?.accessToken.toString(),
        idToken: theirs?.idToken?.toString(),
        refreshToken: TOKEN,
        expiresAt: Number(theirs?.accessToken.payload.exp) * 1000,
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

    const step = await signIn(client, { username: typed, password: PASSWORD }, { device: store.device });
    expect(step).toMatchObject({ status: 'signed-in', username: 'alice' });
    expect(step).not.toHaveProperty('newDevice');
    expect(step).not.toHaveProperty('deviceProblem');
    expect(pool.outbox).toHaveLength(messages);
  });

  test('the library goes on with what the engine has stored', async () => {
    const started = await start();
    const { pool } = started;
    const step = await engineSignsIn(started, typed);
    const messages = pool.outbox.length;

    expect(await getCurrentUser()).toMatchObject({ username: 'alice' });
    const { tokens } = await fetchAuthSession();
    expect(tokens?.accessToken.toString()).toBe(step.tokens.accessToken);
    expect(tokens?.idToken?.toString()).toBe(step.tokens.idToken);
    const refreshed = await accessToken(true);
    expect(refreshed).not.toBe(step.tokens.accessToken);
    expect(await pool.userOf(refreshed)).toBe('alice');

    await signOut();
    await signInWithDevice(pool, 'USER_SRP_AUTH', typed);
    expect(pool.outbox).toHaveLength(messages);
    expect(devicesOf(pool)).toEqual([{ key: step.device?.key, remembered: true }]);
  });
});

test.each([
  ['that stays', undefined],
  ['that is rotated', { gracePeriodSeconds: 0 }],
])(
  'tokens that each of the two refreshes are the other’s from then on; a refresh token %s',
  async (_title, refreshTokenRotation) => {
    const started = await start(
      refreshTokenRotation && { refreshTokenRotation, explicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] },
    );
    const { pool, client, store } = started;
    await engineSignsIn(started, 'alice');
    for (const _ of [1, 2]) {
      const byLibrary = await accessToken(true);
      const loaded = await store.load();
      expect(loaded?.tokens.accessToken).toBe(byLibrary);
      const device = await store.device('alice');
      const byEngine = await refreshTokens(client, {
        refreshToken: loaded?.tokens.refreshToken ?? '',
        deviceKey: device?.key,
      });
      await store.saveTokens('alice', byEngine);
      expect(await accessToken()).toBe(byEngine.accessToken);
      expect(await pool.userOf(byEngine.accessToken)).toBe('alice');
    }
  },
);

test('an access token that has run out is refreshed by the library, device and all', async () => {
  const started = await start();
  const { pool, items } = started;
  const { tokens } = await engineSignsIn(started, 'alice');
  // A clock two hours behind the service's, as the library reckons: iat - now
  items.set(`${ALICE}.clockDrift`, '7200000');
  const token = await accessToken();
  expect(token).not.toBe(tokens.accessToken);
  expect(await pool.userOf(token)).toBe('alice');
});

test('the keys are the library’s, and few of the engine’s own', async () => {
  const byLibrary = await start();
  await signInWithCode(byLibrary.pool, 'USER_SRP_AUTH', EMAIL);
  const libraryKeys = {
    'CognitoIdentityServiceProvider.web.LastAuthUser': 'alice',
    [`${ALICE}.accessToken`]: TOKEN,
    [`${ALICE}.idToken`]: TOKEN,
    [`${ALICE}.refreshToken`]: TOKEN,
    [`${ALICE}.clockDrift`]: MILLISECONDS,
    [`${ALICE}.deviceKey`]: expect.stringMatching(/^us-east-1_[0-9a-f-]{36}$/),
    [`${ALICE}.deviceGroupKey`]: expect.stringMatching(/^-/),
    [`${ALICE}.randomPasswordKey`]: expect.stringMatching(/^[\w+/]{54}==$/),
  };
  expect(byLibrary.contents()).toEqual({
    ...libraryKeys,
    [`${ALICE}.signInDetails`]: JSON.stringify({ loginId: EMAIL, authFlowType: 'USER_SRP_AUTH' }),
  });

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
  const { pool, client, store } = started;
  await engineSignsIn(started, 'alice');
  await signOut();
  expect(await store.load()).toBeUndefined();
  expect(await store.load('alice')).toBeUndefined();
  const messages = pool.outbox.length;
  const step = await signIn(client, { username: 'alice', password: PASSWORD }, { device: store.device });
  if (step.status !== 'signed-in') throw new Error(step.challenge.name);
  await store.save(step);
  expect(await getCurrentUser()).toMatchObject({ username: 'alice' });

  await store.signOut('alice');
  await expect(getCurrentUser()).rejects.toMatchObject({ name: 'UserUnAuthenticatedException' });
  await signInWithDevice(pool, 'USER_SRP_AUTH', 'alice');
  expect(pool.outbox).toHaveLength(messages);
});

test('a device that the engine removes is the library’s no more', async () => {
  const started = await start();
  await engineSignsIn(started, 'alice');
  await started.store.removeDevice('alice');
  await signOut();
  const { nextStep } = await begin('USER_SRP_AUTH');
  expect(nextStep.signInStep).toBe('CONFIRM_SIGN_IN_WITH_SMS_CODE');
});
