/** Makes a local pool in this process, for commands that run in this process too. */
import { Readable } from 'node:stream';
import { createUserPool, type Triggers, type UserPool, type UserPoolOptions } from '../../pool/src/index.ts';
import { type Outcome, run, terminal } from './run.ts';

export const PASSWORD = 'Correct-Horse-9';

/** Asks for a colour, then for a number; both have to be right. */
export const TRIGGERS: Triggers = {
  defineAuthChallenge: (event) => {
    const custom = event.request.session.filter(({ challengeName }) => challengeName === 'CUSTOM_CHALLENGE');
    const wantsPassword = event.request.session.some(({ challengeName }) => challengeName === 'SRP_A');
    const hasPassword = event.request.session.some(
      ({ challengeName }) => challengeName === 'PASSWORD_VERIFIER',
    );
    if (custom.some(({ challengeResult }) => !challengeResult)) event.response.failAuthentication = true;
    else if (custom.length === 2) event.response.issueTokens = true;
    else
      event.response.challengeName = wantsPassword && !hasPassword ? 'PASSWORD_VERIFIER' : 'CUSTOM_CHALLENGE';
    return event;
  },
  createAuthChallenge: (event) => {
    const isFirst = event.request.session.every(({ challengeName }) => challengeName !== 'CUSTOM_CHALLENGE');
    event.response.publicChallengeParameters = { question: isFirst ? 'colour?' : 'number?' };
    event.response.privateChallengeParameters = { answer: isFirst ? 'blue' : '7' };
    return event;
  },
  verifyAuthChallengeResponse: (event) => {
    const { privateChallengeParameters, challengeAnswer } = event.request;
    event.response.answerCorrect = challengeAnswer === privateChallengeParameters['answer'];
    return event;
  },
};

export const poolWith = (options: UserPoolOptions): UserPool =>
  createUserPool({ triggers: TRIGGERS, ...options });

/** Flags of `sign-in` at a pool that `fetch` reaches. */
export const at = (pool: Pick<UserPool, 'userPoolId'>, username = 'alice'): string[] => [
  ...['--endpoint', 'http://127.0.0.1', '--user-pool-id', pool.userPoolId, '--client-id', 'web'],
  ...(username === '' ? [] : ['--username', username]),
];

export const answers = (...texts: string[]): string[] => texts.flatMap((text) => ['--answer', text]);

/** The last code the pool has sent. */
export const sentCode = (pool: UserPool): string => pool.outbox[pool.outbox.length - 1]?.code ?? '';

/** The one JSON object on standard output. */
export const parsed = ({ stdout }: Outcome): Readonly<Record<string, unknown>> =>
  JSON.parse(stdout) as Readonly<Record<string, unknown>>;

/** Signs alice in. */
export const signIn = (pool: UserPool, flags: readonly string[] = [], env = {}): Promise<Outcome> =>
  run(['sign-in', ...at(pool), '--json', ...flags], {
    fetch: pool.fetch,
    env: { COGNITO_PASSWORD: PASSWORD, ...env },
  });

/** Goes on with what an earlier run has written. */
export const respond = (
  pool: UserPool,
  earlier: object,
  flags: readonly string[] = [],
  env = {},
): Promise<Outcome> =>
  run(['respond', '--challenge', '-', '--endpoint', 'http://127.0.0.1', '--json', ...flags], {
    fetch: pool.fetch,
    env,
    stdin: Readable.from([Buffer.from(JSON.stringify(earlier))]),
  });

/** @returns the step that waits */
export const waits = (outcome: Outcome, name: string, shows: object = {}) => {
  expect([outcome.exitCode, outcome.stderr]).toEqual([4, '']);
  expect(parsed(outcome)).toMatchObject({ status: 'challenge', challenge: { name, ...shows } });
  return parsed(outcome) as { readonly challenge: Readonly<Record<string, unknown>> };
};

export const signedIn = (outcome: Outcome) => {
  expect([outcome.exitCode, outcome.stderr]).toEqual([0, '']);
  expect(parsed(outcome)).toMatchObject({ status: 'signed-in', username: 'alice' });
};

/**
 * Runs a command at a terminal where a person answers, one question after the other.
 *
 * @param replies what is typed when the text of a question shows, in order; a function is called then
 * @returns the outcome, with everything that showed at the terminal in `stderr`
 */
export async function atTerminal(
  argv: readonly string[],
  pool: Pick<UserPool, 'fetch'>,
  replies: readonly (readonly [question: string, typed: string | (() => string)])[],
): Promise<Outcome & { readonly unasked: number }> {
  const stdin = terminal();
  const pending = [...replies];
  let shown = '';
  let unread = '';
  const stderr = {
    write: (text: string) => {
      shown += text;
      unread += text;
      const [next] = pending;
      if (!next || !unread.includes(next[0])) return;
      pending.shift();
      unread = '';
      const typed = typeof next[1] === 'string' ? next[1] : next[1]();
      setImmediate(() => stdin.write(`${typed}\r`));
    },
  };
  const outcome = await run(argv, {
    stdin,
    stderr,
    fetch: pool.fetch,
    env: { COGNITO_PASSWORD: PASSWORD },
  });
  return { ...outcome, stderr: shown, unasked: pending.length };
}
