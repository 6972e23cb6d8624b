/** DeleteUser removes the user and ends the tokens. */
import { createWire, PASSWORD, refused, signedIn } from './wire.ts';

const alice = { username: 'alice', password: PASSWORD };
const GONE = refused('UserNotFoundException', 'User does not exist.');
const REFRESH_GONE = refused(
  'NotAuthorizedException',
  'The user has been deleted for the associated refresh token',
);

test('the user is removed and every token of this user ends, and nobody else’s', async () => {
  const wire = createWire({ users: [alice, { ...alice, username: 'bob' }] });
  const tokens = async (username = 'alice') => (await wire.signIn(username)).AuthenticationResult;
  const [one, other, bobs] = [await tokens(), await tokens(), await tokens('bob')];
  expect(await wire.call('DeleteUser', { AccessToken: one.AccessToken })).toEqual({ status: 200 });
  expect(wire.pool.users.all().map(({ username }) => username)).toEqual(['bob']);
  for (const { AccessToken } of [one, other]) {
    expect(await wire.call('GetUser', { AccessToken })).toMatchObject(GONE);
    expect(await wire.call('DeleteUser', { AccessToken })).toMatchObject(GONE);
  }
  expect(await wire.initiate('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: one.RefreshToken })).toMatchObject(
    REFRESH_GONE,
  );
  expect(await wire.signIn()).toMatchObject(GONE);
  expect(await wire.call('GetUser', bobs)).toMatchObject({ status: 200, Username: 'bob' });
});

test('the name is free for another user, for whom the old tokens are not valid', async () => {
  const wire = createWire({ users: [alice], devices: {} });
  const { AccessToken, RefreshToken } = (await wire.signIn()).AuthenticationResult;
  const sub = wire.pool.users.find('alice')?.sub;
  await wire.call('DeleteUser', { AccessToken });
  const input = { ClientId: 'web', Username: 'alice', Password: PASSWORD };
  const attributes = [{ Name: 'email', Value: 'alice@example.org' }];
  const { UserSub } = await wire.call('SignUp', { ...input, UserAttributes: attributes });
  expect(UserSub).not.toBe(sub);
  const ConfirmationCode = wire.lastCode();
  await wire.call('ConfirmSignUp', { ClientId: 'web', Username: 'alice', ConfirmationCode });
  expect(wire.pool.users.find('alice')).toMatchObject({ devices: [], passkeys: [] });
  expect(await wire.signIn()).toMatchObject(signedIn);
  expect(await wire.call('GetUser', { AccessToken })).toMatchObject(GONE);
  expect(await wire.initiate('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: RefreshToken })).toMatchObject(
    REFRESH_GONE,
  );
});

test('DeleteUser requires an access token', async () => {
  const wire = createWire();
  expect(await wire.call('DeleteUser', { AccessToken: 'made.up' })).toMatchObject(
    refused('NotAuthorizedException', 'Invalid Access Token'),
  );
  expect(await wire.signIn()).toMatchObject(signedIn);
});

test('the empty reply is `{}` where the pool is set so', async () => {
  const { pool, signIn } = createWire({ unitOutput: 'object' });
  const { AccessToken } = (await signIn()).AuthenticationResult;
  const response = await pool.fetch('http://127.0.0.1/', {
    method: 'POST',
    headers: { 'x-amz-target': 'AWSCognitoIdentityProviderService.DeleteUser' },
    body: JSON.stringify({ AccessToken }),
  });
  expect(response.status).toBe(200);
  expect(await response.text()).toBe('{}');
});
