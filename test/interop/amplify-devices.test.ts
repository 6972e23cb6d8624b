/** `aws-amplify` v6 confirms, uses, lists and forgets a device at the local pool over HTTP. */
import {
  confirmSignIn,
  fetchAuthSession,
  fetchDevices,
  forgetDevice,
  rememberDevice,
  signOut,
} from 'aws-amplify/auth';
import type { ClientOptions, UserPoolOptions } from '../../pool/src/index.ts';
import { claimsOf } from '../support/client.ts';
import {
  accessToken,
  begin,
  configureAmplify,
  expectSignedIn,
  type Flow,
  signInWithCode,
  signInWithDevice,
} from './amplify-client.ts';
import { devicePool, devicesOf, recordedStorage } from './device-pool.ts';
import { EMAIL, TRIGGERS } from './listening-pool.ts';

async function start(flow: string, options?: UserPoolOptions, client?: Partial<ClientOptions>) {
  const pool = await devicePool(flow, options, client);
  const { storage, contents } = recordedStorage();
  configureAmplify(pool, storage);
  return { pool, contents };
}

afterEach(() => signOut());

const FLOWS: readonly (readonly [Flow, string])[] = [
  ['USER_SRP_AUTH', 'alice'],
  ['USER_SRP_AUTH', EMAIL],
  ['USER_PASSWORD_AUTH', 'alice'],
];

describe.each(FLOWS)('%s as %s', (flow, typed) => {
  test('a device that is remembered at once is used, listed and forgotten', async () => {
    const { pool, contents } = await start(flow);
    await signInWithCode(pool, flow, typed);
    const [device] = devicesOf(pool);
    expect(devicesOf(pool)).toEqual([{ key: device?.key, remembered: true }]);
    expect(contents()).toMatchObject({ 'CognitoIdentityServiceProvider.web.alice.deviceKey': device?.key });

    await signOut();
    await signInWithDevice(pool, flow, typed);
    expect(await fetchDevices()).toMatchObject([{ id: device?.key }]);
    expect(devicesOf(pool)).toHaveLength(1);

    await forgetDevice();
    expect(devicesOf(pool)).toEqual([]);
    expect(Object.keys(contents()).filter((key) => /device|random/i.test(key))).toEqual([]);
    await signOut();
    await signInWithCode(pool, flow, typed);
    expect(devicesOf(pool)).toHaveLength(1);
    expect(devicesOf(pool)).not.toEqual([device]);
  });

  test('a device that the user is asked about is remembered, and later not', async () => {
    const { pool } = await start(flow, {
      devices: { challengeRequiredOnNewDevice: true, onlyRememberedOnUserPrompt: true },
    });
    await signInWithCode(pool, flow, typed);
    expect(devicesOf(pool)).toMatchObject([{ remembered: false }]);
    await signOut();
    await signInWithCode(pool, flow, typed);
    await rememberDevice();
    expect(devicesOf(pool)).toMatchObject([{ remembered: true }]);
    await signOut();
    await signInWithDevice(pool, flow, typed);
    expect(devicesOf(pool)).toHaveLength(1);
  });

  test('a device that was forgotten elsewhere is replaced by a new one', async () => {
    const { pool } = await start(flow);
    await signInWithCode(pool, flow, typed);
    const [device] = devicesOf(pool);
    await signOut();
    pool.users.forgetDevice('alice', device?.key ?? '');
    await signInWithCode(pool, flow, typed);
    expect(devicesOf(pool)).toHaveLength(1);
    expect(devicesOf(pool)).not.toEqual([device]);
    await signOut();
    await signInWithDevice(pool, flow, typed);
  });

  test.each([
    ['the refresh token stays', undefined],
    ['the refresh token is rotated', { gracePeriodSeconds: 0 }],
  ])('tokens are refreshed for the device; %s', async (_title, refreshTokenRotation) => {
    const { pool, contents } = await start(
      flow,
      {},
      refreshTokenRotation && {
        refreshTokenRotation,
        explicitAuthFlows: [`ALLOW_${flow}`],
      },
    );
    const refreshToken = () => contents()['CognitoIdentityServiceProvider.web.alice.refreshToken'];
    for (const signIn of [signInWithCode, signInWithDevice]) {
      await signIn(pool, flow, typed);
      const seen = new Set([await accessToken()]);
      const kept = new Set([refreshToken()]);
      for (const _ of [1, 2]) {
        const token = await accessToken(true);
        expect(await pool.userOf(token)).toBe('alice');
        expect(claimsOf(token)['device_key']).toBe(devicesOf(pool)[0]?.key);
        seen.add(token);
        kept.add(refreshToken());
      }
      expect(seen.size).toBe(3);
      expect(kept.size).toBe(refreshTokenRotation ? 3 : 1);
      await signOut();
    }
  });
});

test.each(['CUSTOM_WITHOUT_SRP', 'CUSTOM_WITH_SRP'] as const)(
  '%s: the device proves itself after the questions; forgotten, a new one',
  async (flow) => {
    const { pool } = await start('CUSTOM_AUTH', { triggers: TRIGGERS });
    /** @returns the device that the tokens are of */
    const signIn = async () => {
      await begin(flow);
      await confirmSignIn({ challengeResponse: 'open' });
      await expectSignedIn(pool, await confirmSignIn({ challengeResponse: 'sesame' }));
      const key = claimsOf(await accessToken())['device_key'];
      await signOut();
      return key;
    };
    const key = String(await signIn());
    expect(devicesOf(pool)).toEqual([{ key, remembered: true }]);
    expect(await signIn()).toBe(key);
    expect(devicesOf(pool)).toEqual([{ key, remembered: true }]);

    pool.users.forgetDevice('alice', key);
    const next = String(await signIn());
    expect(next).not.toBe(key);
    expect(devicesOf(pool)).toEqual([{ key: next, remembered: true }]);
    expect(await signIn()).toBe(next);
  },
);

test('USER_PASSWORD_AUTH by an alias: the library finds no device, so the code is asked for each time', async () => {
  const { pool } = await start('USER_PASSWORD_AUTH');
  await signInWithCode(pool, 'USER_PASSWORD_AUTH', EMAIL);
  expect(devicesOf(pool)).toHaveLength(1);
  await signOut();
  await signInWithCode(pool, 'USER_PASSWORD_AUTH', EMAIL);
});

test('the tokens of a device that was forgotten elsewhere are refreshed no more', async () => {
  const { pool } = await start('USER_SRP_AUTH');
  await signInWithCode(pool, 'USER_SRP_AUTH', 'alice');
  pool.users.forgetDevice('alice', devicesOf(pool)[0]?.key ?? '');
  expect((await fetchAuthSession({ forceRefresh: true })).tokens).toBeUndefined();
});

test('DEVICE_PASSWORD_VERIFIER without a Session is answered', async () => {
  const { pool } = await start('USER_SRP_AUTH', { sessionPlacement: { DEVICE_PASSWORD_VERIFIER: 'absent' } });
  await signInWithCode(pool, 'USER_SRP_AUTH', 'alice');
  await signOut();
  await signInWithDevice(pool, 'USER_SRP_AUTH', 'alice');
});
