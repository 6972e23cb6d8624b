/** Every challenge of the table is shown, answered, refused, aborted and repeated as it should be. */

import type { FaultRule, UserPoolOptions } from '../../pool/src/index.ts';
import { CHALLENGES } from '../../src/cognito/sign-in/challenge-table.ts';
import {
  type AnswerTo,
  type ChallengeName,
  type ChallengeOf,
  type Credentials,
  respond,
  type SignInOptions,
  signIn,
} from '../../src/index.ts';
import {
  CASES,
  type Case,
  challengeOf,
  createWorld,
  PASSWORD,
  reach,
  type World,
  whereIs,
} from './challenge-cases.ts';

const byCaller = Object.entries(CHALLENGES)
  .filter(([, row]) => !('prove' in row))
  .map(([name]) => name as ChallengeName);

test('every challenge of the table that a caller answers has its cases here', () => {
  expect(Object.keys(CASES).sort()).toEqual([...byCaller].sort());
});

const RESPOND = 'RespondToAuthChallenge';

describe.each(byCaller)('%s', (name) => {
  suite(name, CASES[name] as Case<ChallengeName>);
});

function suite<Name extends ChallengeName>(name: Name, c: Case<Name>): void {
  const start = async (more?: UserPoolOptions) => {
    const world = await createWorld(c, more);
    return { world, challenge: await reach(name, c, world) };
  };
  const answer = (
    world: World,
    challenge: Awaited<ReturnType<typeof start>>['challenge'],
    options: SignInOptions = {},
    given = c.right(world, challenge),
  ) =>
    respond(world.client, challenge, given as AnswerTo<ChallengeOf<Name>>, { ...world.options, ...options });

  test('shows its own fields and the user who is asked', async () => {
    const { challenge } = await start();
    expect(challenge).toMatchObject({ version: 1, name, username: 'alice', clientId: 'web', ...c.shows });
    expect(challenge.expiresAt - Date.now()).toBeGreaterThan(170_000);
  });

  test('takes the right answer', async () => {
    const { world, challenge } = await start();
    expect(whereIs(await answer(world, challenge))).toBe(c.next);
  });

  test('says what a wrong answer means, and takes the right one after it: at once, or in another sign-in', async () => {
    const { world, challenge } = await start();
    const wrong = answer(world, challenge, {}, c.wrong.answer(world, challenge));
    let again = challenge;
    if ('next' in c.wrong.gets) {
      const step = await wrong;
      expect(whereIs(step)).toBe(c.wrong.gets.next);
      if (c.wrong.gets.next !== name) return;
      again = challengeOf(step, name);
    } else {
      await expect(wrong).rejects.toMatchObject(c.wrong.gets);
      if (c.wrong.gets.recovery === 'start-again') again = await reach(name, c, world);
    }
    expect(whereIs(await answer(world, again))).toBe(c.next);
  });

  test('refuses an answer of another shape before anything is sent, and takes the right one after it', async () => {
    const { world, challenge } = await start();
    const sentBefore = world.sent.length;
    const misshapen = answer(world, challenge, {}, c.misshapen.answer as never);
    await expect(misshapen).rejects.toMatchObject({ code: 'ANSWER_INVALID', field: c.misshapen.field });
    expect(world.sent.length).toBe(sentBefore);
    expect(whereIs(await answer(world, challenge))).toBe(c.next);
  });

  test('an expired session is SESSION_EXPIRED, and the attempt is over', async () => {
    const { world, challenge } = await start();
    const given = c.right(world, challenge);
    world.clock.ms += 181_000;
    await expect(answer(world, challenge, {}, given)).rejects.toMatchObject({
      code: 'SESSION_EXPIRED',
      recovery: 'start-again',
    });
  });

  test('a used session is SESSION_USED, and the attempt is over', async () => {
    const { world, challenge } = await start();
    const given = c.right(world, challenge);
    await answer(world, challenge, {}, given);
    await expect(answer(world, challenge, {}, given)).rejects.toMatchObject({
      code: 'SESSION_USED',
      recovery: 'start-again',
    });
  });

  test('survives JSON, and holds no secret', async () => {
    const { world, challenge } = await start();
    const json = JSON.stringify(challenge);
    expect(json).not.toMatch(/Correct-Horse|PASSWORD_CLAIM|"a"|secretCode/);
    expect(JSON.parse(json)).toEqual(challenge);
    expect(whereIs(await answer(world, JSON.parse(json)))).toBe(c.next);
  });

  test('reached by SRP, it holds neither the password nor a', async () => {
    const drawn: Uint8Array[] = [];
    const rng = (length: number) => {
      const bytes = crypto.getRandomValues(new Uint8Array(length));
      drawn.push(bytes);
      return bytes;
    };
    const world = await createWorld(c);
    const bySrp: Credentials =
      c.credentials.flow === 'USER_PASSWORD_AUTH' ? { username: 'alice', password: PASSWORD } : c.credentials;
    const challenge = await reach(
      name,
      { ...c, credentials: bySrp },
      { ...world, options: { ...world.options, rng } },
    );
    if (bySrp !== c.credentials) expect(drawn.length).toBeGreaterThan(0);
    const kept = JSON.stringify(challenge);
    const secrets = [
      PASSWORD,
      ...drawn.flatMap((bytes) => [
        Buffer.from(bytes).toString('hex'),
        Buffer.from(bytes).toString('base64'),
      ]),
    ];
    expect(secrets.filter((secret) => kept.includes(secret))).toEqual([]);
  });

  test('aborted before the call, the answer rejects with the reason, and nothing is sent', async () => {
    const { world, challenge } = await start();
    const sentBefore = world.sent.length;
    const signal = AbortSignal.abort(new RangeError('enough'));
    await expect(answer(world, challenge, { signal })).rejects.toBe(signal.reason);
    expect(world.sent.length).toBe(sentBefore);
  });

  test('aborted on the way, the answer rejects with the reason, and nothing more is sent', async () => {
    const { world, challenge } = await start();
    const controller = new AbortController();
    const reason = new RangeError('enough');
    world.sent.length = 0;
    const pending = answer(world, challenge, {
      signal: controller.signal,
      fetch: (url, init) => {
        controller.abort(reason);
        return (world.options.fetch ?? fetch)(url, init);
      },
    });
    await expect(pending).rejects.toBe(reason);
    // Longer than a repetition would wait
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(world.sent).toHaveLength(1);
  });

  const afterOneFault = async (rule: Omit<FaultRule, 'operation'>, options: SignInOptions = {}) => {
    const { world, challenge } = await start();
    const given = c.right(world, challenge);
    world.sent.length = 0;
    world.pool.faults.add({ ...rule, operation: RESPOND, nth: 1 });
    const result = await answer(world, challenge, options, given).then(whereIs, (error: unknown) => error);
    return {
      result,
      responds: world.sent.filter((operation) => operation === RESPOND).length,
      world,
      challenge,
    };
  };

  test('an answer that is throttled is sent again unchanged', async () => {
    const { result, responds } = await afterOneFault({ name: 'throttle' });
    expect(result).toBe(c.next);
    expect(responds).toBeGreaterThan(1);
  });

  test.each([
    ['internal-error', { code: 'INTERNAL_ERROR' }],
    ['reset-before', { code: 'NETWORK_FAILED' }],
    ['reset-after', { code: 'NETWORK_FAILED' }],
    ['truncated-body', { code: 'BODY_NOT_JSON' }],
    ['html', { code: 'BODY_NOT_JSON', status: 502 }],
  ] as const)(
    '%s: the session is not used twice, and the attempt is said to be over',
    async (fault, expected) => {
      const { result, responds } = await afterOneFault({ name: fault });
      expect(result).toMatchObject({ ...expected, recovery: 'start-again', operation: RESPOND });
      expect(responds).toBe(1);
    },
  );

  test('an answer without a reply ends at the time limit, and is not sent again', async () => {
    const { result, responds } = await afterOneFault({ name: 'slow', delay: 60_000 }, { timeoutMs: 250 });
    expect(result).toMatchObject({ code: 'TIMED_OUT', recovery: 'start-again' });
    expect(responds).toBe(1);
  });

  test('a session that the service has lost is SESSION_INVALID', async () => {
    const { result } = await afterOneFault({ name: 'session-lost' });
    expect(result).toMatchObject({ code: 'SESSION_INVALID', recovery: 'start-again' });
  });

  test('after a reply that was lost, the same session is refused as used', async () => {
    const { world, challenge } = await afterOneFault({ name: 'reset-after' });
    await expect(answer(world, challenge)).rejects.toMatchObject({
      code: 'SESSION_USED',
    });
  });
}

