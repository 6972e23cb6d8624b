/** What a pool keeps in its data folder is there after a restart, and what was deleted is not. */
import { parseSeed } from '../../src/cli/seed.ts';
import { createUserPool } from '../../src/index.ts';
import { call as callPool } from '../raw-calls.ts';
import { PASSWORD, refused, signedIn, WRONG_PASSWORD } from '../wire.ts';
import { POOL_ID, type Restarts, startKept } from './restarts.ts';

const NEW_PASSWORD = 'Another-Horse-7';
const ALICE = { username: 'alice', password: PASSWORD, attributes: { email: 'alice@example.com' } };

let kept: Restarts;
beforeEach(async () => {
  kept = await startKept({ users: [ALICE] });
});
afterEach(() => kept.end());

const signUp = (Username: string) =>
  kept.call('SignUp', {
    ClientId: 'web',
    Username,
    Password: PASSWORD,
    UserAttributes: [{ Name: 'email', Value: `${Username}@example.com` }],
  });

test('a user who signed up is there, with the code that was sent, and signs up no second time', async () => {
  expect((await signUp('bob')).status).toBe(200);
  const ConfirmationCode = kept.lastCode();
  await kept.restart();
  expect(await signUp('bob')).toEqual(refused('UsernameExistsException', 'User already exists'));
  const confirmed = await kept.call('ConfirmSignUp', { ClientId: 'web', Username: 'bob', ConfirmationCode });
  expect(confirmed.status).toBe(200);
  await kept.restart();
  expect(await kept.signIn('bob', PASSWORD)).toMatchObject(signedIn);
  // The code was used, so it is gone
  expect(kept.snapshot()).toContain('"codes": [\n]');
});

test('a code that expired before the restart is not kept', async () => {
  await signUp('bob');
  kept.wait(25 * 3600);
  await kept.restart();
  await kept.restart();
  expect(kept.snapshot()).toContain('"codes": [\n]');
});

test('a password that was changed is the new one', async () => {
  const { AuthenticationResult } = await kept.signIn('alice', PASSWORD);
  await kept.call('ChangePassword', {
    AccessToken: AuthenticationResult.AccessToken,
    PreviousPassword: PASSWORD,
    ProposedPassword: NEW_PASSWORD,
  });
  await kept.restart();
  expect(await kept.signIn('alice', PASSWORD)).toEqual(WRONG_PASSWORD);
  expect(await kept.signIn('alice', NEW_PASSWORD)).toMatchObject(signedIn);
});

test('the password of a seed stands in the snapshot until the verifier is first needed', async () => {
  await kept.restart();
  expect(kept.snapshot()).toContain(PASSWORD);
  await kept.signIn('alice', PASSWORD);
  await kept.restart();
  expect(kept.snapshot()).not.toContain(PASSWORD);
  expect(await kept.signIn('alice', PASSWORD)).toMatchObject(signedIn);
});

test('access tokens and refresh tokens are still good, with the same keys', async () => {
  const { AuthenticationResult } = await kept.signIn('alice', PASSWORD);
  const jwks = async () =>
    (await kept.pool().fetch(`http://localhost/${POOL_ID}/.well-known/jwks.json`)).json();
  const before = await jwks();
  await kept.restart();
  expect(await jwks()).toEqual(before);
  expect(await kept.call('GetUser', { AccessToken: AuthenticationResult.AccessToken })).toMatchObject({
    status: 200,
    Username: 'alice',
  });
  const refresh = {
    ClientId: 'web',
    AuthFlow: 'REFRESH_TOKEN_AUTH',
    AuthParameters: { REFRESH_TOKEN: AuthenticationResult.RefreshToken },
  };
  expect(await kept.call('InitiateAuth', refresh)).toMatchObject(signedIn);
  // A token would sign in whoever reads the folder
  expect(kept.snapshot()).not.toContain(AuthenticationResult.RefreshToken);
  expect(
    await kept.call('RevokeToken', { ClientId: 'web', Token: AuthenticationResult.RefreshToken }),
  ).toEqual({
    status: 200,
  });
  await kept.restart();
  expect(await kept.call('InitiateAuth', refresh)).toEqual(
    refused('NotAuthorizedException', 'Refresh Token has been revoked'),
  );
  expect(await kept.call('GetUser', { AccessToken: AuthenticationResult.AccessToken })).toEqual(
    refused('NotAuthorizedException', 'Access Token has been revoked'),
  );
});

test('a rotated refresh token that was replaced long ago is still refused', async () => {
  await kept.restart();
  await kept.end();
  kept = await startKept({
    users: [ALICE],
    clients: [
      {
        clientId: 'web',
        explicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
        refreshTokenRotation: { gracePeriodSeconds: 10 },
      },
    ],
  });
  const { RefreshToken } = (await kept.signIn('alice', PASSWORD)).AuthenticationResult;
  const refresh = (token: string) =>
    kept.call('GetTokensFromRefreshToken', { ClientId: 'web', RefreshToken: token });
  const second = (await refresh(RefreshToken)).AuthenticationResult.RefreshToken;
  await kept.restart();
  const third = (await refresh(RefreshToken)).AuthenticationResult.RefreshToken;
  await kept.restart();
  expect(await refresh(second)).toMatchObject({ __type: 'RefreshTokenReuseException' });
  kept.wait(11);
  expect(await refresh(RefreshToken)).toMatchObject({ __type: 'RefreshTokenReuseException' });
  expect(await refresh(third)).toMatchObject(signedIn);
});

