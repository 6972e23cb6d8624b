/** Only a request that can safely be repeated is repeated, after a random pause. */

import { createUserPool } from '../../pool/src/index.ts';
import { changePassword, refreshTokens, respond, signIn } from '../../src/index.ts';
import { alice, client, recorder, refusal } from '../support/client.ts';
import { errorOf } from '../support/secrets.ts';
import { CASES, createWorld, reach } from './challenge-cases.ts';

const pool = createUserPool({ users: [alice], lockout: false });
const reset = () => {
  throw Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNRESET' } });
};
type Failure = () => Response;
const throttled: Failure = () => refusal('TooManyRequestsException', 'Too many requests');
const internal: Failure = () => refusal('InternalErrorException', 'Internal', 500);
const html: Failure = () => new Response('<html>', { status: 503 });

/** A fetch to the pool where the given failures happen first to requests of one operation. */
function failing(operation: string, failures: readonly Failure[]) {
  const left = [...failures];
  return recorder((sent, init) => {
    const failure = sent.operation === operation ? left.shift() : undefined;
    return failure ? failure() : pool.fetch(sent.url, init);
  });
}
const quick = { retryDelayMs: 1 };

describe('InitiateAuth is repeated', () => {
  test.each<[string, Failure]>([
    ['a lost connection', reset],
    ['HTTP 500', internal],
    ['HTTP 503 with HTML', html],
    ['HTTP 500 with HTML', () => new Response('<html>', { status: 500 })],
    ['throttling', throttled],
    ['HTTP 429 without a name', () => new Response('{}', { status: 429 })],
    ['ThrottlingException', () => refusal('ThrottlingException', 'Rate exceeded')],
  ])('after %s', async (_title, failure) => {
    const { fetch, operations } = failing('InitiateAuth', [failure, failure]);
    const step = await signIn(client, alice, { fetch, ...quick });
    expect(step.status).toBe('signed-in');
    expect(operations()).toEqual(['InitiateAuth', 'InitiateAuth', 'InitiateAuth', 'RespondToAuthChallenge']);
  });

  test.each<[string, Failure, object]>([
    ['a lost connection', reset, { name: 'ProtocolError', code: 'NETWORK_FAILED', recovery: 'try-later' }],
    ['HTTP 500', internal, { name: 'InternalErrorException', code: 'INTERNAL_ERROR', recovery: 'try-later' }],
    ['throttling', throttled, { name: 'TooManyRequestsException', code: 'THROTTLED', recovery: 'try-later' }],
  ])('three times in all, then %s is the error', async (_title, failure, expected) => {
    const { fetch, operations } = failing('InitiateAuth', Array<Failure>(9).fill(failure));
    const error = await errorOf(() => signIn(client, alice, { fetch, ...quick }));
    expect(error).toMatchObject({ ...expected, operation: 'InitiateAuth' });
    expect(operations()).toHaveLength(3);
  });

  test.each([1, 2, 5])('at most maxAttempts times: %p', async (maxAttempts) => {
    const { fetch, operations } = failing('InitiateAuth', Array<Failure>(9).fill(reset));
    await errorOf(() => signIn(client, alice, { fetch, maxAttempts, ...quick }));
    expect(operations()).toHaveLength(maxAttempts);
  });

  test('with the same SRP_A', async () => {
    const { fetch, sent } = failing('InitiateAuth', [reset]);
    await signIn(client, alice, { fetch, ...quick });
    expect(sent[1]?.input).toEqual(sent[0]?.input);
  });

  test.each<[string, Failure]>([
    ['a refusal', () => refusal('NotAuthorizedException', 'Incorrect username or password.')],
    ['HTTP 403 of a firewall', () => new Response('<html>', { status: 403 })],
    ['HTML with 200', () => new Response('<html>')],
    ['a reply without challenge or tokens', () => new Response('{}')],
    ['a refusal with HTTP 500', () => refusal('NotAuthorizedException', 'User is disabled.', 500)],
    ['attempts exceeded', () => refusal('NotAuthorizedException', 'Password attempts exceeded')],
  ])('but not after %s', async (_title, failure) => {
    const { fetch, operations } = failing('InitiateAuth', [failure]);
    await errorOf(() => signIn(client, alice, { fetch, ...quick }));
    expect(operations()).toEqual(['InitiateAuth']);
  });

  test('but not after the time limit', async () => {
    const { fetch, operations } = recorder(() => new Promise<Response>(() => {}));
    const error = await errorOf(() => signIn(client, alice, { fetch, timeoutMs: 20, ...quick }));
    expect(error).toMatchObject({ code: 'TIMED_OUT', message: 'InitiateAuth: no reply within 20 ms' });
    expect(operations()).toEqual(['InitiateAuth']);
  });
});

