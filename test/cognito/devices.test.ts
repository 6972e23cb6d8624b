/** A remembered device is confirmed, asked, listed and forgotten at a pool that tracks devices, over HTTP. */

import { createUserPool, type Listening, type UserPool, type UserPoolOptions } from '../../pool/src/index.ts';
import {
  confirmNewDevice,
  type Device,
  type DeviceSource,
  forgetDevice,
  getDevice,
  listDevices,
  refreshTokens,
  respond,
  type SignedIn,
  type SignInOptions,
  type Step,
  signIn,
  updateDeviceStatus,
} from '../../src/index.ts';
import { N, N_HEX } from '../support/group.ts';
import { CASES, PASSWORD, whereIs } from './challenge-cases.ts';

const EMAIL = 'alice@example.com';

interface World {
  readonly pool: UserPool;
  readonly client: { userPoolId: string; clientId: string; clientSecret?: string; endpoint: string };
  readonly options: SignInOptions;
  /** ChallengeName of every answer sent, and its responses. */
  readonly answers: {
    readonly name: string;
    readonly responses: Readonly<Record<string, string>>;
    readonly session: string | undefined;
  }[];
}

let listening: Listening | undefined;
afterEach(async () => {
  await listening?.close();
  listening = undefined;
});

async function world(more: UserPoolOptions = {}, clientSecret?: string): Promise<World> {
  const pool = createUserPool({
    users: [
      {
        username: 'alice',
        password: PASSWORD,
        attributes: { email: EMAIL },
        aliases: [EMAIL],
        mfa: { sms: '+4912345678' },
      },
    ],
    devices: { challengeRequiredOnNewDevice: true, onlyRememberedOnUserPrompt: false },
    clients: [
      {
        clientId: 'web',
        explicitAuthFlows: ['SRP', 'PASSWORD']
          .map((kind) => `ALLOW_USER_${kind}_AUTH`)
          .concat('ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'),
        ...(clientSecret !== undefined && { clientSecret }),
      },
    ],
    ...more,
  });
  listening = await pool.listen();
  const answers: World['answers'] = [];
  const client = {
    userPoolId: pool.userPoolId,
    clientId: 'web',
    endpoint: listening.endpoint,
    ...(clientSecret !== undefined && { clientSecret }),
  };
  const options: SignInOptions = {
    fetch: (url, init) => {
      const input = JSON.parse(String(init?.body));
      const { ChallengeName: name = input.AuthFlow, ChallengeResponses, AuthParameters } = input;
      if (name)
        answers.push({ name, responses: ChallengeResponses ?? AuthParameters ?? {}, session: input.Session });
      return fetch(url, init);
    },
  };
  return { pool, client, options, answers };
}

type Who = { readonly username: string; readonly flow?: 'USER_PASSWORD_AUTH' };

/** Signs in, answering SMS_MFA where it is asked; says whether it was. */
async function go({ pool, client, options }: World, who: Who, device?: DeviceSource) {
  const withDevice: SignInOptions = { ...options, device };
  const first = await signIn(client, { ...who, password: PASSWORD }, withDevice);
  const askedMfa = whereIs(first) === 'SMS_MFA';
  let step: Step = first;
  if (step.status === 'challenge' && step.challenge.name === 'SMS_MFA') {
    step = await respond(client, step.challenge, { code: pool.outbox.at(-1)?.code ?? '' }, withDevice);
  }
  if (step.status !== 'signed-in') throw new Error(whereIs(step));
  return { first, step, askedMfa };
}

function deviceOf(step: SignedIn): Device {
  if (!step.device) throw new Error(step.deviceProblem?.message ?? 'No device');
  return step.device;
}

