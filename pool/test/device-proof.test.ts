/** A device proves itself by SRP when it signs in, and by its key when tokens are refreshed. */
import { createHash, createHmac } from 'node:crypto';
import {
  type DeviceCredentials,
  devicePasswordVerifierResponses,
  deviceSrpAuthResponses,
  formatTimestamp,
  generateEphemeral,
  passwordVerifierResponses,
  srpAuthParameters,
} from '../../src/srp/index.ts';
import { createUserPool, type UserPool, type UserPoolOptions } from '../src/index.ts';
import { challengeDevice, confirm, initiate, proveDevice, respond, WEB } from './device-sign-in.ts';
import { ALICE, call, notAuthorized, refusal, resultOf, signInByPassword } from './raw-calls.ts';

const WRONG = notAuthorized('Incorrect username or password.');
const SESSION_UNKNOWN = notAuthorized('Invalid session for the user.');
const SESSION_USED = notAuthorized('Invalid session for the user, session can only be used once.');

const newPool = (options: UserPoolOptions = {}) =>
  createUserPool({ devices: { challengeRequiredOnNewDevice: true }, ...options });
/** RSA keys take their time: tests share a pool, each with an alice of its own. */
const shared = newPool();
function poolWithAlice(pool: UserPool = shared): UserPool {
  pool.users.add(ALICE);
  return pool;
}
const confirmedDevice = async (pool: UserPool) => confirm(pool, await signInByPassword(pool));

/** What anybody could sign with, if a host took A = 0: S is then 0 without the password. */
function signatureOfZero(SRP_B: string, device: DeviceCredentials, block: string, timestamp: string): string {
  const hex = SRP_B.padStart(SRP_B.length + (SRP_B.length % 2), '0');
  const pad = (bytes: Buffer) => ((bytes[0] ?? 0) > 0x7f ? Buffer.concat([Buffer.of(0), bytes]) : bytes);
  const hmac = (key: Buffer, ...parts: (Buffer | string)[]) =>
    parts.reduce((mac, part) => mac.update(part), createHmac('sha256', key)).digest();
  const u = createHash('sha256')
    .update(Buffer.of(0))
    .update(pad(Buffer.from(hex, 'hex')))
    .digest();
  const K = hmac(hmac(pad(u), Buffer.of(0)), 'Caldera Derived Key', Buffer.of(1)).subarray(0, 16);
  const identity = device.groupKey + device.key;
  return hmac(K, identity, Buffer.from(block, 'base64'), timestamp).toString('base64');
}

