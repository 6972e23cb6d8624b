/** A device is issued, confirmed, remembered, listed and forgotten. */
import { createUserPool, type UserPool, type UserPoolOptions } from '../src/index.ts';
import { confirm, initiate, proveDevice, respond, SERVER, srpSignIn, WEB } from './device-sign-in.ts';
import { ALICE, call, claimsOf, refreshTokenOf, refusal, resultOf, signInByPassword } from './raw-calls.ts';

const FLOWS = [
  'ALLOW_USER_SRP_AUTH',
  'ALLOW_USER_PASSWORD_AUTH',
  'ALLOW_USER_AUTH',
  'ALLOW_REFRESH_TOKEN_AUTH',
];
const PHONE = '+4912345678';
const NO_DEVICE = refusal('ResourceNotFoundException', 'Device does not exist.');
const INVALID_KEY = refusal('InvalidParameterException', 'Invalid device key given.');

const newPool = (options: UserPoolOptions = {}): UserPool =>
  createUserPool({
    clients: [
      { clientId: 'web', explicitAuthFlows: FLOWS },
      { clientId: 'server', clientSecret: 'shh', explicitAuthFlows: FLOWS },
    ],
    devices: { challengeRequiredOnNewDevice: true },
    ...options,
  });

/** RSA keys take their time: tests share a pool, each with users of its own. */
const shared = newPool();
const sharedPrompting = newPool({ devices: { onlyRememberedOnUserPrompt: true } });
function withUsers(pool: UserPool, alice: object = {}): UserPool {
  pool.users.add({ ...ALICE, aliases: ['alice@example.com'], ...alice });
  pool.users.add({ username: 'bob', password: ALICE.password });
  return pool;
}
const poolWithUsers = (alice: object = {}) => withUsers(shared, alice);

const devicesOf = (pool: UserPool, name = 'alice') => pool.users.find(name)?.devices ?? [];

/** Signs in and confirms: the device is remembered, where the pool does not prompt. */
async function remembered(pool: UserPool) {
  const signedIn = await signInByPassword(pool);
  const { device } = await confirm(pool, signedIn);
  return { device, AccessToken: resultOf(signedIn).AccessToken };
}

