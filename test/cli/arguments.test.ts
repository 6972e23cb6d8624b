/** The command explains itself, and refuses wrong arguments. */
import { run } from './run.ts';

const WHO = ['--user-pool-id', 'us-east-1_LocalPool', '--client-id', 'web', '--username', 'alice'];
const SECRET = 'Hunter-2-Hunter-2';

const COMMANDS = ['sign-in', 'respond', 'refresh', 'sign-out', 'devices', 'passkeys', 'sessions'];

test.each([['--help'], ['-h'], ['help'], ['sign-in', '-h'], ...COMMANDS.map((name) => [name, '--help'])])(
  'writes help on stdout: %s %s',
  async (...argv) => {
    const { exitCode, stdout, stderr } = await run(argv.filter(Boolean));
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^Usage: cognito-srp /);
  },
);

test('keeps lines of help within 110 columns', async () => {
  for (const argv of [['--help'], ...COMMANDS.map((name) => [name, '--help'])]) {
    const { stdout } = await run(argv);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(110);
  }
});

test.each([
  ['sign-in', 'default 30'],
  ['respond', 'default 30'],
  ['refresh', 'default 5'],
  ['sign-out', 'default 30, 5 for new tokens'],
  ['devices', 'default 30, 5 for new tokens'],
  ['passkeys', 'default 30, 5 for new tokens'],
  ['sessions', 'default 30, 5 for new tokens'],
])('%s --help says how long it waits for a reply: %s', async (name, seconds) => {
  const { stdout } = await run([name, '--help']);
  const line = stdout.split('\n').find((text) => text.startsWith('  --timeout SECONDS '));
  expect(line?.endsWith(`for each request and its reply; ${seconds}`)).toBe(true);
});

test('writes the version', async () => {
  expect(await run(['--version'])).toEqual({ exitCode: 0, stdout: '1.2.3\n', stderr: '' });
});

test('without arguments writes usage on stderr', async () => {
  const { exitCode, stdout, stderr } = await run([]);
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^Usage: cognito-srp /);
});

test.each<[string, string[], string]>([
  ['an unknown command', ['sign-inn'], 'did you mean "sign-in"?'],
  [
    'a command like no other',
    [SECRET],
    'the commands are sign-in, respond, refresh, sign-out, devices, passkeys, sessions',
  ],
  ['a flag before the command', ['--json', 'sign-in'], 'The command must come before the flags'],
  ['an unknown flag, with the nearest', ['sign-in', '--usrname', 'alice'], 'did you mean --username?'],
  ['an unknown flag with a value', ['sign-in', `--usrname=${SECRET}`], 'did you mean --username?'],
  ['a flag like no other', ['sign-in', '--frobnicate'], 'The flag --frobnicate does not exist; see --help'],
  [
    'a flag named like a member of every object',
    ['sign-in', '--constructor'],
    'The flag --constructor does not exist',
  ],
  ['a loose argument', ['sign-in', ...WHO, SECRET], 'an argument that does not belong to a flag'],
  ['--password', ['sign-in', ...WHO, '--password', SECRET], 'cannot be an argument'],
  ['--password=', ['sign-in', ...WHO, `--password=${SECRET}`], 'COGNITO_PASSWORD, use --password-stdin'],
  ['-p', ['sign-in', ...WHO, '-p', SECRET], 'cannot be an argument'],
  ['--client-secret', ['sign-in', ...WHO, '--client-secret', SECRET], 'Set COGNITO_CLIENT_SECRET'],
  ['missing flags, naming them all', ['sign-in'], '--user-pool-id ID, --client-id ID, --username NAME'],
  ['a flag without its value', ['sign-in', '--username'], '--username needs a value'],
  ['a flag with an empty value', ['sign-in', '--username='], '--username needs a value'],
  ['another flag in place of a value', ['sign-in', '--username', '--json'], '--username=-'],
  [
    'a flag that is there twice',
    ['sign-in', ...WHO, '--username', 'bob'],
    '--username can be given only once',
  ],
  ['a value for a flag that takes none', ['sign-in', '--json=yes'], '--json does not take a value'],
  ['a flow it does not know', ['sign-in', ...WHO, '--flow', 'MAGIC'], '--flow must be one of USER_SRP_AUTH'],
  ['no time', ['sign-in', ...WHO, '--timeout', '0'], '--timeout must be a number from'],
  ['a time with a unit', ['sign-in', ...WHO, '--timeout', '5s'], '--timeout must be a number from'],
  ['a time beyond what timers hold', ['sign-in', ...WHO, '--timeout', '1e9'], '--timeout must be a number'],
  [
    'an answer to no challenge',
    ['sign-in', ...WHO, '--answer', `A=${SECRET}`],
    'that is not a challenge; the keys are',
  ],
  [
    "the wire's name of an answer",
    ['sign-in', ...WHO, '--answer', `SMS_MFA_CODE=${SECRET}`],
    'did you mean SMS_MFA?',
  ],
  ['a password as an answer', ['sign-in', ...WHO, '--answer', `PASSWORD=${SECRET}`], 'cannot be an argument'],
  [
    'a second factor that does not exist',
    ['sign-in', ...WHO, '--answer', `SELECT_MFA_TYPE=${SECRET}`],
    '--answer SELECT_MFA_TYPE= must be one of SMS_MFA, SOFTWARE_TOKEN_MFA, EMAIL_OTP, or another offered name',
  ],
  ['a passkey that is not JSON', ['sign-in', ...WHO, '--answer', `WEB_AUTHN=${SECRET}`], 'as JSON'],
  [
    'an attribute that is there twice',
    ['sign-in', ...WHO, '--answer', 'attribute.a=1', '--answer', `attribute.a=${SECRET}`],
    '--answer attribute.a can be given only once',
  ],
  [
    'a first factor for a flow without choice',
    ['sign-in', ...WHO, '--preferred-challenge', 'EMAIL_OTP'],
    '--preferred-challenge needs --flow USER_AUTH',
  ],
  [
    'a first factor that does not exist',
    ['sign-in', ...WHO, '--flow', 'USER_AUTH', '--preferred-challenge', SECRET],
    '--preferred-challenge must be one of PASSWORD_SRP',
  ],
  [
    '--remember-device alone',
    ['sign-in', ...WHO, '--remember-device'],
    '--remember-device needs --device FILE',
  ],
  ['respond without a challenge', ['respond'], 'The command needs --challenge FILE'],
  [
    'standard input for two things',
    ['respond', '--challenge', '-', '--password-stdin'],
    'cannot both read standard input',
  ],
  ['a challenge file that is not there', ['respond', '--challenge', 'none.json'], 'there is no such file'],
  ['devices without what to do', ['devices', '--device', 'device.json'], 'list, forget, remember'],
  [
    'a device status that does not exist',
    ['devices', 'remember', '--device', 'd', ...WHO, '--status', SECRET],
    '--status must be remembered or not_remembered',
  ],
  ['passkeys without what to do', ['passkeys', '--device', 'device.json'], 'list, delete'],
  ['sessions without what to do', ['sessions', '--device', 'device.json'], 'list, revoke'],
  [
    'a session that does not exist',
    ['sessions', 'revoke', '--device', 'd', ...WHO, '--session-id', SECRET],
    '--session-id must be an ID that "sessions list" shows',
  ],
  [
    'a level for a flow without levels',
    ['sign-in', ...WHO, '--target-acr', 'urn:cognito:loa:4'],
    '--target-acr needs --flow USER_AUTH',
  ],
  [
    'a step up to no level',
    ['sign-in', ...WHO, '--step-up', '--device', 'd'],
    '--step-up needs --target-acr',
  ],
  [
    'a step up from nowhere',
    ['sign-in', ...WHO, '--flow', 'USER_AUTH', '--target-acr', 'urn:cognito:loa:4', '--step-up'],
    '--step-up needs --device FILE',
  ],
  ['an age of nothing', ['sign-in', ...WHO, '--max-age', '60'], '--max-age needs --step-up'],
  ['half a second', ['sign-in', ...WHO, '--max-age', '0.5'], '--max-age must be a whole number'],
  ['an answer without a key', ['sign-in', ...WHO, '--answer', SECRET], '--answer must be KEY=VALUE'],
])('refuses %s', async (_, argv, message) => {
  const { exitCode, stdout, stderr } = await run(argv, { env: { COGNITO_PASSWORD: SECRET } });
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toContain(message);
  expect(stderr).not.toContain(SECRET);
});

