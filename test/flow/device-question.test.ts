/** A new device is confirmed by the flow, which asks only where the pool leaves it to the user. */
import type { UserPoolOptions } from '../../pool/src/index.ts';
import {
  createUserStore,
  getDevice,
  type KeyValueStorage,
  memoryStorage,
  refreshTokens,
  type UserStore,
} from '../../src/index.ts';
import { client } from '../support/client.ts';
import { challengeIn, flowWorld, inState, PASSWORD, password, until } from './flow-world.ts';

const tracked = (onlyRememberedOnUserPrompt: boolean): UserPoolOptions => ({
  users: [{ username: 'alice', password: PASSWORD, mfa: { sms: '+4912345678' } }],
  devices: { challengeRequiredOnNewDevice: true, onlyRememberedOnUserPrompt },
});

async function atTheQuestion(onPrompt: boolean, more: UserPoolOptions = {}) {
  const kept = memoryStorage();
  const storage = memoryStorage();
  const store = createUserStore(kept, client);
  const world = await flowWorld(
    { options: { ...tracked(onPrompt), ...more } },
    { store, storage, deviceName: 'Firefox on Linux' },
  );
  await world.flow.start(password);
  await world.flow.answer(challengeIn(world.flow, 'SMS_MFA'), { code: world.code() });
  return { ...world, store };
}

test('where every device is remembered, nothing is asked, and the next sign-in needs no code', async () => {
  const { flow } = await atTheQuestion(false);
  expect(flow.getSnapshot().status).toBe('signed-in');
  flow.restart();
  expect((await flow.start(password)).status).toBe('signed-in');
});

test('where the user decides, yes makes the next sign-in need no code', async () => {
  const { flow, client: pool, options } = await atTheQuestion(true);
  const { deviceKey, step } = inState(flow, 'device-question');
  await flow.rememberDevice(true);
  const { accessToken } = inState(flow, 'signed-in').step.tokens;
  expect(accessToken).toBe(step.tokens.accessToken);
  const device = await getDevice(pool, { accessToken, deviceKey }, options);
  expect(device.attributes['device_name']).toBe('Firefox on Linux');
  expect((await flow.start(password)).status).toBe('signed-in');
});

test('no leads to signed-in without a request, and the next sign-in needs a code', async () => {
  const { flow, sent } = await atTheQuestion(true);
  const before = sent.length;
  expect((await flow.rememberDevice(false)).status).toBe('signed-in');
  expect(sent.length).toBe(before);
  expect((await flow.start(password)).status).toBe('challenge');
});

test('an answer that is cancelled at once leaves the question open', async () => {
  const { flow } = await atTheQuestion(true);
  const answered = flow.rememberDevice(false);
  flow.cancel();
  expect((await answered).status).toBe('device-question');
  expect(flow.getSnapshot().status).toBe('device-question');
});

test('the question survives a reload, with the tokens of the store', async () => {
  const { flow, reload } = await atTheQuestion(true);
  const { deviceKey } = inState(flow, 'device-question');
  const after = reload();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(inState(after, 'device-question')).toMatchObject({ deviceKey, username: 'alice' });
  expect((await after.rememberDevice(true)).status).toBe('signed-in');
  const signedOut = reload({ store: createUserStore(memoryStorage(), client) });
  expect(signedOut.getSnapshot().status).toBe('idle');
});

test('a failed answer can be given again', async () => {
  const faults = [{ name: 'internal-error', operation: 'UpdateDeviceStatus', times: 3 }] as const;
  const { flow } = await atTheQuestion(true, { faults });
  await flow.rememberDevice(true);
  expect(inState(flow, 'device-question').error).toMatchObject({ code: 'INTERNAL_ERROR' });
  expect((await flow.rememberDevice(true)).status).toBe('signed-in');
});

test('a device that the service has forgotten is removed from the store', async () => {
  const { flow, store, pool } = await atTheQuestion(false);
  expect(await store.device('alice')).toBeDefined();
  await pool.reset();
  await flow.start(password);
  expect(inState(flow, 'challenge').deviceProblem).toMatchObject({ code: 'DEVICE_GONE' });
  expect(await store.device('alice')).toBeUndefined();
});

