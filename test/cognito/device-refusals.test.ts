/** Only a refusal that is about the device drops it, and no device keeps its user out. */

import type { UserPoolOptions } from '../../pool/src/index.ts';
import {
  type ChallengeOf,
  confirmNewDevice,
  createUserStore,
  type Device,
  type Fetch,
  listDevices,
  memoryStorage,
  respond,
  type ServiceError,
  type SignedIn,
  type SignInOptions,
  type Step,
  signIn,
} from '../../src/index.ts';
import { client, recorder } from '../support/client.ts';
import { errorOf } from '../support/secrets.ts';
import { CASES, createWorld, PASSWORD, type World, whereIs } from './challenge-cases.ts';

const TRACKED: UserPoolOptions = { devices: { challengeRequiredOnNewDevice: true } };
const alice = { username: 'alice', password: PASSWORD };

async function answered(world: World, step: Step, options: SignInOptions): Promise<SignedIn> {
  let next = step;
  if (next.status === 'challenge' && next.challenge.name === 'SMS_MFA') {
    next = await respond(
      world.client,
      next.challenge,
      { code: world.pool.outbox.at(-1)?.code ?? '' },
      options,
    );
  }
  if (next.status !== 'signed-in') throw new Error(whereIs(next));
  return next;
}

/** A user with SMS_MFA, and a device that stands in for it. */
async function remembered(more: UserPoolOptions = {}) {
  const world = await createWorld(CASES.SMS_MFA, { ...TRACKED, ...more });
  const step = await answered(world, await signIn(world.client, alice, world.options), world.options);
  const { device } = await confirmNewDevice(world.client, step, {}, world.options);
  if (!device) throw new Error('No device');
  return { world, device };
}

const damaged = (device: Device): Device => ({ ...device, password: 'AAAA' });

describe('a device whose stored password is wrong', () => {
  test('signIn goes on without it, asks MFA, and says so', async () => {
    const { world, device } = await remembered();
    const step = await signIn(world.client, alice, { ...world.options, device: damaged(device) });
    expect([whereIs(step), step.deviceProblem?.code]).toEqual(['SMS_MFA', 'DEVICE_REFUSED']);
  });

  test('respond says that it was the device, not the password: without it, the user is let in', async () => {
    const { world, device } = await remembered();
    const options = { ...world.options, device: damaged(device) };
    const choice = { choice: 'PASSWORD_SRP', password: PASSWORD } as const;
    const begin = async (more: SignInOptions) => {
      const step = await signIn(world.client, { flow: 'USER_AUTH', username: 'alice' }, more);
      if (step.status !== 'challenge' || step.challenge.name !== 'SELECT_CHALLENGE')
        throw new Error(whereIs(step));
      return respond(world.client, step.challenge, choice, more);
    };
    const error = (await errorOf(() => begin(options))) as ServiceError;
    expect(error).toMatchObject({
      code: 'DEVICE_REFUSED',
      recovery: 'start-again',
      name: 'NotAuthorizedException',
      operation: 'RespondToAuthChallenge',
    });
    expect(whereIs(await begin(world.options))).toBe('SMS_MFA');
  });
});

describe('a refusal that is not about the device does not condemn it', () => {
  test.each([
    ['NotAuthorizedException', 'Password attempts exceeded', 'ATTEMPTS_EXCEEDED'],
    ['NotAuthorizedException', 'Invalid session for the user, session is expired.', 'SESSION_EXPIRED'],
    ['NotAuthorizedException', 'Unable to verify secret hash for client web', 'SECRET_HASH_REFUSED'],
    ['LimitExceededException', 'Attempt limit exceeded', 'ATTEMPTS_EXCEEDED'],
    ['InvalidParameterException', 'TIMESTAMP format should be …', 'TIMESTAMP_REFUSED'],
    ['PasswordResetRequiredException', 'Password reset required for the user', 'PASSWORD_RESET_REQUIRED'],
    ['UserLambdaValidationException', 'PreTokenGeneration failed', 'TRIGGER_REFUSED'],
    ['UnexpectedLambdaException', 'PreTokenGeneration failed', 'TRIGGER_FAILED'],
  ])('%s %j', async (exception, message, code) => {
    const { world, device } = await remembered();
    const fetch: Fetch = async (url, init) => {
      const { ChallengeName } = JSON.parse(String(init.body)) as { ChallengeName?: string };
      if (!ChallengeName?.startsWith('DEVICE_')) return (world.options.fetch as Fetch)(url, init);
      return new Response(JSON.stringify({ __type: exception, message }), { status: 400 });
    };
    const options = { ...world.options, fetch, device };
    await expect(signIn(world.client, alice, options)).rejects.toMatchObject({ code, name: exception });
    // It is as good as before
    expect(whereIs(await signIn(world.client, alice, { ...options, fetch: world.options.fetch }))).toBe(
      'signed-in',
    );
  });
});

