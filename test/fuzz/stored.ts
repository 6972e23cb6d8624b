/** The target `stored`: what a storage may hold of users, tokens, devices, sessions and flows, and what is read from a file. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc, { type Arbitrary } from 'fast-check';
import { createUserStore, type KeyValueStorage, type UserStoreOptions } from '../../src/index.ts';
import { changes, textChanges, withChanges, withTextChanges } from './json-changes.ts';
import { type Json, oddText, oddValue } from './odd-values.ts';
import { CLIENT, type Recording, recordCalls } from './recorded-calls.ts';
import { toRunnable } from './run-cases.ts';
import { TIME } from './steady-world.ts';
import { type Items, type StoredCase, useStored } from './stored-uses.ts';
import type { RunnableTarget } from './target.ts';

const ALIAS = 'alice@example.com';
const LAYOUTS = ['aws-amplify', 'amazon-cognito-identity-js'] as const;
const OPTIONS: readonly UserStoreOptions[] = LAYOUTS.flatMap((layout) =>
  [false, true].flatMap((encodeKeys) =>
    ['', '@MemoryStorage:'].map((prefix) => ({ layout, encodeKeys, prefix })),
  ),
);

/** A storage that can be listed, so that what was stored rightly can be changed. */
function listedStorage(initial: Items): KeyValueStorage & { readonly items: Map<string, string> } {
  const items = new Map(Object.entries(initial));
  return {
    items,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}

/** What a sign-in leaves in the storage, by each option. */
async function rightItems({ signedIn, device, challenges }: Recording): Promise<readonly Items[]> {
  const all: Items[] = [];
  for (const options of OPTIONS) {
    const storage = listedStorage({});
    const store = createUserStore(storage, CLIENT, { ...options, now: () => TIME });
    await store.save({ ...signedIn, device }, ALIAS);
    // A write that was not finished has left its journal
    const journal = JSON.stringify([...storage.items].slice(0, 3));
    const key = `${options.prefix ?? ''}CognitoSrpEngine.${CLIENT.clientId}.unfinished`;
    all.push(Object.fromEntries(storage.items), { ...Object.fromEntries(storage.items), [key]: journal });
  }
  const kept = challenges.map(({ challenge }) => ({
    status: 'challenge',
    username: 'alice',
    challenge,
    canResend: true,
  }));
  const question = {
    status: 'device-question',
    username: 'alice',
    deviceKey: device.key,
    storedName: 'alice',
  };
  const sent = {
    status: 'code-sent',
    username: 'alice',
    session: 's',
    delivery: { medium: 'EMAIL', destination: 'a***' },
  };
  const ofFlow = (flow: string) => `cognito-srp-engine.flow.${CLIENT.userPoolId}.${CLIENT.clientId}.${flow}`;
  for (const each of [...kept, question]) all.push({ ...all[0], [ofFlow('sign-in')]: JSON.stringify(each) });
  for (const flow of ['sign-up', 'password-reset'])
    all.push({ ...all[0], [ofFlow(flow)]: JSON.stringify(sent) });
  return all;
}

/** Changes the texts, what is JSON inside of them, and the claims of the tokens. */
function changedItems(right: Items): Arbitrary<Items> {
  const entries = Object.entries(right);
  const changed = entries.map(([, value]) =>
    fc.oneof({ arbitrary: fc.constant(value), weight: 4 }, { arbitrary: changedText(value), weight: 1 }),
  );
  const whole = changes.map((list) => textsOf(withChanges(right, list)));
  const each = fc
    .tuple(...changed)
    .map((values) => Object.fromEntries(entries.map(([key], index) => [key, values[index] ?? ''])));
  return fc.oneof(whole, each);
}

/** A storage gives texts. */
const textsOf = (value: Json): Items =>
  Object.fromEntries(
    Object.entries(Object(value) as object).map(([key, item]) => [
      key,
      typeof item === 'string' ? item : JSON.stringify(item),
    ]),
  );

function changedText(text: string): Arbitrary<string> {
  const [header, payload, signature] = text.split('.');
  if (header?.startsWith('eyJ') && payload?.startsWith('eyJ')) {
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Json;
    return changes.map((list) => {
      const encoded = Buffer.from(JSON.stringify(withChanges(claims, list))).toString('base64url');
      return `${header}.${encoded}.${signature}`;
    });
  }
  const edited = fc.oneof(
    oddText,
    textChanges.map((list) => withTextChanges(text, list)),
  );
  if (!text.startsWith('{') && !text.startsWith('[')) return edited;
  return fc.oneof(
    edited,
    changes.map((list) => JSON.stringify(withChanges(JSON.parse(text) as Json, list))),
  );
}

export async function storedTarget(): Promise<RunnableTarget> {
  const recording = await recordCalls();
  const { signedIn, device } = recording;
  const right = await rightItems(recording);
  const items = fc.oneof(
    { arbitrary: fc.oneof(...right.map(changedItems)), weight: 8 },
    { arbitrary: fc.dictionary(oddText, oddText, { maxKeys: 5 }), weight: 1 },
  );
  const asJson = (value: object): Json => JSON.parse(JSON.stringify(value)) as Json;
  const ofItems = fc.record({
    kind: fc.constantFrom('user store' as const, 'user store' as const, 'session' as const, 'flow' as const),
    items,
    options: fc.constantFrom(...OPTIONS),
    name: fc.oneof(fc.constantFrom('alice', ALIAS), oddText),
  });
  const ofFile = fc.record({
    kind: fc.constant('file' as const),
    content: fc.tuple(items, textChanges).map(([each, list]) => withTextChanges(JSON.stringify(each), list)),
    encoding: fc.constantFrom('utf8' as const, 'latin1' as const),
    // A write waits for the disk
    writes: fc.nat({ max: 99 }).map((share) => share === 99),
  });
  const changedValue = (value: Json) =>
    fc.oneof(
      { arbitrary: changes.map((list) => withChanges(value, list)), weight: 5 },
      { arbitrary: oddValue, weight: 1 },
    );
  const arbitrary = fc.oneof(
    { arbitrary: ofItems, weight: 8 },
    { arbitrary: ofFile, weight: 1 },
    {
      arbitrary: fc.record({ kind: fc.constant('device' as const), device: changedValue(asJson(device)) }),
      weight: 1,
    },
    {
      arbitrary: fc.record({
        kind: fc.constant('keeper' as const),
        tokens: changedValue(asJson(signedIn.tokens)),
      }),
      weight: 1,
    },
  );
  return toRunnable<StoredCase>({
    name: 'stored',
    inputs:
      'items of user stores in both layouts, sessions, kept flows, files, devices and tokens, changed and damaged',
    arbitrary,
    start: async () => {
      const folder = mkdtempSync(join(tmpdir(), 'cognito-srp-fuzz-'));
      return {
        run: (input) => useStored(recording, folder, input),
        stop: async () => rmSync(folder, { recursive: true, force: true }),
      };
    },
    casesOfAWorld: 20_000,
  });
}
