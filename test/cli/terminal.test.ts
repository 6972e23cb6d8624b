/** At a terminal a person is asked for the answers to challenges. */
import { TOTP } from 'otpauth';
import { answers, at, atTerminal, PASSWORD, poolWith, sentCode } from './pool.ts';
import { run, terminal } from './run.ts';

const alice = { username: 'alice', password: PASSWORD, attributes: { email: 'alice@example.com' } };

test('says where a code was sent, and asks for it without showing it', async () => {
  const pool = poolWith({ users: [{ ...alice, mfa: { email: true } }] });
  const outcome = await atTerminal(['sign-in', ...at(pool)], pool, [['Code: ', () => sentCode(pool)]]);
  expect(outcome).toMatchObject({ exitCode: 0, unasked: 0 });
  expect(outcome.stderr).toBe('We sent a code by e-mail to a***@e***.\nCode: \n');
  expect(outcome.stdout).toMatch(/^Signed in as alice\n/);
});

test('asks again after a wrong code, up to three times', async () => {
  const pool = poolWith({ users: [{ ...alice, mfa: { email: true } }] });
  const wrong = ['Code: ', '000000'] as const;
  const late = await atTerminal(['sign-in', ...at(pool)], pool, [
    wrong,
    wrong,
    wrong,
    ['Code: ', () => sentCode(pool)],
  ]);
  expect(late).toMatchObject({ exitCode: 0, unasked: 0 });
  expect(late.stderr.match(/That code is not right/g)).toHaveLength(3);
  const never = await atTerminal(['sign-in', ...at(pool)], pool, [wrong, wrong, wrong, wrong, wrong]);
  expect(never).toMatchObject({ exitCode: 1, unasked: 1 });
  expect(never.stderr).toContain('CODE_MISMATCH');
});

test('asks again after an answer of another format, which is not sent', async () => {
  const pool = poolWith({ users: [{ ...alice, mfa: { email: true } }] });
  const outcome = await atTerminal(['sign-in', ...at(pool)], pool, [
    ['Code: ', '   '],
    ['Code: ', () => sentCode(pool)],
  ]);
  expect(outcome).toMatchObject({ exitCode: 0, unasked: 0 });
  expect(outcome.stderr).toContain('The code must not be blank.\n');
});

test('asks when the answer that was given is wrong', async () => {
  const pool = poolWith({ users: [{ ...alice, mfa: { email: true } }] });
  const flags = ['sign-in', ...at(pool), ...answers('EMAIL_OTP=000000')];
  const outcome = await atTerminal(flags, pool, [['Code: ', () => sentCode(pool)]]);
  expect(outcome).toMatchObject({ exitCode: 0, unasked: 0 });
});

test('an empty line leaves the challenge waiting', async () => {
  const pool = poolWith({ users: [{ ...alice, mfa: { email: true } }] });
  const outcome = await atTerminal(['sign-in', ...at(pool)], pool, [['Code: ', '']]);
  expect(outcome).toMatchObject({ exitCode: 4, unasked: 0 });
});

test('Ctrl-C at a question ends with 130', async () => {
  const pool = poolWith({ users: [{ ...alice, mfa: { email: true } }] });
  const outcome = await atTerminal(['sign-in', ...at(pool)], pool, [['Code: ', '12\x03']]);
  expect(outcome).toMatchObject({ exitCode: 130, stdout: '' });
});

test('with --json nothing is asked', async () => {
  const pool = poolWith({ users: [{ ...alice, mfa: { email: true } }] });
  const outcome = await atTerminal(['sign-in', ...at(pool), '--json'], pool, []);
  expect(outcome).toMatchObject({ exitCode: 4, stderr: '' });
});

test('lets the user choose a second factor by number or name', async () => {
  const totp = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
  const pool = poolWith({ users: [{ ...alice, mfa: { email: true, totp } }] });
  const outcome = await atTerminal(['sign-in', ...at(pool)], pool, [
    ['Second factor, 1 to 2: ', '3'],
    ['Second factor, 1 to 2: ', '2'],
    ['Code: ', () => sentCode(pool)],
  ]);
  expect(outcome).toMatchObject({ exitCode: 0, unasked: 0 });
  expect(outcome.stderr).toContain(
    '  1  Authenticator app  SOFTWARE_TOKEN_MFA\n  2  E-mail             EMAIL_OTP\n',
  );
  const byName = await atTerminal(['sign-in', ...at(pool)], pool, [
    ['Second factor', 'software_token_mfa'],
    ['Code: ', () => new TOTP({ secret: totp }).generate()],
  ]);
  expect(byName).toMatchObject({ exitCode: 0, unasked: 0 });
});

