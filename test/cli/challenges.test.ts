/** Every challenge is answered without a terminal, by flags, by the environment, or in a later run. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { TOTP } from 'otpauth';
import type { UserPool } from '../../pool/src/index.ts';
import type { Fetch } from '../../src/index.ts';
import {
  answers,
  at,
  atTerminal,
  PASSWORD,
  parsed,
  poolWith,
  respond,
  sentCode,
  signedIn,
  signIn,
  waits,
} from './pool.ts';
import { run } from './run.ts';

const NEW_PASSWORD = 'New-Horse-10';
const TOTP_SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const alice = { username: 'alice', password: PASSWORD, attributes: { email: 'alice@example.com' } };

const totpCode = (secret = TOTP_SECRET) => new TOTP({ secret }).generate();

test.each([
  ['SMS_MFA', { sms: '+4912345678' }, { delivery: { medium: 'SMS' } }],
  ['EMAIL_OTP', { email: true }, { delivery: { medium: 'EMAIL', destination: 'a***@e***' } }],
] as const)('%s waits with its destination, and a later run answers it', async (name, mfa, shows) => {
  const pool = poolWith({ users: [{ ...alice, mfa }] });
  const step = waits(await signIn(pool), name, shows);
  signedIn(await respond(pool, step, answers(`${name}=${sentCode(pool)}`)));
});

test('the bare challenge does as well as the step, and a secret answer can come from the environment', async () => {
  const pool = poolWith({ users: [{ ...alice, mfa: { email: true } }] });
  const { challenge } = waits(await signIn(pool), 'EMAIL_OTP');
  signedIn(await respond(pool, challenge, [], { COGNITO_ANSWER_EMAIL_OTP: sentCode(pool) }));
});

test('an answer to another challenge leaves this one waiting, unspent', async () => {
  const pool = poolWith({ users: [{ ...alice, mfa: { email: true } }] });
  const step = waits(await signIn(pool), 'EMAIL_OTP');
  const { challenge } = waits(await respond(pool, step, answers('SMS_MFA=123456')), 'EMAIL_OTP');
  expect(challenge).toEqual(step.challenge);
  signedIn(await respond(pool, step, answers(`EMAIL_OTP=${sentCode(pool)}`)));
});

test('SOFTWARE_TOKEN_MFA and SELECT_MFA_TYPE are answered in one run', async () => {
  const pool = poolWith({ users: [{ ...alice, mfa: { email: true, totp: TOTP_SECRET } }] });
  waits(await signIn(pool), 'SELECT_MFA_TYPE', { options: ['SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'] });
  const flags = answers('SELECT_MFA_TYPE=SOFTWARE_TOKEN_MFA', `SOFTWARE_TOKEN_MFA=${totpCode()}`);
  signedIn(await signIn(pool, flags));
});

test('NEW_PASSWORD_REQUIRED takes the password and the attributes needed, and waits where one is missing', async () => {
  const pool = poolWith({
    requiredAttributes: ['given_name'],
    users: [{ ...alice, status: 'FORCE_CHANGE_PASSWORD' }],
  });
  const step = waits(
    await signIn(pool, answers(`NEW_PASSWORD_REQUIRED=${NEW_PASSWORD}`)),
    'NEW_PASSWORD_REQUIRED',
    {
      requiredAttributes: ['given_name'],
    },
  );
  signedIn(
    await respond(pool, step, answers('attribute.given_name=Ann=a'), {
      COGNITO_ANSWER_NEW_PASSWORD_REQUIRED: NEW_PASSWORD,
    }),
  );
  expect(pool.users.find('alice')?.attributes['given_name']).toBe('Ann=a');
  signedIn(await signIn(pool, [], { COGNITO_PASSWORD: NEW_PASSWORD }));
});

test.each([
  ['without a password', {}],
  ['after the password', { COGNITO_PASSWORD: PASSWORD }],
])('the same key answers the first and the second challenge of CUSTOM_AUTH %s', async (_, env) => {
  const pool = poolWith({ users: [alice] });
  const flags = ['--flow', 'CUSTOM_AUTH', ...answers('CUSTOM_CHALLENGE=blue', 'CUSTOM_CHALLENGE=7')];
  signedIn(await signIn(pool, flags, { COGNITO_PASSWORD: '', ...env }));
  const half = await signIn(pool, flags.slice(0, 4), { COGNITO_PASSWORD: '', ...env });
  waits(half, 'CUSTOM_CHALLENGE', { publicParameters: { question: 'number?' } });
});

test('CUSTOM_AUTH with a wrong password is refused', async () => {
  const pool = poolWith({ users: [alice] });
  const refused = await signIn(pool, ['--flow', 'CUSTOM_AUTH'], { COGNITO_PASSWORD: 'Wrong-Horse-9' });
  expect(refused).toMatchObject({ exitCode: 1, stdout: '' });
});

test('a lifetime that no date can hold does not cost the sign-in', async () => {
  const pool = poolWith({ users: [alice] });
  const fetch: Fetch = async (url, init) => {
    const text = await (await pool.fetch(url, init)).text();
    return new Response(text.replace(/"ExpiresIn":\d+/, '"ExpiresIn":1e300'));
  };
  const { exitCode, stdout } = await run(['sign-in', ...at(pool)], {
    fetch,
    env: { COGNITO_PASSWORD: PASSWORD },
  });
  expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/until 20\d\d-/)]);
});

test('USER_PASSWORD_AUTH signs in', async () => {
  signedIn(await signIn(poolWith({ users: [alice] }), ['--flow', 'USER_PASSWORD_AUTH']));
});

test.each(['PASSWORD', 'PASSWORD_SRP'])(
  'USER_AUTH with %s preferred takes the password',
  async (preferred) => {
    const flags = ['--flow', 'USER_AUTH', '--preferred-challenge', preferred];
    signedIn(await signIn(poolWith({ users: [alice] }), flags));
  },
);

test.each(['PASSWORD', 'PASSWORD_SRP'])(
  'SELECT_CHALLENGE=%s takes the password from its sources',
  async (choice) => {
    const pool = poolWith({ users: [alice] });
    const flags = ['--flow', 'USER_AUTH', ...answers(`SELECT_CHALLENGE=${choice}`)];
    signedIn(await signIn(pool, flags));
    const step = waits(await signIn(pool, flags, { COGNITO_PASSWORD: '' }), 'SELECT_CHALLENGE');
    signedIn(await respond(pool, step, flags.slice(2), { COGNITO_PASSWORD: PASSWORD }));
  },
);

test('USER_AUTH by e-mail does not need a password', async () => {
  const pool = poolWith({ users: [alice] });
  const flags = ['--flow', 'USER_AUTH', '--preferred-challenge', 'EMAIL_OTP'];
  const step = waits(await signIn(pool, flags, { COGNITO_PASSWORD: '' }), 'EMAIL_OTP');
  signedIn(await respond(pool, step, answers(`EMAIL_OTP=${sentCode(pool)}`)));
});

test('MFA_SETUP takes an e-mail address', async () => {
  const pool = poolWith({ mfa: 'ON', users: [alice] });
  const step = waits(await signIn(pool, answers('MFA_SETUP=ann@example.com')), 'EMAIL_OTP');
  expect(pool.outbox[0]?.to).toBe('ann@example.com');
  signedIn(await respond(pool, step, answers(`EMAIL_OTP=${sentCode(pool)}`)));
});

test('MFA_SETUP by an authenticator app takes one run for the secret and one for the code', async () => {
  const pool = poolWith({ mfa: 'ON', users: [alice] });
  // A code cannot be right before there is a secret: the challenge waits
  const step = waits(await signIn(pool, answers('MFA_SETUP=123456')), 'MFA_SETUP', {
    options: ['SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'],
  });
  const setup = await respond(pool, step, ['--setup-software-token']);
  expect([setup.exitCode, setup.stderr]).toEqual([4, '']);
  const { secretCode, otpauthUri, challenge } = parsed(setup);
  expect(otpauthUri).toMatch(/^otpauth:\/\/totp\/us-east-1_LocalPool:alice\?secret=/);
  expect(challenge).toMatchObject({ name: 'MFA_SETUP' });
  const wrong = await respond(pool, parsed(setup), answers('MFA_SETUP=000000'));
  const failure = JSON.parse(wrong.stderr);
  expect(failure).toMatchObject({ code: 'CODE_MISMATCH', challenge });
  signedIn(await respond(pool, failure, answers(`MFA_SETUP=${totpCode(String(secretCode))}`)));
  waits(await signIn(pool), 'SOFTWARE_TOKEN_MFA');
});

test('--setup-software-token is for MFA_SETUP alone', async () => {
  const pool = poolWith({ users: [{ ...alice, mfa: { email: true } }] });
  const step = waits(await signIn(pool), 'EMAIL_OTP');
  const outcome = await respond(pool, step, ['--setup-software-token']);
  expect(outcome).toMatchObject({ exitCode: 2, stdout: '' });
  expect(JSON.parse(outcome.stderr)).toMatchObject({ code: 'USAGE_INVALID' });
});

test('a client with a secret answers with it', async () => {
  const clients = [{ clientId: 'web', clientSecret: 'secret-of-the-client' }];
  const pool = poolWith({ clients, users: [{ ...alice, mfa: { email: true } }] });
  const env = { COGNITO_CLIENT_SECRET: 'secret-of-the-client' };
  const step = waits(await signIn(pool, [], env), 'EMAIL_OTP');
  signedIn(await respond(pool, step, answers(`EMAIL_OTP=${sentCode(pool)}`), env));
});

describe('without --json the challenge says how to go on', () => {
  const RESPOND = 'npx cognito-srp-engine respond --challenge FILE --endpoint http://127.0.0.1';
  const inWords = async (pool: UserPool, flags: readonly string[] = [], env = {}) => {
    const outcome = await run(['sign-in', ...at(pool), ...flags], {
      fetch: pool.fetch,
      env: { COGNITO_PASSWORD: PASSWORD, ...env },
    });
    expect(outcome).toMatchObject({ exitCode: 4, stderr: '' });
    return outcome.stdout;
  };

  test('and shows neither session nor code', async () => {
    const pool = poolWith({ users: [{ ...alice, mfa: { email: true } }] });
    const stdout = await inWords(pool);
    expect(stdout).toContain(`\n${RESPOND} --answer EMAIL_OTP=…\n`);
    expect(stdout).not.toContain(sentCode(pool));
    expect(stdout).not.toMatch(/[\w+/=-]{60}/);
  });

  test('with a new password in the environment, and each attribute that has no value yet', async () => {
    const pool = poolWith({
      requiredAttributes: ['email', 'given_name', 'family_name'],
      users: [{ ...alice, status: 'FORCE_CHANGE_PASSWORD' }],
    });
    const stdout = await inWords(pool);
    const attributes = ['given_name', 'family_name'].map((name) => `--answer attribute.${name}=…`);
    expect(stdout).toContain(`\nCOGNITO_ANSWER_NEW_PASSWORD_REQUIRED=… ${RESPOND} ${attributes.join(' ')}\n`);
    expect(stdout).toMatch(/^ {2}also required +given_name, family_name$/m);
    // The wire's names
    expect(stdout).not.toMatch(/requiredAttributes|userAttributes\.|--answer email/);
  });

  test('with what the trigger asks in the environment, for it may be a secret', async () => {
    const stdout = await inWords(poolWith({ users: [alice] }), ['--flow', 'CUSTOM_AUTH'], {
      COGNITO_PASSWORD: '',
    });
    expect(stdout).toContain(`\nCOGNITO_ANSWER_CUSTOM_CHALLENGE=… ${RESPOND}\n`);
  });

  test('with a password in its own variable', async () => {
    const fetch: UserPool['fetch'] = async () =>
      Response.json({ ChallengeName: 'PASSWORD_SRP', ChallengeParameters: {}, Session: 'x'.repeat(20) });
    const flags = ['--flow', 'USER_AUTH'];
    const stdout = await inWords({ ...poolWith({}), fetch }, flags, { COGNITO_PASSWORD: '' });
    expect(stdout).toContain(`\nCOGNITO_PASSWORD=… ${RESPOND}\n`);
  });
});

test.each<[string, unknown, string]>([
  ['a sign-in that is complete', { status: 'signed-in', tokens: {} }, 'CHALLENGE_UNREADABLE'],
  ['a challenge of another version', { version: 9, name: 'SMS_MFA' }, 'CHALLENGE_INVALID'],
  ['an array', [], 'CHALLENGE_INVALID'],
  ['nothing', null, 'CHALLENGE_INVALID'],
])('exit code 2: %s is not a challenge', async (_, earlier, code) => {
  const outcome = await respond(poolWith({}), earlier as object);
  expect(outcome).toMatchObject({ exitCode: 2, stdout: '' });
  expect(JSON.parse(outcome.stderr)).toMatchObject({ code });
});

test('exit code 2: text that is not JSON is not a challenge, and is not quoted', async () => {
  const outcome = await run(['respond', '--challenge', '-', '--json'], {
    stdin: Readable.from([Buffer.from('secret text')]),
  });
  expect(JSON.parse(outcome.stderr)).toMatchObject({ code: 'CHALLENGE_UNREADABLE' });
  expect(outcome.stderr).not.toContain('secret text');
});

const CREDENTIAL = { id: 'x', rawId: 'x', type: 'public-key', response: { clientDataJSON: 'x' } };

test.each([
  ['UNKNOWN', 'SHINY_NEW', { ANSWER: 'x' }, { ANSWER: 'x' }],
  ['WEB_AUTHN', 'WEB_AUTHN', CREDENTIAL, { CREDENTIAL: JSON.stringify(CREDENTIAL) }],
])('%s is answered with JSON', async (key, ChallengeName, answer, responses) => {
  const sent: { readonly ChallengeName?: string; readonly ChallengeResponses?: object }[] = [];
  const fetch: UserPool['fetch'] = async (input, init) => {
    sent.push((await new Request(input, init).json()) as object);
    const ChallengeParameters = { CREDENTIAL_REQUEST_OPTIONS: '{}' };
    return Response.json({ ChallengeName, ChallengeParameters, Session: 'x'.repeat(20) });
  };
  const pool = { ...poolWith({}), fetch };
  const flags = ['--flow', 'USER_AUTH', ...answers(`${key}=${JSON.stringify(answer)}`)];
  waits(await signIn(pool, flags), key);
  expect(sent).toHaveLength(2);
  expect(sent[1]).toMatchObject({ ChallengeName, ChallengeResponses: responses });
});

/** A pool that asks this challenge first, and then gives tokens for whatever answer. */
function poolThatAsks(reply: object) {
  const sent: { readonly ChallengeResponses?: object }[] = [];
  const fetch: UserPool['fetch'] = async (input, init) => {
    sent.push((await new Request(input, init).json()) as object);
    if (sent.length === 1) return Response.json({ Session: 'x'.repeat(20), ...reply });
    const claims = Buffer.from('{"username":"alice"}').toString('base64url');
    return Response.json({ AuthenticationResult: { AccessToken: `e30.${claims}.x`, ExpiresIn: 60 } });
  };
  return { pool: { ...poolWith({}), fetch }, sent };
}

