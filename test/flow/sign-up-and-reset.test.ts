/** A sign-up and a forgotten password are followed to the sign-in that goes on after them. */
import type { UserPoolOptions } from '../../pool/src/index.ts';
import { type CodeFlowOptions, createPasswordResetFlow, createSignUpFlow } from '../../src/flow/index.ts';
import { memoryStorage } from '../../src/index.ts';
import { visible } from '../support/secrets.ts';
import { flowWorld, inState, PASSWORD } from './flow-world.ts';

const NEW_PASSWORD = 'Another-Horse-10';
const attributes = { email: 'alice@example.com' };
const input = { username: 'alice', password: PASSWORD, attributes };
const SIGN_UP: UserPoolOptions = { users: [] };
const EXISTING: UserPoolOptions = {
  users: [{ username: 'alice', password: PASSWORD, attributes: { ...attributes, email_verified: 'true' } }],
};

async function flows(options: UserPoolOptions, more: CodeFlowOptions = {}) {
  const world = await flowWorld({ options });
  const { client, options: call, clock, flow: signInFlow } = world;
  const shared: CodeFlowOptions = {
    signInFlow,
    passwordFlow: 'USER_PASSWORD_AUTH',
    call: { ...call, now: () => clock.ms },
    ...more,
  };
  return {
    ...world,
    signInFlow,
    signUp: createSignUpFlow(client, shared),
    reset: createPasswordResetFlow(client, shared),
    again: () => ({
      signUp: createSignUpFlow(client, shared),
      reset: createPasswordResetFlow(client, shared),
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
  expect((await signUp.confirm(code())).status).toBe('done');
  expect(signInFlow.getSnapshot().status).toBe('idle');
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
  expect(reset.getSnapshot()).toEqual({ status: 'done', username: 'alice' });
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
