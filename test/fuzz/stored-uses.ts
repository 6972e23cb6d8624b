/** What is done with something stored: everything that the engine has for it, whose failures have a name. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPasswordResetFlow, createSignInFlow, createSignUpFlow } from '../../src/flow/index.ts';
import {
  createTokenKeeper,
  createUserStore,
  memoryStorage,
  type SignedIn,
  type StoredDevice,
  signIn,
  type UserStoreOptions,
} from '../../src/index.ts';
import { createSession } from '../../src/session/index.ts';
import { fileStorage } from '../../src/storage/index.ts';
import { checkNamedError, checkShowsNone } from './case-checks.ts';
import { expand, type Json, toText, toValue } from './odd-values.ts';
import { CLIENT, type Recording, steadyOptions } from './recorded-calls.ts';
import { PASSWORD, TIME } from './steady-world.ts';
import { Fault } from './target.ts';

export type Items = Readonly<Record<string, string>>;

export type StoredCase =
  | {
      readonly kind: 'user store' | 'session' | 'flow';
      readonly items: Items;
      readonly options: UserStoreOptions;
      readonly name: string;
    }
  | {
      readonly kind: 'file';
      readonly content: string;
      readonly encoding: 'utf8' | 'latin1';
      readonly writes: boolean;
    }
  | { readonly kind: 'device'; readonly device: Json }
  | { readonly kind: 'keeper'; readonly tokens: Json };

export async function useStored(recording: Recording, folder: string, input: StoredCase): Promise<void> {
  switch (input.kind) {
    case 'file':
      return useFile(join(folder, 'stored.json'), input);
    case 'device':
      return useDevice(recording, input.device);
    case 'keeper':
      return useKeeper(recording, input.tokens);
    case 'user store':
      return useStore(recording, expandedItems(input.items), input);
    case 'session':
      return useSession(recording, expandedItems(input.items), input.options);
    case 'flow':
      return useFlows(recording, expandedItems(input.items), input.options);
  }
}

const expandedItems = (items: Items): Items =>
  Object.fromEntries(Object.entries(items).map(([key, value]) => [key, expand(value)]));

/** Runs what may fail with a named error, which shows nothing of what is stored. */
async function mayRefuse<Result>(
  secrets: readonly string[],
  work: () => Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Fault) throw error;
    checkNamedError(error);
    checkShowsNone(error, secrets);
    return undefined;
  }
}

const secretsOf = ({ signedIn: { tokens }, device }: Recording): readonly string[] => [
  PASSWORD,
  tokens.accessToken,
  tokens.refreshToken ?? PASSWORD,
  device.password,
];

/** A fetch that gives the recorded reply of the operation. */
const recordedFetch = (recording: Recording, name: string) => async () => {
  const reply = recording.calls.find((call) => call.name === name)?.replies.at(-1);
  return new Response(reply?.body ?? '{}', { status: reply?.status ?? 200 });
};

async function useStore(
  recording: Recording,
  items: Items,
  { options, name }: { options: UserStoreOptions; name: string },
) {
  const { signedIn, device } = recording;
  const store = createUserStore(memoryStorage(items), CLIENT, { ...options, now: () => TIME });
  const read = async () => {
    for (const username of [undefined, name, 'alice']) {
      const user = await store.load(username);
      if (user && (user.username === '' || !Number.isFinite(user.tokens.expiresAt))) {
        throw new Fault(`A user without a name or an end: ${JSON.stringify(user).slice(0, 500)}`);
      }
      await store.device(username ?? '');
    }
  };
  await read();
  await mayRefuse(secretsOf(recording), () => store.saveTokens(expand(name) || 'x', signedIn.tokens));
  const step: SignedIn = { ...signedIn, device };
  await store.save(step, name);
  const loaded = await store.load();
  // Whatever was there before, what was saved is read
  if (loaded?.username !== 'alice' || loaded.tokens.accessToken !== signedIn.tokens.accessToken) {
    throw new Fault('What was saved is not read');
  }
  if ((await store.device('alice'))?.password !== device.password)
    throw new Fault('The device that was saved is not read');
  await read();
  await store.signOut('alice');
  if (await store.load('alice')) throw new Fault('There are tokens after a sign-out');
  await store.removeDevice('alice');
}

