/** Groups and their members, as administrators manage them and as tokens carry them. */
import { createAdmin, NO_BODY, NO_GROUP, NO_USER } from './admin-calls.ts';
import { claimsOf } from './raw-calls.ts';
import { PASSWORD, refused } from './wire.ts';

const ROLE = 'arn:aws:iam::123456789012:role/writer';
const USERS = ['alice', 'bob', 'carol'].map((username) => ({ username, password: PASSWORD }));
const world = () => createAdmin({ users: USERS });
const GROUP = { GroupName: 'writers' };
const ALICE = { Username: 'alice' };

test('CreateGroup describes the group, without what was not given', async () => {
  const { admin, now, pool } = world();
  const dates = { CreationDate: now() / 1000, LastModifiedDate: now() / 1000 };
  expect(await admin('CreateGroup', GROUP)).toEqual({
    status: 200,
    Group: { ...GROUP, ...dates, UserPoolId: pool.userPoolId },
  });
  const full = { GroupName: 'readers', Description: 'who reads', Precedence: 0, RoleArn: ROLE };
  expect(await admin('CreateGroup', full)).toMatchObject({ Group: { ...full, ...dates } });
  expect(await admin('CreateGroup', { ...GROUP, Description: 'other' })).toEqual(
    refused('GroupExistsException', 'A group with the name already exists.'),
  );
  expect(await admin('GetGroup', GROUP)).not.toHaveProperty('Group.Description');
  expect(await admin('CreateGroup', { GroupName: 'x', Precedence: -1 })).toEqual(
    refused(
      'InvalidParameterException',
      "1 validation error detected: Value '-1' at 'precedence' failed to satisfy constraint: Member must have value greater than or equal to 0",
    ),
  );
  expect(await admin('GetGroup', { GroupName: 'x' })).toEqual(NO_GROUP);
});

test('GetGroup describes one group', async () => {
  const { admin } = world();
  const created = await admin('CreateGroup', { ...GROUP, Precedence: 3 });
  expect(await admin('GetGroup', GROUP)).toEqual(created);
  expect(await admin('GetGroup', { GroupName: 'nobody' })).toEqual(NO_GROUP);
});

describe('UpdateGroup', () => {
  test('changes what is sent, and the date', async () => {
    const { admin, wait, now } = world();
    await admin('CreateGroup', { ...GROUP, Description: 'before', Precedence: 1 });
    wait(10);
    const changed = { Description: 'before', Precedence: 0, LastModifiedDate: now() / 1000 };
    expect(await admin('UpdateGroup', { ...GROUP, Precedence: 0 })).toMatchObject({ Group: changed });
    wait(10);
    expect(await admin('UpdateGroup', { ...GROUP, Precedence: 0 })).toMatchObject({
      Group: { ...changed, LastModifiedDate: now() / 1000, CreationDate: now() / 1000 - 20 },
    });
    expect(await admin('UpdateGroup', { GroupName: 'nobody' })).toEqual(NO_GROUP);
  });

  test.each([{}, { Description: null, Precedence: null, RoleArn: null }, { Description: '' }])(
    '%j changes nothing',
    async (input) => {
      const { admin, wait } = world();
      const created = await admin('CreateGroup', { ...GROUP, Description: 'x', RoleArn: ROLE });
      wait(10);
      expect(await admin('UpdateGroup', { ...GROUP, ...input })).toEqual(created);
      expect(await admin('GetGroup', GROUP)).toEqual(created);
    },
  );
});

test('DeleteGroup removes the memberships too', async () => {
  const { admin, adminText } = world();
  await admin('CreateGroup', GROUP);
  await admin('AdminAddUserToGroup', { ...GROUP, ...ALICE });
  expect(await adminText('DeleteGroup', GROUP)).toEqual(NO_BODY);
  expect(await admin('DeleteGroup', GROUP)).toEqual(NO_GROUP);
  await admin('CreateGroup', GROUP);
  expect(await admin('AdminListGroupsForUser', ALICE)).toEqual({ status: 200, Groups: [] });
});

const names = (groups: unknown) =>
  (groups as { readonly GroupName: string }[]).map((group) => group.GroupName);

