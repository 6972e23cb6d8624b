/** --device, refresh, sign-out and devices send the right requests, and the file keeps what it should. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { deviceService } from './device-service.ts';
import { answers, at, atTerminal, PASSWORD, parsed, poolWith, sentCode } from './pool.ts';
import { type Outcome, run } from './run.ts';

const alice = { username: 'alice', password: PASSWORD, aliases: ['a@b.example'] };
const ROOT = 'CognitoIdentityServiceProvider.web';

let folder: string;
let file: string;
/** How far the command's clock is ahead, in milliseconds. */
let ahead = 0;
beforeEach(() => {
  ahead = 0;
  folder = mkdtempSync(join(tmpdir(), 'cognito-srp-device-'));
  file = join(folder, 'device.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

type Service = ReturnType<typeof deviceService>;
const serviceFor = (options = {}, user: object = {}) => {
  const pool = poolWith({ users: [{ ...alice, ...user }] });
  return Object.assign(deviceService(pool, options), { pool });
};

const command = (service: Pick<Service, 'fetch'>, name: string, ...flags: string[]): Promise<Outcome> => {
  const username = name === 'sign-in' && !flags.includes('--username') ? 'alice' : '';
  return run(
    [...name.split(' '), ...at({ userPoolId: 'us-east-1_LocalPool' }, username), '--device', file, ...flags],
    {
      fetch: service.fetch,
      env: { COGNITO_PASSWORD: PASSWORD },
      now: () => Date.now() + ahead,
    },
  );
};

const kept = (): Readonly<Record<string, string>> =>
  JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
const keptAs = (name: string) => kept()[`${ROOT}.alice.${name}`];

describe('sign-in --device', () => {
  test('confirms a new device under the name of this machine, and keeps it and the tokens for the owner alone', async () => {
    const service = serviceFor();
    const outcome = await command(service, 'sign-in', '--json');
    expect([outcome.exitCode, outcome.stderr]).toEqual([0, '']);
    const { tokens, device, newDevice, deviceProblem } = parsed(outcome) as Record<string, { key?: string }>;
    const [key] = [...service.devices.keys()];
    expect([newDevice, deviceProblem]).toEqual([undefined, undefined]);
    expect(device).toMatchObject({ key, username: 'alice' });
    expect(service.devices.get(String(key))?.name).toBe(`cognito-srp on ${hostname()}`);
    expect(tokens).toMatchObject({
      accessToken: keptAs('accessToken'),
      refreshToken: keptAs('refreshToken'),
    });
    expect(keptAs('deviceKey')).toBe(key);
    expect(outcome.stdout).not.toContain(keptAs('randomPasswordKey'));
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('uses the device that is kept, whichever name is typed', async () => {
    const service = serviceFor();
    await command(service, 'sign-in', '--username', 'a@b.example');
    service.calls.length = 0;
    const again = await command(service, 'sign-in', '--username', 'a@b.example', '--json');
    expect(again).toMatchObject({ exitCode: 0, stderr: '' });
    expect(service.inputOf('InitiateAuth')).toMatchObject({
      AuthParameters: { DEVICE_KEY: keptAs('deviceKey') },
    });
    expect(service.inputOf('ConfirmDevice')).toBeUndefined();
    expect(parsed(again)['deviceProblem']).toBeUndefined();
  });

  test('removes a device that the service does not know any more, signs in, and keeps the next one', async () => {
    const service = serviceFor();
    await command(service, 'sign-in');
    const lost = keptAs('deviceKey');
    service.devices.clear();
    service.devices.set('local_other', {});
    const outcome = await command(service, 'sign-in');
    expect(outcome.exitCode).toBe(0);
    expect(outcome.stderr).toMatch(/^Device: .*\(DEVICE_GONE\)\n$/);
    expect(keptAs('deviceKey')).not.toBe(lost);
    expect(service.devices.has(String(keptAs('deviceKey')))).toBe(true);
  });

  test('tells with --json in the step what became of a device', async () => {
    const service = serviceFor();
    await command(service, 'sign-in');
    service.devices.clear();
    const outcome = await command(service, 'sign-in', '--json');
    expect([outcome.exitCode, outcome.stderr]).toEqual([0, '']);
    expect(parsed(outcome)).toMatchObject({ status: 'signed-in', deviceProblem: { code: 'DEVICE_GONE' } });
  });

  test('a confirmation that fails does not fail the sign-in', async () => {
    const service = serviceFor();
    service.refuse('ConfirmDevice', 'InvalidParameterException', 'No.');
    const outcome = await command(service, 'sign-in');
    expect(outcome.exitCode).toBe(0);
    expect(outcome.stderr).toBe('Device: The new device could not be confirmed: No. (CONFIRMATION_FAILED)\n');
    expect([keptAs('deviceKey'), typeof keptAs('refreshToken')]).toEqual([undefined, 'string']);
  });

  test.each([
    [[], undefined],
    [['--remember-device'], 'remembered'],
  ])('with %j a device that the user has to confirm is %s', async (flags, status) => {
    const service = serviceFor({ userConfirms: true });
    const outcome = await command(service, 'sign-in', '--json', ...flags);
    expect(parsed(outcome)).toMatchObject({ userConfirmationNecessary: status === undefined });
    expect([...service.devices.values()][0]?.status).toBe(status);
  });

  test.each([
    ['y', 'remembered'],
    ['', undefined],
  ])('at a terminal asks whether it may be remembered: %j', async (typed, status) => {
    const service = serviceFor({ userConfirms: true });
    const flags = ['sign-in', ...at({ userPoolId: 'us-east-1_LocalPool' }), '--device', file];
    const outcome = await atTerminal(flags, service, [['Remember this device', typed]]);
    expect(outcome).toMatchObject({ exitCode: 0, unasked: 0 });
    expect([...service.devices.values()][0]?.status).toBe(status);
  });

  test('respond keeps the device too', async () => {
    const service = serviceFor({}, { attributes: { email: 'a@b.c' }, mfa: { email: true } });
    const step = parsed(await command(service, 'sign-in', '--json'));
    const outcome = await run(
      [
        ...['respond', '--challenge', '-', '--endpoint', 'http://127.0.0.1', '--device', file, '--json'],
        ...answers(`EMAIL_OTP=${sentCode(service.pool)}`),
      ],
      { fetch: service.fetch, stdin: Readable.from([Buffer.from(JSON.stringify(step))]) },
    );
    expect(outcome).toMatchObject({ exitCode: 0, stderr: '' });
    expect(service.devices.has(String(keptAs('deviceKey')))).toBe(true);
  });

  test('exit code 2: a file that holds something else is left as it is, and nothing is sent', async () => {
    const service = serviceFor();
    for (const text of [
      'export PATH=1\n',
      '{"name":"app"}',
      '[]',
      '{"an-application": {"nam',
      'x'.repeat(2e6),
    ]) {
      writeFileSync(file, text);
      const outcome = await command(service, 'sign-in', '--json');
      expect(JSON.parse(outcome.stderr)).toMatchObject({ code: 'DEVICE_FILE_UNUSABLE' });
      expect([outcome.exitCode, readFileSync(file, 'utf8')]).toEqual([2, text]);
    }
    file = join(folder, 'none', 'device.json');
    const outcome = await command(service, 'sign-in');
    expect(outcome).toMatchObject({ exitCode: 2, stdout: '' });
    expect(outcome.stderr).toContain('ENOENT');
    expect(service.calls).toEqual([]);
  });
});

describe('refresh', () => {
  test('gets new tokens with the device, and keeps them', async () => {
    const service = serviceFor();
    await command(service, 'sign-in');
    const before = kept();
    const outcome = await command(service, 'refresh', '--json');
    expect([outcome.exitCode, outcome.stderr]).toEqual([0, '']);
    expect(parsed(outcome)).toMatchObject({
      status: 'signed-in',
      username: 'alice',
      tokens: { accessToken: keptAs('accessToken'), refreshToken: before[`${ROOT}.alice.refreshToken`] },
    });
    expect(keptAs('accessToken')).not.toBe(before[`${ROOT}.alice.accessToken`]);
    expect(service.inputOf('GetTokensFromRefreshToken')).toMatchObject({ DeviceKey: keptAs('deviceKey') });
  });

  test('finds a user by alias, and writes what sign-in writes', async () => {
    const service = serviceFor();
    await command(service, 'sign-in', '--username', 'a@b.example');
    const outcome = await command(service, 'refresh', '--username', 'a@b.example');
    expect(outcome).toMatchObject({ exitCode: 0, stderr: '' });
    expect(outcome.stdout).toMatch(/^Signed in as alice\n/);
    expect(outcome.stdout).not.toMatch(/eyJ[\w-]+\./);
  });

  test('exit code 1: a device that the service does not know is removed from the file', async () => {
    const service = serviceFor();
    await command(service, 'sign-in');
    service.devices.clear();
    const outcome = await command(service, 'refresh');
    expect(outcome).toMatchObject({ exitCode: 1, stdout: '' });
    expect(outcome.stderr).toMatch(/^Device: .* removed from the file \(DEVICE_GONE\)$/m);
    expect([keptAs('deviceKey'), typeof keptAs('refreshToken')]).toEqual([undefined, 'string']);
  });

  test('exit code 2: nobody is signed in', async () => {
    const outcome = await command(serviceFor(), 'refresh', '--json');
    expect(outcome).toMatchObject({ exitCode: 2, stdout: '' });
    expect(JSON.parse(outcome.stderr)).toMatchObject({ code: 'NOT_SIGNED_IN' });
  });
});

describe('sign-out', () => {
  test('revokes the refresh token, removes the tokens and keeps the device', async () => {
    const service = serviceFor();
    await command(service, 'sign-in');
    const refreshToken = keptAs('refreshToken');
    expect(await command(service, 'sign-out', '--json')).toEqual({
      exitCode: 0,
      stdout: '{"status":"signed-out","username":"alice"}\n',
      stderr: '',
    });
    expect(service.inputOf('RevokeToken')).toMatchObject({ Token: refreshToken });
    expect([keptAs('accessToken'), keptAs('refreshToken')]).toEqual([undefined, undefined]);
    expect(service.devices.has(String(keptAs('deviceKey')))).toBe(true);
    expect(await command(service, 'sign-out')).toMatchObject({ exitCode: 2 });
  });

  test('--global ends the sign-ins of all devices, with an access token that is good', async () => {
    const service = serviceFor();
    await command(service, 'sign-in');
    const token = String(keptAs('accessToken'));
    ahead = 7_200_000;
    expect(await command(service, 'sign-out', '--global')).toEqual({
      exitCode: 0,
      stdout: 'Signed out alice\n',
      stderr: '',
    });
    expect(service.inputOf('GlobalSignOut')?.['AccessToken']).not.toBe(token);
    expect(service.inputOf('RevokeToken')).toBeUndefined();
  });

  test('tokens that are over are signed out; a refusal of another kind leaves them', async () => {
    const service = serviceFor();
    await command(service, 'sign-in');
    service.refuse('GlobalSignOut', 'InternalErrorException', 'Later.');
    expect(await command(service, 'sign-out', '--global')).toMatchObject({ exitCode: 1 });
    expect(keptAs('refreshToken')).toBeDefined();
    service.refuse('RevokeToken', 'NotAuthorizedException', 'Refresh Token has been revoked');
    expect(await command(service, 'sign-out')).toMatchObject({ exitCode: 0, stdout: 'Signed out alice\n' });
    expect(keptAs('refreshToken')).toBeUndefined();
  });

  test.each([
    ['GlobalSignOut', 'Access Token has been revoked'],
    ['GetTokensFromRefreshToken', 'Refresh Token has been revoked'],
  ])(
    '--global of a sign-in that %s finds over: 2, for other devices are not signed out',
    async (operation, text) => {
      const service = serviceFor();
      await command(service, 'sign-in');
      if (operation !== 'GlobalSignOut') ahead = 7_200_000;
      service.refuse(operation, 'NotAuthorizedException', text);
      const outcome = await command(service, 'sign-out', '--global', '--json');
      expect(outcome).toMatchObject({ exitCode: 2, stdout: '' });
      expect(JSON.parse(outcome.stderr)).toMatchObject({
        code: 'NOT_SIGNED_IN',
        message: expect.stringMatching(/other devices go on\. To end them, sign in again/),
      });
      expect([keptAs('refreshToken'), keptAs('accessToken')]).toEqual([undefined, undefined]);
      expect(keptAs('deviceKey')).toBeDefined();
    },
  );

  test('an app client that does not revoke tokens: they are removed, and that is told', async () => {
    const service = serviceFor();
    service.refuse(
      'RevokeToken',
      'UnsupportedOperationException',
      'This feature is not enabled for this client',
    );
    await command(service, 'sign-in');
    expect(await command(service, 'sign-out')).toEqual({
      exitCode: 0,
      stdout: 'Signed out alice\n',
      stderr:
        'The app client cannot revoke tokens. They were removed from the file, but stay valid until they expire.\n',
    });
    expect(keptAs('refreshToken')).toBeUndefined();
    await command(service, 'sign-in');
    expect(await command(service, 'sign-out', '--json')).toEqual({
      exitCode: 0,
      stdout: '{"status":"signed-out","username":"alice","revoked":false}\n',
      stderr: '',
    });
  });
});

describe('devices', () => {
  test('list: with names, and which is this one', async () => {
    const service = serviceFor();
    await command(service, 'sign-in');
    service.devices.set('local_other', { name: 'A\x1b[2Jnother' });
    const { stdout } = await command(service, 'devices list');
    const [ours = '', other = ''] = stdout.split('\n');
    expect(ours).toBe(`  ${keptAs('deviceKey')}  cognito-srp on ${hostname()}, this device`);
    expect(other).toMatch(/^ {2}local_other +A�\[2Jnother$/);
    expect(parsed(await command(service, 'devices list', '--json'))).toEqual({
      devices: [
        expect.objectContaining({ key: keptAs('deviceKey') }),
        expect.objectContaining({ key: 'local_other' }),
      ],
    });
  });

  test('forget: the device in the file, there and here', async () => {
    const service = serviceFor();
    await command(service, 'sign-in');
    const key = keptAs('deviceKey');
    const outcome = await command(service, 'devices forget', '--json');
    expect(parsed(outcome)).toEqual({ status: 'forgotten', deviceKey: key });
    expect([service.devices.size, keptAs('deviceKey')]).toEqual([0, undefined]);
    const again = await command(service, 'devices forget', '--json');
    expect(JSON.parse(again.stderr)).toMatchObject({ code: 'DEVICE_MISSING' });
  });

  test('forget --device-key: another one, and the device in the file stays', async () => {
    const service = serviceFor();
    await command(service, 'sign-in');
    service.devices.set('local_other', {});
    expect(await command(service, 'devices forget', '--device-key', 'local_other')).toMatchObject({
      exitCode: 0,
      stdout: 'Forgotten: local_other\n',
    });
    expect([...service.devices.keys()]).toEqual([keptAs('deviceKey')]);
    expect(await command(service, 'devices forget', '--device-key', 'local_none')).toMatchObject({
      exitCode: 1,
    });
  });

  test('remember: and not to remember', async () => {
    const service = serviceFor();
    await command(service, 'sign-in');
    const device = service.devices.get(String(keptAs('deviceKey')));
    expect(await command(service, 'devices remember')).toMatchObject({ exitCode: 0 });
    expect(device?.status).toBe('remembered');
    await command(service, 'devices remember', '--status', 'not_remembered');
    expect(device?.status).toBe('not_remembered');
  });
});
