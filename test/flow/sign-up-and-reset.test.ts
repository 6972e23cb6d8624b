/** A sign-up and a forgotten password are followed to the sign-in that goes on after them. */
import type { UserPoolOptions } from '../../pool/src/index.ts';
import {
  type CodeFlowInput,
  type CodeFlowOptions,
  createPasswordResetFlow,
  createSignUpFlow,
} from '../../src/flow/index.ts';
import { memoryStorage } from '../../src/index.ts';
import { visible } from '../support/secrets.ts';
import { flowWorld, inState, PASSWORD, until } from './flow-world.ts';

const NEW_PASSWORD = 'Another-Horse-10';
const attributes = { email: 'alice@example.com' };
const input = { username: 'alice', password: PASSWORD, attributes };
const SIGN_UP: UserPoolOptions = { users: [] };
const EXISTING: UserPoolOptions = {
  users: [{ username: 'alice', password: PASSWORD, attributes: { ...attributes, email_verified: 'true' } }],
};

async function flows(options: UserPoolOptions, more: CodeFlowInput = {}) {
  const world = await flowWorld({ options });
  const { client, clock, flow: signInFlow } = world;
  const shared: CodeFlowInput = { signInFlow, passwordFlow: 'USER_PASSWORD_AUTH', ...more };
  const sending: CodeFlowOptions = { ...world.options, now: () => clock.ms };
  return {
    ...world,
    signInFlow,
    signUp: createSignUpFlow(client, shared, sending),
    reset: createPasswordResetFlow(client, shared, sending),
    again: () => ({
      signUp: createSignUpFlow(client, shared, sending),
      reset: createPasswordResetFlow(client, shared, sending),
    }),
  };
}

test('a confirmed sign-up signs in by itself', async () => {
  const { signUp, signInFlow, code } = await flows(SIGN_UP);
  const seen: string[] = [];
  signUp.subscribe(({ status }) => seen.push(status));
  await signUp.start(input);
  expect(signUp.getSnapshot()).toMatchObject({ status: 'code-sent', delivery: { medium: 'EMAIL' } });
  await signUp.confirm(code());
  expect(seen).toEqual(['idle', 'working', 'code-sent', 'working', 'done']);
  expect(inState(signInFlow, 'signed-in').username).toBe('alice');
  expect(visible(signUp.getSnapshot())).not.toContain(PASSWORD);
});

test('where the automatic sign-in is not possible, the account is ready and the first form is shown', async () => {
  const client = { clientId: 'web', explicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] };
  const { signUp, signInFlow, code } = await flows({ ...SIGN_UP, clients: [client] });
  await signUp.start(input);
  expect(await signUp.confirm(code())).toEqual({ status: 'done', username: 'alice' });
  expect(signInFlow.getSnapshot().status).toBe('idle');
});

test('done says why the automatic sign-in failed', async () => {
  const client = { clientId: 'web', explicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] };
  const { reset, signInFlow, code } = await flows(
    { ...EXISTING, clients: [client] },
    { passwordFlow: 'USER_SRP_AUTH' },
  );
  await reset.start({ username: 'alice' });
  expect(await reset.confirm({ code: code(), newPassword: NEW_PASSWORD })).toMatchObject({
    status: 'done',
    signIn: 'failed',
    error: { code: 'FLOW_NOT_ENABLED' },
  });
  expect(signInFlow.getSnapshot()).toEqual({ status: 'idle', username: 'alice' });
});

test('done says that the sign-in asks a challenge, and says nothing if there is no sign-in', async () => {
  const user = {
    username: 'alice',
    password: PASSWORD,
    attributes: { ...attributes, email_verified: 'true' },
    mfa: { sms: '+4912345678' },
  };
  const { reset, signInFlow, code } = await flows({ users: [user] });
  await reset.start({ username: 'alice' });
  expect(await reset.confirm({ code: code(), newPassword: NEW_PASSWORD })).toEqual({
    status: 'done',
    username: 'alice',
    signIn: 'challenge',
  });
  expect(signInFlow.getSnapshot().status).toBe('challenge');
  const alone = await flows(SIGN_UP, { signInFlow: undefined });
  await alone.signUp.start(input);
  expect(await alone.signUp.confirm(alone.code())).toEqual({ status: 'done', username: 'alice' });
});

