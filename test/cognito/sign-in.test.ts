/** A user signs in to the local pool with the password. */

import { createUserPool } from '../../pool/src/index.ts';
import { signIn } from '../../src/index.ts';

const client = { userPoolId: 'us-east-1_LocalPool', clientId: 'web', endpoint: 'http://127.0.0.1' };

test('a user signs in with the password', async () => {
  const pool = createUserPool({ users: [{ username: 'alice', password: 'Correct-Horse-9' }] });
  const step = await signIn(
    client,
    { username: 'alice', password: 'Correct-Horse-9' },
    { fetch: pool.fetch },
  );
  expect(step).toMatchObject({ status: 'signed-in', username: 'alice', tokens: { expiresIn: 3600 } });
  await expect(
    signIn(client, { username: 'alice', password: 'wrong' }, { fetch: pool.fetch }),
  ).rejects.toMatchObject({ code: 'INCORRECT_USERNAME_OR_PASSWORD' });
});
