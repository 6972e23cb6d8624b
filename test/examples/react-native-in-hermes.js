/** Runs inside Hermes: the example's session on recorded replies, with a storage and randomness made here. */
import { createSession } from '../../examples/react-native/session.ts';
import { countedBytes } from './counted-bytes.js';

const { input, report } = globalThis.host;

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
  const before = await createSession(client, native).accessToken();
  const step = await createSession(client, native).signIn(user.username, user.password);
  const after = await createSession(client, native).accessToken();
  return { before: before === undefined, status: step.status, after, items, requests, lengths };
}

run(input).then(report, (error) => report({ error: `${error} ${error?.cause ?? error?.stack}` }));