describe('RespondToAuthChallenge', () => {
  test('is repeated where it was throttled, the same text again', async () => {
    const { fetch, sent, operations } = failing('RespondToAuthChallenge', [throttled, throttled]);
    const step = await signIn(client, alice, { fetch, ...quick });
    expect(step.status).toBe('signed-in');
    expect(operations()).toEqual(['InitiateAuth', ...Array(3).fill('RespondToAuthChallenge')]);
    expect(sent[3]?.input).toEqual(sent[1]?.input);
  });

  test.each<[string, Failure, string]>([
    ['a lost reply', reset, 'NETWORK_FAILED'],
    ['HTTP 500', internal, 'INTERNAL_ERROR'],
    ['HTTP 503 with HTML', html, 'BODY_NOT_JSON'],
  ])('is sent once where %s leaves open what became of it', async (_title, failure, code) => {
    const { fetch, operations } = failing('RespondToAuthChallenge', [failure]);
    const error = await errorOf(() => signIn(client, alice, { fetch, ...quick }));
    expect(error).toMatchObject({ code, recovery: 'start-again', operation: 'RespondToAuthChallenge' });
    expect(operations()).toEqual(['InitiateAuth', 'RespondToAuthChallenge']);
  });

  test('a Session is not sent twice after a lost reply', async () => {
    const Session = 'session-'.repeat(5);
    const { fetch, sent } = recorder(async ({ url, operation }, init) => {
      if (operation === 'RespondToAuthChallenge') return reset();
      const reply = (await (await pool.fetch(url, init)).json()) as object;
      return new Response(JSON.stringify({ ...reply, Session }));
    });
    await errorOf(() => signIn(client, alice, { fetch, maxAttempts: 9, ...quick }));
    expect(sent.filter(({ input }) => input.Session === Session)).toHaveLength(1);
  });

  test('is not sent again after the time limit', async () => {
    const { fetch, operations } = recorder(({ url, operation }, init) =>
      operation === 'InitiateAuth' ? pool.fetch(url, init) : new Promise<Response>(() => {}),
    );
    const error = await errorOf(() => signIn(client, alice, { fetch, timeoutMs: 1000, ...quick }));
    expect(error).toMatchObject({ code: 'TIMED_OUT', operation: 'RespondToAuthChallenge' });
    expect(operations()).toEqual(['InitiateAuth', 'RespondToAuthChallenge']);
  });
});

test('what changes something is sent once where its reply was lost', async () => {
  const { fetch, operations } = recorder(reset);
  const input = { accessToken: 'a', previousPassword: 'o', newPassword: 'n' };
  const error = await errorOf(() => changePassword(client, input, { fetch, ...quick }));
  expect(error).toMatchObject({ code: 'NETWORK_FAILED', recovery: 'start-again' });
  expect(operations()).toEqual(['ChangePassword']);
});

/** The reply that was lost may have the new refresh token. */
describe('GetTokensFromRefreshToken is repeated', () => {
  const tokens = {
    AuthenticationResult: { AccessToken: 'a', IdToken: 'i', ExpiresIn: 60, TokenType: 'Bearer' },
  };

  test.each<[string, () => Response | Promise<Response>]>([
    ['the time limit', () => new Promise<Response>(() => {})],
    ['HTML with 200', () => new Response('<html>')],
    ['a lost connection', reset],
    ['HTTP 500', internal],
  ])('after %s', async (_title, failure) => {
    const { fetch, operations } = recorder((_sent, _init, index) =>
      index === 0 ? failure() : new Response(JSON.stringify(tokens)),
    );
    const options = { fetch, timeoutMs: 50, ...quick };
    const method = 'GetTokensFromRefreshToken';
    expect(await refreshTokens(client, { refreshToken: 'r', method }, options)).toMatchObject({
      accessToken: 'a',
    });
    expect(operations()).toEqual([method, method]);
  });

  test('but not after a refusal', async () => {
    const { fetch, operations } = recorder(() => refusal('NotAuthorizedException', 'Invalid Refresh Token'));
    await errorOf(() => refreshTokens(client, { refreshToken: 'r' }, { fetch, ...quick }));
    expect(operations()).toEqual(['GetTokensFromRefreshToken']);
  });
});