describe.each([undefined, 'shh'])('client secret: %s', (clientSecret) => {
  describe.each<Who>([
    { username: 'alice' },
    { username: EMAIL },
    { username: 'alice', flow: 'USER_PASSWORD_AUTH' },
    { username: EMAIL, flow: 'USER_PASSWORD_AUTH' },
  ])('signing in as %j', (who) => {
    test('new, confirmed, MFA skipped, not remembered, MFA, remembered, forgotten elsewhere, told, new', async () => {
      const w = await world({}, clientSecret);
      const { client, options, pool } = w;

      const signedIn = await go(w, who);
      expect([signedIn.askedMfa, signedIn.step.newDevice]).toEqual([
        true,
        { key: expect.stringMatching(/^us-east-1_[0-9a-f-]{36}$/), groupKey: expect.stringMatching(/^-/) },
      ]);
      const remembered = await confirmNewDevice(client, signedIn.step, { deviceName: 'Phone' }, options);
      const device = deviceOf(remembered);
      expect(remembered).toMatchObject({ userConfirmationNecessary: false, tokens: signedIn.step.tokens });
      expect(remembered.newDevice).toBeUndefined();
      expect([device.username, Buffer.from(device.password, 'base64').length]).toEqual(['alice', 40]);

      const second = await go(w, who, device);
      expect([second.askedMfa, second.step.newDevice, second.step.deviceProblem]).toEqual([
        false,
        undefined,
        undefined,
      ]);

      const { accessToken } = second.step.tokens;
      const status = { accessToken, deviceKey: device.key };
      await updateDeviceStatus(client, { ...status, status: 'not_remembered' }, options);
      expect((await go(w, who, device)).askedMfa).toBe(true);
      await updateDeviceStatus(client, { ...status, status: 'remembered' }, options);
      expect((await go(w, who, device)).askedMfa).toBe(false);

      pool.users.forgetDevice('alice', device.key);
      const gone = await go(w, who, device);
      expect([gone.askedMfa, gone.first.deviceProblem?.code]).toEqual([true, 'DEVICE_GONE']);
      const again = await confirmNewDevice(client, gone.step, {}, options);
      expect((await go(w, who, deviceOf(again))).askedMfa).toBe(false);
    });
  });
});

test('DEVICE_KEY goes into every answer, each exchange has its own A, and the Session is chained', async () => {
  const w = await world();
  const device = deviceOf(
    await confirmNewDevice(w.client, (await go(w, { username: 'alice' })).step, {}, w.options),
  );
  w.answers.length = 0;
  await go(w, { username: EMAIL }, device);
  expect(w.answers.map(({ name }) => name)).toEqual([
    'USER_SRP_AUTH',
    'PASSWORD_VERIFIER',
    'DEVICE_SRP_AUTH',
    'DEVICE_PASSWORD_VERIFIER',
  ]);
  for (const { responses } of w.answers.slice(1)) {
    expect(responses).toMatchObject({ DEVICE_KEY: device.key, USERNAME: 'alice' });
  }
  const ofA = w.answers.flatMap(({ responses }) => responses['SRP_A'] ?? []);
  expect([ofA.length, new Set(ofA).size]).toEqual([2, 2]);
  const sessions = w.answers.slice(2).map(({ session }) => session);
  expect(sessions).toEqual([expect.any(String), expect.any(String)]);
  expect(new Set(sessions).size).toBe(2);
});