test('ListGroups has pages, and a token is for this list alone', async () => {
  const { admin } = world();
  for (const GroupName of ['c', 'a', 'b']) await admin('CreateGroup', { GroupName });
  const all = await admin('ListGroups', {});
  expect(all).not.toHaveProperty('NextToken');
  const first = await admin('ListGroups', { Limit: 2 });
  const second = await admin('ListGroups', { Limit: 2, NextToken: first['NextToken'] });
  expect([...names(first['Groups']), ...names(second['Groups'])]).toEqual(names(all['Groups']));
  expect(second).not.toHaveProperty('NextToken');
  const wrong = refused(
    'InvalidParameterException',
    'Provided pagination token is invalid. Check the token and try your request again.',
  );
  expect(await admin('ListGroups', { NextToken: 'AAQA' })).toEqual(wrong);
  expect(await admin('AdminListGroupsForUser', { ...ALICE, NextToken: first['NextToken'] })).toEqual(wrong);
  expect(await admin('ListGroups', { Limit: 0 })).toEqual(
    refused(
      'InvalidParameterException',
      "1 validation error detected: Value '0' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ),
  );
});

test('AdminAddUserToGroup takes any name of the user, and adds once', async () => {
  const { admin, adminText, pool } = world();
  const sub = pool.users.find('alice')?.sub;
  const { lastModifiedAt } = { ...pool.users.find('alice') };
  await admin('CreateGroup', GROUP);
  expect(await adminText('AdminAddUserToGroup', { ...GROUP, Username: sub })).toEqual(NO_BODY);
  expect(await adminText('AdminAddUserToGroup', { ...GROUP, ...ALICE })).toEqual(NO_BODY);
  expect(pool.users.find('alice')).toMatchObject({ groups: ['writers'], lastModifiedAt });
  expect(await admin('AdminAddUserToGroup', { ...ALICE, GroupName: 'nobody' })).toEqual(NO_GROUP);
  expect(await admin('AdminAddUserToGroup', { Username: 'nobody', GroupName: 'nobody' })).toEqual(NO_USER);
});

test('AdminRemoveUserFromGroup takes a missing membership and a missing group', async () => {
  const { admin, adminText } = world();
  await admin('CreateGroup', GROUP);
  await admin('AdminAddUserToGroup', { ...GROUP, ...ALICE });
  expect(await adminText('AdminRemoveUserFromGroup', { ...GROUP, ...ALICE })).toEqual(NO_BODY);
  expect(await admin('ListUsersInGroup', GROUP)).toEqual({ status: 200, Users: [] });
  expect(await adminText('AdminRemoveUserFromGroup', { ...GROUP, ...ALICE })).toEqual(NO_BODY);
  expect(await adminText('AdminRemoveUserFromGroup', { ...ALICE, GroupName: 'x' })).toEqual(NO_BODY);
  expect(await admin('AdminRemoveUserFromGroup', { ...GROUP, Username: 'nobody' })).toEqual(NO_USER);
});

test('AdminListGroupsForUser has the order of the claim, on every page', async () => {
  const { admin, signIn } = world();
  for (const GroupName of ['c', 'a', 'b', 'd']) await admin('CreateGroup', { GroupName });
  for (const GroupName of ['b', 'a', 'c']) await admin('AdminAddUserToGroup', { GroupName, ...ALICE });
  const first = await admin('AdminListGroupsForUser', { ...ALICE, Limit: 2 });
  const second = await admin('AdminListGroupsForUser', { ...ALICE, Limit: 2, NextToken: first['NextToken'] });
  const { AccessToken } = (await signIn()).AuthenticationResult;
  expect([...names(first['Groups']), ...names(second['Groups'])]).toEqual(
    claimsOf(AccessToken)['cognito:groups'],
  );
  expect(names(first['Groups'])).toHaveLength(2);
  expect(await admin('AdminListGroupsForUser', { Username: 'nobody' })).toEqual(NO_USER);
});

test('ListUsersInGroup has pages', async () => {
  const { admin, pool } = world();
  await admin('CreateGroup', GROUP);
  for (const Username of ['carol', 'alice']) await admin('AdminAddUserToGroup', { ...GROUP, Username });
  const first = await admin('ListUsersInGroup', { ...GROUP, Limit: 1 });
  const second = await admin('ListUsersInGroup', { ...GROUP, Limit: 1, NextToken: first['NextToken'] });
  const users = [...(first['Users'] as object[]), ...(second['Users'] as object[])];
  expect(users).toHaveLength(2);
  const { sub, createdAt, lastModifiedAt } = { ...pool.users.find('alice') };
  expect(users).toContainEqual({
    Attributes: [{ Name: 'sub', Value: sub }],
    Enabled: true,
    UserCreateDate: Number(createdAt) / 1000,
    UserLastModifiedDate: Number(lastModifiedAt) / 1000,
    UserStatus: 'CONFIRMED',
    Username: 'alice',
  });
  expect(second).not.toHaveProperty('NextToken');
  expect(await admin('ListUsersInGroup', { ...GROUP, NextToken: 'AAQA' })).toEqual(
    refused('InvalidParameterException', 'Paging marker is invalid.'),
  );
  expect(await admin('ListUsersInGroup', { GroupName: 'nobody' })).toEqual(NO_GROUP);
});

test('ListUsersInGroup refuses a page of 0 users with the whole text of the service behind it', async () => {
  const { admin } = world();
  await admin('CreateGroup', GROUP);
  const refusal = await admin('ListUsersInGroup', { ...GROUP, Limit: 0 });
  expect(refusal).toMatchObject({ status: 400, __type: 'InvalidParameterException' });
  expect(refusal['message']).toMatch(
    /^com\.amazonaws\.services\.identitystoreservice\.model\.ValidationException: 1 validation error detected: Value '0' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 1 \(Service: AWSIdentityStoreService; Status Code: 400; Error Code: ValidationException; Request ID: [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}; Proxy: null\)$/,
  );
  expect(await admin('ListUsersInGroup', { ...GROUP, Limit: -1 })).toEqual(
    refused(
      'InvalidParameterException',
      "1 validation error detected: Value '-1' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 0",
    ),
  );
});

test('a page is right although its last group was deleted and a new one was made', async () => {
  const { admin, wait } = world();
  for (const GroupName of ['a', 'b', 'c']) await admin('CreateGroup', { GroupName });
  const { NextToken } = await admin('ListGroups', { Limit: 2 });
  await admin('DeleteGroup', { GroupName: 'b' });
  wait(1);
  await admin('CreateGroup', { GroupName: 'a0' });
  expect(names((await admin('ListGroups', { Limit: 2, NextToken }))['Groups'])).toEqual(['c', 'a0']);
});

describe('the claims of groups', () => {
  const WRITER = 'arn:aws:iam::123456789012:role/writer';
  const READER = 'arn:aws:iam::123456789012:role/reader';
  const claims = async (groups: readonly { RoleArn?: string; Precedence?: number }[]) => {
    const { admin, signIn } = world();
    for (const [index, group] of groups.entries()) {
      await admin('CreateGroup', { GroupName: `g${index}`, ...group });
      await admin('AdminAddUserToGroup', { GroupName: `g${index}`, ...ALICE });
    }
    const { IdToken, AccessToken } = (await signIn()).AuthenticationResult;
    return { id: claimsOf(IdToken), access: claimsOf(AccessToken) };
  };

  test('a user without groups has none', async () => {
    const { id, access } = await claims([]);
    for (const name of ['cognito:groups', 'cognito:roles', 'cognito:preferred_role']) {
      expect(id).not.toHaveProperty([name]);
      expect(access).not.toHaveProperty([name]);
    }
  });

  test('the preferred role is that of the lowest precedence among the groups with a role', async () => {
    const { id, access } = await claims([
      { Precedence: 0 },
      { RoleArn: READER, Precedence: 5 },
      { RoleArn: WRITER, Precedence: 2 },
      { RoleArn: READER },
    ]);
    expect(new Set(id['cognito:groups'] as string[])).toEqual(new Set(['g0', 'g1', 'g2', 'g3']));
    expect(id['cognito:roles']).toEqual([READER, WRITER]);
    expect(id['cognito:preferred_role']).toBe(WRITER);
    expect(access['cognito:groups']).toEqual(id['cognito:groups']);
    expect(access).not.toHaveProperty(['cognito:roles']);
  });

  test.each([
    [
      'a tie of two roles has none',
      [
        { RoleArn: READER, Precedence: 1 },
        { RoleArn: WRITER, Precedence: 1 },
      ],
      undefined,
    ],
    [
      'a tie of one role has that role',
      [
        { RoleArn: READER, Precedence: 1 },
        { RoleArn: READER, Precedence: 1 },
      ],
      READER,
    ],
    ['a group without precedence has none', [{ RoleArn: READER }], undefined],
  ])('%s', async (_, groups, expected) => {
    expect((await claims(groups)).id['cognito:preferred_role']).toBe(expected);
  });

  test('a refresh reads the memberships again', async () => {
    const { admin, signIn, initiate } = world();
    await admin('CreateGroup', GROUP);
    const { RefreshToken, AccessToken } = (await signIn()).AuthenticationResult;
    expect(claimsOf(AccessToken)).not.toHaveProperty(['cognito:groups']);
    await admin('AdminAddUserToGroup', { ...GROUP, ...ALICE });
    const refreshed = await initiate('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: RefreshToken });
    expect(claimsOf(refreshed.AuthenticationResult.AccessToken)['cognito:groups']).toEqual(['writers']);
  });
});