describe('where a device comes from', () => {
  test('null, as a storage gives it, is not a device', async () => {
    const { world } = await remembered();
    for (const device of [null, () => null, async () => undefined]) {
      const step = await signIn(world.client, alice, { ...world.options, device });
      expect([whereIs(step), step.deviceProblem]).toEqual(['SMS_MFA', undefined]);
    }
  });

  test('a storage that never answers is given up at the time limit', async () => {
    const { world } = await remembered();
    const step = await signIn(world.client, alice, {
      ...world.options,
      timeoutMs: 1000,
      device: () => new Promise(() => {}),
    });
    expect([whereIs(step), step.deviceProblem?.code]).toEqual(['SMS_MFA', 'DEVICE_UNREADABLE']);
  });

  test('aborted while the storage is asked: rejects with the reason, and nothing is sent', async () => {
    const { fetch, sent } = recorder(() => new Response('{}'));
    const controller = new AbortController();
    const reason = new RangeError('enough');
    const device = () => {
      controller.abort(reason);
      return new Promise<undefined>(() => {});
    };
    await expect(signIn(client, alice, { fetch, signal: controller.signal, device })).rejects.toBe(reason);
    expect(sent).toEqual([]);
  });

  test('a storage that fails for the alias and answers for the user: the device is used, and nothing is wrong', async () => {
    const { world, device } = await remembered({
      users: [{ ...alice, aliases: ['a@b.example'], mfa: { sms: '+4912345678' } }],
    });
    const source = (username: string) => {
      if (username !== 'alice') throw new Error('storage');
      return device;
    };
    const step = await signIn(
      world.client,
      { username: 'a@b.example', password: PASSWORD },
      { ...world.options, device: source },
    );
    expect([whereIs(step), step.deviceProblem]).toEqual(['signed-in', undefined]);
  });

  test("alice's device, while bob signs in by USER_PASSWORD_AUTH, is another user's and not gone", async () => {
    const bob = { username: 'bob', password: PASSWORD };
    const { world, device } = await remembered({
      users: [{ ...alice, mfa: { sms: '+4912345678' } }, bob],
    });
    const credentials = { ...bob, flow: 'USER_PASSWORD_AUTH' } as const;
    const step = await signIn(world.client, credentials, { ...world.options, device });
    expect([whereIs(step), step.deviceProblem?.code]).toEqual(['signed-in', 'DEVICE_OF_ANOTHER_USER']);
  });

  test("the user's own device was refused before: another user's, found by the alias, does not take its place", async () => {
    const device = (key: string, username: string) => ({ key, groupKey: '-g', password: PASSWORD, username });
    const [own, bobs] = [device('local_1', 'alice'), device('local_2', 'bob')];
    const parameters = { SRP_B: 'aa', SALT: 'bb', SECRET_BLOCK: 'AAAA', USER_ID_FOR_SRP: 'alice' };
    const replies = [
      { ChallengeName: 'PASSWORD_VERIFIER', ChallengeParameters: parameters },
      { AuthenticationResult: { AccessToken: 'access' } },
    ];
    const { fetch, sent } = recorder((_sent, _init, index) => new Response(JSON.stringify(replies[index])));
    const challenge: ChallengeOf<'PASSWORD_SRP'> = {
      version: 1,
      name: 'PASSWORD_SRP',
      username: 'a@b.example',
      userPoolId: client.userPoolId,
      clientId: client.clientId,
      expiresAt: Date.now() + 1000,
      parameters: {},
      refusedDevice: own.key,
    };
    const source = (username: string) => (username === 'alice' ? own : bobs);
    const step = await respond(client, challenge, { password: PASSWORD }, { fetch, device: source });
    expect(sent[1]?.input.ChallengeResponses).not.toHaveProperty('DEVICE_KEY');
    expect([whereIs(step), step.deviceProblem?.code]).toEqual(['signed-in', 'DEVICE_OF_ANOTHER_USER']);
  });

  test('session: undefined is no session: a device that is gone does not end the sign-in', async () => {
    const { world, device } = await remembered();
    world.pool.users.forgetDevice('alice', device.key);
    const credentials = { flow: 'USER_AUTH', username: 'alice', session: undefined } as const;
    const step = await signIn(world.client, credentials, { ...world.options, device });
    expect([whereIs(step), step.deviceProblem?.code]).toEqual(['SELECT_CHALLENGE', 'DEVICE_GONE']);
  });
});