test('groups and their members are there, and one that was deleted is not', async () => {
  for (const GroupName of ['admins', 'gone']) {
    await kept.admin('CreateGroup', { UserPoolId: POOL_ID, GroupName, Precedence: 1 });
    await kept.admin('AdminAddUserToGroup', { UserPoolId: POOL_ID, GroupName, Username: 'alice' });
  }
  await kept.admin('DeleteGroup', { UserPoolId: POOL_ID, GroupName: 'gone' });
  await kept.restart();
  const groups = await kept.admin('AdminListGroupsForUser', { UserPoolId: POOL_ID, Username: 'alice' });
  expect(groups).toMatchObject({ Groups: [{ GroupName: 'admins', Precedence: 1 }] });
  expect(groups['Groups']).toHaveLength(1);
});

test('a user who was deleted is gone, although the seed has the user', async () => {
  await kept.admin('AdminDeleteUser', { UserPoolId: POOL_ID, Username: 'alice' });
  await kept.restart();
  expect(kept.pool().users.find('alice')).toBeUndefined();
  expect(kept.pool().keptPoolIds).toEqual([POOL_ID]);
});

test('settings that were changed are there, and what the seed says of the pool no longer counts', async () => {
  await kept.admin('UpdateUserPool', { UserPoolId: POOL_ID, PoolName: 'renamed', MfaConfiguration: 'OFF' });
  const before = await kept.admin('DescribeUserPool', { UserPoolId: POOL_ID });
  await kept.restart({ mfa: 'ON', clients: [{ clientId: 'other' }] });
  expect(kept.pool().clientIds).toEqual(['web']);
  expect(await kept.admin('DescribeUserPool', { UserPoolId: POOL_ID })).toEqual(before);
});

test('a pool that was made at run time is there, and one that was deleted is not', async () => {
  const make = async (PoolName: string) => {
    const { UserPool } = await kept.admin('CreateUserPool', { PoolName });
    return (UserPool as { readonly Id: string }).Id;
  };
  const [stays, goes] = [await make('stays'), await make('goes')];
  await kept.restart();
  await kept.admin('DeleteUserPool', { UserPoolId: goes });
  await kept.restart();
  expect(kept.pool().keptPoolIds).toEqual([POOL_ID, stays]);
  expect(await kept.admin('DescribeUserPool', { UserPoolId: stays })).toMatchObject({
    UserPool: { Name: 'stays' },
  });
  expect(await kept.admin('DescribeUserPool', { UserPoolId: goes })).toMatchObject({
    __type: 'ResourceNotFoundException',
  });
});

test('pools of the seed that the folder does not have are added', async () => {
  await kept.restart({ userPoolId: 'eu-west-1_Second', users: [{ username: 'bob', password: PASSWORD }] });
  expect(kept.pool()).toMatchObject({ keptPoolIds: [POOL_ID], addedPoolIds: ['eu-west-1_Second'] });
  expect(await kept.signIn('bob', PASSWORD)).toMatchObject(signedIn);
  await kept.restart();
  expect(kept.pool()).toMatchObject({ keptPoolIds: [POOL_ID, 'eu-west-1_Second'], addedPoolIds: [] });
});

test('a configuration that is only stored is there', async () => {
  const input = { UserPoolId: POOL_ID, Domain: 'kept-domain' };
  expect((await kept.admin('CreateUserPoolDomain', input)).status).toBe(200);
  await kept.restart();
  expect(await kept.admin('DescribeUserPoolDomain', { Domain: 'kept-domain' })).toMatchObject({
    DomainDescription: { Domain: 'kept-domain', UserPoolId: POOL_ID },
  });
});

test('wrong passwords count on, so a restart opens no locked user', async () => {
  for (let attempt = 0; attempt < 6; attempt += 1) await kept.signIn('alice', 'Wrong-Horse-1');
  await kept.restart();
  expect(await kept.signIn('alice', PASSWORD)).toEqual(
    refused('NotAuthorizedException', 'Password attempts exceeded'),
  );
});

test('the snapshot is a seed, with which another pool has the same users, clients and keys', async () => {
  await signUp('bob');
  const { AuthenticationResult } = await kept.signIn('alice', PASSWORD);
  await kept.restart();
  const pool = createUserPool({ ...parseSeed(kept.snapshot()), now: kept.now });
  expect(pool.users.all()).toEqual(kept.pool().users.all());
  expect(pool.clientIds).toEqual(kept.pool().clientIds);
  const { AccessToken } = AuthenticationResult;
  expect(await callPool(pool, 'GetUser', { AccessToken })).toMatchObject({ Username: 'alice' });
});

test('the snapshot has one record per line, and each user once', async () => {
  await signUp('bob');
  await kept.restart();
  const lines = kept.snapshot().split('\n');
  expect(lines.filter((line) => line.startsWith('{"username":'))).toHaveLength(2);
});