test('a challenge of the table is found by its name alone', () => {
  expect(() => challengeOf({ status: 'signed-in' } as never, 'SMS_MFA')).toThrow('Expected SMS_MFA');
});

/**
 * InitiateAuth with SRP_A does nothing that matters, so what was lost on the way is asked once more. The others can
 * send a code or count as a try of the password: twice, if they were repeated.
 */
describe.each([
  ['USER_SRP_AUTH', 'sent again', { username: 'alice', password: PASSWORD }],
  ['USER_PASSWORD_AUTH', 'said', { flow: 'USER_PASSWORD_AUTH', username: 'alice', password: PASSWORD }],
  ['USER_AUTH', 'said', { flow: 'USER_AUTH', username: 'alice' }],
  ['CUSTOM_AUTH', 'said', { flow: 'CUSTOM_AUTH', username: 'alice' }],
  ['CUSTOM_AUTH with SRP_A', 'sent again', { flow: 'CUSTOM_AUTH', username: 'alice', password: PASSWORD }],
  [
    'USER_AUTH, PASSWORD_SRP',
    'sent again',
    { flow: 'USER_AUTH', preferredChallenge: 'PASSWORD_SRP', username: 'alice', password: PASSWORD },
  ],
] as const)('%s, its InitiateAuth lost: %s', (_, outcome, credentials) => {
  const c = { ...CASES.CUSTOM_CHALLENGE, credentials };
  const INITIATE = 'InitiateAuth';
  const initiated = ({ sent }: { readonly sent: readonly string[] }) =>
    sent.filter((operation) => operation === INITIATE).length;

  test('throttled, it is sent again', async () => {
    const world = await createWorld(c);
    world.pool.faults.add({ name: 'throttle', operation: INITIATE, nth: 1 });
    await signIn(world.client, credentials, world.options);
    expect(initiated(world)).toBe(2);
  });

  test.each(['internal-error', 'reset-before', 'reset-after', 'html'] as const)('%s', async (name) => {
    const world = await createWorld(c);
    world.pool.faults.add({ name, operation: INITIATE, nth: 1 });
    const ending = signIn(world.client, credentials, world.options);
    if (outcome === 'said') await expect(ending).rejects.toMatchObject({ recovery: 'start-again' });
    else expect(['signed-in', 'challenge']).toContain((await ending).status);
    expect(initiated(world)).toBe(outcome === 'said' ? 1 : 2);
  });

  test.each([
    ['truncated-body', 'BODY_NOT_JSON'],
    ['slow', 'TIMED_OUT'],
  ] as const)('%s at InitiateAuth: said, and not sent again', async (name, code) => {
    const world = await createWorld(c);
    world.pool.faults.add({ name, operation: INITIATE, nth: 1, delay: 60_000 });
    const timeoutMs = name === 'slow' ? 250 : 20_000;
    const pending = signIn(world.client, credentials, { ...world.options, timeoutMs });
    const recovery = outcome === 'said' ? 'start-again' : 'try-later';
    await expect(pending).rejects.toMatchObject({ code, recovery });
    expect(world.sent).toEqual([INITIATE]);
  });
});

