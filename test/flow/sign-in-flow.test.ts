/** A sign-in is followed from its first form to the tokens, through every challenge. */
import { createSignInFlow, type SignInState } from '../../src/flow/index.ts';
import { type AnswerTo, type ChallengeName, createUserStore, memoryStorage } from '../../src/index.ts';
import { CASES, type Case } from '../cognito/challenge-cases.ts';
import { client } from '../support/client.ts';
import { visible } from '../support/secrets.ts';
import { challengeIn, flowWorld, inState, PASSWORD, password, SMS_USER } from './flow-world.ts';

const names = Object.keys(CASES) as ChallengeName[];

test('a password alone leads over working to signed-in', async () => {
  const { flow, seen, pool } = await flowWorld({
    options: { users: [{ username: 'alice', password: PASSWORD }] },
  });
  expect(await flow.start(password)).toBe(flow.getSnapshot());
  expect(seen).toEqual(['idle', 'working', 'signed-in']);
  const { step, username } = inState(flow, 'signed-in');
  expect({ username, status: step.status }).toEqual({ username: 'alice', status: 'signed-in' });
  expect(pool.outbox).toEqual([]);
});

describe.each(names)('%s', (name) => {
  const c = CASES[name] as Case<ChallengeName>;

  test('is asked, and the right answer goes on', async () => {
    const world = await flowWorld(c);
    const { flow } = world;
    await flow.start(c.credentials);
    const challenge = challengeIn(flow, name);
    // The right answer of MFA_SETUP needs a secret, which has a test of its own below
    const given = name === 'MFA_SETUP' ? { email: 'new@example.com' } : c.right(world, challenge);
    const state = await flow.answer<ChallengeName>(challenge, given as AnswerTo<{ name: ChallengeName }>);
    const next = name === 'MFA_SETUP' ? 'EMAIL_OTP' : c.next;
    expect(state.status === 'challenge' ? state.challenge.name : state.status).toBe(next);
  });

  test('refuses a misshapen answer without a request, and can be answered again', async () => {
    const world = await flowWorld(c);
    const { flow, sent } = world;
    await flow.start(c.credentials);
    const challenge = challengeIn(flow, name);
    const before = sent.length;
    await flow.answer<ChallengeName>(challenge, c.misshapen.answer as never);
    expect(inState(flow, 'challenge')).toMatchObject({
      challenge,
      error: { code: 'ANSWER_INVALID', field: c.misshapen.field },
    });
    expect(sent.length).toBe(before);
  });
});

test('a wrong code stays in the challenge, with the error beside it, until the right one', async () => {
  const { flow, code } = await flowWorld({ options: SMS_USER });
  await flow.start(password);
  const challenge = challengeIn(flow, 'SMS_MFA');
  await flow.answer(challenge, { code: '000000' });
  expect(inState(flow, 'challenge')).toMatchObject({ challenge, error: { code: 'CODE_MISMATCH' } });
  await flow.answer(challenge, { code: code() });
  expect(flow.getSnapshot().status).toBe('signed-in');
});

test('while an answer is checked, the form of the challenge can stay on the page', async () => {
  const { flow, code } = await flowWorld({ options: SMS_USER });
  await flow.start(password);
  const challenge = challengeIn(flow, 'SMS_MFA');
  const done = flow.answer(challenge, { code: code() });
  expect(inState(flow, 'working')).toMatchObject({
    work: 'answering',
    from: { status: 'challenge', challenge },
  });
  await done;
});

test('a wrong password fails with the name that was typed, and the next start goes on', async () => {
  const { flow } = await flowWorld({ options: { users: [{ username: 'alice', password: PASSWORD }] } });
  await flow.start({ ...password, password: 'wrong' });
  expect(inState(flow, 'failed')).toMatchObject({
    username: 'alice',
    error: { code: 'INCORRECT_USERNAME_OR_PASSWORD' },
  });
  expect((await flow.start(password)).status).toBe('signed-in');
});