/** The choice of PASSWORD_SRP spends the session of SELECT_CHALLENGE, and the proof is a request after it. */
describe('a challenge whose session is spent starts again', () => {
  test.each<[string, Failure, string, string]>([
    ['throttled', throttled, 'THROTTLED', 'start-again'],
    ['answered with HTTP 500', internal, 'INTERNAL_ERROR', 'start-again'],
    ['lost', reset, 'NETWORK_FAILED', 'start-again'],
    [
      'refused',
      () => refusal('InvalidParameterException', 'Never seen.'),
      'PARAMETER_REFUSED',
      'start-again',
    ],
    [
      'refused for now',
      () => refusal('NotAuthorizedException', 'Password attempts exceeded'),
      'ATTEMPTS_EXCEEDED',
      'start-again',
    ],
    [
      'refused for good',
      () => refusal('NotAuthorizedException', 'User is disabled.'),
      'USER_DISABLED',
      'ask-administrator',
    ],
  ])('if the proof is %s', async (_title, failure, code, recovery) => {
    const world = await createWorld(CASES.SELECT_CHALLENGE);
    const challenge = await reach('SELECT_CHALLENGE', CASES.SELECT_CHALLENGE, world);
    const { fetch } = recorder((sent, init, index) =>
      index === 0 ? world.pool.fetch(sent.url, init) : failure(),
    );
    const answer = { choice: 'PASSWORD_SRP', password: alice.password } as const;
    const options = { ...world.options, fetch, ...quick };
    const error = await errorOf(() => respond(world.client, challenge, answer, options));
    expect(error).toMatchObject({ code, recovery });
  });
});

describe('the pause before a repetition', () => {
  /** The delays of the pauses, from setTimeout itself; the timers run out at once. */
  async function pauses(byte: number, retryDelayMs: number | undefined): Promise<number[]> {
    const real = globalThis.setTimeout;
    const delays: number[] = [];
    const timeoutMs = 77_777;
    globalThis.setTimeout = ((callback: () => void, ms: number) => {
      if (ms === timeoutMs) return real(callback, ms);
      delays.push(ms);
      return real(callback, 0);
    }) as typeof setTimeout;
    try {
      const { fetch } = failing('InitiateAuth', Array<Failure>(9).fill(throttled));
      const rng = (length: number) => new Uint8Array(length).fill(length === 1 ? byte : 7);
      await errorOf(() => signIn(client, alice, { fetch, rng, maxAttempts: 5, timeoutMs, retryDelayMs }));
    } finally {
      globalThis.setTimeout = real;
    }
    return delays;
  }

  test('is at its longest retryDelayMs, and doubles each time', async () => {
    expect(await pauses(255, 100)).toEqual([100, 200, 400, 800]);
  });

  test('is by default at its longest 200 ms', async () => {
    expect(await pauses(255, undefined)).toEqual([200, 400, 800, 1600]);
  });

  test('does not grow beyond what setTimeout can wait', async () => {
    const longest = 2 ** 31 - 1;
    expect(await pauses(255, longest)).toEqual([longest, longest, longest, longest]);
  });

  test('is a random part of that', async () => {
    expect(await pauses(127, 100)).toEqual([50, 100, 200, 400]);
    for (const ms of await pauses(0, 100)) expect(ms).toBeGreaterThan(0);
    expect(Math.max(...(await pauses(0, 100)))).toBeLessThan(5);
  });

  test('is waited out', async () => {
    const { fetch } = failing('InitiateAuth', [throttled]);
    const rng = (length: number) => new Uint8Array(length).fill(255);
    const start = performance.now();
    await signIn(client, alice, { fetch, rng, retryDelayMs: 150 });
    expect(performance.now() - start).toBeGreaterThanOrEqual(145);
  });
});