test('a lost InitiateAuth for a code by e-mail sends one code', async () => {
  const world = await createWorld({
    ...CASES.EMAIL_OTP,
    options: { users: [{ username: 'alice', attributes: { email: 'a@b.example' } }] },
  });
  world.pool.faults.add({ name: 'reset-after', operation: 'InitiateAuth', nth: 1 });
  const credentials = { flow: 'USER_AUTH', username: 'alice', preferredChallenge: 'EMAIL_OTP' } as const;
  await expect(signIn(world.client, credentials, world.options)).rejects.toMatchObject({
    code: 'NETWORK_FAILED',
  });
  expect(world.pool.outbox).toHaveLength(1);
});

test.each(['internal-error', 'reset-before', 'reset-after', 'truncated-body', 'html', 'slow'] as const)(
  '%s at PASSWORD_VERIFIER: the proof is not sent twice',
  async (name) => {
    const c = CASES.SMS_MFA;
    const world = await createWorld(c);
    world.pool.faults.add({ name, challengeName: 'PASSWORD_VERIFIER', nth: 1, delay: 60_000 });
    const credentials = { username: 'alice', password: PASSWORD };
    const pending = signIn(world.client, credentials, { ...world.options, timeoutMs: 1000 });
    await expect(pending).rejects.toMatchObject({ recovery: 'start-again', operation: RESPOND });
    expect(world.sent).toEqual(['InitiateAuth', RESPOND]);
  },
);

test.each([0, 1, 2])(
  'B = %i N at PASSWORD_VERIFIER is refused before the password is used',
  async (multiple) => {
    const world = await createWorld(CASES.SMS_MFA);
    world.pool.faults.add({ name: 'zero-B', multiple });
    const pending = signIn(world.client, { username: 'alice', password: PASSWORD }, world.options);
    await expect(pending).rejects.toMatchObject({ code: 'SRP_B_INVALID', field: 'SRP_B' });
    expect(world.sent).toEqual(['InitiateAuth']);
  },
);

test('a service whose clock is an hour ahead is signed in to', async () => {
  const world = await createWorld(CASES.SMS_MFA);
  world.pool.faults.add({ name: 'clock-ahead', ahead: 3600 });
  expect(whereIs(await signIn(world.client, { username: 'alice', password: PASSWORD }, world.options))).toBe(
    'SMS_MFA',
  );
});
