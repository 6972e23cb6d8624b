/** A pool asks a remembered device when it should, and a missing device does not spoil a sign-in. */

import { generateEphemeral, passwordVerifierResponses, srpAuthParameters } from '../../src/srp/index.ts';
import { createUserPool, type Triggers, type UserPool, type UserPoolOptions } from '../src/index.ts';
import {
  challengeDevice,
  confirm,
  initiate,
  proveDevice,
  respond,
  srpSignIn,
  WEB,
} from './device-sign-in.ts';
import { ALICE, call, notAuthorized, type Reply, refusal, resultOf, signInByPassword } from './raw-calls.ts';

const PHONE = '+4912345678';
const NO_DEVICE = refusal('ResourceNotFoundException', 'Device does not exist.');
const WRONG = notAuthorized('Incorrect username or password.');

/** One question, whose right answer is "yes". */
const TRIGGERS: Triggers = {
  defineAuthChallenge: (event) => {
    const { session } = event.request;
    const last = session.at(-1);
    const answered = last?.challengeName === 'CUSTOM_CHALLENGE' && last.challengeResult;
    const asksPassword = last?.challengeName === 'SRP_A';
    event.response = answered
      ? { issueTokens: true }
      : { challengeName: asksPassword ? 'PASSWORD_VERIFIER' : 'CUSTOM_CHALLENGE' };
    return event;
  },
  createAuthChallenge: (event) => event,
  verifyAuthChallengeResponse: (event) => {
    event.response = { answerCorrect: event.request.challengeAnswer === 'yes' };
    return event;
  },
};

const newPool = (options: UserPoolOptions = {}) =>
  createUserPool({
    devices: { challengeRequiredOnNewDevice: true },
    triggers: TRIGGERS,
    ...options,
  });
/** RSA keys take their time: tests share a pool, each with an alice of its own. */
const shared = newPool();
function poolWithAlice(alice: object = { mfa: { sms: PHONE } }, pool: UserPool = shared): UserPool {
  pool.users.add({ ...ALICE, aliases: ['alice@example.com'], ...alice });
  return pool;
}

const smsCode = (pool: UserPool) => ({ USERNAME: 'alice', SMS_MFA_CODE: pool.outbox.at(-1)?.code ?? '' });

/** A device that was confirmed after a sign-in by password, and MFA if there is any. */
async function confirmedDevice(pool: UserPool) {
  const first = await signInByPassword(pool);
  const signedIn = first.AuthenticationResult ? first : await respond(pool, WEB, first, smsCode(pool));
  const { device } = await confirm(pool, signedIn);
  return { device, AccessToken: resultOf(signedIn).AccessToken };
}

const asksDevice = (reply: Reply) =>
  expect(reply).toEqual({
    ChallengeName: 'DEVICE_SRP_AUTH',
    ChallengeParameters: { USERNAME: 'alice' },
    Session: expect.any(String),
  });

