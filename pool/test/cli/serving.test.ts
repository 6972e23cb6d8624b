/** What the command writes of its pools and of each request, and on which host it listens. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sendRequest } from '../../../test/support/pool-calls.ts';
import { run } from './run.ts';

const PASSWORD = 'Correct-Horse-9';
const SEED = {
  pools: [
    {
      userPoolId: 'eu-west-1_Customers',
      clients: [{ clientId: 'shop', explicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] }],
      users: [{ username: 'alice', password: PASSWORD, attributes: { email: 'alice@example.com' } }],
    },
    {
      userPoolId: 'eu-west-1_Staff',
      clients: [{ clientId: 'office', clientSecret: 'secret-of-the-client' }],
    },
  ],
  faults: [{ name: 'throttle', operation: 'SignUp' }],
};

const folder = mkdtempSync(join(tmpdir(), 'cognito-local-pool-serving-'));
const seed = join(folder, 'seed.json');
beforeAll(() => writeFileSync(seed, JSON.stringify(SEED)));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the command as long as `use` takes. */
async function serve(flags: readonly string[], use: (endpoint: string) => Promise<unknown>) {
  const stdout: string[] = [];
  const outcome = await run(['--json', ...flags], {
    stdout: { write: (text) => stdout.push(text) },
    untilStopped: async () => {
      // The line is written once the signals are watched
      await new Promise(setImmediate);
      await use((JSON.parse(stdout.join('')) as { readonly endpoint: string }).endpoint);
    },
  });
  return { ...outcome, stdout: stdout.join('') };
}

const call = (endpoint: string, operation: string, input: object) =>
  sendRequest({ fetch: (_, init) => fetch(endpoint, init) }, operation, input).then(({ status }) => status);

const signIn = (endpoint: string, password = PASSWORD) =>
  call(endpoint, 'InitiateAuth', {
    ClientId: 'shop',
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: 'alice', PASSWORD: password },
  });

test('a seed of several pools is listed in --json, with the first pool beside', async () => {
  const { stdout } = await serve(['--seed', seed], async () => {});
  expect(JSON.parse(stdout)).toEqual({
    endpoint: expect.any(String),
    userPoolId: 'eu-west-1_Customers',
    clientIds: ['shop'],
    pools: [
      { userPoolId: 'eu-west-1_Customers', clientIds: ['shop'] },
      { userPoolId: 'eu-west-1_Staff', clientIds: ['office'] },
    ],
  });
});

test('it is listed in the text as well', async () => {
  const { stdout } = await run(['--seed', seed]);
  expect(stdout).toMatch(/^2 local user pools answer at http/);
  expect(stdout).toMatch(/user pool {4}eu-west-1_Customers\n {2}app clients {2}shop\n {2}users {8}alice\n/);
  expect(stdout).toMatch(/user pool {4}eu-west-1_Staff\n {2}app clients {2}office\n {2}users {8}none\n/);
  expect(stdout).not.toContain('secret-of-the-client');
});

test('each request is a line on stderr', async () => {
  const { stderr } = await serve(['--seed', seed], async (endpoint) => {
    await signIn(endpoint);
    await signIn(endpoint, 'Wrong-Horse-9');
    await call(endpoint, 'ForgotPassword', { ClientId: 'shop', Username: 'alice' });
    await call(endpoint, 'SignUp', { ClientId: 'shop', Username: 'new', Password: PASSWORD });
    await fetch(`${endpoint}/health`);
  });
  const lines = stderr.trimEnd().split('\n');
  const at = /^\d\d:\d\d:\d\d /.source;
  expect(lines).toEqual([
    expect.stringMatching(`${at}InitiateAuth eu-west-1_Customers alice 200 \\d+ ms$`),
    expect.stringMatching(
      `${at}InitiateAuth eu-west-1_Customers alice 400 \\d+ ms NotAuthorizedException: Incorrect username or password\\.`,
    ),
    expect.stringMatching(
      `${at}ForgotPassword eu-west-1_Customers alice 200 \\d+ ms \\| ConfirmForgotPassword \\d{6} by EMAIL to alice@example.com$`,
    ),
    expect.stringMatching(`${at}SignUp eu-west-1_Customers - 400 \\d+ ms TooManyRequestsException: `),
    expect.stringMatching(`${at}GET /health - - 200 \\d+ ms$`),
  ]);
});

test('--log json writes an object for each request', async () => {
  const { stderr } = await serve(['--seed', seed, '--log', 'json'], (endpoint) => signIn(endpoint));
  expect(JSON.parse(stderr)).toEqual({
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    ms: expect.any(Number),
    operation: 'InitiateAuth',
    userPoolId: 'eu-west-1_Customers',
    username: 'alice',
    status: 200,
    codes: [],
  });
});

test('--quiet writes nothing', async () => {
  expect(await serve(['--seed', seed, '--quiet'], signIn)).toMatchObject({ exitCode: 0, stderr: '' });
});

test('a user name cannot write lines of its own or reach the terminal', async () => {
  const { stderr } = await serve(['--seed', seed], async (endpoint) => {
    await call(endpoint, 'ForgotPassword', { ClientId: 'shop', Username: 'alice\n00:00:00 forged\u001b[2J' });
  });
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(stderr).not.toContain('\u001b');
});

test('another host than loopback is warned of, and --allow-host opens the outbox for a name', async () => {
  const { stderr } = await serve(
    ['--quiet', '--host', '0.0.0.0', '--allow-host', 'pool', '--allow-host', '192.0.2.7'],
    async (endpoint) => {
      expect(endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      for (const [origin, status] of [
        ['http://pool:3000', 200],
        ['http://192.0.2.7', 200],
        ['http://other', 403],
      ] as const) {
        expect((await fetch(`${endpoint}/_/outbox`, { headers: { origin } })).status).toBe(status);
      }
    },
  );
  expect(stderr).toBe(
    'cognito-local-pool: It listens on 0.0.0.0, so everybody who reaches this machine can sign in, and can change users without a password\n',
  );
});

test.each(['127.0.0.1', '127.0.0.2', 'localhost'])('%s is not warned of', async (host) => {
  expect(await run(['--host', host])).toMatchObject({ exitCode: 0, stderr: '' });
});

test.each([
  [['--host', '192.0.2.1'], '--host must be an address of this machine or its name'],
  [['--allow-host', 'http://pool'], '--allow-host must be a host name or an address'],
  [['--log', 'xml'], '--log must be text or json'],
  [['--log', 'json', '--quiet'], '--quiet leaves nothing for --log'],
])('refuses %j', async (flags, message) => {
  const { exitCode, stdout, stderr } = await run(flags);
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toContain(message);
});
