/** The sessions of a user are listed and revoked, and feedback on a sign-in is taken. */
import { claimsOf } from '../../test/support/client.ts';
import { createWire, PASSWORD, signedIn } from './wire.ts';

const TRACKING = { userSessionTracking: true };
const users = [
  { username: 'alice', password: PASSWORD },
  { username: 'bob', password: PASSWORD },
];

interface SessionDescription {
  readonly SessionId: string;
  readonly IsCurrentSession: boolean;
}

async function world() {
  const wire = createWire({ ...TRACKING, users });
  const tokens = async (username?: string) => (await wire.signIn(username)).AuthenticationResult;
  const list = async (AccessToken: string) =>
    (await wire.call('ListUserSessions', { AccessToken }))['Sessions'] as readonly SessionDescription[];
  return { wire, tokens, list };
}

test('every sign-in of the user that has tokens is listed, and the current one is marked', async () => {
  const { wire, tokens, list } = await world();
  const first = await tokens();
  wire.wait(60);
  const second = await tokens();
  await tokens('bob');
  wire.wait(30);
  await wire.initiate('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: first.RefreshToken });
  const start = wire.now() / 1000 - 90;
  const SessionId = expect.stringMatching(/^tkn[a-z0-9]{25}$/);
  const common = {
    SessionId,
    SessionType: 'TOKEN',
    ClientId: 'web',
    DeviceType: 'unknown',
    LastIPAddress: '127.0.0.1',
  };
  expect(await list(second.AccessToken)).toEqual([
    { ...common, CreateDate: start, LastActiveDate: start + 90, IsCurrentSession: false },
    { ...common, CreateDate: start + 60, LastActiveDate: start + 60, IsCurrentSession: true },
  ]);
  await wire.call('RevokeToken', {
    ClientId: 'web',
    Token: first.RefreshToken,
    RevokeAssociatedSessions: 'LINKED',
  });
  expect(await list(second.AccessToken)).toHaveLength(1);
});

test('another session is revoked with its tokens, once, and the current one is not', async () => {
  const { wire, tokens, list } = await world();
  const [mine, other, bobs] = [await tokens(), await tokens(), await tokens('bob')];
  const [current, second] = await list(mine.AccessToken);
  const [foreign] = await list(bobs.AccessToken);
  const revoke = (SessionId: string | undefined) =>
    wire.call('RevokeUserSession', { AccessToken: mine.AccessToken, SessionId });
  expect(await revoke(current?.SessionId)).toMatchObject({ __type: 'InvalidParameterException' });
  expect(await revoke(foreign?.SessionId)).toMatchObject({ __type: 'ResourceNotFoundException' });
  expect(await revoke(second?.SessionId)).toEqual({ status: 200 });
  expect(await revoke(second?.SessionId)).toMatchObject({ __type: 'ResourceNotFoundException' });
  expect(await wire.call('GetUser', { AccessToken: other.AccessToken })).toMatchObject({
    __type: 'NotAuthorizedException',
    message: 'Access Token has been revoked',
  });
  expect(await wire.initiate('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: other.RefreshToken })).toMatchObject({
    __type: 'NotAuthorizedException',
  });
  expect(await wire.initiate('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: mine.RefreshToken })).toMatchObject(
    signedIn,
  );
});

test('a pool without session tracking refuses both operations', async () => {
  const wire = createWire();
  const { AccessToken } = (await wire.signIn()).AuthenticationResult;
  const refusal = { status: 400, __type: 'OperationNotEnabledException' };
  const SessionId = `tkn${'a'.repeat(25)}`;
  expect(await wire.call('ListUserSessions', { AccessToken })).toMatchObject(refusal);
  expect(await wire.call('RevokeUserSession', { AccessToken, SessionId })).toMatchObject(refusal);
});

test('feedback is taken for a sign-in of the user, and for no other event', async () => {
  const { wire, tokens } = await world();
  const EventId = claimsOf((await tokens()).AccessToken)['event_id'];
  const input = {
    UserPoolId: 'us-east-1_LocalPool',
    Username: 'alice',
    FeedbackToken: 'f',
    FeedbackValue: 'Valid',
  };
  const send = (more: object) => wire.call('UpdateAuthEventFeedback', { ...input, EventId, ...more });
  expect(await send({})).toEqual({ status: 200 });
  expect(await send({ EventId: 'another' })).toMatchObject({ __type: 'ResourceNotFoundException' });
  expect(await send({ Username: 'bob' })).toMatchObject({ __type: 'ResourceNotFoundException' });
  expect(await send({ Username: 'carol' })).toMatchObject({ __type: 'UserNotFoundException' });
  expect(await send({ UserPoolId: 'local_Other' })).toMatchObject({ __type: 'ResourceNotFoundException' });
  expect(await send({ FeedbackValue: 'Perhaps' })).toMatchObject({ __type: 'InvalidParameterException' });
});
