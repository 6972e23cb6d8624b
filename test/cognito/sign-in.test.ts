/** A user signs in to the local pool with the password. */
import { signIn } from '../../src/index.ts';
import { createUserPool } from '../../src/pool/index.ts';

const client = { userPoolId: 'local_Pool1', clientId: 'web', endpoint: 'http://127.0.0.1' };

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
