/** The built command and the demo run as processes of their own. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Ended, processesIn } from './spawned.ts';

const ROOT = resolve(__dirname, '../..');
const COMMAND = join(ROOT, 'dist/esm/cli/main.js');
const POOL = join(ROOT, 'pool/dist/esm/cli/main.js');
const PASSWORD = 'Correct-Horse-9';
const CLIENT_SECRET = 'client-secret-of-the-server';
const SECRETS = [PASSWORD, 'Wrong-Horse-9', CLIENT_SECRET];
const SEED = {
  userPoolId: 'local_Seeded1',
  clients: [{ clientId: 'web' }, { clientId: 'server', clientSecret: CLIENT_SECRET }],
  users: [
    {
      username: 'alice',
      password: PASSWORD,
      attributes: { name: 'A\u001b[2Jlice' },
      aliases: ['a@b.example'],
    },
    { username: 'new', password: PASSWORD, status: 'FORCE_CHANGE_PASSWORD' },
    { username: 'off', password: PASSWORD, enabled: false },
    {
      username: 'mia',
      password: PASSWORD,
      attributes: { email: 'mia@b.example' },
      mfa: { email: true },
    },
  ],
};

const folder = mkdtempSync(join(tmpdir(), 'cognito-srp-cli-'));
const { start, killAll } = processesIn(folder);
let terminal: ChildProcess | undefined;

async function startPool(...flags: string[]) {
  const pool = start([POOL, '--json', ...flags]);
  const [line = ''] = (await pool.shows('\n')).split('\n');
  return { ...pool, endpoint: String((JSON.parse(line) as { endpoint: string }).endpoint) };
}

let seeded: Awaited<ReturnType<typeof startPool>>;

/** Signs in at the seeded pool as alice unless the flags say otherwise; no secret may show. */
async function signIn(
  flags: Readonly<Record<string, string | true>> = {},
  { env = { COGNITO_PASSWORD: PASSWORD }, stdin = '' }: { env?: Record<string, string>; stdin?: string } = {},
): Promise<Ended> {
  const all: Record<string, string | true> = {
    '--endpoint': seeded.endpoint,
    '--user-pool-id': SEED.userPoolId,
    '--client-id': 'web',
    '--username': 'alice',
    ...flags,
  };
  const { child, ended } = start(
    [COMMAND, 'sign-in', ...Object.entries(all).flatMap(([k, v]) => (v === true ? [k] : [k, v]))],
    env,
  );
  child.stdin.end(stdin);
  const outcome = await ended;
  for (const secret of SECRETS) expect(outcome.stdout + outcome.stderr).not.toContain(secret);
  if (!('--json' in flags)) expect(outcome.stdout + outcome.stderr).not.toMatch(/[\w+/=-]{80}/);
  return outcome;
}

async function withTcpServer<T>(server: Server, use: (endpoint: string) => Promise<T>): Promise<T> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    await new Promise((done) => server.close(done));
  }
}

function withServer<T>(answer: RequestListener, use: (endpoint: string) => Promise<T>): Promise<T> {
  const server = createServer(answer);
  return withTcpServer(server, (endpoint) => use(endpoint).finally(() => server.closeAllConnections()));
}

beforeAll(async () => {
  if (!existsSync(COMMAND)) execFileSync(process.execPath, [join(ROOT, 'scripts/build.mjs')]);
  writeFileSync(join(folder, 'seed.json'), JSON.stringify(SEED));
  seeded = await startPool('--seed', 'seed.json');
});

afterAll(() => {
  terminal?.kill('SIGKILL');
  killAll();
  rmSync(folder, { recursive: true });
});

