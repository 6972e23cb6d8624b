/** What a person reads at a terminal: texts without the words of a page, colours where they are wanted, and progress. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { splitText, texts } from '../../src/cli/output/terminal-texts.ts';
import type { Fetch } from '../../src/index.ts';
import { answers, at, PASSWORD, parsed, poolWith, sentCode } from './pool.ts';
import { run } from './run.ts';

const alice = { username: 'alice', password: PASSWORD, attributes: { email: 'alice@example.com' } };
const ESCAPES = '\x1b[';

/** A stream of a terminal, and what was written to it. */
function screen(onWrite: (text: string) => void = () => {}) {
  let shown = '';
  const write = (text: string) => {
    shown += text;
    onWrite(text);
  };
  return { isTTY: true, write, read: () => shown };
}

const signInWith = (fetch: Fetch, env: Readonly<Record<string, string>>, flags: readonly string[] = []) => {
  const stdout = screen();
  const stderr = screen();
  const argv = ['sign-in', ...at(poolWith({})), ...flags];
  return run(argv, { fetch, stdout, stderr, env: { COGNITO_PASSWORD: PASSWORD, ...env } }).then(
    ({ exitCode }) => ({ exitCode, stdout: stdout.read(), stderr: stderr.read() }),
  );
};

describe('colours at a terminal', () => {
  const { fetch } = poolWith({ users: [alice] });

  test.each([
    ['by themselves', {}, true],
    ['not with NO_COLOR', { NO_COLOR: '1' }, false],
    ['with an empty NO_COLOR, which counts as none', { NO_COLOR: '' }, true],
    ['not with FORCE_COLOR=0', { FORCE_COLOR: '0' }, false],
    ['with FORCE_COLOR, which comes before NO_COLOR', { FORCE_COLOR: '1', NO_COLOR: '1' }, true],
    ['not where TERM is dumb', { TERM: 'dumb' }, false],
  ])('%s', async (_, env, hasColours) => {
    const right = await signInWith(fetch, env);
    const wrong = await signInWith(fetch, { ...env, COGNITO_PASSWORD: 'Wrong-Horse-9' });
    expect([right.exitCode, wrong.exitCode]).toEqual([0, 1]);
    expect([right.stdout.includes(ESCAPES), wrong.stderr.includes(ESCAPES)]).toEqual([
      hasColours,
      hasColours,
    ]);
  });

  test('never with --json', async () => {
    const { exitCode, stdout } = await signInWith(fetch, { FORCE_COLOR: '1' }, ['--json']);
    expect([exitCode, stdout.includes(ESCAPES)]).toEqual([0, false]);
  });

  test('not where the output is not a terminal, unless FORCE_COLOR asks for them', async () => {
    const outcome = (env: object) =>
      run(['sign-in', ...at(poolWith({}))], { fetch, env: { COGNITO_PASSWORD: PASSWORD, ...env } });
    expect((await outcome({})).stdout).not.toContain(ESCAPES);
    expect((await outcome({ FORCE_COLOR: '1' })).stdout).toContain(ESCAPES);
  });
});

describe('while the service does not answer', () => {
  const ERASED = '\r\x1b[2K';

  /** Answers each request only once the screen shows that the command waits, and then not for the later ones. */
  const slowPool = () => {
    const pool = poolWith({ users: [alice] });
    let onShown = () => {};
    const shown = new Promise<void>((resolve) => {
      onShown = resolve;
    });
    const stderr = screen((text) => text.includes('Waiting for the service') && onShown());
    const fetch: Fetch = async (url, init) => {
      await shown;
      return pool.fetch(url, init);
    };
    return { fetch, stderr };
  };

  test('a line says that the command waits, and is gone when the answer comes', async () => {
    const { fetch, stderr } = slowPool();
    const env = { COGNITO_PASSWORD: PASSWORD, NO_COLOR: '1' };
    const outcome = await run(['sign-in', ...at(poolWith({}))], { fetch, stderr, env });
    expect(outcome.exitCode).toBe(0);
    expect(stderr.read()).toBe(`Waiting for the service …${ERASED}`);
  });

  test.each([
    ['with --json', ['--json'], true],
    ['where standard error is not a terminal', [], false],
  ])('nothing is said %s', async (_, flags, isTTY) => {
    const pool = poolWith({ users: [alice] });
    const stderr = { ...screen(), isTTY };
    const fetch: Fetch = async (url, init) => {
      await new Promise((resolve) => setTimeout(resolve, 450));
      return pool.fetch(url, init);
    };
    const env = { COGNITO_PASSWORD: PASSWORD };
    const outcome = await run(['sign-in', ...at(poolWith({})), ...flags], { fetch, stderr, env });
    expect([outcome.exitCode, stderr.read()]).toEqual([0, '']);
  });
});

