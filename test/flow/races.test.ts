/** Clicks that come too early, too late or twice do no harm to a sign-in flow. */
import { createSignInFlow } from '../../src/flow/index.ts';
import { createUserStore, memoryStorage } from '../../src/index.ts';
import { client } from '../support/client.ts';
import { challengeIn, flowWorld, inState, PASSWORD, password, SMS_USER, until } from './flow-world.ts';

const ALICE = { users: [{ username: 'alice', password: PASSWORD }] };
const tick = () => new Promise((resolve) => setTimeout(resolve));

test('two starts at once send one request, and both get its state', async () => {
  const { flow, sent } = await flowWorld({ options: ALICE });
  const [first, second] = await Promise.all([flow.start(password), flow.start(password)]);
  expect(first).toBe(second);
  expect(sent).toEqual(['InitiateAuth']);
});

test('two answers at once send one request', async () => {
  const { flow, sent, code } = await flowWorld({ options: SMS_USER });
  await flow.start(password);
  const challenge = challengeIn(flow, 'SMS_MFA');
  const answers = [flow.answer(challenge, { code: code() }), flow.answer(challenge, { code: '000000' })];
  const states = await Promise.all(answers);
  expect(states.map(({ status }) => status)).toEqual(['signed-in', 'signed-in']);
  expect(sent).toEqual(['InitiateAuth', 'RespondToAuthChallenge']);
});

test('a listener that starts again while the state changes does not send a second request', async () => {
  const { flow, sent } = await flowWorld({ options: ALICE });
  flow.subscribe(({ status }) => {
    if (status === 'working') void flow.start(password);
  });
  await flow.start(password);
  expect(sent).toEqual(['InitiateAuth']);
});

test('cancel leads back to the form at once, and the reply that still comes is ignored', async () => {
  const { flow, seen, hold, release } = await flowWorld({ options: ALICE });
  hold();
  const started = flow.start(password);
  await tick();
  flow.cancel();
  expect(flow.getSnapshot()).toEqual({ status: 'idle' });
  release();
  expect((await started).status).toBe('idle');
  await tick();
  expect(seen).toEqual(['idle', 'working', 'idle']);
});

test('a start after cancel is not disturbed by the reply to the one before', async () => {
  const { flow, hold, release } = await flowWorld({ options: ALICE });
  hold();
  const first = flow.start({ ...password, password: 'wrong' });
  await tick();
  flow.cancel();
  const second = flow.start(password);
  release();
  expect((await first).status).not.toBe('failed');
  expect((await second).status).toBe('signed-in');
});

test('cancel while an answer is checked shows the challenge again', async () => {
  const { flow, hold, release, code } = await flowWorld({ options: SMS_USER });
  await flow.start(password);
  const challenge = challengeIn(flow, 'SMS_MFA');
  hold();
  const answered = flow.answer(challenge, { code: code() });
  await tick();
  flow.cancel();
  expect(challengeIn(flow, 'SMS_MFA')).toBe(challenge);
  release();
  await answered;
  // The service took the answer, so its session is spent
  await flow.answer(challenge, { code: code() });
  expect(inState(flow, 'failed').error).toMatchObject({ recovery: 'start-again' });
});

test('cancel without work changes nothing, and no listener is called', async () => {
  const { flow, seen } = await flowWorld({ options: ALICE });
  const before = flow.getSnapshot();
  flow.cancel();
  expect(flow.getSnapshot()).toBe(before);
  expect(seen).toEqual(['idle']);
});

/** A store that writes nothing before `release` is called. `storing` resolves once it was asked to write since the last time. */
function slowStore() {
  const storage = memoryStorage();
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let isStoring = false;
  const setItem = (key: string, value: string) => {
    isStoring = true;
    return held.then(() => storage.setItem(key, value));
  };
  return {
    store: createUserStore({ ...storage, setItem }, client),
    release: () => release(),
    storing: async () => {
      await until(() => isStoring);
      isStoring = false;
    },
  };
}

test('cancel comes too late once the service has given tokens', async () => {
  const { store, storing, release } = slowStore();
  const { flow } = await flowWorld({ options: ALICE }, { store });
  const started = flow.start(password);
  await storing();
  flow.cancel();
  release();
  expect((await started).status).toBe('signed-in');
});

