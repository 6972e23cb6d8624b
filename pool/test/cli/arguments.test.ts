/** The command explains itself, and refuses wrong arguments. */
import { createUserPool } from '../../src/index.ts';
import { run } from './run.ts';

const SECRET = 'Hunter-2-Hunter-2';

test.each(['--help', '-h'])('writes help on stdout: %s', async (flag) => {
  const { exitCode, stdout, stderr } = await run([flag]);
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^Usage: cognito-local-pool /);
});

test('keeps lines of help within 110 columns', async () => {
  const { stdout } = await run(['--help']);
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(110);
});

test('help has a line for every flag', async () => {
  const { stdout } = await run(['--help']);
  for (const flag of ['--port PORT', '--seed FILE', '--json', '--version', '-h, --help']) {
    expect(stdout).toMatch(new RegExp(`^  ${flag} `, 'm'));
  }
});

test('writes the version', async () => {
  expect(await run(['--version'])).toEqual({ exitCode: 0, stdout: '1.2.3\n', stderr: '' });
});

test('without flags it serves alice on a free port', async () => {
  const { exitCode, stdout, stderr } = await run([]);
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^The local user pool us-east-1_LocalPool answers at http:\/\/127\.0\.0\.1:\d+\n/);
  expect(stdout).toMatch(/users +alice\n/);
});

test.each<[string, string[], string]>([
  [
    'a flag that does not exist',
    ['--frobnicate'],
    'The flag --frobnicate does not exist; the flags are --port, ',
  ],
  ['an unknown flag with a value', [`--sed=${SECRET}`], 'The flag --sed does not exist'],
  ['a flag named like a member of every object', ['--constructor'], 'The flag --constructor does not exist'],
  ['a loose argument', [SECRET], 'an argument that does not belong to a flag'],
  ['a flag without its value', ['--seed'], '--seed needs a value'],
  ['a flag with an empty value', ['--seed='], '--seed needs a value'],
  ['another flag in place of a value', ['--seed', '--json'], '--seed=-'],
  ['a flag that is there twice', ['--port', '0', '--port', '0'], '--port can be given only once'],
  ['a value for a flag that takes none', ['--json=yes'], '--json does not take a value'],
  ['a port out of range', ['--port', '65536'], '--port must be a whole number from 0 to 65535'],
  ['half a port', ['--port', '80.5'], '--port must be a whole number'],
])('refuses %s', async (_, args, message) => {
  const { exitCode, stdout, stderr } = await run(args);
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toContain(message);
  expect(stderr).not.toContain(SECRET);
});

test('with --json wrong usage is one JSON object on stderr', async () => {
  const { exitCode, stdout, stderr } = await run(['--json', '--sed', SECRET]);
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(JSON.parse(stderr)).toMatchObject({ code: 'USAGE_INVALID', name: 'UsageError' });
  expect(stderr).not.toContain(SECRET);
});

test('a port in use is refused by its number', async () => {
  const taken = await createUserPool().listen();
  try {
    expect(await run(['--port', String(taken.port)])).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `cognito-local-pool: Port ${taken.port} is in use. Choose another --port, or leave it out to get a free one\n`,
    });
  } finally {
    await taken.close();
  }
});