describe.each([
  [
    'SELECT_MFA_TYPE',
    { ChallengeParameters: { MFAS_CAN_CHOOSE: '["FACE_OTP","SOFTWARE_TOKEN_MFA"]' } },
    'Second factor, 1 to 2',
  ],
  ['SELECT_CHALLENGE', { AvailableChallenges: ['FACE_OTP', 'EMAIL_OTP'] }, 'Sign in with, 1 to 2'],
] as const)('%s with a name that this version does not know', (ChallengeName, more, question) => {
  const flow = ['--flow', 'USER_AUTH'];
  const responses = { ANSWER: 'FACE_OTP', USERNAME: 'alice' };

  test('is shown and chosen at a terminal', async () => {
    const { pool, sent } = poolThatAsks({ ChallengeName, ...more });
    const outcome = await atTerminal(['sign-in', ...at(pool), ...flow], pool, [[question, 'face_otp']]);
    expect(outcome).toMatchObject({ exitCode: 0, unasked: 0 });
    expect(outcome.stderr).toContain('  2  FACE_OTP\n');
    expect(sent[1]?.ChallengeResponses).toEqual(responses);
  });

  test('is chosen by --answer', async () => {
    const { pool, sent } = poolThatAsks({ ChallengeName, ...more });
    signedIn(await signIn(pool, [...flow, ...answers(`${ChallengeName}=FACE_OTP`)]));
    expect(sent[1]?.ChallengeResponses).toEqual(responses);
  });

  test('a name that is not offered is refused, and the challenge can be answered again', async () => {
    const { pool, sent } = poolThatAsks({ ChallengeName, ...more });
    const outcome = await signIn(pool, [...flow, ...answers(`${ChallengeName}=PIGEON`)]);
    expect(outcome).toMatchObject({ exitCode: 2, stdout: '' });
    expect(JSON.parse(outcome.stderr)).toMatchObject({
      code: 'ANSWER_INVALID',
      challenge: { name: ChallengeName },
    });
    expect(sent).toHaveLength(1);
  });
});

