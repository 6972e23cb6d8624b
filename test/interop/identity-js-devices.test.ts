/** `amazon-cognito-identity-js` confirms, uses, lists and forgets a device at the local pool over HTTP. */
import type { CognitoUserSession } from 'amazon-cognito-identity-js';
import type { UserPoolOptions } from '../../pool/src/index.ts';
import { devicePool, devicesOf, recordedStorage } from './device-pool.ts';
import { type IdentityUser, identityJs, type Outcome } from './identity-js-client.ts';
import { EMAIL, type ListeningPool, TRIGGERS } from './listening-pool.ts';

async function start(flow: string, options?: UserPoolOptions, typed = 'alice') {
  const pool = await devicePool(flow, options);
  const { storage, contents } = recordedStorage();
  const library = identityJs(pool, storage, flow);
  return { pool, contents, user: () => library.user(typed) };
}

async function expectSignedIn(pool: ListeningPool, user: IdentityUser, { callback, with: args }: Outcome) {
  expect(callback).toBe('onSuccess');
  expect(await pool.userOf((args[0] as CognitoUserSession).getAccessToken().getJwtToken())).toBe('alice');
  expect(user.user.getUsername()).toBe('alice');
}

/** A code is asked for, and sent. */
async function signInWithCode(pool: ListeningPool, user: IdentityUser): Promise<Outcome> {
  const messages = pool.outbox.length;
  expect(await user.signIn()).toMatchObject({ callback: 'mfaRequired' });
  expect(pool.outbox).toHaveLength(messages + 1);
  const outcome = await user.answer(pool.lastCode());
  await expectSignedIn(pool, user, outcome);
  return outcome;
}

/** The device stands in for the code. */
async function signInWithDevice(pool: ListeningPool, user: IdentityUser): Promise<void> {
  const messages = pool.outbox.length;
  await expectSignedIn(pool, user, await user.signIn());
  expect(pool.outbox).toHaveLength(messages);
}

const FLOWS: readonly (readonly [string, string])[] = [
  ['USER_SRP_AUTH', 'alice'],
  ['USER_SRP_AUTH', EMAIL],
  ['USER_PASSWORD_AUTH', 'alice'],
];

describe.each(FLOWS)('%s as %s', (flow, typed) => {
  test('a device that is remembered at once is used, listed and forgotten', async () => {
    const { pool, contents, user } = await start(flow, {}, typed);
    const first = user();
    const signedIn = await signInWithCode(pool, first);
    expect(signedIn.with[1]).toBeUndefined();
    const [device] = devicesOf(pool);
    expect(devicesOf(pool)).toEqual([{ key: device?.key, remembered: true }]);
    expect(contents()).toMatchObject({ 'CognitoIdentityServiceProvider.web.alice.deviceKey': device?.key });

    const second = user();
    await signInWithDevice(pool, second);
    expect(await second.listDevices()).toMatchObject({ Devices: [{ DeviceKey: device?.key }] });
    expect(await second.getDevice()).toMatchObject({ Device: { DeviceKey: device?.key } });
    expect(devicesOf(pool)).toHaveLength(1);

    await second.forget();
    expect(devicesOf(pool)).toEqual([]);
    expect(Object.keys(contents()).filter((key) => /device|random/i.test(key))).toEqual([]);
    await signInWithCode(pool, user());
    expect(devicesOf(pool)).toHaveLength(1);
    expect(devicesOf(pool)).not.toEqual([device]);
  });

  test('a device that the user is asked about is remembered, and later not', async () => {
    const { pool, user } = await start(
      flow,
      { devices: { challengeRequiredOnNewDevice: true, onlyRememberedOnUserPrompt: true } },
      typed,
    );
    const signedIn = await signInWithCode(pool, user());
    // userConfirmationNecessary
    expect(signedIn.with[1]).toBe(true);
    expect(devicesOf(pool)).toMatchObject([{ remembered: false }]);

    const second = user();
    await signInWithCode(pool, second);
    expect(await second.remember()).toBe('SUCCESS');
    expect(devicesOf(pool)).toMatchObject([{ remembered: true }]);

    const third = user();
    await signInWithDevice(pool, third);
    expect(await third.doNotRemember()).toBe('SUCCESS');
    await signInWithCode(pool, user());
    expect(devicesOf(pool)).toMatchObject([{ remembered: false }]);
  });

  test('a device that was forgotten elsewhere is replaced by a new one', async () => {
    const { pool, user } = await start(flow, {}, typed);
    await signInWithCode(pool, user());
    const [device] = devicesOf(pool);
    pool.users.forgetDevice('alice', device?.key ?? '');
    if (flow === 'USER_PASSWORD_AUTH') {
      // The library begins with the device it has stored, and nothing clears it
      await expect(user().signIn()).rejects.toMatchObject({
        code: 'ResourceNotFoundException',
        message: 'Device does not exist.',
      });
      return;
    }
    const next = user();
    await signInWithCode(pool, next);
    expect(devicesOf(pool)).not.toEqual([device]);
    await signInWithDevice(pool, user());
  });

  test('tokens are refreshed for the device, also after it has stood in for the code', async () => {
    const { pool, user } = await start(flow, {}, typed);
    for (const signIn of [signInWithCode, signInWithDevice]) {
      const it = user();
      await signIn(pool, it);
      const before = it.user.getSignInUserSession();
      const after = await it.refresh();
      expect(await pool.userOf(after.getAccessToken().getJwtToken())).toBe('alice');
      expect(after.getAccessToken().payload['jti']).not.toBe(before?.getAccessToken().payload['jti']);
      expect(after.getAccessToken().payload['device_key']).toBe(devicesOf(pool)[0]?.key);
      expect(after.getRefreshToken().getToken()).toBe(before?.getRefreshToken().getToken());
    }
  });
});