describe('a confirmation whose reply is lost', () => {
  test.each(['reset-after', 'truncated-body', 'html', 'reset-before'] as const)(
    '%s: given again, the step has its device, which signs in without MFA',
    async (name) => {
      const world = await createWorld(CASES.SMS_MFA, TRACKED);
      const signedIn = await answered(world, await signIn(world.client, alice, world.options), world.options);
      world.pool.faults.add({ name, operation: 'ConfirmDevice', nth: 1 });
      const failed = await confirmNewDevice(world.client, signedIn, {}, world.options);
      expect(failed).toMatchObject({
        tokens: signedIn.tokens,
        deviceProblem: { code: 'CONFIRMATION_FAILED' },
      });
      expect(failed.device).toBeUndefined();
      expect(failed.deviceProblem?.message).toMatch(
        /^The new device could not be confirmed: ConfirmDevice: \w/,
      );

      const { device, deviceProblem, newDevice } = await confirmNewDevice(
        world.client,
        failed,
        {},
        world.options,
      );
      expect([deviceProblem, newDevice]).toEqual([undefined, undefined]);
      const again = await signIn(world.client, alice, { ...world.options, device });
      expect([whereIs(again), again.deviceProblem]).toEqual(['signed-in', undefined]);
    },
  );

  test('a device that somebody else has confirmed is no success', async () => {
    const world = await createWorld(CASES.SMS_MFA, TRACKED);
    const signedIn = await answered(world, await signIn(world.client, alice, world.options), world.options);
    await confirmNewDevice(world.client, signedIn, {}, world.options);
    const second = await confirmNewDevice(world.client, signedIn, {}, world.options);
    expect(second).toMatchObject({ deviceProblem: { code: 'CONFIRMATION_FAILED' } });
  });
});

test('a list of devices whose token comes again ends', async () => {
  const page = { Devices: [{ DeviceKey: 'local_1' }], PaginationToken: 'again' };
  const { fetch, sent } = recorder(() => new Response(JSON.stringify(page)));
  const keys: string[] = [];
  for await (const { key } of listDevices(client, { accessToken: 'token' }, { fetch })) keys.push(key);
  expect([keys.length, sent.length]).toEqual([2, 2]);
});

describe('a device and tokens that a library kept under the alias that was typed', () => {
  test('are found, and the device signs in', async () => {
    const email = 'alice@example.com';
    const user = { ...alice, attributes: { email }, aliases: [email], mfa: { sms: '+4912345678' } };
    const world = await createWorld({ ...CASES.SMS_MFA, options: { users: [user] } }, TRACKED);
    const signedIn = await answered(world, await signIn(world.client, alice, world.options), world.options);
    const { device, tokens } = await confirmNewDevice(world.client, signedIn, {}, world.options);
    if (!device) throw new Error('No device');
    const root = `CognitoIdentityServiceProvider.web`;
    const store = createUserStore(
      memoryStorage({
        [`${root}.LastAuthUser`]: email,
        [`${root}.${email}.accessToken`]: tokens.accessToken,
        [`${root}.${email}.idToken`]: tokens.idToken,
        [`${root}.${email}.refreshToken`]: tokens.refreshToken ?? '',
        [`${root}.${email}.deviceKey`]: device.key,
        [`${root}.${email}.deviceGroupKey`]: device.groupKey,
        [`${root}.${email}.randomPasswordKey`]: device.password,
      }),
      world.client,
    );
    expect(await store.load()).toMatchObject({
      username: 'alice',
      tokens: { accessToken: tokens.accessToken, refreshToken: tokens.refreshToken },
    });
    for (const flow of ['USER_SRP_AUTH', 'USER_PASSWORD_AUTH'] as const) {
      const credentials = { flow, username: email, password: PASSWORD };
      const step = await signIn(world.client, credentials, { ...world.options, device: store.device });
      expect([whereIs(step), step.deviceProblem]).toEqual(['signed-in', undefined]);
    }
  });

  test("another user's tokens are not taken over, nor written", async () => {
    const world = await createWorld({ ...CASES.PASSWORD, options: { users: [alice] } });
    const credentials = { ...alice, flow: 'USER_PASSWORD_AUTH' } as const;
    const { tokens } = await answered(
      world,
      await signIn(world.client, credentials, world.options),
      world.options,
    );
    const store = createUserStore(memoryStorage(), world.client);
    await expect(store.saveTokens('bob', tokens)).rejects.toMatchObject({ code: 'USERNAME_INVALID' });
    expect(await store.load('bob')).toBeUndefined();
  });
});
