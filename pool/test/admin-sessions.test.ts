/** The sessions and authentication events of a user, as administrators see them. */
import { createAdmin, EMPTY_BODY } from './admin-calls.ts';
import { claimsOf } from './raw-calls.ts';
import { PASSWORD, refused, signedIn } from './wire.ts';

const ALICE = { Username: 'alice' };
const users = ['alice', 'bob'].map((username) => ({ username, password: PASSWORD }));

const world = (options: object = {}) => {
  const wire = createAdmin({ users, userSessionTracking: true, ...options });
  const tokens = async (username?: string) => (await wire.signIn(username)).AuthenticationResult;
  const sessions = async (Username = 'alice') =>
    (await wire.admin('AdminListUserSessions', { Username }))['Sessions'] as { readonly SessionId: string }[];
  return { ...wire, tokens, sessions };
};

const NOT_ENABLED = { status: 400, __type: 'OperationNotEnabledException' };

test('AdminListUserSessions lists the sign-ins of the user, and says of none that it is current', async () => {
  const { tokens, sessions, now, wait, admin } = world();
  await tokens();
  wait(60);
  await tokens();
  await tokens('bob');
  const listed = await sessions();
  expect(listed).toMatchObject([
    { SessionType: 'TOKEN', ClientId: 'web', CreateDate: now() / 1000 - 60, IsCurrentSession: false },
    { SessionType: 'TOKEN', ClientId: 'web', CreateDate: now() / 1000, IsCurrentSession: false },
  ]);
  await admin('AdminUserGlobalSignOut', ALICE);
  expect(await sessions()).toEqual([]);
  expect(await world({ userSessionTracking: false }).admin('AdminListUserSessions', ALICE)).toMatchObject(
    NOT_ENABLED,
  );
});

test('AdminRevokeUserSession revokes one session of this user, once', async () => {
  const { tokens, sessions, admin, adminText, call, initiate } = world();
  const [first, second] = [await tokens(), await tokens()];
  await tokens('bob');
  const [{ SessionId } = { SessionId: '' }] = await sessions();
  const revoke = (Username: string) => admin('AdminRevokeUserSession', { Username, SessionId });
  expect(await revoke('bob')).toMatchObject({ __type: 'ResourceNotFoundException' });
  expect(await adminText('AdminRevokeUserSession', { ...ALICE, SessionId })).toEqual(EMPTY_BODY);
  expect(await revoke('alice')).toMatchObject({ __type: 'ResourceNotFoundException' });
  expect(await call('GetUser', { AccessToken: first.AccessToken })).toMatchObject({
    message: 'Access Token has been revoked',
  });
  expect(await initiate('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: second.RefreshToken })).toMatchObject(
    signedIn,
  );
  const untracked = world({ userSessionTracking: false });
  expect(await untracked.admin('AdminRevokeUserSession', { ...ALICE, SessionId })).toMatchObject(NOT_ENABLED);
});

const PROTECTED = { userPool: { UserPoolAddOns: { AdvancedSecurityMode: 'AUDIT' } } };

describe('AdminListUserAuthEvents', () => {
  test('lists sign-ins, the newest first, in pages', async () => {
    const { tokens, admin, wait, now } = world(PROTECTED);
    const first = claimsOf((await tokens()).AccessToken)['event_id'];
    wait(60);
    const second = claimsOf((await tokens()).AccessToken)['event_id'];
    await tokens('bob');
    const page = await admin('AdminListUserAuthEvents', { ...ALICE, MaxResults: 1 });
    const event = { EventType: 'SignIn', EventResponse: 'Pass' };
    expect(page['AuthEvents']).toMatchObject([{ ...event, EventId: second, CreationDate: now() / 1000 }]);
    const { NextToken } = page;
    const next = await admin('AdminListUserAuthEvents', { ...ALICE, MaxResults: 0, NextToken });
    expect(next['AuthEvents']).toMatchObject([{ ...event, EventId: first, CreationDate: now() / 1000 - 60 }]);
    expect(next).not.toHaveProperty('NextToken');
    expect(await admin('AdminListUserAuthEvents', { Username: 'bob', NextToken })).toMatchObject({
      __type: 'InvalidParameterException',
    });
  });

  test.each([{}, { userPool: { UserPoolAddOns: { AdvancedSecurityMode: 'OFF' } } }])(
    'is refused with %j',
    async (options) => {
      expect(await world(options).admin('AdminListUserAuthEvents', ALICE)).toMatchObject({
        __type: 'UserPoolAddOnNotEnabledException',
      });
    },
  );
});

test('AdminUpdateAuthEventFeedback is taken for a sign-in of this user', async () => {
  const { tokens, admin, adminText } = world(PROTECTED);
  const EventId = claimsOf((await tokens()).AccessToken)['event_id'];
  const input = { ...ALICE, EventId, FeedbackValue: 'Invalid' };
  expect(await adminText('AdminUpdateAuthEventFeedback', input)).toEqual(EMPTY_BODY);
  for (const wrong of [{ EventId: 'x' }, { Username: 'bob' }]) {
    expect(await admin('AdminUpdateAuthEventFeedback', { ...input, ...wrong })).toEqual(
      refused('ResourceNotFoundException', 'Auth event does not exist.'),
    );
  }
  expect(await world().admin('AdminUpdateAuthEventFeedback', input)).toMatchObject({
    __type: 'UserPoolAddOnNotEnabledException',
  });
});