test('says in one line, and in the JSON, that the kept device was used', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cognito-srp-words-'));
  try {
    const pool = poolWith({
      users: [{ ...alice, mfa: { email: true } }],
      devices: { challengeRequiredOnNewDevice: true },
    });
    const { fetch } = pool;
    const env = { COGNITO_PASSWORD: PASSWORD };
    const device = ['--device', join(folder, 'device.json')];
    const argv = ['sign-in', ...at(pool), ...device];
    const step = await run([...argv, '--json'], { fetch, env });
    const code = answers(`EMAIL_OTP=${sentCode(pool)}`);
    const answered = await run(
      ['respond', '--challenge', '-', '--endpoint', 'http://127.0.0.1', ...device, ...code],
      { fetch, stdin: Readable.from([Buffer.from(step.stdout)]) },
    );
    expect(answered.exitCode).toBe(0);
    expect(answered.stdout).not.toContain('This device is remembered');
    const again = await run(argv, { fetch, env });
    expect(again.stdout).toMatch(/^Signed in as alice\nThis device is remembered, so no code was needed\.\n/);
    expect(parsed(await run([...argv, '--json'], { fetch, env }))).toMatchObject({ deviceUsed: true });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

describe('the texts', () => {
  // Mistakes in arguments are reported with the name of the flag, and without these texts
  const ofArguments = /^(USER_POOL_ID|CLIENT_ID|CLIENT_SECRET|REGION|ENDPOINT|OPTION)_/;
  test.each(Object.entries(texts.errors).filter(([code]) => !ofArguments.test(code)))(
    '%s does not speak of a page or a browser',
    (_, text) => {
      expect(text).not.toMatch(/\b(page|browser|form above|rules above|button)\b/);
    },
  );

  test('say first what has happened, then what to do', () => {
    expect(splitText('That code is not right. Check it and enter it again.')).toEqual({
      problem: 'That code is not right.',
      advice: 'Check it and enter it again.',
    });
    expect(splitText('That is not offered here.')).toEqual({
      problem: 'That is not offered here.',
      advice: undefined,
    });
  });
});

test.each([
  ['ECONNREFUSED', 'nothing listens at this address and port (ECONNREFUSED)', 'Check the host and the port'],
  ['ENOTFOUND', 'no such host (ENOTFOUND)', 'Check --endpoint or the region'],
  ['CERT_HAS_EXPIRED', 'its certificate has expired (CERT_HAS_EXPIRED)', 'Check --endpoint, and the clock'],
  ['ERR_SOMETHING_NEW', 'ERR_SOMETHING_NEW', 'Check your connection, then try again'],
])('exit code 3: %s is said in words, with the one thing to do', async (code, reason, advice) => {
  const fetch: Fetch = async () => {
    throw new TypeError('fetch failed', { cause: Object.assign(new Error('connect 10.0.0.1'), { code }) });
  };
  const { exitCode, stderr } = await run(['sign-in', ...at(poolWith({}))], {
    fetch,
    env: { COGNITO_PASSWORD: PASSWORD },
  });
  expect(exitCode).toBe(3);
  const [first, ...rows] = stderr.split('\n');
  expect(first).toBe(`The service could not be reached: ${reason}.`);
  expect(rows.filter((row) => row.includes('what to do'))).toEqual([expect.stringContaining(advice)]);
  expect(stderr).not.toContain('10.0.0.1');
});
