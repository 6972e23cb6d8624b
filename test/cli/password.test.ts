/** The password comes from a terminal, standard input or the environment, and is not shown. */
import { Readable } from 'node:stream';
import { promptPassword, readPassword } from '../../src/cli/input/password-source.ts';
import { run, terminal } from './run.ts';

const silent = { write: () => {} };
const piped = (...chunks: (string | Buffer)[]) => Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
const read = (stdin: Readable, fromStdin: boolean, env = {}) =>
  readPassword({ stdin, stderr: silent, env }, { fromStdin, username: 'alice' });

async function typed(...chunks: (string | Buffer)[]) {
  const input = terminal();
  const shown: string[] = [];
  const password = promptPassword(input, { write: (text) => shown.push(text) }, 'Password: ');
  for (const chunk of chunks) input.write(chunk);
  const outcome = await password.catch((error: Error) => error);
  return { outcome, shown: shown.join(''), rawModes: input.rawModes, paused: input.isPaused() };
}

test('asks at a terminal and shows nothing of what is typed', async () => {
  expect(await typed('Correct', '-Horse-9', '\r')).toEqual({
    outcome: 'Correct-Horse-9',
    shown: 'Password: \n',
    rawModes: [true, false],
    paused: true,
  });
});

test('the terminal shows nothing any more before the question asks to type, and until the line has ended', async () => {
  const events: (string | boolean)[] = [];
  const input = terminal((raw) => events.push(raw));
  const output = {
    write: (text: string) => {
      events.push(text);
      // As fast as a script can
      if (text === 'Password: ') input.write('Correct-Horse-9\r');
    },
  };
  expect(await promptPassword(input, output, 'Password: ')).toBe('Correct-Horse-9');
  expect(events).toEqual([true, 'Password: ', false, '\n']);
});

test.each<[string, (string | Buffer)[], string]>([
  ['backspace', ['ab\x7fc\bd\r'], 'ad'],
  ['backspace over a character of two code units', ['a🐎\x7fb\r'], 'ab'],
  ['backspace with nothing left', ['\x7f\x7fa\r'], 'a'],
  ['Ctrl-U', ['wrong\x15right\r'], 'right'],
  ['arrow and function keys', ['a\x1b[Db\x1bOP\x1b[3~c\r'], 'abc'],
  ['other control characters', ['a\x01\tb\r'], 'ab'],
  ['a pasted line, and what comes after it', ['abc\ndef\n'], 'abc'],
  ['Ctrl-D at the end', ['abc\x04'], 'abc'],
  ['spaces inside', [' a b \r'], ' a b '],
  ['a character in two chunks', [Buffer.from('ü\r').subarray(0, 1), Buffer.from('ü\r').subarray(1)], 'ü'],
])('understands %s', async (_, chunks, password) => {
  expect((await typed(...chunks)).outcome).toBe(password);
});

test('Ctrl-C restores the terminal and ends with 130', async () => {
  const stdin = terminal();
  const outcome = run(['sign-in', '--user-pool-id', 'local_P', '--client-id', 'web', '--username', 'alice'], {
    stdin,
  });
  stdin.write('Corr\x03ect');
  expect(await outcome).toEqual({ exitCode: 130, stdout: '', stderr: 'Password for alice: \n' });
  expect(stdin.rawModes).toEqual([true, false]);
});

test.each([['\r'], ['\x04'], ['ab\x7f\x7f\r']])('an empty line is not a password: %j', async (keys) => {
  const { outcome, rawModes } = await typed(keys);
  expect(outcome).toMatchObject({ code: 'PASSWORD_MISSING' });
  expect(rawModes).toEqual([true, false]);
});

test('a terminal that goes away does not give a password', async () => {
  const input = terminal();
  const password = promptPassword(input, silent, '');
  input.end('half');
  await expect(password).rejects.toMatchObject({ code: 'PASSWORD_MISSING' });
});

test('a user name cannot control the terminal', async () => {
  const stdin = terminal();
  const who = ['--user-pool-id', 'local_P', '--client-id', 'web', '--username', 'a\x1b[2Jb'];
  const outcome = run(['sign-in', ...who], { stdin });
  stdin.write('\x03');
  expect((await outcome).stderr).not.toContain('\x1b');
});

test.each<[string, (string | Buffer)[], string]>([
  ['without a newline', ['Correct-Horse-9'], 'Correct-Horse-9'],
  ['less one newline', ['Correct-', 'Horse-9\n'], 'Correct-Horse-9'],
  ['less one newline of Windows', ['Correct-Horse-9\r\n'], 'Correct-Horse-9'],
  ['with its spaces', [' a b \n'], ' a b '],
  ['beyond ASCII, cut anywhere', [Buffer.from('🐎').subarray(0, 2), Buffer.from('🐎').subarray(2)], '🐎'],
])('takes standard input %s', async (_, chunks, password) => {
  expect(await read(piped(...chunks), true)).toBe(password);
});

test.each<[string, (string | Buffer)[], string]>([
  ['nothing', [], 'empty'],
  ['a newline', ['\n'], 'empty'],
  ['two lines', ['secret-one\nsecret-two\n'], 'more than one line'],
  ['bytes that are no text', [Buffer.from([0xff, 0xfe])], 'not UTF-8'],
  ['a file of another kind', ['x'.repeat(5000)], 'longer than'],
])('refuses standard input that is %s', async (_, chunks, message) => {
  const outcome = await read(piped(...chunks), true).catch((error: Error) => error);
  expect(outcome).toMatchObject({ code: 'PASSWORD_MISSING', message: expect.stringContaining(message) });
  expect(String(outcome)).not.toContain('secret-');
});

test('refuses --password-stdin at a terminal, which would show it', async () => {
  await expect(read(terminal(), true)).rejects.toMatchObject({ code: 'PASSWORD_MISSING' });
});

test('takes COGNITO_PASSWORD, and --password-stdin before it', async () => {
  const env = { COGNITO_PASSWORD: 'from-environment' };
  expect(await read(terminal(), false, env)).toBe('from-environment');
  expect(await read(piped('from-stdin'), true, env)).toBe('from-stdin');
});

test('without a terminal and a password says where one can come from', async () => {
  await expect(read(piped('unread'), false, { COGNITO_PASSWORD: '' })).rejects.toThrow(
    'There is no password. Set COGNITO_PASSWORD, or pipe it in with --password-stdin',
  );
});
