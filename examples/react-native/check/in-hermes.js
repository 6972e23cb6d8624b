/** Runs in Hermes: the example's session on recorded replies, with a storage and randomness made here. */
import { openPhoneSession } from '../session.ts';
import { countedBytes } from './counted-bytes.js';

async function run({ client, user, replies }) {
  const items = {};
  const requests = [];
  const lengths = [];
  const bytes = countedBytes();
  const native = {
    getRandomBytes: (length) => {
      lengths.push(length);
      return bytes(length);
    },
    AsyncStorage: {
      getItem: async (key) => (key in items ? items[key] : null),
      setItem: async (key, value) => {
        items[key] = value;
      },
      removeItem: async (key) => {
        delete items[key];
      },
    },
    // As React Native's: no stream
    fetch: async (_url, { body }) => {
      const text = replies[requests.length];
      requests.push(JSON.parse(body));
      return { status: 200, headers: { get: () => null }, text: async () => text };
    },
  };
  const before = await openPhoneSession(client, native).accessToken();
  const step = await openPhoneSession(client, native).signIn(user.username, user.password);
  const after = await openPhoneSession(client, native).accessToken();
  return { before: before === undefined, status: step.status, after, items, requests, lengths };
}

run(globalThis.input).then(globalThis.report, (error) =>
  globalThis.report({ error: `${error} ${error?.cause ?? error?.stack}` }),
);