test.each(['signUp', 'reset'] as const)(
  'restart of %s while its sign-in goes on leads both flows to the first form',
  async (name) => {
    const world = await flows(name === 'signUp' ? SIGN_UP : EXISTING);
    const { signInFlow, signUp, reset, code, sent, hold, release } = world;
    await (name === 'signUp' ? signUp.start(input) : reset.start({ username: 'alice' }));
    const isSignIn = (operation: string) => operation === 'InitiateAuth';
    // The code flow sends by a fetch that is not held
    hold();
    const confirmed =
      name === 'signUp' ? signUp.confirm(code()) : reset.confirm({ code: code(), newPassword: NEW_PASSWORD });
    await until(() => sent.some(isSignIn));
    world[name].restart();
    expect(world[name].getSnapshot()).toEqual({ status: 'idle', username: 'alice' });
    expect(signInFlow.getSnapshot().status).toBe('idle');
    release();
    expect((await confirmed).status).toBe('idle');
    expect(signInFlow.getSnapshot().status).toBe('idle');
  },
);

test('a start for another user that fails does not show the form for the code of the one before', async () => {
  const { signUp } = await flows(SIGN_UP);
  await signUp.start(input);
  await signUp.start({ ...input, username: 'dave', password: 'short' });
  expect(signUp.getSnapshot()).toMatchObject({ status: 'failed', username: 'dave' });
  const { reset } = await flows(EXISTING);
  await reset.start({ username: 'alice' });
  await reset.start({ username: '' });
  expect(reset.getSnapshot()).toMatchObject({ status: 'failed', username: '' });
});

test.each([[{}], [{ medium: 'EMAIL' }], [{ medium: 7, destination: 'a***' }], ['e-mail']])(
  'a delivery that is kept as %j is not shown',
  async (delivery) => {
    const items = new Map<string, string>();
    const storage = {
      getItem: (key: string) => items.get(key),
      setItem: (key: string, value: string) => void items.set(key, value),
      removeItem: (key: string) => void items.delete(key),
    };
    const { signUp, again } = await flows(SIGN_UP, { storage });
    await signUp.start(input);
    for (const [key, value] of items) items.set(key, JSON.stringify({ ...JSON.parse(value), delivery }));
    const state = again().signUp.getSnapshot();
    expect(state).toMatchObject({ status: 'code-sent', username: 'alice' });
    expect(state).not.toHaveProperty('delivery');
  },
);

test('cancel while an asynchronous storage is read leaves what is kept', async () => {
  const items = new Map<string, string>();
  const storage = {
    getItem: async (key: string) => items.get(key),
    setItem: async (key: string, value: string) => void items.set(key, value),
    removeItem: async (key: string) => void items.delete(key),
  };
  const { signUp, again } = await flows(SIGN_UP, { storage });
  await signUp.start(input);
  await new Promise((resolve) => setTimeout(resolve));
  expect(items.size).toBe(1);
  const after = again().signUp;
  expect(after.getSnapshot().status).toBe('working');
  after.cancel();
  expect(after.getSnapshot()).toEqual({ status: 'idle' });
  await new Promise((resolve) => setTimeout(resolve));
  expect(items.size).toBe(1);
  after.restart();
  await new Promise((resolve) => setTimeout(resolve));
  expect(items.size).toBe(0);
});

test('a wrong code can be entered again, and another one can be sent', async () => {
  const { signUp, code, pool } = await flows(SIGN_UP);
  await signUp.start(input);
  const sent = pool.outbox.length;
  await signUp.confirm('000000');
  expect(signUp.getSnapshot()).toMatchObject({ status: 'code-sent', error: { code: 'CODE_MISMATCH' } });
  await signUp.resend();
  expect(signUp.getSnapshot()).toMatchObject({ status: 'code-sent', wasResent: true });
  expect(signUp.getSnapshot()).not.toHaveProperty('error');
  expect(pool.outbox.length).toBe(sent + 1);
  expect((await signUp.confirm(code())).status).toBe('done');
});

