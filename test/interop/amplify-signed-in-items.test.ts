/** What the pool's fixtures for test frameworks put into a browser is what aws-amplify reads there. */
import { getCurrentUser } from 'aws-amplify/auth';
import { usePool } from '../../pool/src/jest/index.ts';
import { accessToken, configureAmplify } from './amplify-client.ts';
import { recordedStorage } from './device-pool.ts';

const pool = usePool({
  listen: true,
  users: [{ username: 'alice', attributes: { email: 'alice@example.com' }, aliases: ['alice@example.com'] }],
});

async function userOf(token: string): Promise<string | undefined> {
  const reply = await fetch(pool.endpoint, {
    method: 'POST',
    headers: { 'x-amz-target': 'AWSCognitoIdentityProviderService.GetUser' },
    body: JSON.stringify({ AccessToken: token }),
  });
  return ((await reply.json()) as { readonly Username?: string }).Username;
}

test('aws-amplify is signed in, knows the user, and refreshes', async () => {
  const { storage } = recordedStorage();
  for (const { name, value } of await pool.signedInItems('alice@example.com')) storage.setItem(name, value);
  configureAmplify(pool, storage);
  expect(await getCurrentUser()).toMatchObject({
    username: 'alice',
    signInDetails: { loginId: 'alice', authFlowType: 'USER_SRP_AUTH' },
  });
  const first = await accessToken();
  expect(await userOf(first)).toBe('alice');
  const second = await accessToken(true);
  expect(second).not.toBe(first);
  expect(await userOf(second)).toBe('alice');
});
