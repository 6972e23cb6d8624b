/** The parts that React Native brings are called: its randomness, its asynchronous storage. */
import { randomBytes } from 'node:crypto';
import { createSession } from '../../examples/react-native/session.ts';
import { createUserPool } from '../../src/pool/index.ts';

test('signs in with native randomness, keeps everything in AsyncStorage, and comes back from there', async () => {
  const alice = { username: 'alice', password: 'Correct-Horse-9' };
  const pool = createUserPool({ users: [alice], devices: { challengeRequiredOnNewDevice: true } });
  const client = { userPoolId: pool.userPoolId, clientId: 'web', endpoint: 'http://127.0.0.1' };
  const items = new Map<string, string>();
  const lengths: number[] = [];
  const native = {
    fetch: pool.fetch,
    getRandomBytes: (length: number) => {
      lengths.push(length);
      return new Uint8Array(randomBytes(length));
    },
    AsyncStorage: {
      getItem: async (key: string) => items.get(key) ?? null,
      setItem: async (key: string, value: string) => void items.set(key, value),
      removeItem: async (key: string) => void items.delete(key),
    },
  };
  expect(await createSession(client, native).accessToken()).toBeUndefined();
  const step = await createSession(client, native).signIn('alice', alice.password);
  expect(step).toMatchObject({ status: 'signed-in', device: { username: 'alice' } });
  expect(lengths.length).toBeGreaterThan(0);
  expect([...items.keys()].filter((key) => !key.startsWith('@MemoryStorage:'))).toEqual([]);
  expect(await createSession(client, native).accessToken()).toMatch(/^eyJ/);
});