describe.each([
  [undefined, 'alice'],
  [undefined, EMAIL],
  ['shh', 'alice'],
  ['shh', EMAIL],
])('client secret: %s, a device of %s that comes late', (clientSecret, username) => {
  const { triggers = {} } = CASES.CUSTOM_CHALLENGE.options;

  /** Signs in without a device as far as the challenge before the last, which is then answered with one. */
  const WAYS: Readonly<Record<string, (w: World, last: SignInOptions) => Promise<Step>>> = {
    'after SMS_MFA': async ({ client, options, pool }, last) => {
      const step = await signIn(client, { username, password: PASSWORD }, options);
      if (step.status !== 'challenge' || step.challenge.name !== 'SMS_MFA') throw new Error(whereIs(step));
      return respond(client, step.challenge, { code: pool.outbox.at(-1)?.code ?? '' }, last);
    },
    'after CUSTOM_CHALLENGE': async ({ client, options }, last) => {
      let step = await signIn(client, { flow: 'CUSTOM_AUTH', username }, options);
      for (const round of [options, last]) {
        if (step.status !== 'challenge' || step.challenge.name !== 'CUSTOM_CHALLENGE') {
          throw new Error(whereIs(step));
        }
        step = await respond(client, step.challenge, { answer: 'blue' }, round);
      }
      return step;
    },
  };

  test.each(Object.entries(WAYS))(
    '%s: new, confirmed, asked for its proof, forgotten elsewhere, told, new',
    async (_, way) => {
      const w = await world({ triggers }, clientSecret);
      const { client, options, pool } = w;
      const first = await way(w, options);
      if (first.status !== 'signed-in') throw new Error(whereIs(first));
      const device = deviceOf(await confirmNewDevice(client, first, {}, options));

      w.answers.length = 0;
      const second = await way(w, { ...options, device });
      expect(second).toMatchObject({ status: 'signed-in', username: 'alice' });
      expect(second).not.toHaveProperty('newDevice');
      expect(w.answers.slice(-2).map(({ name }) => name)).toEqual([
        'DEVICE_SRP_AUTH',
        'DEVICE_PASSWORD_VERIFIER',
      ]);

      pool.users.forgetDevice('alice', device.key);
      const gone = await way(w, { ...options, device });
      expect(gone).toMatchObject({ status: 'signed-in', deviceProblem: { code: 'DEVICE_GONE' } });
      if (gone.status !== 'signed-in') throw new Error(whereIs(gone));
      const again = deviceOf(await confirmNewDevice(client, gone, {}, options));
      expect(again.key).not.toBe(device.key);
      expect(await way(w, { ...options, device: again })).toMatchObject({ status: 'signed-in' });
    },
  );
});

test.each(['present', 'absent'] as const)(
  'DEVICE_PASSWORD_VERIFIER with its Session %s',
  async (placement) => {
    const w = await world({ sessionPlacement: { DEVICE_PASSWORD_VERIFIER: placement } });
    const device = deviceOf(
      await confirmNewDevice(w.client, (await go(w, { username: 'alice' })).step, {}, w.options),
    );
    expect((await go(w, { username: 'alice' }, device)).askedMfa).toBe(false);
  },
);

const HOUR = 3_600_000;

test.each([
  ['two hours behind', -2 * HOUR],
  ['ten years ahead', 10 * 365 * 24 * HOUR],
])("a client whose clock is %s proves its device by the service's", async (_, ms) => {
  const w = await world();
  const device = deviceOf(
    await confirmNewDevice(w.client, (await go(w, { username: 'alice' })).step, {}, w.options),
  );
  w.answers.length = 0;
  const late: World = { ...w, options: { ...w.options, now: () => Date.now() + ms } };
  expect((await go(late, { username: 'alice' }, device)).askedMfa).toBe(false);
  const stamps = w.answers.flatMap(({ responses }) => responses['TIMESTAMP'] ?? []);
  expect(stamps).toHaveLength(2);
  for (const stamp of stamps) expect(Math.abs(Date.parse(stamp) - Date.now())).toBeLessThan(10_000);
});

test.each([
  ['0', '0'],
  ['N', N_HEX],
  ['2N', (2n * N).toString(16)],
])("SRP_B = %s in a device's challenge: no proof leaves, and the device is still good", async (_, SRP_B) => {
  const w = await world();
  const { client, options, answers } = w;
  const device = deviceOf(
    await confirmNewDevice(client, (await go(w, { username: 'alice' })).step, {}, options),
  );
  answers.length = 0;
  const tampered: SignInOptions['fetch'] = async (url, init) => {
    const response = await (options.fetch ?? fetch)(url, init);
    const reply = await response.json();
    if (reply.ChallengeName !== 'DEVICE_PASSWORD_VERIFIER') return Response.json(reply);
    return Response.json({ ...reply, ChallengeParameters: { ...reply.ChallengeParameters, SRP_B } });
  };
  const attempt = signIn(
    client,
    { username: 'alice', password: PASSWORD },
    { ...options, fetch: tampered, device },
  );
  await expect(attempt).rejects.toMatchObject({
    code: 'SRP_B_INVALID',
    field: 'SRP_B',
    operation: 'RespondToAuthChallenge',
    status: 200,
  });
  expect(answers.at(-1)?.name).toBe('DEVICE_SRP_AUTH');
  expect((await go(w, { username: 'alice' }, device)).askedMfa).toBe(false);
});

