/** PostConfirmation gets the event of AWS's guide, and cannot undo a confirmation. */
import { refused, signedIn } from '../wire.ts';
import {
  attributesOf,
  createTriggerWire,
  eventOf,
  failedText,
  failing,
  NO_CLIENT,
  responding,
  SIGN_UP,
  unchanged,
} from './record-triggers.ts';

const ClientMetadata = { tenant: 'a' };
const clientMetadata = ClientMetadata;
const REFUSAL = refused('UserLambdaValidationException', failedText('PostConfirmation'));

const signUpWire = (postConfirmation: () => unknown = () => undefined) => {
  const handler = postConfirmation === failing ? failing : unchanged;
  return createTriggerWire({ postConfirmation: handler }, { users: [] });
};

test('ConfirmSignUp sends PostConfirmation_ConfirmSignUp, and the user is confirmed', async () => {
  const wire = signUpWire();
  await wire.call('SignUp', SIGN_UP);
  const ConfirmationCode = wire.lastCode();
  await wire.call('ConfirmSignUp', { ClientId: 'web', Username: 'alice', ConfirmationCode, ClientMetadata });
  const userAttributes = {
    sub: wire.pool.users.find('alice')?.sub,
    'cognito:user_status': 'CONFIRMED',
    email: 'alice@example.com',
    email_verified: 'true',
  };
  expect(wire.takeEvents()).toEqual([
    eventOf('PostConfirmation_ConfirmSignUp', { userAttributes, clientMetadata }),
  ]);
});

test('AdminConfirmSignUp sends the same without a client', async () => {
  const wire = signUpWire();
  await wire.call('SignUp', SIGN_UP);
  await wire.admin('AdminConfirmSignUp', { Username: 'alice', ClientMetadata });
  expect(wire.takeEvents()).toEqual([
    eventOf(
      'PostConfirmation_ConfirmSignUp',
      { userAttributes: attributesOf(wire), clientMetadata },
      {},
      { clientId: NO_CLIENT },
    ),
  ]);
});

test('a sign-up that PreSignUp confirms sends it with the ClientMetadata of SignUp', async () => {
  const wire = createTriggerWire(
    { preSignUp: responding({ autoConfirmUser: true }), postConfirmation: unchanged },
    { users: [] },
  );
  await wire.call('SignUp', { ...SIGN_UP, ClientMetadata });
  expect(wire.takeEvents().slice(1)).toEqual([
    eventOf('PostConfirmation_ConfirmSignUp', { userAttributes: attributesOf(wire), clientMetadata }),
  ]);
});

test('ConfirmForgotPassword sends PostConfirmation_ConfirmForgotPassword', async () => {
  const attributes = { email: 'alice@example.com', email_verified: 'true' };
  const wire = createTriggerWire(
    { postConfirmation: unchanged },
    { users: [{ username: 'alice', password: 'Correct-Horse-9', attributes }] },
  );
  await wire.call('ForgotPassword', { ClientId: 'web', Username: 'alice' });
  await wire.call('ConfirmForgotPassword', {
    ClientId: 'web',
    Username: 'alice',
    ConfirmationCode: wire.lastCode(),
    Password: 'Another-Horse-10',
    ClientMetadata,
  });
  expect(wire.takeEvents()).toEqual([
    eventOf('PostConfirmation_ConfirmForgotPassword', { userAttributes: attributesOf(wire), clientMetadata }),
  ]);
});

test('a user in a pool with aliases has the alias among the attributes', async () => {
  const wire = createTriggerWire({ postConfirmation: unchanged }, { users: [], aliasAttributes: ['email'] });
  await wire.call('SignUp', SIGN_UP);
  await wire.call('ConfirmSignUp', {
    ClientId: 'web',
    Username: 'alice',
    ConfirmationCode: wire.lastCode(),
  });
  const userAttributes = attributesOf(wire, 'alice', { 'cognito:email_alias': 'alice@example.com' });
  expect(wire.takeEvents()).toEqual([eventOf('PostConfirmation_ConfirmSignUp', { userAttributes })]);
});

test('the user is confirmed even if the trigger fails', async () => {
  const wire = signUpWire(failing);
  await wire.call('SignUp', SIGN_UP);
  const confirmation = { ClientId: 'web', Username: 'alice', ConfirmationCode: wire.lastCode() };
  expect(await wire.call('ConfirmSignUp', confirmation)).toMatchObject(REFUSAL);
  expect(wire.pool.users.find('alice')?.status).toBe('CONFIRMED');
  expect(await wire.signIn()).toMatchObject(signedIn);
});

test('the new password is set even if the trigger fails', async () => {
  const attributes = { email: 'alice@example.com' };
  const wire = createTriggerWire(
    { postConfirmation: failing },
    { users: [{ username: 'alice', password: 'Old-Horse-8', attributes }] },
  );
  await wire.call('ForgotPassword', { ClientId: 'web', Username: 'alice' });
  const input = { ClientId: 'web', Username: 'alice', Password: 'Correct-Horse-9' };
  const reply = await wire.call('ConfirmForgotPassword', { ...input, ConfirmationCode: wire.lastCode() });
  expect(reply).toMatchObject(REFUSAL);
  expect(await wire.signIn()).toMatchObject(signedIn);
});

test('AdminCreateUser, AdminSetUserPassword and a new attribute do not run it', async () => {
  const wire = createTriggerWire({ postConfirmation: unchanged }, { users: [] });
  await wire.admin('AdminCreateUser', { Username: 'alice' });
  await wire.admin('AdminSetUserPassword', {
    Username: 'alice',
    Password: 'Correct-Horse-9',
    Permanent: true,
  });
  const UserAttributes = [{ Name: 'email', Value: 'alice@example.com' }];
  await wire.admin('AdminUpdateUserAttributes', { Username: 'alice', UserAttributes });
  expect(await wire.signIn()).toMatchObject(signedIn);
  expect(wire.takeEvents()).toEqual([]);
});
