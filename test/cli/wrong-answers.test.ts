/** After a wrong answer, by a script or a person, the challenge can be answered again where it is still good. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  answers,
  at,
  atTerminal,
  PASSWORD,
  poolWith,
  respond,
  sentCode,
  signedIn,
  signIn,
  waits,
} from './pool.ts';
import { type Outcome, run } from './run.ts';

const alice = {
  username: 'alice',
  password: PASSWORD,
  attributes: { email: 'alice@example.com' },
  aliases: ['alice@example.com'],
};
const withMfa = () => poolWith({ users: [{ ...alice, mfa: { email: true } }] });

const failureOf = ({ stderr }: Outcome) => JSON.parse(stderr) as { readonly challenge?: object };

test('exit code 1: a wrong code; the failure has the challenge, which can be answered once more', async () => {
  const pool = withMfa();
  const step = waits(await signIn(pool), 'EMAIL_OTP');
  const refused = await respond(pool, step, answers('EMAIL_OTP=000000', 'EMAIL_OTP=111111'));
  expect([refused.exitCode, refused.stdout]).toEqual([1, '']);
  expect(failureOf(refused)).toMatchObject({
    code: 'CODE_MISMATCH',
    recovery: 'answer-again',
    challenge: step.challenge,
  });
  signedIn(await respond(pool, failureOf(refused), answers(`EMAIL_OTP=${sentCode(pool)}`)));
});

test('a wrong code in the run that signs in loses nothing: respond takes its failure, once and again', async () => {
  const pool = withMfa();
  const first = await signIn(pool, answers('EMAIL_OTP=000000'));
  expect([first.exitCode, first.stdout]).toEqual([1, '']);
  const second = await respond(pool, failureOf(first), answers('EMAIL_OTP=111111'));
  expect(failureOf(second)).toEqual({ ...failureOf(first), requestId: expect.any(String) });
  signedIn(await respond(pool, failureOf(second), answers(`EMAIL_OTP=${sentCode(pool)}`)));
});

test('the failure has the alias that was typed, like a step', async () => {
  const pool = withMfa();
  const flags = [...at(pool, 'alice@example.com'), '--json', ...answers('EMAIL_OTP=000000')];
  const refused = await run(['sign-in', ...flags], {
    fetch: pool.fetch,
    env: { COGNITO_PASSWORD: PASSWORD },
  });
  expect(failureOf(refused)).toMatchObject({ alias: 'alice@example.com', challenge: { username: 'alice' } });
  const again = await respond(pool, failureOf(refused), answers('EMAIL_OTP=111111'));
  expect(failureOf(again)).toMatchObject({ alias: 'alice@example.com', challenge: { username: 'alice' } });
});

test('exit code 2: an answer that cannot be one is not sent, and the challenge is kept', async () => {
  const pool = withMfa();
  const refused = await signIn(pool, answers('EMAIL_OTP=  '));
  expect([refused.exitCode, refused.stdout]).toEqual([2, '']);
  expect(failureOf(refused)).toMatchObject({ code: 'ANSWER_INVALID', challenge: { name: 'EMAIL_OTP' } });
  signedIn(await respond(pool, failureOf(refused), answers(`EMAIL_OTP=${sentCode(pool)}`)));
});

test('exit code 1: an answer that was throttled leaves the challenge good', async () => {
  const faults = [1, 2, 3].map((nth) => ({
    name: 'throttle' as const,
    operation: 'RespondToAuthChallenge' as const,
    nth,
  }));
  const pool = poolWith({ users: [alice], faults });
  const flags = ['--flow', 'USER_AUTH', '--preferred-challenge', 'EMAIL_OTP'];
  const step = waits(await signIn(pool, flags), 'EMAIL_OTP');
  const refused = await respond(pool, step, answers(`EMAIL_OTP=${sentCode(pool)}`));
  expect(failureOf(refused)).toMatchObject({ recovery: 'try-later', challenge: step.challenge });
  signedIn(await respond(pool, failureOf(refused), answers(`EMAIL_OTP=${sentCode(pool)}`)));
});

test('a refusal that ends the attempt has no challenge', async () => {
  const pool = poolWith({ users: [alice] });
  const flags = ['--flow', 'CUSTOM_AUTH', ...answers('CUSTOM_CHALLENGE=red')];
  const refused = await signIn(pool, flags, { COGNITO_PASSWORD: '' });
  expect(failureOf(refused)).toMatchObject({ recovery: 'start-again' });
  expect(failureOf(refused).challenge).toBeUndefined();
});

describe('without --json', () => {
  const AGAIN = /what to do +Answer the challenge again\.\n/;
  const ANEW = /what to do +Sign in again\.\n/;

  test('a wrong code ends the sign-in, and its session with it', async () => {
    const pool = withMfa();
    const argv = ['sign-in', ...at(pool), ...answers('EMAIL_OTP=000000')];
    const refused = await run(argv, { fetch: pool.fetch, env: { COGNITO_PASSWORD: PASSWORD } });
    expect(refused).toMatchObject({ exitCode: 1, stdout: '' });
    expect(refused.stderr).toMatch(ANEW);
    expect(refused.stderr).toContain('CODE_MISMATCH');
    expect(refused.stderr).not.toMatch(/[\w+/=-]{60}/);
  });

  test('the last wrong answer of a person ends the sign-in, too', async () => {
    const pool = withMfa();
    const wrong = ['Code: ', '000000'] as const;
    const refused = await atTerminal(['sign-in', ...at(pool)], pool, [wrong, wrong, wrong, wrong]);
    expect(refused).toMatchObject({ exitCode: 1, unasked: 0, stderr: expect.stringMatching(ANEW) });
  });

  test('a challenge in a file can be answered once more', async () => {
    const pool = withMfa();
    const folder = mkdtempSync(join(tmpdir(), 'cognito-srp-wrong-'));
    const file = join(folder, 'step.json');
    try {
      writeFileSync(file, (await signIn(pool)).stdout);
      const argv = ['respond', '--challenge', file, '--endpoint', 'http://127.0.0.1'];
      const refused = await run([...argv, ...answers('EMAIL_OTP=000000')], { fetch: pool.fetch });
      expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(AGAIN) });
      const right = await run([...argv, ...answers(`EMAIL_OTP=${sentCode(pool)}`)], { fetch: pool.fetch });
      expect(right).toMatchObject({ exitCode: 0, stderr: '' });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
