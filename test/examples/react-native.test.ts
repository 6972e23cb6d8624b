/**
 * The React Native example signs in with randomness and asynchronous storage from outside. It runs in Node against the
 * pool, and then in Hermes on the replies that Node got. Hermes has to send and keep the same.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { createSession } from '../../examples/react-native/session.ts';
import { createUserPool } from '../../pool/src/index.ts';
import { generateEphemeral, passwordVerifierResponses } from '../../src/index.ts';
import { countedBytes } from './counted-bytes.js';

interface WireRequest {
  readonly AuthParameters?: Readonly<Record<string, string>>;
  readonly ChallengeResponses?: Readonly<Record<string, string>>;
}

interface HermesReport {
  readonly error?: string;
  readonly before: boolean;
  readonly status: string;
  readonly after: string;
  readonly items: Readonly<Record<string, string>>;
  readonly requests: readonly WireRequest[];
  readonly lengths: readonly number[];
}

const user = { username: 'alice', password: 'Correct-Horse-9' };

/** Signs in in this process, and keeps what went over the wire. */
async function inNode() {
  const pool = createUserPool({ users: [user], devices: { challengeRequiredOnNewDevice: true } });
  const client = { userPoolId: pool.userPoolId, clientId: 'web', endpoint: 'http://127.0.0.1' };
  const items = new Map<string, string>();
  const lengths: number[] = [];
  const requests: WireRequest[] = [];
  const replies: string[] = [];
  const bytes = countedBytes();
  const native = {
    fetch: async (url: string, init: RequestInit) => {
      const response = await pool.fetch(url, init);
      requests.push(JSON.parse(String(init.body)) as WireRequest);
      replies.push(await response.clone().text());
      return response;
    },
    getRandomBytes: (length: number) => {
      lengths.push(length);
      return bytes(length);
    },
    AsyncStorage: {
      getItem: async (key: string) => items.get(key) ?? null,
      setItem: async (key: string, value: string) => void items.set(key, value),
      removeItem: async (key: string) => void items.delete(key),
    },
  };
  const before = await createSession(client, native).accessToken();
  const step = await createSession(client, native).signIn(user.username, user.password);
  const after = await createSession(client, native).accessToken();
  return { client, before, step, after, items, lengths, requests, replies };
}

test('signs in with native randomness, keeps everything in AsyncStorage, and comes back from there', async () => {
  const { before, step, after, items, lengths } = await inNode();
  expect(before).toBeUndefined();
  expect(step).toMatchObject({ status: 'signed-in', device: { username: 'alice' } });
  expect(lengths.length).toBeGreaterThan(0);
  expect([...items.keys()].filter((key) => !key.startsWith('@MemoryStorage:'))).toEqual([]);
  expect(after).toMatch(/^eyJ/);
});

test('calls at the same time share one refresh, and its tokens are kept', async () => {
  const pool = createUserPool({
    users: [user],
    clients: [{ clientId: 'web', refreshTokenRotation: { gracePeriodSeconds: 0 } }],
  });
  const client = { userPoolId: pool.userPoolId, clientId: 'web', endpoint: 'http://127.0.0.1' };
  const items = new Map<string, string>();
  const native = {
    fetch: pool.fetch,
    getRandomBytes: countedBytes(),
    AsyncStorage: {
      getItem: async (key: string) => items.get(key) ?? null,
      setItem: async (key: string, value: string) => void items.set(key, value),
      removeItem: async (key: string) => void items.delete(key),
    },
  };
  const step = await createSession(client, native).signIn(user.username, user.password);
  if (step.status !== 'signed-in') throw new Error('not signed in');
  const refreshToken = () => [...items].find(([key]) => key.endsWith('.refreshToken'))?.[1];
  const before = refreshToken();
  for (const [key, text] of items) {
    if (key.endsWith('.tokenExpiry')) items.set(key, text.replace(/^\d+/, '1000'));
  }
  const session = createSession(client, native);
  const tokens = await Promise.all([session.accessToken(), session.accessToken(), session.accessToken()]);
  expect(new Set(tokens).size).toBe(1);
  expect(tokens[0]).not.toBe(step.tokens.accessToken);
  expect(refreshToken()).not.toBe(before);
});

/** What depends on when it was made. */
const TIMED = /\.(tokenExpiry|clockDrift)$/;
const timeless = (items: Iterable<readonly [string, string]>) =>
  Object.fromEntries([...items].filter(([key]) => !TIMED.test(key)));
const withoutProof = (requests: readonly WireRequest[]) =>
  JSON.stringify(requests).replace(/"(TIMESTAMP|PASSWORD_CLAIM_SIGNATURE)":"[^"]*"/g, '"$1":""');

test('does the same in Hermes', async () => {
  const { client, after, items, lengths, requests, replies } = await inNode();
  const { stdout, stderr } = spawnSync(process.execPath, [join(__dirname, 'hermes.mjs')], {
    input: JSON.stringify({ client, user, replies }),
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  const hermes = JSON.parse(stdout) as HermesReport;
  expect(hermes.error).toBeUndefined();
  expect(hermes).toMatchObject({ before: true, status: 'signed-in', after });
  expect(hermes.lengths).toEqual(lengths);
  expect(timeless(Object.entries(hermes.items))).toEqual(timeless(items));
  expect(Object.keys(hermes.items).filter((key) => TIMED.test(key))).toHaveLength(2);

  // SRP_A, the device's verifier, everything but the proof, which holds the time
  expect(withoutProof(hermes.requests)).toBe(withoutProof(requests));
  const { TIMESTAMP = '', ...proof } =
    hermes.requests.find(({ ChallengeResponses }) => ChallengeResponses)?.ChallengeResponses ?? {};
  const challenge = JSON.parse(replies[0] ?? '') as { readonly ChallengeParameters: Record<string, string> };
  const expected = passwordVerifierResponses(
    generateEphemeral(countedBytes()),
    challenge.ChallengeParameters,
    { userPoolId: client.userPoolId, password: user.password, now: Date.parse(TIMESTAMP) },
  );
  expect(proof['PASSWORD_CLAIM_SIGNATURE']).toBe(expected['PASSWORD_CLAIM_SIGNATURE']);
});
