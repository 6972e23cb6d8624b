/** The processor, called as Artillery calls it. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { signInOnce } from '../processor.mjs';
import { listenWithUsers } from './pool.js';

let listening;
before(async () => {
  listening = await listenWithUsers();
});
after(() => listening.close());

/** Signs in once. @returns what was counted, and how often a time was taken */
async function figures(more) {
  const counted = {};
  const vars = {
    target: listening.endpoint,
    userPoolId: 'us-east-1_LocalPool',
    clientId: 'web',
    username: 'user1',
    password: 'Correct-Horse-9',
    ...more,
  };
  const emit = (_kind, name) => {
    counted[name] = (counted[name] ?? 0) + 1;
  };
  await signInOnce({ vars }, { emit });
  return counted;
}

test('a sign-in is counted and timed', async () => {
  assert.deepEqual(await figures({}), { 'sign_in.ms': 1, 'sign_in.signed-in': 1 });
});

for (const [code, more] of [
  ['INCORRECT_USERNAME_OR_PASSWORD', { password: 'wrong' }],
  ['USER_NOT_FOUND', { username: 'nobody' }],
  ['CLIENT_ID_INVALID', { clientId: '' }],
  ['NETWORK_FAILED', { target: 'http://127.0.0.1:1' }],
]) {
  test(`a failure is counted by its code: ${code}`, async () => {
    assert.deepEqual(await figures(more), { [`sign_in.${code}`]: 1 });
  });
}
