/** The session in Node, against a local pool. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createUserPool } from 'cognito-local-pool';
import { openPhoneSession } from '../session.ts';
import { countedBytes } from './counted-bytes.js';
import { asyncStorage, signInInNode, user } from './in-node.ts';

test('signs in with native randomness, keeps everything in AsyncStorage, and comes back from there', async () => {
  const { before, step, after, items, lengths } = await signInInNode();
  assert.equal(before, undefined);
  if (step.status !== 'signed-in') throw new Error('not signed in');
  assert.equal(step.device?.username, 'alice');
  assert.ok(lengths.length > 0);
  assert.deepEqual(
    [...items.keys()].filter((key) => !key.startsWith('@MemoryStorage:')),
    [],
  );
  assert.match(after ?? '', /^eyJ/);
});

test('calls at the same time share one refresh, and its tokens are kept', async () => {
  const local = createUserPool({
    users: [user],
    clients: [{ clientId: 'web', refreshTokenRotation: { gracePeriodSeconds: 0 } }],
  });
  const client = { userPoolId: local.userPoolId, clientId: 'web', endpoint: 'http://127.0.0.1' };
  const items = new Map<string, string>();
  const native = {
    fetch: local.fetch,
    getRandomBytes: countedBytes(),
    AsyncStorage: asyncStorage(items),
  };
  const step = await openPhoneSession(client, native).signIn(user.username, user.password);
  if (step.status !== 'signed-in') throw new Error('not signed in');
  const refreshToken = () => [...items].find(([key]) => key.endsWith('.refreshToken'))?.[1];
  const before = refreshToken();
  for (const [key, text] of items) {
    if (key.endsWith('.tokenExpiry')) items.set(key, text.replace(/^\d+/, '1000'));
  }
  const phone = openPhoneSession(client, native);
  const tokens = await Promise.all([phone.accessToken(), phone.accessToken(), phone.accessToken()]);
  assert.equal(new Set(tokens).size, 1);
  assert.notEqual(tokens[0], step.tokens.accessToken);
  assert.notEqual(refreshToken(), before);
});
