/** A sign-in flow goes on after a reload, and what the storage does to it never ends it. */
import { runInNewContext } from 'node:vm';
import { createUserStore, type KeyValueStorage, memoryStorage, webStorage } from '../../src/index.ts';
import { client } from '../support/client.ts';
import { challengeIn, flowWorld, inState, PASSWORD, password, SMS_USER } from './flow-world.ts';

const ALICE = { users: [{ username: 'alice', password: PASSWORD }] };
/** A storage that can be looked at. */
function openStorage() {
  const items = new Map<string, string>();
  const storage = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  } satisfies KeyValueStorage;
  return { items, storage };
}

test('the challenge is there at once after a reload, and is answered then', async () => {
  const { storage, items } = openStorage();
  const { flow, reload, code } = await flowWorld({ options: SMS_USER }, { storage });
  await flow.start(password);
  const after = reload();
  expect(after.getSnapshot()).toEqual(flow.getSnapshot());
  await after.answer(challengeIn(after, 'SMS_MFA'), { code: code() });
  expect(after.getSnapshot().status).toBe('signed-in');
  expect(items.size).toBe(0);
  expect(reload().getSnapshot()).toEqual({ status: 'idle' });
});

test('an asynchronous storage is read first, and what is started meanwhile waits for nothing', async () => {
  const { storage } = openStorage();
  const slow: KeyValueStorage = {
    // A promise of another realm, which is not an instance of this one's
    getItem: (key) =>
      runInNewContext('Promise.resolve(value)', { value: storage.getItem(key) }) as Promise<string | null>,
    setItem: async (key, value) => storage.setItem(key, value),
    removeItem: async (key) => storage.removeItem(key),
  };
  const { flow, reload } = await flowWorld({ options: SMS_USER }, { storage: slow });
  await flow.start(password);
  await new Promise((resolve) => setTimeout(resolve));
  const after = reload();
  expect(inState(after, 'working').work).toBe('restoring');
  await new Promise((resolve) => setTimeout(resolve));
  expect(challengeIn(after, 'SMS_MFA').name).toBe('SMS_MFA');
  const cancelled = reload();
  cancelled.cancel();
  expect(cancelled.getSnapshot()).toEqual({ status: 'idle' });
  await new Promise((resolve) => setTimeout(resolve));
  expect(cancelled.getSnapshot()).toEqual({ status: 'idle' });
});

test('a challenge that has expired meanwhile is SESSION_EXPIRED, and a new sign-in can start', async () => {
  const { storage, items } = openStorage();
  const { flow, reload, clock } = await flowWorld({ options: SMS_USER }, { storage });
  await flow.start(password);
  clock.ms += 4 * 60_000;
  const after = reload();
  expect(inState(after, 'failed')).toMatchObject({
    username: 'alice',
    error: { code: 'SESSION_EXPIRED', recovery: 'start-again' },
  });
  expect(items.size).toBe(0);
  expect((await after.start(password)).status).toBe('challenge');
});

test('a challenge that expires on the page is not sent: the sign-in has to start again', async () => {
  const { flow, clock, sent, code } = await flowWorld({ options: SMS_USER });
  await flow.start(password);
  clock.ms += 4 * 60_000;
  await flow.answer(challengeIn(flow, 'SMS_MFA'), { code: code() });
  expect(inState(flow, 'failed').error).toMatchObject({ code: 'SESSION_EXPIRED' });
  expect(sent).toEqual(['InitiateAuth']);
  flow.restart();
  expect(flow.getSnapshot()).toEqual({ status: 'idle', username: 'alice' });
});

test.each([
  ['damaged', () => '{"status":"challenge","username":"alice","challenge":{}}'],
  ['not JSON', () => 'hello'],
  ['of another version', (kept: string) => kept.replace('"version":1', '"version":2')],
  ['of another pool', (kept: string) => kept.replaceAll('us-east-1_LocalPool', 'us-east-1_OtherPool')],
  ['a state that does not survive', () => '{"status":"signed-in","username":"alice"}'],
  ['without a name', (kept: string) => kept.replaceAll('"username":"alice"', '"username":""')],
])('what is kept and is %s leads to the first form', async (_, damage) => {
  const { storage, items } = openStorage();
  const { flow, reload } = await flowWorld({ options: SMS_USER }, { storage });
  await flow.start(password);
  for (const [key, value] of items) items.set(key, damage(value));
  expect(reload().getSnapshot()).toEqual({ status: 'idle' });
});

test('a full or forbidden storage does not end the sign-in, and no older challenge stays in it', async () => {
  const { storage, items } = openStorage();
  let isFull = false;
  const full: KeyValueStorage = {
    ...storage,
    setItem: (key, value) => {
      if (isFull) throw new DOMException('The quota has been exceeded', 'QuotaExceededError');
      storage.setItem(key, value);
    },
  };
  const { flow, code } = await flowWorld({ options: SMS_USER }, { storage: full });
  await flow.start(password);
  isFull = true;
  await flow.start(password);
  expect(items.size).toBe(0);
  expect((await flow.answer(challengeIn(flow, 'SMS_MFA'), { code: code() })).status).toBe('signed-in');

  const forbidden = webStorage(() => {
    throw new DOMException('Denied', 'SecurityError');
  });
  const other = await flowWorld({ options: SMS_USER }, { storage: forbidden });
  expect((await other.flow.start(password)).status).toBe('challenge');
  const broken: KeyValueStorage = {
    getItem: () => Promise.reject(new Error('broken')),
    setItem: () => Promise.reject(new Error('broken')),
    removeItem: () => Promise.reject(new Error('broken')),
  };
  const third = await flowWorld({ options: SMS_USER }, { storage: broken });
  await third.flow.start(password);
  expect((await third.flow.start(password)).status).toBe('challenge');
});

test('a store that cannot keep the tokens leaves the user signed in, and says why', async () => {
  const error = new DOMException('The quota has been exceeded', 'QuotaExceededError');
  const full: KeyValueStorage = {
    ...memoryStorage(),
    setItem: () => {
      throw error;
    },
  };
  const { flow } = await flowWorld({ options: ALICE }, { store: createUserStore(full, client) });
  await flow.start(password);
  expect(inState(flow, 'signed-in').storeError).toBeDefined();
  expect(inState(flow, 'signed-in').step.tokens.accessToken).toContain('.');
});