describe('MFA_SETUP that offers text messages alone', () => {
  const reply = { ChallengeName: 'MFA_SETUP', ChallengeParameters: { MFAS_CAN_SETUP: '["SMS_MFA"]' } };
  const failure = {
    code: 'MFA_NOT_SET_UP',
    recovery: 'fix-configuration',
    message: expect.stringContaining('An administrator has to add a phone number to the user'),
  };

  test.each([[[]], [answers('MFA_SETUP=ann@example.com')]])('is not left waiting, with %j', async (flags) => {
    const { pool, sent } = poolThatAsks(reply);
    const outcome = await signIn(pool, ['--flow', 'USER_PASSWORD_AUTH', ...flags]);
    expect(outcome).toMatchObject({ exitCode: 1, stdout: '' });
    expect(JSON.parse(outcome.stderr)).toMatchObject(failure);
    expect(sent).toHaveLength(1);
  });

  test('does not ask at a terminal, and says what has to happen', async () => {
    const { pool } = poolThatAsks(reply);
    const argv = ['sign-in', ...at(pool), '--flow', 'USER_PASSWORD_AUTH'];
    const outcome = await atTerminal(argv, pool, []);
    expect(outcome).toMatchObject({ exitCode: 1, unasked: 0 });
    expect(outcome.stderr).toContain('An administrator has to add a phone number to the user');
    expect(outcome.stderr).not.toContain('Second factor to set up');
  });
});