describe('sign-in', () => {
  test('exit code 0: writes the tokens as one JSON object', async () => {
    const { exitCode, stdout, stderr } = await signIn({ '--json': true, '--username': 'a@b.example' });
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout.endsWith('}\n')).toBe(true);
    expect(JSON.parse(stdout)).toEqual({
      status: 'signed-in',
      username: 'alice',
      tokens: {
        accessToken: expect.stringMatching(/^eyJ/),
        idToken: expect.stringMatching(/^eyJ/),
        refreshToken: expect.any(String),
        expiresIn: 3600,
        expiresAt: expect.any(Number),
        tokenType: 'Bearer',
      },
    });
  });

  test('exit code 0: without --json tells who, for how long and which claims, and no token', async () => {
    const { exitCode, stdout, stderr } = await signIn();
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^Signed in as alice\n/);
    expect(stdout).toMatch(/access token +1 h, until 20\d\d-/);
    expect(stdout).toContain('not verified');
    expect(stdout).toMatch(/cognito:username +alice/);
    expect(stdout).not.toMatch(/eyJ[\w-]+\./);
    expect(stdout).not.toContain('\x1b');
  });

  test('exit code 0: with the password from standard input', async () => {
    const outcome = await signIn({ '--password-stdin': true }, { env: {}, stdin: `${PASSWORD}\n` });
    expect(outcome).toMatchObject({ exitCode: 0, stderr: '' });
  });

  test('exit code 0: with a client secret from the environment', async () => {
    const env = { COGNITO_PASSWORD: PASSWORD, COGNITO_CLIENT_SECRET: CLIENT_SECRET };
    expect(await signIn({ '--client-id': 'server' }, { env })).toMatchObject({ exitCode: 0, stderr: '' });
  });

  test('exit code 1: a wrong password is refused', async () => {
    const { exitCode, stdout, stderr } = await signIn(
      { '--json': true },
      { env: { COGNITO_PASSWORD: 'Wrong-Horse-9' } },
    );
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(JSON.parse(stderr)).toMatchObject({
      code: 'INCORRECT_USERNAME_OR_PASSWORD',
      name: 'NotAuthorizedException',
      message: 'Incorrect username or password.',
      requestId: expect.stringMatching(/^[\da-f-]{36}$/),
    });
  });

  test.each<[string, Record<string, string>, string]>([
    ['a disabled user', { '--username': 'off' }, 'USER_DISABLED (NotAuthorizedException)'],
    ['an unknown client', { '--client-id': 'nobody' }, 'CLIENT_NOT_FOUND (ResourceNotFoundException)'],
    ['a client secret left out', { '--client-id': 'server' }, 'SECRET_HASH_REFUSED'],
  ])('exit code 1: %s is refused, in words', async (_, flags, code) => {
    const { exitCode, stdout, stderr } = await signIn(flags);
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^[A-Z].*\.\n/);
    expect(stderr).toContain(code);
    expect(stderr).toMatch(/what to do {2,}\w/);
  });

  test('exit code 2: there is no password anywhere', async () => {
    const { exitCode, stdout, stderr } = await signIn({ '--json': true }, { env: {} });
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(JSON.parse(stderr)).toMatchObject({ code: 'PASSWORD_MISSING', name: 'UsageError' });
  });

  test('exit code 2: a password is an argument', async () => {
    const outcome = await signIn({ '--password': PASSWORD });
    expect(outcome).toMatchObject({ exitCode: 2, stdout: '' });
    expect(outcome.stderr).toContain('cannot be an argument');
  });

  test('exit code 3: nothing answers; the reason shows', async () => {
    // Once the request has come: Node's fetch connects anew, for as long as it may, if the reset comes before it has sent anything
    const resets = createTcpServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
    const outcome = await withTcpServer(resets, (endpoint) => signIn({ '--endpoint': endpoint }));
    expect(outcome).toMatchObject({ exitCode: 3, stdout: '' });
    expect(outcome.stderr).toContain('could not be reached: the connection broke (ECONNRESET)');
  });

  test('exit code 3: a port that fetch blocks is named as such', async () => {
    const { exitCode, stdout, stderr } = await signIn({ '--endpoint': 'http://127.0.0.1:1' });
    expect([exitCode, stdout]).toEqual([3, '']);
    expect(stderr).toContain('(bad port)');
    expect(stderr).toMatch(/what to do +Choose another port for --endpoint\.\n/);
    expect(stderr).not.toMatch(/try again|sign in again/i);
  });

  test('exit code 3: the server answers with HTML', async () => {
    const html: RequestListener = (_, response) => response.end('<html>hello</html>');
    const outcome = await withServer(html, (endpoint) => signIn({ '--endpoint': endpoint, '--json': true }));
    expect(outcome).toMatchObject({ exitCode: 3, stdout: '' });
    expect(JSON.parse(outcome.stderr)).toMatchObject({ code: 'BODY_NOT_JSON', name: 'ProtocolError' });
  });

  test('exit code 3: the server does not answer before --timeout', async () => {
    const outcome = await withServer(
      () => {},
      (endpoint) => signIn({ '--endpoint': endpoint, '--timeout': '0.2', '--json': true }),
    );
    expect(outcome).toMatchObject({ exitCode: 3, stdout: '' });
    expect(JSON.parse(outcome.stderr)).toMatchObject({ code: 'TIMED_OUT', message: expect.any(String) });
  });

  test('exit code 4: a new password is required; the challenge is one JSON object', async () => {
    const { exitCode, stdout, stderr } = await signIn({ '--username': 'new', '--json': true });
    expect([exitCode, stderr]).toEqual([4, '']);
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'challenge',
      challenge: { name: 'NEW_PASSWORD_REQUIRED', username: 'new', session: expect.any(String) },
    });
  });

  test('exit code 4: without --json the challenge is named, and its session is not shown', async () => {
    const { exitCode, stdout, stderr } = await signIn({ '--username': 'new' });
    expect([exitCode, stderr]).toEqual([4, '']);
    expect(stdout).toContain('new has to answer the challenge NEW_PASSWORD_REQUIRED');
  });

  test('a reader that closes the pipe early does not cause an error', async () => {
    const { child, ended } = start([COMMAND, '--help']);
    child.stdout.destroy();
    expect(await ended).toMatchObject({ exitCode: 0, stderr: '' });
  });
});