test('a device that is first named in the MFA answer is asked for after it', async () => {
  const w = await world();
  const { client, options, pool } = w;
  const device = deviceOf(
    await confirmNewDevice(client, (await go(w, { username: 'alice' })).step, {}, options),
  );
  const first = await signIn(client, { username: 'alice', password: PASSWORD }, options);
  if (first.status !== 'challenge' || first.challenge.name !== 'SMS_MFA') throw new Error(whereIs(first));
  const code = pool.outbox.at(-1)?.code ?? '';
  w.answers.length = 0;
  const step = await respond(client, first.challenge, { code }, { ...options, device });
  expect(step).toMatchObject({ status: 'signed-in' });
  expect(w.answers.map(({ name }) => name)).toEqual([
    'SMS_MFA',
    'DEVICE_SRP_AUTH',
    'DEVICE_PASSWORD_VERIFIER',
  ]);
  expect(step).not.toHaveProperty('newDevice');
});

test('a device is asked for after a custom challenge, too', async () => {
  const { triggers = {} } = CASES.CUSTOM_CHALLENGE.options;
  const w = await world({ triggers });
  const { client, options } = w;
  const device = deviceOf(
    await confirmNewDevice(client, (await go(w, { username: 'alice' })).step, {}, options),
  );
  const withDevice = { ...options, device };
  w.answers.length = 0;
  let step = await signIn(client, { flow: 'CUSTOM_AUTH', username: 'alice' }, withDevice);
  for (let round = 0; round < 2; round++) {
    if (step.status !== 'challenge' || step.challenge.name !== 'CUSTOM_CHALLENGE')
      throw new Error(whereIs(step));
    step = await respond(client, step.challenge, { answer: 'blue' }, withDevice);
  }
  expect(whereIs(step)).toBe('signed-in');
  expect(w.answers.map(({ name }) => name).slice(-2)).toEqual([
    'DEVICE_SRP_AUTH',
    'DEVICE_PASSWORD_VERIFIER',
  ]);
});

test('a device is found by any alias: a function is asked with the typed name, then the canonical one', async () => {
  const w = await world();
  const device = deviceOf(
    await confirmNewDevice(w.client, (await go(w, { username: 'alice' })).step, {}, w.options),
  );
  const asked: string[] = [];
  const source = (username: string) => {
    asked.push(username);
    return username === 'alice' ? device : undefined;
  };
  expect((await go(w, { username: EMAIL }, source)).askedMfa).toBe(false);
  expect(asked).toEqual([EMAIL, 'alice']);
});

test("where the pool remembers only on the user's word, it says that the user has to be asked", async () => {
  const w = await world({
    devices: { challengeRequiredOnNewDevice: true, onlyRememberedOnUserPrompt: true },
  });
  const { client, options } = w;
  const step = await confirmNewDevice(client, (await go(w, { username: 'alice' })).step, {}, options);
  expect(step.userConfirmationNecessary).toBe(true);
  const device = deviceOf(step);
  expect((await go(w, { username: 'alice' }, device)).askedMfa).toBe(true);
  const { accessToken } = step.tokens;
  await updateDeviceStatus(client, { accessToken, deviceKey: device.key, status: 'remembered' }, options);
  expect((await go(w, { username: 'alice' }, device)).askedMfa).toBe(false);
});

test.each<[string, (device: Device) => DeviceSource, string]>([
  ['half a device', ({ key }) => ({ key }), 'DEVICE_DAMAGED'],
  ['an empty password', (device) => ({ ...device, password: '' }), 'DEVICE_DAMAGED'],
  ['a key that is none', (device) => ({ ...device, key: 'garbage' }), 'DEVICE_DAMAGED'],
  ['another password', (device) => ({ ...device, password: 'another' }), 'DEVICE_REFUSED'],
  ['another group key', (device) => ({ ...device, groupKey: '-other' }), 'DEVICE_REFUSED'],
  ['a key nobody knows', (device) => ({ ...device, key: `local_${'0'.repeat(8)}` }), 'DEVICE_GONE'],
  ["another user's device", (device) => ({ ...device, username: 'bob' }), 'DEVICE_OF_ANOTHER_USER'],
  [
    'a storage that fails',
    () => () => {
      throw new Error('disk');
    },
    'DEVICE_UNREADABLE',
  ],
])('%s is reported and left aside: the user signs in with MFA', async (_, damage, code) => {
  const w = await world();
  const device = deviceOf(
    await confirmNewDevice(w.client, (await go(w, { username: 'alice' })).step, {}, w.options),
  );
  const { first, askedMfa, step } = await go(w, { username: 'alice' }, damage(device));
  expect([askedMfa, first.deviceProblem?.code, step.status]).toEqual([true, code, 'signed-in']);
});