describe('a new device', () => {
  test('is issued with tokens, which name it; its group is the user’s', async () => {
    const pool = poolWithUsers();
    const [first, second, bobs] = [
      resultOf(await signInByPassword(pool)),
      resultOf(await (await srpSignIn(pool))()),
      resultOf(await signInByPassword(pool, 'web', { USERNAME: 'bob' })),
    ];
    expect(first.NewDeviceMetadata).toEqual({
      DeviceKey: expect.stringMatching(/^us-east-1_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      DeviceGroupKey: expect.stringMatching(/^-[0-9A-Za-z]{8}$/),
    });
    expect(second.NewDeviceMetadata?.DeviceKey).not.toBe(first.NewDeviceMetadata?.DeviceKey);
    expect(second.NewDeviceMetadata?.DeviceGroupKey).toBe(first.NewDeviceMetadata?.DeviceGroupKey);
    expect(bobs.NewDeviceMetadata?.DeviceGroupKey).not.toBe(first.NewDeviceMetadata?.DeviceGroupKey);
    expect(claimsOf(first.AccessToken)['device_key']).toBe(first.NewDeviceMetadata?.DeviceKey);
    expect(claimsOf(first.IdToken)).not.toHaveProperty('device_key');
    expect(devicesOf(pool)).toMatchObject([{ confirmed: false, verifier: undefined }, { confirmed: false }]);
  });

  test('is dropped after a day without ConfirmDevice, and a confirmed one is not', async () => {
    let time = Date.UTC(2026, 8, 24);
    const pool = withUsers(newPool({ now: () => time }));
    const { device } = await remembered(pool);
    await signInByPassword(pool);
    time += 86_400_000 - 1;
    await signInByPassword(pool);
    expect(devicesOf(pool).map(({ confirmed }) => confirmed)).toEqual([true, false, false]);
    time += 1;
    await signInByPassword(pool);
    expect(devicesOf(pool).map(({ confirmed }) => confirmed)).toEqual([true, false, false]);
    expect(devicesOf(pool)[0]?.key).toBe(device.key);
  });

  test('replaces the oldest of ten that were never confirmed', async () => {
    const pool = poolWithUsers();
    const first = await signInByPassword(pool);
    const second = await signInByPassword(pool);
    for (let i = 0; i < 9; i++) await signInByPassword(pool);
    expect(devicesOf(pool)).toHaveLength(10);
    expect((await confirm(pool, first)).reply).toEqual(INVALID_KEY);
    expect((await confirm(pool, second)).reply).toEqual({ UserConfirmationNecessary: false });
    await signInByPassword(pool);
    expect(devicesOf(pool)).toHaveLength(11);
  });

  test('has a key of at most 55 characters, which can be confirmed, in a pool of a long name', async () => {
    const pool = withUsers(newPool({ userPoolId: 'a-region-of-a-local-pool_Pool1' }));
    const { device, reply } = await confirm(pool, await signInByPassword(pool));
    expect(device.key).toHaveLength(55);
    expect(reply).toEqual({ UserConfirmationNecessary: false });
  });

  test('is not issued where devices are not tracked; a DEVICE_KEY then means nothing', async () => {
    const pool = createUserPool({ users: [ALICE] });
    const reply = resultOf(await signInByPassword(pool, 'web', { DEVICE_KEY: 'local_0' }));
    expect(reply).not.toHaveProperty('NewDeviceMetadata');
    expect(claimsOf(reply.AccessToken)).not.toHaveProperty('device_key');
    expect(devicesOf(pool)).toEqual([]);
  });

  test('does not belong to the user before it is confirmed', async () => {
    const pool = poolWithUsers();
    const { AccessToken, NewDeviceMetadata } = resultOf(await signInByPassword(pool));
    const DeviceKey = NewDeviceMetadata?.DeviceKey ?? '';
    expect(await call(pool, 'GetDevice', { AccessToken, DeviceKey })).toEqual(NO_DEVICE);
    expect(await call(pool, 'ListDevices', { AccessToken })).toEqual({ Devices: [] });
    expect(await signInByPassword(pool, 'web', { DEVICE_KEY: DeviceKey })).toEqual(NO_DEVICE);
  });
});

describe('ConfirmDevice', () => {
  test('remembers the device at once', async () => {
    const pool = poolWithUsers();
    const { device, reply } = await confirm(pool, await signInByPassword(pool), { DeviceName: 'laptop' });
    expect(reply).toEqual({ UserConfirmationNecessary: false });
    expect(devicesOf(pool)).toMatchObject([
      { key: device.key, groupKey: device.groupKey, name: 'laptop', confirmed: true, remembered: true },
    ]);
  });

  test('does not remember the device where the pool wants the user to be asked', async () => {
    const pool = withUsers(sharedPrompting);
    const { reply } = await confirm(pool, await signInByPassword(pool));
    expect(reply).toEqual({ UserConfirmationNecessary: true });
    expect(devicesOf(pool)).toMatchObject([{ confirmed: true, remembered: false }]);
  });

  test('takes the access token of another sign-in of the user', async () => {
    const pool = poolWithUsers();
    const { AccessToken } = resultOf(await signInByPassword(pool));
    const { reply } = await confirm(pool, await signInByPassword(pool), { AccessToken });
    expect(reply).toEqual({ UserConfirmationNecessary: false });
  });

  test('refuses a key that was not issued to this user', async () => {
    const pool = poolWithUsers();
    const mine = await signInByPassword(pool);
    const { AccessToken } = resultOf(await signInByPassword(pool, 'web', { USERNAME: 'bob' }));
    expect((await confirm(pool, mine, { AccessToken })).reply).toEqual(INVALID_KEY);
    expect((await confirm(pool, mine, { DeviceKey: 'local_00' })).reply).toEqual(INVALID_KEY);
  });

  test('refuses the key of a sign-in that answered a challenge by an alias', async () => {
    const pool = poolWithUsers();
    const USERNAME = 'alice@example.com';
    const signIn = async () => srpSignIn(pool, { username: USERNAME });
    const byAlias = await (await signIn())({ USERNAME });
    expect((await confirm(pool, byAlias)).reply).toEqual(INVALID_KEY);
    const byName = await (await signIn())();
    expect((await confirm(pool, byName)).reply).toEqual({ UserConfirmationNecessary: false });
  });

  test.each<[string, string | undefined, (pool: UserPool) => Readonly<Record<string, string>>]>([
    ['EMAIL_OTP', 'EMAIL_OTP', (pool) => ({ EMAIL_OTP_CODE: pool.outbox.at(-1)?.code ?? '' })],
    ['PASSWORD', 'PASSWORD', () => ({ PASSWORD: ALICE.password })],
    ['SELECT_CHALLENGE', undefined, () => ({ ANSWER: 'PASSWORD', PASSWORD: ALICE.password })],
  ])(
    'takes the key after %s by an alias: no reply has shown another name',
    async (name, preferred, answer) => {
      const USERNAME = 'alice@example.com';
      const pool = poolWithUsers({ attributes: { email: USERNAME } });
      const parameters = { USERNAME, ...(preferred !== undefined && { PREFERRED_CHALLENGE: preferred }) };
      const asked = await initiate(pool, WEB, 'USER_AUTH', parameters);
      expect(asked.ChallengeName).toBe(name);
      expect(JSON.stringify(asked.ChallengeParameters)).not.toContain('"alice"');
      const signedIn = await respond(pool, WEB, asked, { USERNAME, ...answer(pool) });
      const { device, reply } = await confirm(pool, signedIn);
      expect(reply).toEqual({ UserConfirmationNecessary: false });
      const AuthParameters = { REFRESH_TOKEN: refreshTokenOf(signedIn), DEVICE_KEY: device.key };
      expect(
        await call(pool, 'InitiateAuth', { ClientId: 'web', AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters }),
      ).toHaveProperty('AuthenticationResult');
    },
  );

  test('refuses it where a later reply has shown the name, and the alias still answers', async () => {
    const USERNAME = 'alice@example.com';
    const pool = poolWithUsers({ mfa: { sms: PHONE } });
    const asked = await initiate(pool, WEB, 'USER_AUTH', { USERNAME, PREFERRED_CHALLENGE: 'PASSWORD' });
    const mfa = await respond(pool, WEB, asked, { USERNAME, PASSWORD: ALICE.password });
    expect(mfa.ChallengeParameters).toMatchObject({ USER_ID_FOR_SRP: 'alice' });
    const code = pool.outbox.at(-1)?.code ?? '';
    const signedIn = await respond(pool, WEB, mfa, { USERNAME, SMS_MFA_CODE: code });
    expect((await confirm(pool, signedIn)).reply).toEqual(INVALID_KEY);
  });

  test('remembers the alias of an earlier answer, too', async () => {
    const pool = poolWithUsers({ mfa: { sms: PHONE } });
    const answer = await srpSignIn(pool);
    const asked = await answer({ USERNAME: 'alice@example.com' });
    const code = pool.outbox.at(-1)?.code ?? '';
    const signedIn = await respond(pool, WEB, asked, { USERNAME: 'alice', SMS_MFA_CODE: code });
    expect((await confirm(pool, signedIn)).reply).toEqual(INVALID_KEY);
  });

  test('refuses a device that is confirmed', async () => {
    const pool = poolWithUsers();
    const signedIn = await signInByPassword(pool);
    await confirm(pool, signedIn);
    expect((await confirm(pool, signedIn)).reply).toMatchObject({ __type: 'DeviceKeyExistsException' });
  });

  const base64 = (...bytes: number[]) => Buffer.from(bytes).toString('base64');
  const times = (count: number, byte: number) => Array<number>(count).fill(byte);
  const SALT = base64(...times(16, 0x11));
  const V = base64(...times(384, 0x11));
  test.each([
    ['a verifier of 384 bytes and a salt of 16', V, SALT],
    ['a verifier of 385 bytes: a sign byte first', base64(0, ...times(384, 0xff)), SALT],
    ['a salt of 17 bytes: a sign byte first', V, base64(0, ...times(16, 0xff))],
  ])('takes %s', async (_, PasswordVerifier, Salt) => {
    const pool = poolWithUsers();
    const DeviceSecretVerifierConfig = { PasswordVerifier, Salt };
    const { reply } = await confirm(pool, await signInByPassword(pool), { DeviceSecretVerifierConfig });
    expect(reply).toEqual({ UserConfirmationNecessary: false });
    expect(devicesOf(pool)[0]?.verifier).toEqual({
      v: BigInt(`0x${Buffer.from(PasswordVerifier, 'base64').toString('hex')}`),
      salt: BigInt(`0x${Buffer.from(Salt, 'base64').toString('hex')}`),
    });
  });

  test.each([
    ['a verifier of 0', { PasswordVerifier: base64(0), Salt: SALT }],
    ['a negative verifier: no sign byte', { PasswordVerifier: base64(...times(384, 0xff)), Salt: SALT }],
    ['a negative salt', { PasswordVerifier: V, Salt: base64(...times(16, 0x80)) }],
    ['what is not base64', { PasswordVerifier: 'ffff0', Salt: SALT }],
    ['an empty verifier', { PasswordVerifier: '', Salt: SALT }],
    ['a verifier without a salt', { PasswordVerifier: V }],
    ['no verifier', undefined],
  ])('refuses %s', async (_, DeviceSecretVerifierConfig) => {
    const pool = poolWithUsers();
    const { reply } = await confirm(pool, await signInByPassword(pool), { DeviceSecretVerifierConfig });
    expect(reply).toMatchObject({ __type: 'InvalidParameterException' });
    expect(devicesOf(pool)).toMatchObject([{ confirmed: false }]);
  });

  test('requires an access token', async () => {
    const pool = poolWithUsers();
    const signedIn = await signInByPassword(pool);
    const { IdToken } = resultOf(signedIn);
    expect((await confirm(pool, signedIn, { AccessToken: IdToken })).reply).toEqual(
      refusal('NotAuthorizedException', 'Invalid Access Token'),
    );
  });
});

describe('UpdateDeviceStatus, GetDevice, ListDevices, ForgetDevice', () => {
  test('a device is described with its dates in seconds', async () => {
    const clock = { now: 1_790_000_000_500 };
    const pool = withUsers(newPool({ now: () => clock.now }));
    const signedIn = await signInByPassword(pool);
    const { AccessToken } = resultOf(signedIn);
    clock.now += 1000;
    const { device } = await confirm(pool, signedIn, { DeviceName: 'laptop' });
    const DeviceKey = device.key;
    clock.now += 1000;
    await call(pool, 'UpdateDeviceStatus', {
      AccessToken,
      DeviceKey,
      DeviceRememberedStatus: 'not_remembered',
    });
    clock.now += 1000;
    await signInByPassword(pool, 'web', { DEVICE_KEY: DeviceKey });
    const described = {
      DeviceKey,
      DeviceAttributes: expect.arrayContaining([
        { Name: 'device_status', Value: 'valid' },
        { Name: 'device_name', Value: 'laptop' },
        { Name: 'dev:device_remembered_status', Value: 'not_remembered' },
      ]),
      DeviceCreateDate: 1_790_000_000.5,
      DeviceLastModifiedDate: 1_790_000_002.5,
      DeviceLastAuthenticatedDate: 1_790_000_003.5,
    };
    expect(await call(pool, 'GetDevice', { AccessToken, DeviceKey })).toEqual({ Device: described });
    expect(await call(pool, 'ListDevices', { AccessToken })).toEqual({ Devices: [described] });
  });

  test('the status can be changed, to one of two', async () => {
    const pool = poolWithUsers();
    const { device, AccessToken } = await remembered(pool);
    const update = (DeviceRememberedStatus: string) =>
      call(pool, 'UpdateDeviceStatus', { AccessToken, DeviceKey: device.key, DeviceRememberedStatus });
    expect(await update('not_remembered')).toEqual({});
    expect(devicesOf(pool)).toMatchObject([{ remembered: false }]);
    expect(await update('remembered')).toEqual({});
    expect(devicesOf(pool)).toMatchObject([{ remembered: true }]);
    for (const status of ['perhaps', 'constructor', '__proto__']) {
      expect(await update(status)).toMatchObject({ __type: 'InvalidParameterException' });
    }
    expect(devicesOf(pool)).toMatchObject([{ remembered: true }]);
  });

  test.each(['UpdateDeviceStatus', 'GetDevice', 'ForgetDevice'])(
    '%s knows only devices of the user',
    async (operation) => {
      const pool = poolWithUsers();
      const { device } = await remembered(pool);
      const { AccessToken } = resultOf(await signInByPassword(pool, 'web', { USERNAME: 'bob' }));
      for (const DeviceKey of [device.key, 'local_00']) {
        expect(await call(pool, operation, { AccessToken, DeviceKey })).toEqual(NO_DEVICE);
      }
      expect(devicesOf(pool)).toMatchObject([{ confirmed: true }]);
    },
  );

  test('devices come in pages, also while they are being forgotten', async () => {
    const pool = poolWithUsers();
    const made = [await remembered(pool), await remembered(pool), await remembered(pool)];
    const AccessToken = made[0]?.AccessToken;
    const list = (more: object) => call(pool, 'ListDevices', { AccessToken, ...more });
    const seen: string[] = [];
    let more: object = {};
    for (let pages = 0; pages < 5; pages += 1) {
      const { Devices, PaginationToken } = await list({ Limit: 1, ...more });
      for (const { DeviceKey } of Devices as { DeviceKey: string }[]) {
        seen.push(DeviceKey);
        pool.users.forgetDevice('alice', DeviceKey);
      }
      if (PaginationToken === undefined) break;
      more = { PaginationToken };
    }
    expect([...seen].sort()).toEqual(made.map(({ device }) => device.key).sort());
    expect(await list({ Limit: 0 })).toEqual({ Devices: [] });
    for (const refused of [{ Limit: 61 }, { Limit: -1 }, { PaginationToken: 'x' }]) {
      expect(await list(refused)).toMatchObject({ __type: 'InvalidParameterException' });
    }
  });

  test('a forgotten device is gone', async () => {
    const pool = poolWithUsers();
    const { device, AccessToken } = await remembered(pool);
    const input = { AccessToken, DeviceKey: device.key };
    expect(await call(pool, 'ForgetDevice', input)).toEqual({});
    expect(devicesOf(pool)).toEqual([]);
    expect(await call(pool, 'ForgetDevice', input)).toEqual(NO_DEVICE);
    expect(await call(pool, 'GetUser', { AccessToken })).toMatchObject({ Username: 'alice' });
  });

  test('a test can forget one elsewhere', async () => {
    const pool = poolWithUsers();
    const { device } = await remembered(pool);
    pool.users.forgetDevice('alice@example.com', device.key);
    expect(devicesOf(pool)).toEqual([]);
    expect(() => pool.users.forgetDevice('alice', device.key)).toThrow(RangeError);
    expect(() => pool.users.forgetDevice('nobody', device.key)).toThrow(RangeError);
  });
});

describe.each([
  ['user name, public client', 'alice', WEB],
  ['alias, public client', 'alice@example.com', WEB],
  ['user name, client with secret', 'alice', SERVER],
  ['alias, client with secret', 'alice@example.com', SERVER],
])('the whole life of a device by %s', (_, username, client) => {
  test('MFA once, then the device in its place, then refreshed, then forgotten', async () => {
    const pool = poolWithUsers({ mfa: { sms: PHONE } });
    const asked = await (await srpSignIn(pool, { client, username }))();
    expect(asked.ChallengeName).toBe('SMS_MFA');
    const code = pool.outbox.at(-1)?.code ?? '';
    const first = await respond(pool, client, asked, { USERNAME: 'alice', SMS_MFA_CODE: code });
    const { device, reply } = await confirm(pool, first);
    expect(reply).toEqual({ UserConfirmationNecessary: false });

    const messages = pool.outbox.length;
    const answer = await srpSignIn(pool, { client, username });
    const again = await answer({ DEVICE_KEY: device.key });
    expect(again).toEqual({
      ChallengeName: 'DEVICE_SRP_AUTH',
      ChallengeParameters: { USERNAME: 'alice' },
      Session: expect.any(String),
    });
    const { challenge, end } = await proveDevice(pool, again, device, { client });
    expect(challenge.ChallengeName).toBe('DEVICE_PASSWORD_VERIFIER');
    expect(Object.keys(challenge.ChallengeParameters ?? {}).sort()).toEqual(
      ['DEVICE_KEY', 'SALT', 'SECRET_BLOCK', 'SRP_B', 'USERNAME'].sort(),
    );
    expect(challenge.ChallengeParameters).toMatchObject({ DEVICE_KEY: device.key, USERNAME: 'alice' });
    expect(challenge.Session).toEqual(expect.any(String));
    const tokens = resultOf(end);
    expect(tokens).not.toHaveProperty('NewDeviceMetadata');
    expect(claimsOf(tokens.AccessToken)['device_key']).toBe(device.key);
    expect(pool.outbox.length).toBe(messages);

    const refresh = () =>
      call(pool, 'GetTokensFromRefreshToken', {
        ClientId: client.clientId,
        RefreshToken: tokens.RefreshToken,
        DeviceKey: device.key,
        ...('clientSecret' in client && { ClientSecret: client.clientSecret }),
      });
    const refreshed = resultOf(await refresh());
    expect(claimsOf(refreshed.AccessToken)['device_key']).toBe(device.key);
    await call(pool, 'ForgetDevice', { AccessToken: refreshed.AccessToken, DeviceKey: device.key });
    expect(await refresh()).toEqual(refusal('NotAuthorizedException', 'Invalid Refresh Token.'));
    expect(await (await srpSignIn(pool, { client, username }))({ DEVICE_KEY: device.key })).toEqual(
      NO_DEVICE,
    );
  });
});