describe('the proof of a device', () => {
  test('a wrong one is refused, and ends the attempt', async () => {
    const pool = poolWithAlice();
    const { device } = await confirmedDevice(pool);
    const signIn = () => signInByPassword(pool, 'web', { DEVICE_KEY: device.key });
    for (const wrong of [{ password: 'wrong' }, { groupKey: '-00000000' }]) {
      const { answer } = await challengeDevice(pool, await signIn(), { ...device, ...wrong });
      expect(await answer()).toEqual(WRONG);
      expect(await answer()).toEqual(SESSION_UNKNOWN);
    }
    const { answer } = await challengeDevice(pool, await signIn(), device);
    expect(await answer({ PASSWORD_CLAIM_SIGNATURE: 'AAAA' })).toEqual(WRONG);
    expect(await answer()).toEqual(SESSION_UNKNOWN);
    expect((await proveDevice(pool, await signIn(), device)).end).toHaveProperty('AuthenticationResult');
  });

  test('for A = 0 nothing is right, not even the signature of S = 0', async () => {
    const pool = poolWithAlice();
    const { device } = await confirmedDevice(pool);
    const asked = await signInByPassword(pool, 'web', { DEVICE_KEY: device.key });
    const USERNAME = 'alice';
    const DEVICE_KEY = device.key;
    const challenge = await respond(pool, WEB, asked, { USERNAME, DEVICE_KEY, SRP_A: '0' });
    const { SECRET_BLOCK = '', SRP_B = '' } = challenge.ChallengeParameters ?? {};
    const TIMESTAMP = formatTimestamp(Date.now());
    expect(
      await respond(pool, WEB, challenge, {
        USERNAME,
        DEVICE_KEY,
        PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK,
        PASSWORD_CLAIM_SIGNATURE: signatureOfZero(SRP_B, device, SECRET_BLOCK, TIMESTAMP),
        TIMESTAMP,
      }),
    ).toEqual(WRONG);
  });

  test('needs SRP_A and DEVICE_KEY, which spend nothing by being absent', async () => {
    const pool = poolWithAlice();
    const { device } = await confirmedDevice(pool);
    const asked = await signInByPassword(pool, 'web', { DEVICE_KEY: device.key });
    expect(await respond(pool, WEB, asked, { USERNAME: 'alice', DEVICE_KEY: device.key })).toEqual(
      refusal('InvalidParameterException', 'Missing required parameter SRP_A'),
    );
    expect(await respond(pool, WEB, asked, { USERNAME: 'alice', SRP_A: 'abcdef' })).toEqual(
      refusal('InvalidParameterException', 'Missing required parameter DEVICE_KEY'),
    );
    expect((await proveDevice(pool, asked, device)).end).toHaveProperty('AuthenticationResult');
  });

  test('another device of the user cannot stand in', async () => {
    const pool = poolWithAlice();
    const { device } = await confirmedDevice(pool);
    const { device: other } = await confirmedDevice(pool);
    const asked = await signInByPassword(pool, 'web', { DEVICE_KEY: device.key });
    const responses = { USERNAME: 'alice', SRP_A: 'abcdef', DEVICE_KEY: other.key };
    expect(await respond(pool, WEB, asked, responses)).toEqual(WRONG);
  });

  test('spends its Sessions', async () => {
    const pool = poolWithAlice();
    const { device } = await confirmedDevice(pool);
    const asked = await signInByPassword(pool, 'web', { DEVICE_KEY: device.key });
    const { answer } = await challengeDevice(pool, asked, device);
    expect(await answer()).toHaveProperty('AuthenticationResult');
    expect(await answer()).toEqual(SESSION_USED);
    const responses = { USERNAME: 'alice', SRP_A: 'abcdef', DEVICE_KEY: device.key };
    expect(await respond(pool, WEB, asked, responses)).toEqual(SESSION_USED);
  });

  test('needs no Session where none stands beside the challenge', async () => {
    const pool = poolWithAlice(newPool({ sessionPlacement: { DEVICE_PASSWORD_VERIFIER: 'absent' } }));
    const { device } = await confirmedDevice(pool);
    const asked = await signInByPassword(pool, 'web', { DEVICE_KEY: device.key });
    const { challenge, end } = await proveDevice(pool, asked, device);
    expect(challenge).not.toHaveProperty('Session');
    expect(end).toHaveProperty('AuthenticationResult');
  });

  test('is taken once, right or wrong, where the pool takes a SECRET_BLOCK once', async () => {
    const pool = poolWithAlice(
      newPool({ sessionPlacement: { DEVICE_PASSWORD_VERIFIER: 'absent' }, secretBlockOnce: true }),
    );
    const { device } = await confirmedDevice(pool);
    const signIn = () => signInByPassword(pool, 'web', { DEVICE_KEY: device.key });
    const right = await challengeDevice(pool, await signIn(), device);
    expect(await right.answer()).toHaveProperty('AuthenticationResult');
    expect(await right.answer()).toEqual(WRONG);
    const wrong = await challengeDevice(pool, await signIn(), device);
    expect(await wrong.answer({ PASSWORD_CLAIM_SIGNATURE: 'AAAA' })).toEqual(WRONG);
    expect(await wrong.answer()).toEqual(WRONG);
  });

  test('does not answer PASSWORD_VERIFIER, nor the password DEVICE_PASSWORD_VERIFIER', async () => {
    const pool = poolWithAlice(newPool({ sessionPlacement: { DEVICE_PASSWORD_VERIFIER: 'absent' } }));
    const { device } = await confirmedDevice(pool);
    const now = Date.now();
    const ephemeral = generateEphemeral();
    const asked = await signInByPassword(pool, 'web', { DEVICE_KEY: device.key });
    const responses = deviceSrpAuthResponses(ephemeral, { username: 'alice', deviceKey: device.key });
    const challenge = await respond(pool, WEB, asked, responses);
    const proof = devicePasswordVerifierResponses(ephemeral, challenge.ChallengeParameters, { device, now });
    expect(await respond(pool, WEB, { ChallengeName: 'PASSWORD_VERIFIER' }, proof)).toEqual(WRONG);
    expect(await respond(pool, WEB, challenge, proof)).toHaveProperty('AuthenticationResult');

    const parameters = srpAuthParameters(ephemeral, { username: 'alice' });
    const verifier = await initiate(pool, WEB, 'USER_SRP_AUTH', parameters);
    const claim = passwordVerifierResponses(ephemeral, verifier.ChallengeParameters, {
      userPoolId: pool.userPoolId,
      password: ALICE.password,
      now,
      deviceKey: device.key,
    });
    expect(await respond(pool, WEB, { ChallengeName: 'DEVICE_PASSWORD_VERIFIER' }, claim)).toEqual(WRONG);
  });
});

describe('refresh tokens of a pool that tracks devices', () => {
  const byFlow = (pool: UserPool, REFRESH_TOKEN = '', more: object = {}) =>
    call(pool, 'InitiateAuth', {
      ClientId: 'web',
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN, ...more },
    });
  const byOperation = (pool: UserPool, RefreshToken = '', more: { DEVICE_KEY?: string } = {}) =>
    call(pool, 'GetTokensFromRefreshToken', {
      ClientId: 'web',
      RefreshToken,
      ...(more.DEVICE_KEY !== undefined && { DeviceKey: more.DEVICE_KEY }),
    });
  const INVALID = notAuthorized('Invalid Refresh Token.');

  test.each([
    ['REFRESH_TOKEN_AUTH', byFlow],
    ['GetTokensFromRefreshToken', byOperation],
  ])('%s needs the device, confirmed and not forgotten', async (_, refresh) => {
    const pool = poolWithAlice();
    const { device: other } = await confirmedDevice(pool);
    const signedIn = await signInByPassword(pool);
    const { RefreshToken, NewDeviceMetadata } = resultOf(signedIn);
    const DEVICE_KEY = NewDeviceMetadata?.DeviceKey ?? '';
    expect(await refresh(pool, RefreshToken, { DEVICE_KEY })).toEqual(INVALID);
    await confirm(pool, signedIn);
    expect(await refresh(pool, RefreshToken, { DEVICE_KEY })).toHaveProperty('AuthenticationResult');
    expect(await refresh(pool, RefreshToken)).toEqual(INVALID);
    expect(await refresh(pool, RefreshToken, { DEVICE_KEY: other.key })).toEqual(INVALID);
    pool.users.forgetDevice('alice', DEVICE_KEY);
    expect(await refresh(pool, RefreshToken, { DEVICE_KEY })).toEqual(INVALID);
  });
});