test('a name that is taken fails with that name, and the next start goes on', async () => {
  const { signUp } = await flows(EXISTING);
  await signUp.start(input);
  expect(signUp.getSnapshot()).toMatchObject({
    status: 'failed',
    username: 'alice',
    error: { code: 'USERNAME_EXISTS' },
  });
  expect((await signUp.start({ ...input, username: 'bob', attributes: {} })).status).not.toBe('failed');
});

test('two clicks sign up once, and cancel shows the form again', async () => {
  const { signUp, sent } = await flows(SIGN_UP);
  await Promise.all([signUp.start(input), signUp.start(input)]);
  expect(sent).toEqual(['SignUp']);
  const { signUp: other } = await flows(SIGN_UP);
  const started = other.start(input);
  other.cancel();
  expect(other.getSnapshot()).toEqual({ status: 'idle' });
  await started;
  expect(other.getSnapshot()).toEqual({ status: 'idle' });
});

test('the form for the code survives a reload, and can be asked for by name', async () => {
  const { signUp, again, code } = await flows(SIGN_UP, { storage: memoryStorage() });
  await signUp.start(input);
  const after = again().signUp;
  expect(after.getSnapshot()).toEqual(signUp.getSnapshot());
  expect((await after.confirm(code())).status).toBe('done');
  expect(again().signUp.getSnapshot()).toEqual({ status: 'idle' });
  const asked = again().signUp;
  asked.askForCode('bob');
  expect(asked.getSnapshot()).toEqual({ status: 'code-sent', username: 'bob' });
  asked.restart();
  expect(asked.getSnapshot()).toEqual({ status: 'idle', username: 'bob' });
});

test('a new password signs in by itself', async () => {
  const { reset, signInFlow, code } = await flows(EXISTING);
  await reset.start({ username: 'alice' });
  expect(reset.getSnapshot()).toMatchObject({ status: 'code-sent', delivery: { medium: 'EMAIL' } });
  await reset.confirm({ code: code(), newPassword: NEW_PASSWORD });
  expect(reset.getSnapshot()).toEqual({ status: 'done', username: 'alice', signIn: 'signed-in' });
  expect(signInFlow.getSnapshot().status).toBe('signed-in');
  expect(visible(reset.getSnapshot())).not.toContain(NEW_PASSWORD);
});

test('a weak password and a wrong code stay in the form', async () => {
  const { reset, code } = await flows(EXISTING, { storage: memoryStorage() });
  await reset.start({ username: 'alice' });
  await reset.confirm({ code: code(), newPassword: 'short' });
  expect(reset.getSnapshot()).toMatchObject({ status: 'code-sent', error: { code: 'PASSWORD_POLICY' } });
  await reset.confirm({ code: '000000', newPassword: NEW_PASSWORD });
  expect(reset.getSnapshot()).toMatchObject({ status: 'code-sent', error: { code: 'CODE_MISMATCH' } });
  await reset.confirm({ code: '', newPassword: NEW_PASSWORD });
  expect(reset.getSnapshot()).toMatchObject({ status: 'code-sent', error: { code: 'ANSWER_INVALID' } });
  await reset.resend();
  expect(reset.getSnapshot()).toMatchObject({ status: 'code-sent', wasResent: true });
  expect((await reset.confirm({ code: code(), newPassword: NEW_PASSWORD })).status).toBe('done');
});

test('what does not fit the state sends nothing', async () => {
  const { signUp, reset, sent } = await flows(EXISTING);
  expect((await signUp.confirm('123456')).status).toBe('idle');
  expect((await signUp.resend()).status).toBe('idle');
  expect((await reset.confirm({ code: '123456', newPassword: NEW_PASSWORD })).status).toBe('idle');
  expect((await reset.resend()).status).toBe('idle');
  expect(sent).toEqual([]);
});