test('what the caller gets wrong is a state, too', async () => {
  const { flow, sent } = await flowWorld({ options: SMS_USER });
  await flow.start({ ...password, username: '' });
  expect(inState(flow, 'failed').error).toMatchObject({ code: 'USERNAME_INVALID' });
  await flow.start(undefined as never);
  expect(flow.getSnapshot().status).toBe('failed');
  expect(sent).toEqual([]);
  expect(() => createSignInFlow(undefined as never)).toThrow(expect.objectContaining({ field: 'pool' }));
  expect(() => createSignInFlow(client, { storage: {} as never })).toThrow(
    expect.objectContaining({ field: 'storage' }),
  );
});

test('no state and nothing that is kept holds a password', async () => {
  const items = new Map<string, string>();
  const storage = {
    getItem: (key: string) => items.get(key),
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
  const { flow, code } = await flowWorld({ options: SMS_USER }, { storage });
  const states: SignInState[] = [];
  flow.subscribe((state) => states.push(state));
  await flow.start(password);
  expect(items.size).toBe(1);
  const kept = [...items.values()].join();
  await flow.answer(challengeIn(flow, 'SMS_MFA'), { code: code() });
  expect(visible(states) + visible(flow) + kept).not.toContain(PASSWORD);
  expect(items.size).toBe(0);
});

test('the code of a first factor can be sent again, after a choice and after a start', async () => {
  const user = {
    username: 'alice',
    password: PASSWORD,
    attributes: { email: 'a@x.org', email_verified: 'true' },
  };
  const { flow, pool, code } = await flowWorld({ options: { users: [user] } });
  await flow.start({ flow: 'USER_AUTH', username: 'alice' });
  await flow.answer(challengeIn(flow, 'SELECT_CHALLENGE'), { choice: 'EMAIL_OTP' });
  expect(inState(flow, 'challenge').canResend).toBe(true);
  await flow.resend();
  expect(inState(flow, 'challenge')).toMatchObject({ canResend: true, wasResent: true });
  expect(pool.outbox.length).toBe(2);
  expect((await flow.answer(challengeIn(flow, 'EMAIL_OTP'), { code: code() })).status).toBe('signed-in');
  await flow.start({ flow: 'USER_AUTH', username: 'alice', preferredChallenge: 'EMAIL_OTP' });
  expect(inState(flow, 'challenge').canResend).toBe(true);
});

test('the code of a second factor cannot be sent again, so resend sends nothing', async () => {
  const { flow, sent } = await flowWorld({ options: SMS_USER });
  await flow.start(password);
  expect(inState(flow, 'challenge').canResend).toBe(false);
  const before = sent.length;
  expect(await flow.resend()).toBe(flow.getSnapshot());
  expect(sent.length).toBe(before);
});

test('the same question again says that the answer was wrong', async () => {
  const { options } = CASES.CUSTOM_CHALLENGE;
  const { flow } = await flowWorld({ options });
  await flow.start({ flow: 'CUSTOM_AUTH', username: 'alice' });
  expect(inState(flow, 'challenge').wasWrong).toBeUndefined();
  await flow.answer(challengeIn(flow, 'CUSTOM_CHALLENGE'), { answer: 'green' });
  expect(inState(flow, 'challenge').wasWrong).toBe(true);
});

test('an authenticator app is set up by the secret that the state has', async () => {
  const { flow } = await flowWorld(CASES.MFA_SETUP as Case<ChallengeName>);
  await flow.start(CASES.MFA_SETUP.credentials);
  const before = challengeIn(flow, 'MFA_SETUP');
  await flow.setUpSoftwareToken(before, { issuer: 'Test' });
  expect(inState(flow, 'challenge').softwareToken?.otpauthUri).toMatch(/^otpauth:\/\/totp\/Test/);
  // The challenge before has a session that is spent
  expect(await flow.answer(before, { code: '000000' })).toBe(flow.getSnapshot());
  await flow.answer(challengeIn(flow, 'MFA_SETUP'), { code: '000000' });
  expect(inState(flow, 'challenge').softwareToken).toBeDefined();
});

test('the store has the tokens before the state says signed-in', async () => {
  const store = createUserStore(memoryStorage(), client);
  const { flow } = await flowWorld(
    { options: { users: [{ username: 'alice', password: PASSWORD }] } },
    { store },
  );
  const stored: unknown[] = [];
  flow.subscribe(({ status }) => status === 'signed-in' && stored.push(store.load()));
  await flow.start(password);
  expect(stored).toHaveLength(1);
  expect(await stored[0]).toMatchObject({ username: 'alice' });
});