describe('MFA_SETUP of names that this version does not know, and of no other that it can set up,', () => {
  const reply = {
    ChallengeName: 'MFA_SETUP',
    ChallengeParameters: { MFAS_CAN_SETUP: '["SMS_MFA","FACE_OTP"]' },
  };
  const message =
    'The user needs a second factor, and this command cannot set up SMS_MFA, FACE_OTP. An administrator has to set up a second factor for the user, who then signs in again';

  test('is not left waiting', async () => {
    const { pool, sent } = poolThatAsks(reply);
    const outcome = await signIn(pool, ['--flow', 'USER_PASSWORD_AUTH']);
    expect(outcome).toMatchObject({ exitCode: 1, stdout: '' });
    const failure = { code: 'MFA_NOT_SET_UP', recovery: 'fix-configuration', message };
    expect(JSON.parse(outcome.stderr)).toMatchObject(failure);
    expect(sent).toHaveLength(1);
  });

  test('does not ask at a terminal, and says what has to happen', async () => {
    const { pool } = poolThatAsks(reply);
    const argv = ['sign-in', ...at(pool), '--flow', 'USER_PASSWORD_AUTH'];
    const outcome = await atTerminal(argv, pool, []);
    expect(outcome).toMatchObject({ exitCode: 1, unasked: 0 });
    expect(outcome.stderr).toContain(message);
    expect(outcome.stderr).not.toContain('Second factor to set up');
  });
});

