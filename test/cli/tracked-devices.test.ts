/** --device, refresh, sign-out and devices at a pool that tracks devices and rotates refresh tokens. */
import { mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { parseSeed } from '../../pool/src/cli/seed.ts';
import { createUserPool, type UserPool } from '../../pool/src/index.ts';
import { answers, at, PASSWORD, parsed, sentCode } from './pool.ts';
import { type Outcome, run } from './run.ts';

const ALIAS = 'a@b.example';
const EVERY_FLOW = ['ALLOW_USER_SRP_AUTH', 'ALLOW_USER_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'];
const SEED = {
  clients: [
    {
      clientId: 'web',
      explicitAuthFlows: EVERY_FLOW,
      refreshTokenRotation: { gracePeriodSeconds: 0 },
    },
  ],
  users: [
    {
      username: 'alice',
      password: PASSWORD,
      attributes: { email: ALIAS },
      aliases: [ALIAS],
      mfa: { email: true },
    },
  ],
  devices: { challengeRequiredOnNewDevice: true },
};

let folder: string;
let file: string;
let pool: UserPool;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cognito-srp-tracked-'));
  file = join(folder, 'device.json');
  pool = createUserPool(parseSeed(JSON.stringify(SEED)));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Given = Partial<Parameters<typeof run>[1]>;
const command = (name: string, flags: readonly string[] = [], given: Given = {}): Promise<Outcome> => {
  const isSignIn = name === 'sign-in' && !flags.includes('--username');
  return run([...name.split(' '), ...at(pool, isSignIn ? 'alice' : ''), '--device', file, ...flags], {
    fetch: pool.fetch,
    env: { COGNITO_PASSWORD: PASSWORD },
    ...given,
  });
};

/** Goes on with what a command has written. */
const respond = (step: Outcome, flags: readonly string[] = [], given: Given = {}): Promise<Outcome> =>
  run(['respond', '--challenge', '-', '--endpoint', 'http://127.0.0.1', '--device', file, ...flags], {
    fetch: pool.fetch,
    env: { COGNITO_PASSWORD: PASSWORD },
    stdin: Readable.from([Buffer.from(step.stdout)]),
    ...given,
  });

/** Signs in with the code that the pool sends, and so has a device that is confirmed and remembered. */
async function signedIn(...flags: string[]): Promise<Outcome> {
  const step = await command('sign-in', ['--json', ...flags]);
  expect(step).toMatchObject({ exitCode: 4, stderr: '' });
  const outcome = await respond(step, ['--json', ...answers(`EMAIL_OTP=${sentCode(pool)}`)]);
  expect(outcome).toMatchObject({ exitCode: 0, stderr: '' });
  return outcome;
}

const kept = () => JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
const keyOf = (name: string) => `CognitoIdentityServiceProvider.web.alice.${name}`;
const keptAs = (name: string) => kept()[keyOf(name)];
const put = (name: string, value: string) =>
  writeFileSync(file, JSON.stringify({ ...kept(), [keyOf(name)]: value }));
/** The access token has ended, as far as the file says. */
const expire = () => put('tokenExpiry', `1000 ${String(keptAs('accessToken')).slice(-16)}`);

/** The pool, with something done before each of its requests of this kind. */
const doneBefore =
  (operationOrChallenge: string, act: () => void): UserPool['fetch'] =>
  async (input, init) => {
    const request = new Request(input, init);
    const text = await request.clone().text();
    const target = request.headers.get('x-amz-target') ?? '';
    if (
      target.endsWith(`.${operationOrChallenge}`) ||
      text.includes(`"ChallengeName":"${operationOrChallenge}"`)
    )
      act();
    return pool.fetch(request);
  };

test('a device stands in for the second factor, by user name and by alias', async () => {
  await signedIn('--username', ALIAS);
  for (const name of ['alice', ALIAS]) {
    const again = await command('sign-in', ['--json', '--username', name]);
    expect(again).toMatchObject({ exitCode: 0, stderr: '' });
    expect(parsed(again)['deviceProblem']).toBeUndefined();
  }
});

test('--remember-device is told where the pool tracks no devices, and not where one is kept', async () => {
  await signedIn('--remember-device');
  const again = await command('sign-in', ['--json', '--remember-device']);
  expect(parsed(again)).toMatchObject({ status: 'signed-in' });
  expect(parsed(again)).not.toHaveProperty('deviceProblem');

  rmSync(file);
  pool = createUserPool(parseSeed(JSON.stringify({ ...SEED, devices: undefined })));
  const step = await command('sign-in', ['--json']);
  const outcome = await respond(step, ['--remember-device', ...answers(`EMAIL_OTP=${sentCode(pool)}`)]);
  expect(outcome.exitCode).toBe(0);
  expect(outcome.stderr).toMatch(/^Device: .*may not track devices \(NO_DEVICE\)\n$/);
});

test('the alias that was typed at sign-in finds what respond has kept', async () => {
  const step = await command('sign-in', ['--json', '--username', ALIAS]);
  expect(parsed(step)).toMatchObject({ alias: ALIAS, challenge: { username: 'alice' } });
  await respond(step, answers(`EMAIL_OTP=${sentCode(pool)}`));
  const refreshed = await command('refresh', ['--username', ALIAS, '--json']);
  expect(refreshed).toMatchObject({ exitCode: 0, stderr: '' });
  expect(parsed(await command('sign-out', ['--username', ALIAS, '--json']))).toEqual({
    status: 'signed-out',
    username: 'alice',
  });
});

test('refresh keeps the token that the next refresh needs', async () => {
  await signedIn();
  const seen = [keptAs('refreshToken')];
  for (let i = 0; i < 3; i++) {
    const outcome = await command('refresh', ['--json']);
    expect(outcome).toMatchObject({ exitCode: 0, stderr: '' });
    expect(parsed(outcome)).toMatchObject({ tokens: { refreshToken: keptAs('refreshToken') } });
    seen.push(keptAs('refreshToken'));
  }
  expect(new Set(seen).size).toBe(4);
});

describe('several runs at once, where a refresh token is good once', () => {
  /** Every run has the same refresh token before one of them sends it, and pauses until another one has ended. */
  function atOnce(name: string, flags: readonly string[] = []): Promise<Outcome[]> {
    const runs = 3;
    let waiting = 0;
    let open = () => {};
    const haveAllRead = new Promise<void>((resolve) => {
      open = resolve;
    });
    const fetch: UserPool['fetch'] = async (input, init) => {
      waiting += 1;
      if (waiting === runs) open();
      await haveAllRead;
      return pool.fetch(input, init);
    };
    let end = () => {};
    const hasOneEnded = new Promise<void>((resolve) => {
      end = resolve;
    });
    return Promise.all(
      Array.from({ length: runs }, async () => {
        const outcome = await command(name, flags, { fetch, pause: () => hasOneEnded });
        end();
        return outcome;
      }),
    );
  }

  test('refresh: the runs that come too late give the tokens that the first one has stored', async () => {
    await signedIn();
    for (const outcome of await atOnce('refresh', ['--json'])) {
      expect(outcome).toMatchObject({ exitCode: 0, stderr: '' });
      expect(parsed(outcome)).toMatchObject({ tokens: { refreshToken: keptAs('refreshToken') } });
    }
    expect(await command('refresh')).toMatchObject({ exitCode: 0, stderr: '' });
  });

  test('devices list: each run calls the service, though the access token has ended', async () => {
    await signedIn();
    expire();
    for (const outcome of await atOnce('devices list', ['--json'])) {
      expect(outcome).toMatchObject({ exitCode: 0, stderr: '' });
      expect(parsed(outcome)).toMatchObject({ devices: [expect.anything()] });
    }
  });

  test('a refusal that no other run explains is told after less than 2 seconds of pauses', async () => {
    await signedIn();
    const revoked = String(keptAs('refreshToken'));
    await command('refresh');
    put('refreshToken', revoked);
    const pauses: number[] = [];
    const outcome = await command('refresh', ['--json'], {
      pause: async (ms) => {
        pauses.push(ms);
      },
    });
    expect(outcome.exitCode).toBe(1);
    expect(JSON.parse(outcome.stderr)).toMatchObject({ code: 'REFRESH_TOKEN_REUSED' });
    expect(pauses).toEqual([0, 250, 1500]);
  });

  test('a refusal is told where another run has signed the user out', async () => {
    await signedIn();
    const fetch: UserPool['fetch'] = async (input, init) => {
      await command('sign-out', ['--global']);
      return pool.fetch(input, init);
    };
    const outcome = await command('refresh', ['--json'], { fetch });
    expect(outcome.exitCode).toBe(1);
    expect(JSON.parse(outcome.stderr)).toMatchObject({ code: 'REFRESH_TOKEN_REFUSED' });
  });
});

test('refresh of a forgotten device is refused; the next sign-in is told so and has another one', async () => {
  await signedIn();
  const [device] = pool.users.find('alice')?.devices ?? [];
  pool.users.forgetDevice('alice', device?.key ?? '');
  const outcome = await command('refresh', ['--json']);
  expect(outcome.exitCode).toBe(1);
  expect(JSON.parse(outcome.stderr)).toMatchObject({ code: 'REFRESH_TOKEN_REFUSED' });
  const step = await command('sign-in', ['--json']);
  expect(parsed(step)).toMatchObject({ status: 'challenge', deviceProblem: { code: 'DEVICE_GONE' } });
  await respond(step, answers(`EMAIL_OTP=${sentCode(pool)}`));
  expect(keptAs('deviceKey')).toMatch(/^us-east-1_/);
  expect(keptAs('deviceKey')).not.toBe(device?.key);
});

test('sign-out ends the refresh token; the device goes on standing in', async () => {
  await signedIn();
  const tokens = kept();
  expect(await command('sign-out')).toEqual({ exitCode: 0, stdout: 'Signed out alice\n', stderr: '' });
  expect(keptAs('refreshToken')).toBeUndefined();
  writeFileSync(file, JSON.stringify(tokens));
  const refreshed = await command('refresh', ['--json']);
  expect(JSON.parse(refreshed.stderr)).toMatchObject({ code: 'REFRESH_TOKEN_REFUSED' });
  expect(await command('sign-in', ['--json'])).toMatchObject({ exitCode: 0, stderr: '' });
});

test('sign-out --global ends them all, also when the access token has to be refreshed first', async () => {
  await signedIn();
  const first = kept();
  await command('sign-in');
  expire();
  expect(await command('sign-out', ['--global'])).toMatchObject({ exitCode: 0, stderr: '' });
  writeFileSync(file, JSON.stringify(first));
  expect(await command('refresh')).toMatchObject({ exitCode: 1 });
});

describe('devices', () => {
  test('list tells which are remembered, remember changes it, forget ends it', async () => {
    await signedIn();
    const key = String(keptAs('deviceKey'));
    const list = async () => (await command('devices list')).stdout;
    expect(await list()).toMatch(new RegExp(`^  ${key}  .*, remembered, last .*, this device\n$`));
    expect(await command('devices remember', ['--status', 'not_remembered'])).toMatchObject({ exitCode: 0 });
    expect(await list()).toMatch(/, not_remembered, /);
    expect(await command('sign-in')).toMatchObject({ exitCode: 4 });
    expect(await command('devices remember')).toMatchObject({ exitCode: 0 });
    expect(await command('sign-in')).toMatchObject({ exitCode: 0 });
    expect(await command('devices forget')).toMatchObject({ exitCode: 0, stdout: `Forgotten: ${key}\n` });
    expect(pool.users.find('alice')?.devices).toEqual([]);
    expect(await command('sign-in')).toMatchObject({ exitCode: 4 });
  });

  test.each([[['list']], [['remember']]])(
    '%j: new tokens that could not be kept are told',
    async ([action = '']) => {
      await signedIn();
      expire();
      const away = `${folder}-away`;
      const given = { fetch: doneBefore('GetTokensFromRefreshToken', () => renameSync(folder, away)) };
      try {
        const outcome = await command(`devices ${action}`, [], given);
        expect(outcome.exitCode).toBe(0);
        expect(outcome.stderr).toMatch(/^Device: .*could not be written: ENOENT \(NOT_KEPT\)\n$/);
      } finally {
        renameSync(away, folder);
      }
    },
  );

  test('new tokens that could not be kept are told beside a failure, too', async () => {
    await signedIn();
    expire();
    pool.faults.add({ name: 'internal-error', operation: 'ListDevices' });
    const away = `${folder}-away`;
    const given = { fetch: doneBefore('GetTokensFromRefreshToken', () => renameSync(folder, away)) };
    try {
      const outcome = await command('devices list', ['--json'], given);
      expect(outcome.exitCode).toBe(1);
      expect(JSON.parse(outcome.stderr)).toMatchObject({
        code: 'INTERNAL_ERROR',
        deviceProblem: { code: 'NOT_KEPT' },
      });
    } finally {
      renameSync(away, folder);
    }
  });
});

describe('a device that is refused while a challenge is answered', () => {
  const choose = answers('SELECT_CHALLENGE=PASSWORD_SRP');
  const waiting = async () => {
    const step = await command('sign-in', ['--flow', 'USER_AUTH', '--json']);
    expect(parsed(step)).toMatchObject({ challenge: { name: 'SELECT_CHALLENGE' } });
    return step;
  };

  test('is removed from the file and named in the failure, and the next run works', async () => {
    await signedIn();
    put('randomPasswordKey', 'bm90IHdoYXQgd2FzIGNvbmZpcm1lZA==');
    const outcome = await respond(await waiting(), [...choose, '--json']);
    expect([outcome.exitCode, outcome.stdout]).toEqual([1, '']);
    expect(JSON.parse(outcome.stderr)).toMatchObject({
      code: 'DEVICE_REFUSED',
      deviceProblem: { code: 'DEVICE_REFUSED', message: expect.stringContaining('removed from the file') },
    });
    expect([keptAs('deviceKey'), keptAs('randomPasswordKey')]).toEqual([undefined, undefined]);
    const next = await respond(await waiting(), [...choose, '--json']);
    expect(next).toMatchObject({ exitCode: 4, stderr: '' });
  });

  test('is removed where it is found by the alias, and without --json it is one line', async () => {
    await signedIn('--username', ALIAS);
    put('randomPasswordKey', 'bm90IHdoYXQgd2FzIGNvbmZpcm1lZA==');
    const step = await command('sign-in', ['--flow', 'USER_AUTH', '--json', '--username', ALIAS]);
    const outcome = await respond(step, choose);
    expect([outcome.exitCode, outcome.stdout]).toEqual([1, '']);
    expect(outcome.stderr.match(/^Device: .*\(DEVICE_REFUSED\)$/gm)).toHaveLength(1);
    expect(keptAs('deviceKey')).toBeUndefined();
  });

  test('is removed where it was forgotten meanwhile', async () => {
    await signedIn();
    const key = String(keptAs('deviceKey'));
    const fetch = doneBefore('DEVICE_SRP_AUTH', () => pool.users.forgetDevice('alice', key));
    const outcome = await respond(await waiting(), [...choose, '--json'], { fetch });
    expect(outcome.exitCode).toBe(1);
    expect(JSON.parse(outcome.stderr)).toMatchObject({
      code: 'DEVICE_NOT_FOUND',
      deviceProblem: { code: 'DEVICE_GONE' },
    });
    expect(keptAs('deviceKey')).toBeUndefined();
  });

  test('is kept after a refusal that does not speak of it', async () => {
    await signedIn();
    pool.faults.add({ name: 'internal-error', challengeName: 'DEVICE_PASSWORD_VERIFIER' });
    const outcome = await respond(await waiting(), [...choose, '--json']);
    expect(JSON.parse(outcome.stderr)).toMatchObject({ code: 'INTERNAL_ERROR' });
    expect(JSON.parse(outcome.stderr)).not.toHaveProperty('deviceProblem');
    expect(keptAs('deviceKey')).toBeDefined();
  });
});

describe('a device file that was cut off', () => {
  let part: string;
  beforeEach(async () => {
    await signedIn();
    const whole = readFileSync(file, 'utf8');
    part = whole.slice(0, whole.length / 2);
    writeFileSync(file, part);
  });

  test('is reported, kept aside, and written anew', async () => {
    const step = await command('sign-in', ['--json']);
    expect([step.exitCode, step.stderr]).toEqual([4, '']);
    expect(parsed(step)).toMatchObject({ deviceProblem: { code: 'FILE_DAMAGED' } });
    const outcome = await respond(step, answers(`EMAIL_OTP=${sentCode(pool)}`));
    expect(outcome.exitCode).toBe(0);
    expect(outcome.stderr).toMatch(/^Device: .*\.damaged \(FILE_DAMAGED\)\n$/);
    expect(readFileSync(`${file}.damaged`, 'utf8')).toBe(part);
    expect(keptAs('deviceKey')).toBeDefined();
  });

  test('is the reason that is given where nobody is signed in', async () => {
    const outcome = await command('refresh', ['--json']);
    expect(outcome.exitCode).toBe(2);
    expect(JSON.parse(outcome.stderr)).toMatchObject({
      code: 'NOT_SIGNED_IN',
      deviceProblem: { code: 'FILE_DAMAGED' },
    });
    expect(readFileSync(file, 'utf8')).toBe(part);
  });

  test.each(['{', '{\n  "Cogn', '\0\0\0'])('is reported where its text is %j', async (text) => {
    writeFileSync(file, text);
    expect(parsed(await command('sign-in', ['--json']))).toMatchObject({
      deviceProblem: { code: 'FILE_DAMAGED' },
    });
  });
});

test('a file that never ends is not read to its end', async () => {
  symlinkSync('/dev/zero', file);
  const device = await command('sign-in', ['--json']);
  expect(JSON.parse(device.stderr)).toMatchObject({ code: 'DEVICE_FILE_UNUSABLE' });
  const challenge = await run(['respond', '--challenge', '/dev/zero', '--json']);
  expect(JSON.parse(challenge.stderr)).toMatchObject({ code: 'CHALLENGE_UNREADABLE' });
});
