/** The load test's part that is ours: what Artillery calls for each user. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { signInOnce } from '../../examples/load-test/processor.ts';
import seed from '../../examples/load-test/seed.json' with { type: 'json' };
import { createUserPool } from '../../src/pool/index.ts';

async function signAllIn(usernames: readonly string[], password: string): Promise<string[]> {
  const listening = await createUserPool(seed).listen();
  const counted: string[] = [];
  const events = {
    emit: (kind: string, name: string) => {
      if (kind === 'counter') counted.push(name);
    },
  };
  const { userPoolId } = seed;
  try {
    await Promise.all(
      usernames.map((username) =>
        signInOnce(
          { vars: { target: listening.endpoint, userPoolId, clientId: 'web', username, password } },
          events,
        ),
      ),
    );
  } finally {
    await listening.close();
  }
  return counted;
}

const usernames = readFileSync(join(__dirname, '../../examples/load-test/users.csv'), 'utf8')
  .trim()
  .split('\n');

test('every user of the list is in the seed, and signs in at the same time as the others', async () => {
  expect(usernames).toHaveLength(20);
  const counted = await signAllIn(usernames, 'Correct-Horse-9');
  expect(counted).toEqual(usernames.map(() => 'sign_in.signed-in'));
});

test('failures are counted by their code', async () => {
  expect(await signAllIn(['user1', 'nobody'], 'wrong')).toEqual(
    expect.arrayContaining(['sign_in.INCORRECT_USERNAME_OR_PASSWORD', 'sign_in.USER_NOT_FOUND']),
  );
});