test('MFA_SETUP that waits says for which factors an administrator is needed', async () => {
  const { pool } = poolThatAsks({
    ChallengeName: 'MFA_SETUP',
    ChallengeParameters: { MFAS_CAN_SETUP: '["SMS_MFA","FACE_OTP","EMAIL_OTP"]' },
  });
  const { exitCode, stdout } = await run(['sign-in', ...at(pool), '--flow', 'USER_PASSWORD_AUTH'], {
    fetch: pool.fetch,
    env: { COGNITO_PASSWORD: PASSWORD },
  });
  expect(exitCode).toBe(4);
  expect(stdout).toMatch(/^ {2}ask an administrator for +SMS_MFA, FACE_OTP$/m);
});

test('MFA_SETUP shows what it cannot set up, and asks for the others', async () => {
  const { pool } = poolThatAsks({
    ChallengeName: 'MFA_SETUP',
    ChallengeParameters: { MFAS_CAN_SETUP: '["SMS_MFA","FACE_OTP","EMAIL_OTP"]' },
  });
  const argv = ['sign-in', ...at(pool), '--flow', 'USER_PASSWORD_AUTH'];
  const outcome = await atTerminal(argv, pool, [['E-mail address for the codes: ', 'ann@example.com']]);
  expect(outcome).toMatchObject({ exitCode: 0, unasked: 0 });
  expect(outcome.stderr).toContain(
    'This command cannot set up SMS_MFA, FACE_OTP: ask an administrator for that\n',
  );
});