describe('CUSTOM_AUTH', () => {
  type Begin = (user: IdentityUser) => Promise<Outcome>;
  const withoutPassword: Begin = ({ signInByQuestions }) => signInByQuestions();
  const afterPassword: Begin = ({ signIn }) => signIn();

  /** @returns the device that the tokens are of */
  async function signIn({ pool, user }: Awaited<ReturnType<typeof start>>, begin: Begin): Promise<string> {
    const it = user();
    expect(await begin(it)).toMatchObject({ callback: 'customChallenge' });
    expect(await it.answerQuestion('open')).toMatchObject({ callback: 'customChallenge' });
    await expectSignedIn(pool, it, await it.answerQuestion('sesame'));
    return String(it.user.getSignInUserSession()?.getAccessToken().payload['device_key']);
  }

  test.each([
    ['without a password', withoutPassword],
    ['after the password', afterPassword],
  ])('%s: the device proves itself after the questions', async (_, begin) => {
    const world = await start('CUSTOM_AUTH', { triggers: TRIGGERS });
    const key = await signIn(world, begin);
    expect(devicesOf(world.pool)).toEqual([{ key, remembered: true }]);
    expect(await signIn(world, begin)).toBe(key);
    expect(devicesOf(world.pool)).toEqual([{ key, remembered: true }]);
  });

  test('a device that was forgotten elsewhere: a new one', async () => {
    const world = await start('CUSTOM_AUTH', { triggers: TRIGGERS });
    const key = await signIn(world, afterPassword);
    world.pool.users.forgetDevice('alice', key);
    const next = await signIn(world, afterPassword);
    expect(next).not.toBe(key);
    expect(devicesOf(world.pool)).toEqual([{ key: next, remembered: true }]);
    expect(await signIn(world, afterPassword)).toBe(next);
  });

  test('without a password, the library gives up where its device was forgotten elsewhere', async () => {
    const world = await start('CUSTOM_AUTH', { triggers: TRIGGERS });
    world.pool.users.forgetDevice('alice', await signIn(world, withoutPassword));
    await expect(signIn(world, withoutPassword)).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      message: 'Device does not exist.',
    });
  });
});

// It sends the alias with the code, and the service then takes no device: aws-amplify/amplify-js#4047
test('USER_PASSWORD_AUTH by an alias: the library cannot confirm the device', async () => {
  const { pool, user } = await start('USER_PASSWORD_AUTH', {}, EMAIL);
  const it = user();
  expect(await it.signIn()).toMatchObject({ callback: 'mfaRequired' });
  await expect(it.answer(pool.lastCode())).rejects.toMatchObject({
    code: 'InvalidParameterException',
    message: 'Invalid device key given.',
  });
  expect(devicesOf(pool)).toEqual([]);
});

test('the tokens of a device that was forgotten elsewhere are refreshed no more', async () => {
  const { pool, user } = await start('USER_SRP_AUTH');
  const it = user();
  await signInWithCode(pool, it);
  pool.users.forgetDevice('alice', devicesOf(pool)[0]?.key ?? '');
  await expect(it.refresh()).rejects.toMatchObject({ code: 'NotAuthorizedException' });
});

test('DEVICE_PASSWORD_VERIFIER without a Session is answered', async () => {
  const { pool, user } = await start('USER_SRP_AUTH', {
    sessionPlacement: { DEVICE_PASSWORD_VERIFIER: 'absent' },
  });
  await signInWithCode(pool, user());
  await signInWithDevice(pool, user());
});