describe('a forgotten device that a library kept under the alias that was typed', () => {
  const EMAIL = 'alice@example.com';
  const ROOT = `CognitoIdentityServiceProvider.${client.clientId}`;
  const ITEMS = ['deviceKey', 'deviceGroupKey', 'randomPasswordKey'];

  /** @param owner whose access token is beside the device */
  async function signInByAlias(owner: string | undefined) {
    const users = [{ username: 'alice', password: PASSWORD, aliases: [EMAIL], mfa: { sms: '+4912345678' } }];
    const claims = Buffer.from(JSON.stringify({ username: owner })).toString('base64url');
    const kept = memoryStorage({
      [`${ROOT}.${EMAIL}.deviceKey`]: 'us-east-1_0000',
      [`${ROOT}.${EMAIL}.deviceGroupKey`]: '-group',
      [`${ROOT}.${EMAIL}.randomPasswordKey`]: 'secret',
      ...(owner !== undefined && { [`${ROOT}.${EMAIL}.accessToken`]: `e30.${claims}.signature` }),
    });
    const input = { store: createUserStore(kept, client) };
    const { flow } = await flowWorld({ options: { ...tracked(false), users } }, input);
    await flow.start({ ...password, username: EMAIL });
    const left = await Promise.all(ITEMS.map((name) => kept.getItem(`${ROOT}.${EMAIL}.${name}`)));
    return { code: inState(flow, 'challenge').deviceProblem?.code, left: left.filter(Boolean).length };
  }

  test.each(['alice', undefined])('is removed (its owner: %s)', async (owner) => {
    expect(await signInByAlias(owner)).toEqual({ code: 'DEVICE_GONE', left: 0 });
  });

  test('stays if it is another user’s', async () => {
    expect(await signInByAlias('bob')).toEqual({ code: 'DEVICE_OF_ANOTHER_USER', left: 3 });
  });
});

test('a device that could not be read stays, and the next sign-in needs no code', async () => {
  const items = memoryStorage();
  let isLocked = false;
  const kept: KeyValueStorage = {
    ...items,
    getItem: (key) => {
      if (isLocked) throw new Error('The keychain is locked');
      return items.getItem(key);
    },
  };
  const { flow, code } = await flowWorld(
    { options: tracked(false) },
    { store: createUserStore(kept, client) },
  );
  await flow.start(password);
  await flow.answer(challengeIn(flow, 'SMS_MFA'), { code: code() });
  isLocked = true;
  const started = flow.start(password);
  await until(() => flow.getSnapshot().status === 'challenge');
  expect(inState(flow, 'challenge').deviceProblem).toMatchObject({
    code: 'DEVICE_UNREADABLE',
    message:
      'The stored device could not be read, so it was left out of this sign-in. A new device may take its place',
  });
  await started;
  isLocked = false;
  expect((await flow.start(password)).status).toBe('signed-in');
});

describe('a new device that comes because the remembered one could not be read', () => {
  const unreadable = { code: 'DEVICE_UNREADABLE' };
  const users = [{ username: 'alice', password: PASSWORD }];

  /** The first sign-in has its device remembered, and the storage fails while the second one looks it up. */
  async function signedInAgain(onPrompt: boolean) {
    const store = createUserStore(memoryStorage(), client);
    const world = await flowWorld({ options: { ...tracked(onPrompt), users } }, { store });
    await world.flow.start(password);
    if (onPrompt) await world.flow.rememberDevice(true);
    const before = await store.device('alice');
    const flow = world.reload({ device: () => Promise.reject(new Error('The keychain is locked')) });
    await flow.start(password);
    return { ...world, flow, store, before };
  }

  test('takes its place, because the tokens are bound to it, and the state says so', async () => {
    const { flow, store, before, client: pool, options } = await signedInAgain(false);
    const { step, deviceProblem } = inState(flow, 'signed-in');
    expect(deviceProblem).toMatchObject(unreadable);
    const device = await store.device('alice');
    expect([device?.key, device?.key === before?.key]).toEqual([step.device?.key, false]);
    const { refreshToken = '' } = step.tokens;
    const refreshed = await refreshTokens(pool, { refreshToken, deviceKey: device?.key }, options);
    expect(refreshed.accessToken).not.toBe(step.tokens.accessToken);
  });

  test.each([true, false])('is asked about with the reason, and the answer %s keeps it', async (answer) => {
    const { flow } = await signedInAgain(true);
    expect(inState(flow, 'device-question').deviceProblem).toMatchObject(unreadable);
    await flow.rememberDevice(answer);
    expect(inState(flow, 'signed-in').deviceProblem).toMatchObject(unreadable);
  });

  test('is told of by its own problem if it cannot be confirmed, and then the remembered one stays', async () => {
    const { flow, store, before, pool } = await signedInAgain(false);
    pool.faults.add({ name: 'internal-error', operation: 'ConfirmDevice', times: 20 });
    const remembered = await store.device('alice');
    expect(remembered?.key).not.toBe(before?.key);
    await flow.start(password);
    expect(inState(flow, 'signed-in').deviceProblem).toMatchObject({ code: 'CONFIRMATION_FAILED' });
    expect(await store.device('alice')).toEqual(remembered);
  });
});