test('restart while a new device is confirmed leads to idle, and the store has nobody', async () => {
  const store = createUserStore(memoryStorage(), client);
  const devices = { challengeRequiredOnNewDevice: true };
  const { flow, seen, sent, hold, release } = await flowWorld({ options: { ...ALICE, devices } }, { store });
  hold('ConfirmDevice');
  const started = flow.start(password);
  await until(() => sent.includes('ConfirmDevice'));
  flow.restart();
  expect(flow.getSnapshot()).toEqual({ status: 'idle' });
  release();
  expect((await started).status).toBe('idle');
  await tick();
  expect(await store.load()).toBeUndefined();
  expect(seen).toEqual(['idle', 'working', 'idle']);
});

test('restart while the tokens are stored removes them again, and not those of the next sign-in', async () => {
  const { store, storing, release } = slowStore();
  const { flow } = await flowWorld({ options: ALICE }, { store });
  const started = flow.start(password);
  await storing();
  flow.restart();
  expect(flow.getSnapshot()).toEqual({ status: 'idle' });
  release();
  expect((await started).status).toBe('idle');
  expect(await store.load()).toBeUndefined();

  const first = flow.start(password);
  await storing();
  flow.restart();
  const second = flow.start(password);
  await Promise.all([first, second]);
  expect(flow.getSnapshot().status).toBe('signed-in');
  expect(await store.load()).toMatchObject({ username: 'alice' });
});

test.each([
  ['the tokens', ['setItem']],
  ['a device that is useless', ['getItem', 'removeItem']],
])('a storage that does not answer for %s ends in signed-in with storeError', async (_, methods) => {
  const storage = memoryStorage();
  const hangs = {
    ...storage,
    ...Object.fromEntries(methods.map((name) => [name, () => new Promise(() => {})])),
  };
  const store = createUserStore(hangs as typeof storage, client);
  const transport = async () => ({ AuthenticationResult: { AccessToken: 'a.b.c', ExpiresIn: 3600 } });
  const damaged = { username: 'alice', key: 'eu-west-1_x' };
  const input = { store, device: async () => damaged };
  const flow = createSignInFlow(client, input, { transport, timeoutMs: 50 });
  expect(await flow.start(password)).toMatchObject({
    status: 'signed-in',
    storeError: { code: 'TIMED_OUT', recovery: 'try-later' },
  });
});

test('an answer to a challenge that is no longer asked is ignored', async () => {
  const { flow, sent, code } = await flowWorld({ options: SMS_USER });
  await flow.start(password);
  const old = challengeIn(flow, 'SMS_MFA');
  await flow.start(password);
  const before = sent.length;
  expect(await flow.answer(old, { code: code() })).toBe(flow.getSnapshot());
  expect(sent.length).toBe(before);
  flow.restart();
  expect((await flow.answer(old, { code: code() })).status).toBe('idle');
});

test('an answer by a snapshot that came as JSON from elsewhere is taken', async () => {
  const { flow, code } = await flowWorld({ options: SMS_USER });
  await flow.start(password);
  const copy = JSON.parse(JSON.stringify(challengeIn(flow, 'SMS_MFA'))) as ReturnType<
    typeof challengeIn<'SMS_MFA'>
  >;
  expect((await flow.answer(copy, { code: code() })).status).toBe('signed-in');
});

test('restart ends what is under way, and keeps the name', async () => {
  const { flow, hold, release } = await flowWorld({ options: SMS_USER });
  await flow.start(password);
  hold();
  const answered = flow.answer(challengeIn(flow, 'SMS_MFA'), { code: '000000' });
  await tick();
  flow.restart();
  expect(flow.getSnapshot()).toEqual({ status: 'idle', username: 'alice' });
  release();
  expect((await answered).status).toBe('idle');
});

test('functions that do not fit the state send nothing', async () => {
  const { flow, sent } = await flowWorld({ options: ALICE });
  expect((await flow.resend()).status).toBe('idle');
  expect((await flow.rememberDevice(true)).status).toBe('idle');
  expect((await flow.answer({ name: 'SMS_MFA' } as never, { code: '1' } as never)).status).toBe('idle');
  expect((await flow.answer(undefined as never, undefined as never)).status).toBe('idle');
  expect(sent).toEqual([]);
});