describe('a remembered device is asked', () => {
  test.each(['alice', 'alice@example.com'])(
    'after InitiateAuth with the password of %s',
    async (USERNAME) => {
      const pool = poolWithAlice();
      const { device } = await confirmedDevice(pool);
      const asked = await signInByPassword(pool, 'web', { USERNAME, DEVICE_KEY: device.key });
      asksDevice(asked);
      const { end } = await proveDevice(pool, asked, device);
      expect(resultOf(end)).not.toHaveProperty('NewDeviceMetadata');
    },
  );

  test('after PASSWORD_VERIFIER, where only InitiateAuth named it', async () => {
    const pool = poolWithAlice();
    const { device } = await confirmedDevice(pool);
    const ephemeral = generateEphemeral();
    const parameters = srpAuthParameters(ephemeral, { username: 'alice', deviceKey: device.key });
    const challenge = await initiate(pool, WEB, 'USER_SRP_AUTH', parameters);
    const claim = passwordVerifierResponses(ephemeral, challenge.ChallengeParameters, {
      userPoolId: pool.userPoolId,
      password: ALICE.password,
      now: Date.now(),
    });
    asksDevice(await respond(pool, WEB, challenge, claim));
  });

  test('where there would be no MFA, too', async () => {
    const pool = poolWithAlice({});
    const { device } = await confirmedDevice(pool);
    asksDevice(await signInByPassword(pool, 'web', { DEVICE_KEY: device.key }));
  });

  test('after the MFA answer that first names it', async () => {
    const pool = poolWithAlice();
    const { device } = await confirmedDevice(pool);
    const mfa = await signInByPassword(pool);
    expect(mfa.ChallengeName).toBe('SMS_MFA');
    const asked = await respond(pool, WEB, mfa, { ...smsCode(pool), DEVICE_KEY: device.key });
    asksDevice(asked);
    expect(resultOf((await proveDevice(pool, asked, device)).end)).not.toHaveProperty('NewDeviceMetadata');
  });

  test('after the new password, named in any answer', async () => {
    const pool = poolWithAlice();
    const { device } = await confirmedDevice(pool);
    pool.users.update('alice', { status: 'FORCE_CHANGE_PASSWORD' });
    const newPassword = await signInByPassword(pool, 'web', { DEVICE_KEY: device.key });
    expect(newPassword.ChallengeName).toBe('NEW_PASSWORD_REQUIRED');
    const answer = { USERNAME: 'alice', NEW_PASSWORD: 'Another-Horse-9' };
    asksDevice(await respond(pool, WEB, newPassword, answer));
  });

  test('after CUSTOM_AUTH, named at its beginning or in the last answer', async () => {
    const pool = poolWithAlice();
    const { device } = await confirmedDevice(pool);
    const yes = { USERNAME: 'alice', ANSWER: 'yes' };
    const early = await initiate(pool, WEB, 'CUSTOM_AUTH', { USERNAME: 'alice', DEVICE_KEY: device.key });
    asksDevice(await respond(pool, WEB, early, yes));
    const late = await initiate(pool, WEB, 'CUSTOM_AUTH', { USERNAME: 'alice' });
    const asked = await respond(pool, WEB, late, { ...yes, DEVICE_KEY: device.key });
    asksDevice(asked);
    expect(resultOf((await proveDevice(pool, asked, device)).end)).not.toHaveProperty('NewDeviceMetadata');
    const without = await initiate(pool, WEB, 'CUSTOM_AUTH', { USERNAME: 'alice' });
    expect(resultOf(await respond(pool, WEB, without, yes))).toHaveProperty('NewDeviceMetadata');
  });

  test('under USER_AUTH with the password', async () => {
    const pool = poolWithAlice();
    const { device } = await confirmedDevice(pool);
    const parameters = {
      USERNAME: 'alice',
      PREFERRED_CHALLENGE: 'PASSWORD',
      PASSWORD: ALICE.password,
      DEVICE_KEY: device.key,
    };
    expect(await initiate(pool, WEB, 'USER_AUTH', parameters)).toMatchObject({
      ChallengeName: 'DEVICE_SRP_AUTH',
    });
  });
});

describe('the second factor stays', () => {
  test('for a device that is not remembered; it is not issued anew', async () => {
    const pool = poolWithAlice();
    const { device, AccessToken } = await confirmedDevice(pool);
    const DeviceKey = device.key;
    await call(pool, 'UpdateDeviceStatus', {
      AccessToken,
      DeviceKey,
      DeviceRememberedStatus: 'not_remembered',
    });
    const mfa = await signInByPassword(pool, 'web', { DEVICE_KEY: DeviceKey });
    expect(mfa.ChallengeName).toBe('SMS_MFA');
    expect(resultOf(await respond(pool, WEB, mfa, smsCode(pool)))).not.toHaveProperty('NewDeviceMetadata');
  });

  test('where the pool wants the user asked, until the user has been', async () => {
    const pool = poolWithAlice(
      undefined,
      newPool({ devices: { challengeRequiredOnNewDevice: true, onlyRememberedOnUserPrompt: true } }),
    );
    const { device, AccessToken } = await confirmedDevice(pool);
    const signIn = () => signInByPassword(pool, 'web', { DEVICE_KEY: device.key });
    expect((await signIn()).ChallengeName).toBe('SMS_MFA');
    await call(pool, 'UpdateDeviceStatus', {
      AccessToken,
      DeviceKey: device.key,
      DeviceRememberedStatus: 'remembered',
    });
    asksDevice(await signIn());
  });

  test('where the pool does not challenge new devices', async () => {
    const pool = poolWithAlice(undefined, newPool({ devices: {} }));
    const { device } = await confirmedDevice(pool);
    const mfa = await signInByPassword(pool, 'web', { DEVICE_KEY: device.key });
    expect(mfa.ChallengeName).toBe('SMS_MFA');
    expect(resultOf(await respond(pool, WEB, mfa, smsCode(pool)))).not.toHaveProperty('NewDeviceMetadata');
  });
});

