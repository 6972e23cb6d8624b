/** Answers on the command line that no challenge asked for are told, and do not fail the run. */
import {
  answers,
  at,
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

const alice = { username: 'alice', password: PASSWORD, attributes: { email: 'alice@example.com' } };
const withMfa = () => poolWith({ users: [{ ...alice, mfa: { email: true } }] });

const problemIn = (outcome: Parameters<typeof parsed>[0]) => parsed(outcome)['answerProblem'];

test('an answer to another challenge is told, with the challenge that waits', async () => {
  const pool = withMfa();
  const step = await signIn(pool, answers('SMS_MFA=123456'));
  waits(step, 'EMAIL_OTP');
  expect(problemIn(step)).toEqual({
    code: 'ANSWER_UNUSED',
    message: '--answer SMS_MFA was not used: the challenge is EMAIL_OTP',
  });
  const later = await respond(pool, parsed(step), answers('SMS_MFA=123456', 'attribute.name=Ann'));
  expect(problemIn(later)).toMatchObject({
    message: '--answer SMS_MFA, attribute.name were not used: the challenge is EMAIL_OTP',
  });
});

test('an answer is told where no challenge was asked', async () => {
  const outcome = await signIn(poolWith({ users: [alice] }), answers('EMAIL_OTP=123456'));
  signedIn(outcome);
  expect(problemIn(outcome)).toMatchObject({
    message: '--answer EMAIL_OTP was not used: no challenge asked for it',
  });
});

test('a second answer is told where its challenge came once', async () => {
  const pool = withMfa();
  const step = waits(await signIn(pool), 'EMAIL_OTP');
  const outcome = await respond(pool, step, answers(`EMAIL_OTP=${sentCode(pool)}`, 'EMAIL_OTP=123456'));
  signedIn(outcome);
  expect(problemIn(outcome)).toMatchObject({ message: expect.stringContaining('EMAIL_OTP was not used') });
});

test('without --json it is one line on stderr, which does not show the answer', async () => {
  const given = { fetch: withMfa().fetch, env: { COGNITO_PASSWORD: PASSWORD } };
  const outcome = await run(['sign-in', ...at(withMfa()), ...answers('SMS_MFA=123456')], given);
  expect(outcome).toMatchObject({
    exitCode: 4,
    stderr: '--answer SMS_MFA was not used: the challenge is EMAIL_OTP\n',
  });
});

test('unused variables are not reported, because other calls use them', async () => {
  const env = { COGNITO_ANSWER_SMS_MFA: '123456', COGNITO_ANSWER_NEW_PASSWORD_REQUIRED: 'New-Horse-10' };
  const step = await signIn(withMfa(), [], env);
  waits(step, 'EMAIL_OTP');
  expect(problemIn(step)).toBeUndefined();
  const typed = await signIn(withMfa(), answers('SMS_MFA=654321'), env);
  expect(problemIn(typed)).toMatchObject({ message: expect.stringContaining('--answer SMS_MFA was') });
});

test('answers that were used, or that the waiting challenge needs again, are not reported', async () => {
  const pool = poolWith({
    requiredAttributes: ['given_name'],
    users: [{ ...alice, status: 'FORCE_CHANGE_PASSWORD' }],
  });
  const half = await signIn(pool, answers('NEW_PASSWORD_REQUIRED=New-Horse-10'));
  waits(half, 'NEW_PASSWORD_REQUIRED');
  const other = await signIn(pool, answers('attribute.given_name=Ann'));
  waits(other, 'NEW_PASSWORD_REQUIRED');
  const flags = answers('NEW_PASSWORD_REQUIRED=New-Horse-10', 'attribute.given_name=Ann');
  const whole = await respond(pool, parsed(other), flags);
  signedIn(whole);
  expect([half, other, whole].map(problemIn)).toEqual([undefined, undefined, undefined]);
});