test('a challenge of a pool outside AWS needs its endpoint again, and the message says so', async () => {
  const pool = poolWith({ userPoolId: 'local_Pool1', users: [{ ...alice, mfa: { email: true } }] });
  const step = waits(await signIn(pool), 'EMAIL_OTP');
  const outcome = await run(['respond', '--challenge', '-'], {
    fetch: pool.fetch,
    stdin: Readable.from([JSON.stringify(step)]),
  });
  expect(outcome).toMatchObject({ exitCode: 2, stdout: '' });
  expect(outcome.stderr).toContain('outside AWS: give --endpoint again');
});

test('a challenge in a file is asked at a terminal', async () => {
  const pool = poolWith({ mfa: 'ON', users: [alice] });
  const folder = mkdtempSync(join(tmpdir(), 'cognito-srp-challenge-'));
  const file = join(folder, 'step.json');
  try {
    writeFileSync(file, (await signIn(pool)).stdout);
    const argv = ['respond', '--challenge', file, '--endpoint', 'http://127.0.0.1'];
    const outcome = await atTerminal(argv, pool, [
      ['Second factor to set up', 'EMAIL_OTP'],
      ['E-mail address', 'ann@example.com'],
      ['Code: ', () => sentCode(pool)],
    ]);
    expect(outcome).toMatchObject({ exitCode: 0, unasked: 0 });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
