/** PreSignUp gets the event of AWS's guide, and refuses, confirms and verifies new users. */
import { createAdmin } from '../admin-calls.ts';
import { refused, signedIn } from '../wire.ts';
import {
  createTriggerWire,
  eventOf,
  failedText,
  failing,
  NO_CLIENT,
  responding,
  SIGN_UP,
  unchanged,
} from './record-triggers.ts';

const DEFAULTS = { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false };
const UNRECOGNIZABLE = refused('InvalidLambdaResponseException', 'Unrecognizable lambda output');

test('SignUp sends PreSignUp_SignUp, with null where there is no validation data', async () => {
  const wire = createTriggerWire({ preSignUp: unchanged }, { users: [] });
  await wire.call('SignUp', SIGN_UP);
  expect(wire.takeEvents()).toEqual([
    eventOf(
      'PreSignUp_SignUp',
      { userAttributes: { email: 'alice@example.com' }, validationData: null },
      DEFAULTS,
    ),
  ]);
  expect(wire.pool.users.find('alice')?.status).toBe('UNCONFIRMED');
});

test('ValidationData and ClientMetadata of SignUp are validationData and clientMetadata', async () => {
  const wire = createTriggerWire({ preSignUp: unchanged }, { users: [] });
  const ValidationData = [{ Name: 'captcha', Value: 'right' }];
  await wire.call('SignUp', { ...SIGN_UP, ValidationData, ClientMetadata: { tenant: 'a' } });
  expect(wire.takeEvents()).toEqual([
    eventOf(
      'PreSignUp_SignUp',
      {
        userAttributes: { email: 'alice@example.com' },
        validationData: { captcha: 'right' },
        clientMetadata: { tenant: 'a' },
      },
      DEFAULTS,
    ),
  ]);
});

test('where users sign up with an address, userName is the sub', async () => {
  const wire = createTriggerWire({ preSignUp: unchanged }, { users: [], usernameAttributes: ['email'] });
  const { UserSub } = await wire.call('SignUp', { ...SIGN_UP, Username: 'alice@example.com' });
  expect(wire.takeEvents()).toMatchObject([
    { userName: UserSub, request: { userAttributes: { email: 'alice@example.com' } } },
  ]);
});

test('AdminCreateUser sends PreSignUp_AdminCreateUser, and the answer has no effect', async () => {
  const wire = createTriggerWire(
    { preSignUp: responding({ autoConfirmUser: true, autoVerifyEmail: true, autoVerifyPhone: true }) },
    { users: [] },
  );
  await wire.admin('AdminCreateUser', {
    Username: 'alice',
    TemporaryPassword: 'Temp-Pass-1',
    ValidationData: [{ Name: 'captcha', Value: 'right' }],
    ClientMetadata: { tenant: 'a' },
  });
  expect(wire.takeEvents()).toEqual([
    eventOf(
      'PreSignUp_AdminCreateUser',
      { userAttributes: {}, validationData: { captcha: 'right' }, clientMetadata: { tenant: 'a' } },
      DEFAULTS,
      { clientId: NO_CLIENT },
    ),
  ]);
  expect(wire.pool.users.find('alice')).toMatchObject({ status: 'FORCE_CHANGE_PASSWORD', attributes: {} });
});

test('a sign-up that is confirmed at once signs in, and no code is sent', async () => {
  const wire = createTriggerWire(
    { preSignUp: responding({ autoConfirmUser: true, autoVerifyEmail: true }) },
    { users: [] },
  );
  expect(await wire.call('SignUp', SIGN_UP)).toMatchObject({ status: 200, UserConfirmed: true });
  expect(wire.pool.users.find('alice')?.attributes).toMatchObject({ email_verified: 'true' });
  expect(wire.pool.outbox).toEqual([]);
  expect(await wire.signIn()).toMatchObject(signedIn);
});

test('an address that is verified but not confirmed still gets the code', async () => {
  const wire = createTriggerWire({ preSignUp: responding({ autoVerifyEmail: true }) }, { users: [] });
  expect(await wire.call('SignUp', SIGN_UP)).toMatchObject({
    UserConfirmed: false,
    CodeDeliveryDetails: { AttributeName: 'email' },
  });
  expect(wire.pool.users.find('alice')?.attributes).toMatchObject({ email_verified: 'true' });
});

test('a verified alias moves to the new user, and the former owner has it unverified', async () => {
  const attributes = { email: 'alice@example.com', email_verified: 'true' };
  const users = [{ username: 'owner', password: 'Correct-Horse-9', attributes }];
  const wire = createTriggerWire(
    { preSignUp: responding({ autoConfirmUser: true, autoVerifyEmail: true }) },
    { users, aliasAttributes: ['email'] },
  );
  expect(await wire.call('SignUp', SIGN_UP)).toMatchObject({ status: 200 });
  expect(wire.pool.users.find('alice@example.com')?.username).toBe('alice');
  expect(wire.pool.users.find('owner')?.attributes).toMatchObject({ email_verified: 'false' });
});

test.each([
  ['verifies an address that the user does not have', { autoVerifyPhone: true }],
  ['has a text for a boolean', { autoConfirmUser: 'true' }],
])('a response that %s is refused, and nobody is added', async (_what, response) => {
  const wire = createTriggerWire({ preSignUp: responding(response) }, { users: [] });
  expect(await wire.call('SignUp', SIGN_UP)).toMatchObject(UNRECOGNIZABLE);
  expect(wire.pool.users.all()).toEqual([]);
});

test('a trigger that throws refuses SignUp and AdminCreateUser, and nobody is added', async () => {
  const wire = createTriggerWire({ preSignUp: failing }, { users: [] });
  const refusal = refused('UserLambdaValidationException', failedText('PreSignUp'));
  expect(await wire.call('SignUp', SIGN_UP)).toMatchObject(refusal);
  expect(await wire.admin('AdminCreateUser', { Username: 'alice' })).toMatchObject(refusal);
  expect(wire.pool.users.all()).toEqual([]);
  expect(wire.pool.outbox).toEqual([]);
});

test('two sign-ups of one name at the same time add one user', async () => {
  const slow = async (event: object) => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    return event;
  };
  const wire = createTriggerWire({ preSignUp: slow }, { users: [] });
  const replies = await Promise.all([wire.call('SignUp', SIGN_UP), wire.call('SignUp', SIGN_UP)]);
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 400]);
  expect(replies).toContainEqual(expect.objectContaining({ __type: 'UsernameExistsException' }));
});

test('RESEND of AdminCreateUser adds nobody, so it does not run', async () => {
  const wire = createTriggerWire({ preSignUp: unchanged }, { users: [] });
  const user = { Username: 'alice', TemporaryPassword: 'Temp-Pass-1' };
  await wire.admin('AdminCreateUser', user);
  wire.takeEvents();
  expect(await wire.admin('AdminCreateUser', { ...user, MessageAction: 'RESEND' })).toMatchObject({
    status: 200,
  });
  expect(wire.takeEvents()).toEqual([]);
});

test('a pool without the trigger adds users as before', async () => {
  const wire = createAdmin({ users: [] });
  expect(await wire.call('SignUp', SIGN_UP)).toMatchObject({ status: 200, UserConfirmed: false });
});
