/** A pool that tracks devices, its users, and a user store over a storage that a test can see. */
import { createUserPool } from '../../pool/src/index.ts';
import {
  confirmNewDevice,
  createUserStore,
  type KeyValueStorage,
  respond,
  type SignedIn,
  type Step,
  signIn,
  type UserStore,
} from '../../src/index.ts';
import { client } from '../support/client.ts';

export const PASSWORD = 'Correct-Horse-9';
export const EMAIL = 'alice@example.com';
export const ROOT = 'CognitoIdentityServiceProvider.web';

/** RSA keys take their time: all tests of a file have the same pool, with users of their own. */
export const pool = createUserPool({ devices: { challengeRequiredOnNewDevice: true } });

/** Before each test. */
export function addUsers(): void {
  pool.users.add({ username: 'alice', password: PASSWORD, aliases: [EMAIL], mfa: { sms: '+15550001234' } });
  pool.users.add({ username: 'bob', password: PASSWORD, mfa: { sms: '+15550005678' } });
}

/** Keeps in a Map that a test can see and change. */
export function recorded(initial: ReadonlyMap<string, string> = new Map()) {
  const items = new Map(initial);
  const storage: KeyValueStorage = {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
  return { items, storage };
}

export const start = (username: string, store: UserStore) =>
  signIn(client, { username, password: PASSWORD }, { fetch: pool.fetch, device: store.device });

/** Answers SMS_MFA with the code that was sent. */
export async function answered(step: Step, store: UserStore): Promise<Step> {
  if (step.status !== 'challenge' || step.challenge.name !== 'SMS_MFA') {
    throw new Error(`No SMS_MFA: ${JSON.stringify(step)}`);
  }
  const code = pool.outbox.at(-1)?.code ?? '';
  return respond(client, step.challenge, { code }, { fetch: pool.fetch, device: store.device });
}

/** With a code where one is asked for; what is not signed in then is an error. */
export async function signedInAs(username: string, store: UserStore): Promise<SignedIn> {
  let step = await start(username, store);
  if (step.status === 'challenge') step = await answered(step, store);
  if (step.status !== 'signed-in') throw new Error(`Not signed in: ${step.challenge.name}`);
  return step;
}

/** Signed in, its device remembered, everything stored. */
export async function stored(
  storage: KeyValueStorage,
  username = 'alice',
  typed = username,
): Promise<SignedIn> {
  const store = createUserStore(storage, client);
  const step = await confirmNewDevice(client, await signedInAs(typed, store), {}, { fetch: pool.fetch });
  expect(step.device).toBeDefined();
  await store.save(step, typed);
  return step;
}

/** Tokens with claims of one's choice; nothing here verifies them. */
export const jwt = (claims: object) =>
  ['{}', JSON.stringify(claims), 'the signature of it']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');