test('a confirmation that fails leaves the sign-in as it is, and can be tried again', async () => {
  const w = await world();
  const { client, options, pool } = w;
  const { step } = await go(w, { username: 'alice' });
  pool.faults.add({ name: 'internal-error', operation: 'ConfirmDevice', nth: 1 });
  const failed = await confirmNewDevice(client, step, {}, options);
  expect(failed).toMatchObject({
    status: 'signed-in',
    tokens: step.tokens,
    newDevice: step.newDevice,
    deviceProblem: { code: 'CONFIRMATION_FAILED' },
  });
  const device = deviceOf(await confirmNewDevice(client, failed, {}, options));
  expect((await go(w, { username: 'alice' }, device)).askedMfa).toBe(false);
});

test('devices are listed page by page, told and forgotten', async () => {
  const w = await world();
  const { client, options } = w;
  const devices: Device[] = [];
  let accessToken = '';
  for (let i = 0; i < 3; i++) {
    const { step } = await go(w, { username: 'alice' });
    devices.push(deviceOf(await confirmNewDevice(client, step, { deviceName: `Phone ${i}` }, options)));
    accessToken = step.tokens.accessToken;
  }
  const keys = async () => {
    const found: string[] = [];
    for await (const { key } of listDevices(client, { accessToken, pageSize: 2 }, options)) found.push(key);
    return found.sort();
  };
  expect(await keys()).toEqual(devices.map(({ key }) => key).sort());
  const deviceKey = devices[1]?.key ?? '';
  expect(await getDevice(client, { accessToken, deviceKey }, options)).toMatchObject({
    key: deviceKey,
    attributes: { device_name: 'Phone 1' },
    createdAt: expect.any(Number),
  });
  await forgetDevice(client, { accessToken, deviceKey }, options);
  expect(await keys()).toHaveLength(2);
  await expect(getDevice(client, { accessToken, deviceKey }, options)).rejects.toMatchObject({
    code: 'DEVICE_NOT_FOUND',
  });
});

test('refreshing needs the device key where devices are tracked', async () => {
  const w = await world();
  const { client, options } = w;
  const step = await confirmNewDevice(client, (await go(w, { username: 'alice' })).step, {}, options);
  const { refreshToken = '' } = step.tokens;
  await expect(refreshTokens(client, { refreshToken }, options)).rejects.toMatchObject({
    code: 'REFRESH_TOKEN_REFUSED',
  });
  for (const method of ['GetTokensFromRefreshToken', 'REFRESH_TOKEN_AUTH'] as const) {
    const input = { refreshToken, username: 'alice', deviceKey: deviceOf(step).key, method };
    expect(await refreshTokens(client, input, options)).toMatchObject({ refreshToken, expiresIn: 3600 });
  }
});

test("an alias that has gone to somebody else does not bring their device: one's own is found", async () => {
  const w = await world();
  const own = deviceOf(
    await confirmNewDevice(w.client, (await go(w, { username: 'alice' })).step, {}, w.options),
  );
  const bobs = { ...own, key: `local_${'1'.repeat(8)}`, username: 'bob' };
  const found = await go(w, { username: EMAIL }, (name) =>
    name === EMAIL ? bobs : name === 'alice' ? own : undefined,
  );
  expect([found.askedMfa, found.step.deviceProblem]).toEqual([false, undefined]);
  const none = await go(w, { username: EMAIL }, (name) => (name === EMAIL ? bobs : undefined));
  expect([none.askedMfa, none.first.deviceProblem?.code]).toEqual([true, 'DEVICE_OF_ANOTHER_USER']);
});