async function useSession(recording: Recording, items: Items, options: UserStoreOptions): Promise<void> {
  const store = createUserStore(memoryStorage(items), CLIENT, { ...options, now: () => TIME });
  const fetch = recordedFetch(recording, 'refreshTokens');
  const session = createSession(CLIENT, { store }, { ...steadyOptions(), fetch, maxAttempts: 1 });
  await session.restore();
  await mayRefuse(secretsOf(recording), () => session.tokens());
  await mayRefuse(secretsOf(recording), () => session.tokens({ refresh: true }));
  await session.signOut();
  const { status } = session.getSnapshot();
  session.close();
  if (status !== 'signed-out') throw new Fault(`A session that was signed out is ${status}`);
}

const REFUSED = JSON.stringify({ __type: 'CodeMismatchException', message: 'Invalid code' });

async function useFlows({ signedIn }: Recording, items: Items, options: UserStoreOptions): Promise<void> {
  const callOptions = {
    ...steadyOptions(),
    fetch: async () => new Response(REFUSED, { status: 400 }),
    maxAttempts: 1,
  };
  const storage = memoryStorage(items);
  const store = createUserStore(memoryStorage(items), CLIENT, { ...options, now: () => TIME });
  const flow = createSignInFlow(CLIENT, { store, storage }, callOptions);
  const codeFlows = [
    createSignUpFlow(CLIENT, { storage, signInFlow: flow }, callOptions),
    createPasswordResetFlow(CLIENT, { storage }, callOptions),
  ];
  for (const each of [flow, ...codeFlows]) {
    const { status } = each.getSnapshot();
    if (
      ![
        'idle',
        'challenge',
        'device-question',
        'failed',
        'working',
        'signed-in',
        'code-sent',
        'done',
      ].includes(status)
    ) {
      throw new Fault(`A flow with the state ${status}`);
    }
  }
  // What was restored can be gone on with
  await flow.resend();
  await flow.rememberDevice(false);
  for (const each of codeFlows) await each.resend();
  const state = await flow.start({
    flow: 'USER_PASSWORD_AUTH',
    username: signedIn.username,
    password: PASSWORD,
  });
  if (state.status === 'failed') checkNamedError(state.error);
  for (const each of [flow, ...codeFlows]) each.restart();
  if (flow.getSnapshot().status !== 'idle') throw new Fault('A flow that was begun anew is not idle');
}

async function useFile(path: string, input: StoredCase & { readonly kind: 'file' }): Promise<void> {
  writeFileSync(path, Buffer.from(expand(input.content), input.encoding));
  const storage = fileStorage(path);
  await createUserStore(storage, CLIENT, { now: () => TIME }).load();
  for (const name of ['__proto__', 'constructor']) {
    const value = await storage.getItem(name);
    if (value !== undefined && typeof value !== 'string') throw new Fault(`The item ${name} is not a text`);
  }
  if (!input.writes) return;
  await storage.setItem('__proto__', 'a value');
  if ((await storage.getItem('__proto__')) !== 'a value') throw new Fault('The item __proto__ is not kept');
  await storage.removeItem('__proto__');
}

async function useDevice(recording: Recording, value: Json): Promise<void> {
  const fetch = recordedFetch(recording, 'signIn by password');
  const device = toValue(value) as StoredDevice;
  const credentials = { flow: 'USER_PASSWORD_AUTH', username: 'alice', password: PASSWORD } as const;
  const step = await mayRefuse(secretsOf(recording), () =>
    signIn(CLIENT, credentials, { ...steadyOptions(), fetch, device, maxAttempts: 1 }),
  );
  // A device that cannot be used never keeps the user out
  if (step?.status !== 'signed-in')
    throw new Fault(`A device keeps its user out: ${toText(value).slice(0, 500)}`);
}

async function useKeeper(recording: Recording, value: Json): Promise<void> {
  const fetch = recordedFetch(recording, 'refreshTokens');
  const tokens = toValue(value) as SignedIn['tokens'];
  await mayRefuse(secretsOf(recording), async () => {
    const keeper = createTokenKeeper(
      CLIENT,
      { username: 'alice', tokens },
      { ...steadyOptions(), fetch, maxAttempts: 1 },
    );
    await keeper.get();
    await keeper.get({ refresh: true });
  });
}