test('a challenge goes on in another process, and the tokens stay in a file', async () => {
  const flags = { '--username': 'mia', '--json': true, '--device': 'device.json' } as const;
  const first = await signIn(flags);
  expect(first).toMatchObject({ exitCode: 4, stderr: '' });
  const outbox = await fetch(`${seeded.endpoint}/_/outbox`);
  const [message] = (await outbox.json()) as { code: string }[];
  const respond = start(
    [COMMAND, 'respond', '--challenge', '-', '--endpoint', seeded.endpoint, '--device', 'device.json'],
    { COGNITO_ANSWER_EMAIL_OTP: message?.code ?? '' },
  );
  respond.child.stdin.end(first.stdout);
  const { exitCode, stdout, stderr } = await respond.ended;
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^Signed in as mia\n/);
  expect(stdout).not.toMatch(/eyJ[\w-]+\./);
  const file = join(folder, 'device.json');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, 'utf8')).toMatch(/"CognitoIdentityServiceProvider\.web\.mia\.refreshToken": "/);
});

test('a proxy is asked for the host of the endpoint, and the command ends with its sign-in', async () => {
  const target = Number(new URL(seeded.endpoint).port);
  const asked: (string | undefined)[] = [];
  const proxy = createServer().on('connect', ({ url }, client) => {
    asked.push(url);
    const upstream = connect(target, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    client.on('error', () => upstream.destroy());
    upstream.on('error', () => client.destroy());
  });
  await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
  const address = proxy.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const who = ['--user-pool-id', SEED.userPoolId, '--client-id', 'web', '--username', 'alice'];
  const { ended } = start(
    [COMMAND, 'sign-in', '--endpoint', 'http://pool.example', '--allow-http', 'pool.example', ...who],
    { COGNITO_PASSWORD: PASSWORD, HTTP_PROXY: `http://127.0.0.1:${port}` },
  );
  expect(await ended).toMatchObject({ exitCode: 0, stderr: '' });
  expect(asked[0]).toBe('pool.example:80');
  proxy.closeAllConnections();
  await new Promise((done) => proxy.close(done));
});

test('the build carries the licences of the packages that are bundled into it', () => {
  const licenses = readFileSync(join(ROOT, 'dist/third-party-licenses.txt'), 'utf8');
  expect(licenses).toMatch(/^uqr [\d.]+ \(MIT\)\n\nMIT License\n\nCopyright \(c\) Project Nayuki$/m);
  expect(licenses).toMatch(/^undici [\d.]+ \(MIT\)\n\nMIT License$/m);
  expect(licenses).toMatch(/^fastest-levenshtein [\d.]+ \(MIT\)\n\nMIT License$/m);
  expect(readFileSync(COMMAND, 'utf8')).not.toMatch(/from ["'](uqr|fastest-levenshtein)["']/);
});

test('the demo ends by itself, shows the time of each step and the claims, and no secret', async () => {
  const { exitCode, stdout, stderr } = await start([join(ROOT, 'scripts/demo.mjs')]).ended;
  expect([exitCode, stderr]).toEqual([0, '']);
  const lines = stdout.split('\n');
  const steps = lines.filter((line) => /^ {2}(← |signed in |INCORRECT_USERNAME_OR_PASSWORD )/.test(line));
  // Two sign-ins of two replies each, and how each ended
  expect(steps).toHaveLength(6);
  expect(steps.filter((line) => !/ \d+ ms$/.test(line))).toEqual([]);
  for (const text of ['InitiateAuth', 'PASSWORD_VERIFIER', 'SRP_A']) expect(stdout).toContain(text);
  const claims = lines.slice(lines.findIndex((line) => line.startsWith('Claims of the ID token')));
  for (const name of ['sub', 'cognito:username', 'token_use', 'exp', 'email']) {
    expect(claims.filter((line) => line.startsWith(`  ${name} `))).toHaveLength(1);
  }
  expect(stdout).not.toContain(PASSWORD);
  expect(stdout).not.toMatch(/[\w+/=-]{60}/);
  expect(stdout).not.toContain('\x1b');
});

test('a reader that closes the demo’s pipe early ends it without a message', async () => {
  const { child, ended, shows } = start([join(ROOT, 'scripts/demo.mjs')]);
  await shows('A user pool');
  child.stdout.destroy();
  expect(await ended).toMatchObject({ exitCode: 0, stderr: '' });
});

const PYTHON = spawnSync('python3', ['-c', 'import pty']).status === 0;

/** Types the password in the very write that follows the question, and prints what the terminal showed. */
const AT_A_TERMINAL = `
import os, pty, sys
child, terminal = pty.fork()
if child == 0:
    os.execv(sys.argv[2], sys.argv[2:])
shown = b''
typed = False
while True:
    try:
        part = os.read(terminal, 4096)
    except OSError:
        break
    if not part:
        break
    shown += part
    if not typed and b'Password for' in shown:
        os.write(terminal, sys.argv[1].encode() + b'\\r')
        typed = True
sys.stdout.write(shown.decode())
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
`;

(PYTHON ? test : test.skip)(
  'at a real terminal nothing of a password shows, however fast it is typed',
  async () => {
    const who = ['--endpoint', seeded.endpoint, '--user-pool-id', SEED.userPoolId, '--client-id', 'web'];
    const python = spawn(
      'python3',
      ['-c', AT_A_TERMINAL, PASSWORD, process.execPath, COMMAND, 'sign-in', ...who, '--username', 'alice'],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    terminal = python;
    let shown = '';
    python.stdout.on('data', (chunk: Buffer) => {
      shown += chunk;
    });
    const exitCode = await new Promise((ended) => python.on('close', ended));
    expect(shown).toContain('Password for alice: ');
    expect(shown).toContain('Signed in as alice');
    expect(shown).not.toContain(PASSWORD);
    expect(exitCode).toBe(0);
  },
);