test.each([[], ['--help'], ['--port', '9229', '--seed', SECRET]])(
  'pool is a package of its own, and says what to run: pool %s %s',
  async (...flags) => {
    expect(await run(['pool', ...flags.filter(Boolean)])).toEqual({
      exitCode: 2,
      stdout: '',
      stderr:
        'cognito-srp: The local user pool is a package of its own: run "npx cognito-local-pool" with the same flags\n',
    });
  },
);

test.each<[string, string[], string, string]>([
  ['a user pool id', ['--user-pool-id', 'nope'], 'USER_POOL_ID_INVALID', '--user-pool-id must be'],
  ['a client id', ['--client-id', 'we b'], 'CLIENT_ID_INVALID', '--client-id must be'],
  ['a region', ['--region', 'moon'], 'REGION_INVALID', '--region must be an AWS region'],
  ['plain http', ['--endpoint', 'http://example.com'], 'ENDPOINT_INSECURE', '--endpoint must be https'],
  ['an endpoint', ['--endpoint', 'example.com'], 'ENDPOINT_INVALID', '--endpoint must be a URL'],
  [
    'a username',
    ['--username', 'x'.repeat(129), '--endpoint', 'http://127.0.0.1:9'],
    'USERNAME_INVALID',
    '--username must be',
  ],
  [
    'a local pool without its endpoint',
    ['--user-pool-id', 'local_Pool1'],
    'REGION_INVALID',
    'give --endpoint',
  ],
])('says in terms of its flags what the engine refuses: %s', async (_, flags, code, message) => {
  const replaced = WHO.flatMap((word, i) =>
    i % 2 === 0 && flags[0] !== word ? [word, WHO[i + 1] ?? ''] : [],
  );
  const { exitCode, stdout, stderr } = await run(['sign-in', ...replaced, ...flags, '--json'], {
    env: { COGNITO_PASSWORD: SECRET },
  });
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(JSON.parse(stderr)).toMatchObject({ code, name: 'ArgumentError' });
  expect(JSON.parse(stderr).message).toContain(message);
});

test('with --json wrong usage is one JSON object on stderr', async () => {
  const { stderr } = await run(['sign-in', '--json', '--password', SECRET]);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(JSON.parse(stderr)).toMatchObject({ code: 'USAGE_INVALID', name: 'UsageError' });
  expect(stderr).not.toContain(SECRET);
});