describe('a device that is gone, or of another user', () => {
  async function goneDevice(pool: UserPool) {
    const { device } = await confirmedDevice(pool);
    pool.users.forgetDevice('alice', device.key);
    return device.key;
  }

  test('does not spend PASSWORD_VERIFIER: the same answer passes without it, or with null', async () => {
    const pool = poolWithAlice({});
    const answer = await srpSignIn(pool);
    const DEVICE_KEY = await goneDevice(pool);
    expect(await answer({ DEVICE_KEY })).toEqual(NO_DEVICE);
    expect(resultOf(await answer({ DEVICE_KEY: null }))).toHaveProperty('NewDeviceMetadata');
    const second = await srpSignIn(pool);
    expect(await second({ DEVICE_KEY })).toEqual(NO_DEVICE);
    expect(await second()).toHaveProperty('AuthenticationResult');
  });

  test('does not spend a SECRET_BLOCK that is good once', async () => {
    const pool = poolWithAlice({}, newPool({ secretBlockOnce: true }));
    const DEVICE_KEY = await goneDevice(pool);
    const answer = await srpSignIn(pool);
    expect(await answer({ DEVICE_KEY })).toEqual(NO_DEVICE);
    expect(await answer()).toHaveProperty('AuthenticationResult');
  });

  test('does not spend the Session of PASSWORD_VERIFIER, where there is one', async () => {
    const pool = poolWithAlice({}, newPool({ sessionPlacement: { USER_SRP_AUTH: 'present' } }));
    const DEVICE_KEY = await goneDevice(pool);
    const answer = await srpSignIn(pool);
    expect(await answer({ DEVICE_KEY })).toEqual(NO_DEVICE);
    expect(await answer()).toHaveProperty('AuthenticationResult');
  });

  test('is not mentioned where the password is wrong', async () => {
    const pool = poolWithAlice({});
    const DEVICE_KEY = await goneDevice(pool);
    const answer = await srpSignIn(pool);
    expect(await answer({ DEVICE_KEY, PASSWORD_CLAIM_SIGNATURE: 'AAAA' })).toEqual(WRONG);
    expect(await signInByPassword(pool, 'web', { PASSWORD: 'wrong', DEVICE_KEY })).toEqual(WRONG);
  });

  test('does not spend an MFA answer', async () => {
    const pool = poolWithAlice();
    const DEVICE_KEY = await goneDevice(pool);
    const mfa = await signInByPassword(pool);
    const code = smsCode(pool);
    expect(await respond(pool, WEB, mfa, { ...code, DEVICE_KEY })).toEqual(NO_DEVICE);
    expect(await respond(pool, WEB, mfa, code)).toHaveProperty('AuthenticationResult');
  });

  test('is refused by InitiateAuth that proves or begins something; USER_SRP_AUTH leaves it to the answer', async () => {
    const pool = poolWithAlice({});
    const DEVICE_KEY = await goneDevice(pool);
    expect(await signInByPassword(pool, 'web', { DEVICE_KEY })).toEqual(NO_DEVICE);
    expect(await initiate(pool, WEB, 'CUSTOM_AUTH', { USERNAME: 'alice', DEVICE_KEY })).toEqual(NO_DEVICE);
    const parameters = { USERNAME: 'alice', SRP_A: 'abcdef', DEVICE_KEY };
    expect(await initiate(pool, WEB, 'USER_SRP_AUTH', parameters)).toMatchObject({
      ChallengeName: 'PASSWORD_VERIFIER',
    });
  });

  test('is refused where it is another user’s', async () => {
    const pool = poolWithAlice({});
    const { device } = await confirmedDevice(pool);
    pool.users.add({ username: 'bob', password: ALICE.password });
    expect(await signInByPassword(pool, 'web', { USERNAME: 'bob', DEVICE_KEY: device.key })).toEqual(
      NO_DEVICE,
    );
  });

  test('is noticed at every step: it may go while it is being asked', async () => {
    const pool = poolWithAlice({});
    const { device } = await confirmedDevice(pool);
    const signIn = () => signInByPassword(pool, 'web', { DEVICE_KEY: device.key });
    const [atFirst, atLast] = [await signIn(), await signIn()];
    const { answer } = await challengeDevice(pool, atLast, device);
    pool.users.forgetDevice('alice', device.key);
    const responses = { USERNAME: 'alice', SRP_A: 'abcdef', DEVICE_KEY: device.key };
    expect(await respond(pool, WEB, atFirst, responses)).toEqual(NO_DEVICE);
    expect(await answer()).toEqual(NO_DEVICE);
  });
});