test('shows a QR code and the secret for an authenticator app, once', async () => {
  const pool = poolWith({ mfa: 'ON', users: [alice] });
  let secret = '';
  const shown: string[] = [];
  const fetch: typeof pool.fetch = async (input, init) => {
    const response = await pool.fetch(input, init);
    const { SecretCode } = (await response.clone().json()) as { SecretCode?: string };
    if (SecretCode) {
      secret = SecretCode;
      shown.push(SecretCode);
    }
    return response;
  };
  const outcome = await atTerminal(['sign-in', ...at(pool)], { fetch }, [
    ['Second factor to set up, 1 to 2: ', '1'],
    ['First code of the authenticator app: ', '000000'],
    ['First code of the authenticator app: ', () => new TOTP({ secret }).generate()],
  ]);
  expect(outcome).toMatchObject({ exitCode: 0, unasked: 0 });
  expect(shown).toHaveLength(1);
  expect(outcome.stderr).toContain(`Or type this secret into the app: ${secret}\n`);
  // Rows of half blocks, as wide as the code
  expect(outcome.stderr.split('\n').filter((line) => /^[ ▀▄█]{29,}$/.test(line)).length).toBeGreaterThan(14);
  expect(outcome.stdout).not.toContain(secret);
});

test('takes an e-mail address as the second factor, shown while it is typed', async () => {
  const pool = poolWith({ mfa: 'ON', users: [alice] });
  const outcome = await atTerminal(['sign-in', ...at(pool)], pool, [
    ['Second factor to set up', 'EMAIL_OTP'],
    ['E-mail address for the codes: ', 'ann@example.com'],
    ['Code: ', () => sentCode(pool)],
  ]);
  expect(outcome).toMatchObject({ exitCode: 0, unasked: 0 });
  expect(outcome.stderr).toContain('E-mail address for the codes: ann@example.com\n');
});

test('asks for a new password twice, and for the attributes that are needed', async () => {
  const pool = poolWith({
    requiredAttributes: ['given_name', 'email'],
    users: [{ ...alice, status: 'FORCE_CHANGE_PASSWORD' }],
  });
  const outcome = await atTerminal(['sign-in', ...at(pool)], pool, [
    ['New password: ', 'New-Horse-10'],
    ['New password again: ', 'New-Horse-11'],
    ['New password: ', 'New-Horse-10'],
    ['New password again: ', 'New-Horse-10'],
    ['given_name: ', 'Anm\x7fn'],
  ]);
  expect(outcome).toMatchObject({ exitCode: 0, unasked: 0 });
  expect(outcome.stderr).toContain('Also required: given_name\n');
  expect(outcome.stderr).toContain('The two entries are not the same');
  expect(outcome.stderr).toContain('given_name: Anm\b \bn\n');
  expect(outcome.stderr).not.toContain('New-Horse');
  expect(pool.users.find('alice')?.attributes['given_name']).toBe('Ann');
});

test('asks again where the new password is too weak, with the reason', async () => {
  const pool = poolWith({ users: [{ ...alice, status: 'FORCE_CHANGE_PASSWORD' }] });
  const outcome = await atTerminal(['sign-in', ...at(pool)], pool, [
    ['New password: ', 'short'],
    ['New password again: ', 'short'],
    ['New password: ', 'New-Horse-10'],
    ['New password again: ', 'New-Horse-10'],
  ]);
  expect(outcome).toMatchObject({ exitCode: 0, unasked: 0 });
  expect(outcome.stderr).toContain('Password not long enough');
});

test("shows the question of the pool's trigger", async () => {
  const pool = poolWith({ users: [alice] });
  const outcome = await atTerminal(['sign-in', ...at(pool), '--flow', 'CUSTOM_AUTH'], pool, [
    ['Answer: ', 'blue'],
    ['Answer: ', '7'],
  ]);
  expect(outcome).toMatchObject({ exitCode: 0, unasked: 0 });
  expect(outcome.stderr).toContain('question: colour?\n');
  expect(outcome.stderr).toContain('question: number?\n');
});

test('lets the user choose the first factor, and asks for the password after that', async () => {
  const pool = poolWith({ users: [alice] });
  const stdin = terminal();
  const shown: string[] = [];
  const reply = (text: string) => {
    shown.push(text);
    if (text.startsWith('Sign in with')) setImmediate(() => stdin.write('PASSWORD_SRP\r'));
    if (text.startsWith('Password for')) setImmediate(() => stdin.write(`${PASSWORD}\r`));
  };
  const outcome = await run(['sign-in', ...at(pool), '--flow', 'USER_AUTH'], {
    stdin,
    stderr: { write: reply },
    fetch: pool.fetch,
  });
  expect(outcome).toMatchObject({ exitCode: 0 });
  expect(shown.join('')).toMatch(/1 {2}Password over SRP {2,}PASSWORD_SRP\n.*Password for alice: \n$/s);
  expect(shown.join('')).not.toContain(PASSWORD);
});

test('text from the service cannot control the terminal', async () => {
  const pool = poolWith({
    users: [alice],
    triggers: {
      defineAuthChallenge: (event) => {
        event.response.challengeName = 'CUSTOM_CHALLENGE';
        return event;
      },
      createAuthChallenge: (event) => {
        event.response.publicChallengeParameters = { question: '\x1b[2Jwho?\u202egnp.exe\u2066' };
        return event;
      },
    },
  });
  const outcome = await atTerminal(['sign-in', ...at(pool), '--flow', 'CUSTOM_AUTH'], pool, [
    ['Answer: ', ''],
  ]);
  expect(outcome.exitCode).toBe(4);
  expect(outcome.stderr + outcome.stdout).toContain('who?');
  expect(outcome.stderr + outcome.stdout).not.toContain('\x1b');
  expect(outcome.stderr + outcome.stdout).not.toMatch(/\p{Bidi_Control}/u);
});