/** A store that has a device which the service does not know, and that removes it when `release` is called. */
function slowRemoval() {
  let release = () => {};
  let isRemoving = false;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const kept = createUserStore(memoryStorage(), client);
  const store: UserStore = {
    ...kept,
    removeDevice: () => {
      isRemoving = true;
      return held;
    },
  };
  const device = { username: 'alice', key: 'us-east-1_gone', groupKey: 'group', password: 'secret' };
  return { store, device: async () => device, release: () => release(), isRemoving: () => isRemoving };
}

test('cancel while a device is removed comes too late: the user is signed in, and the state says so', async () => {
  const { store, device, release, isRemoving } = slowRemoval();
  const users = [{ username: 'alice', password: PASSWORD }];
  const { flow } = await flowWorld({ options: { users } }, { store, device });
  const started = flow.start(password);
  await until(isRemoving);
  flow.cancel();
  release();
  expect((await started).status).toBe('signed-in');
  expect((await store.load())?.username).toBe('alice');
});

test('tokens whose reply was read when the user cancelled are not stored', async () => {
  const store = createUserStore(memoryStorage(), client);
  const users = [{ username: 'alice', password: PASSWORD }];
  const { sent, options, clock, reload } = await flowWorld({ options: { users } }, { store });
  let cancel = () => {};
  // The clock is read for the expiry of the tokens, when no abort can take the reply back
  const now = () => {
    if (sent.length > 0) cancel();
    return clock.ms;
  };
  const flow = reload({}, { ...options, now });
  cancel = flow.cancel;
  expect((await flow.start(password)).status).toBe('idle');
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(await store.load()).toBeUndefined();
  expect(flow.getSnapshot().status).toBe('idle');
});

describe('a device that cannot be confirmed', () => {
  const failing = (times: number) => ({
    faults: [{ name: 'internal-error', operation: 'ConfirmDevice', times }] as const,
  });

  test('is tried once more', async () => {
    const { flow, sent } = await atTheQuestion(false, failing(1));
    expect(inState(flow, 'signed-in').deviceProblem).toBeUndefined();
    expect(sent.filter((name) => name === 'ConfirmDevice')).toHaveLength(2);
  });

  test('leaves the user signed in, and the state says why', async () => {
    const { flow, store } = await atTheQuestion(false, failing(20));
    expect(inState(flow, 'signed-in').deviceProblem).toMatchObject({ code: 'CONFIRMATION_FAILED' });
    expect(await store.load()).toBeDefined();
  });
});

test('an option that cannot be right is not hidden', async () => {
  const { options, clock, reload, code } = await flowWorld({ options: tracked(false) });
  const flow = reload({}, { ...options, now: () => clock.ms, rng: () => new Uint8Array(0) });
  await flow.start(password);
  await flow.answer(challengeIn(flow, 'SMS_MFA'), { code: code() });
  expect(inState(flow, 'signed-in').deviceProblem).toMatchObject({
    code: 'CONFIRMATION_FAILED',
    message: expect.stringMatching(/random/),
  });
});
