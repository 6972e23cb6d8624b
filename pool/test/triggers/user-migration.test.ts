/** UserMigration gets the event of AWS's guide for a name that nobody has, and brings the user along. */
import type { UserPoolOptions } from '../../src/index.ts';
import { PASSWORD, refused, signedIn, srpClient, WRONG_PASSWORD } from '../wire.ts';
import { createTriggerWire, eventOf, failedText, failing, responding, unchanged } from './record-triggers.ts';

const EMPTY_RESPONSE = {
  userAttributes: null,
  forceAliasCreation: null,
  enableSMSMFA: null,
  finalUserStatus: null,
  messageAction: null,
  desiredDeliveryMediums: null,
};
const ATTRIBUTES = { email: 'ben@example.com', email_verified: 'true' };
const CONFIRMED = { userAttributes: ATTRIBUTES, finalUserStatus: 'CONFIRMED', messageAction: 'SUPPRESS' };
const UNRECOGNIZABLE = refused('InvalidLambdaResponseException', 'Unrecognizable lambda output');
const NO_USER = refused('UserNotFoundException', 'User does not exist.');

const migrating = (response: Readonly<Record<string, unknown>>, options: UserPoolOptions = {}) =>
  createTriggerWire({ userMigration: responding(response) }, options);

test('a password sign-in of an unknown name sends the password and the metadata of InitiateAuth', async () => {
  const wire = createTriggerWire({ userMigration: unchanged });
  const parameters = { USERNAME: 'ben', PASSWORD };
  await wire.initiate('USER_PASSWORD_AUTH', parameters, { ClientMetadata: { tenant: 'a' } });
  expect(wire.takeEvents()).toEqual([
    eventOf(
      'UserMigration_Authentication',
      { password: PASSWORD, validationData: { tenant: 'a' } },
      EMPTY_RESPONSE,
      { userName: 'ben' },
    ),
  ]);
});

test('the user signs in at once, and later without the trigger', async () => {
  const wire = migrating(CONFIRMED);
  expect(await wire.signIn('ben')).toMatchObject(signedIn);
  expect(wire.pool.users.find('ben')).toMatchObject({ status: 'CONFIRMED', attributes: ATTRIBUTES });
  expect(wire.pool.outbox).toEqual([]);
  wire.takeEvents();
  expect(await wire.signIn('ben')).toMatchObject(signedIn);
  const { SRP_A, prove } = srpClient(wire);
  const asked = await wire.initiate('USER_SRP_AUTH', { USERNAME: 'ben', SRP_A });
  const answer = { ...prove(asked), USERNAME: 'ben' };
  expect(await wire.respond('PASSWORD_VERIFIER', undefined, answer)).toMatchObject(signedIn);
  expect(wire.takeEvents()).toEqual([]);
});

test('AdminInitiateAuth and USER_AUTH with a password migrate as well', async () => {
  const wire = migrating(CONFIRMED);
  const AuthParameters = { USERNAME: 'ben', PASSWORD };
  const input = { ClientId: 'web', AuthFlow: 'ADMIN_USER_PASSWORD_AUTH', AuthParameters };
  expect(await wire.admin('AdminInitiateAuth', input)).toMatchObject(signedIn);
  const parameters = { USERNAME: 'eve', PASSWORD, PREFERRED_CHALLENGE: 'PASSWORD' };
  expect(await wire.initiate('USER_AUTH', parameters)).toMatchObject(signedIn);
});

test('SRP and a known user with a wrong password do not run it', async () => {
  const wire = migrating(CONFIRMED);
  const { SRP_A } = srpClient(wire);
  expect(await wire.initiate('USER_SRP_AUTH', { USERNAME: 'ben', SRP_A })).toMatchObject(NO_USER);
  const wrong = { USERNAME: 'alice', PASSWORD: 'wrong' };
  expect(await wire.initiate('USER_PASSWORD_AUTH', wrong)).toMatchObject(WRONG_PASSWORD);
  expect(wire.takeEvents()).toEqual([]);
});

test('PreAuthentication runs after it, with the user', async () => {
  const wire = createTriggerWire({ userMigration: responding(CONFIRMED), preAuthentication: unchanged });
  await wire.signIn('ben');
  expect(wire.takeEvents()).toMatchObject([
    { triggerSource: 'UserMigration_Authentication' },
    { triggerSource: 'PreAuthentication_Authentication', request: { userAttributes: ATTRIBUTES } },
  ]);
});

test.each([undefined, 'RESET_REQUIRED', 'UNCONFIRMED'])(
  'with the status %s the user needs another password',
  async (finalUserStatus) => {
    const wire = migrating({ ...CONFIRMED, finalUserStatus });
    expect(await wire.signIn('ben')).toMatchObject({ __type: 'PasswordResetRequiredException' });
    expect(wire.pool.users.find('ben')?.status).toBe('RESET_REQUIRED');
  },
);

test('the password need not follow the policy', async () => {
  const wire = migrating(CONFIRMED, { passwordPolicy: { minimumLength: 20 } });
  expect(await wire.signIn('ben')).toMatchObject(signedIn);
});

test('without SUPPRESS the user is welcomed, by text message unless it says otherwise', async () => {
  const userAttributes = { ...ATTRIBUTES, phone_number: '+4912345678' };
  const bySms = migrating({ ...CONFIRMED, userAttributes, messageAction: null });
  await bySms.signIn('ben');
  expect(bySms.pool.outbox).toMatchObject([
    { medium: 'SMS', purpose: 'AdminCreateUser', code: '', subject: undefined, body: 'Your username is ben' },
  ]);
  const byMail = migrating({
    ...CONFIRMED,
    userAttributes,
    messageAction: null,
    desiredDeliveryMediums: ['EMAIL'],
  });
  await byMail.signIn('ben');
  expect(byMail.pool.outbox).toMatchObject([{ medium: 'EMAIL', to: 'ben@example.com' }]);
  expect(JSON.stringify(byMail.pool.outbox)).not.toContain(PASSWORD);
});

test('the welcome names no temporary password, and neither CustomMessage nor a custom sender hears of it', async () => {
  const wire = createTriggerWire(
    {
      userMigration: responding({ ...CONFIRMED, messageAction: null, desiredDeliveryMediums: ['EMAIL'] }),
      customMessage: unchanged,
      customEmailSender: unchanged,
    },
    {
      userPool: {
        AdminCreateUserConfig: { InviteMessageTemplate: { EmailMessage: '{username} has {####}' } },
      },
    },
  );
  expect(await wire.signIn('ben')).toMatchObject(signedIn);
  expect(wire.pool.outbox).toMatchObject([{ subject: 'Your account', body: 'Your username is ben' }]);
  expect(wire.takeEvents().map(({ triggerSource }) => triggerSource)).toEqual([
    'UserMigration_Authentication',
  ]);
});

test('enableSMSMFA asks for a code, and needs a phone number', async () => {
  const userAttributes = { phone_number: '+4912345678' };
  const wire = migrating({ ...CONFIRMED, userAttributes, enableSMSMFA: true });
  expect(await wire.signIn('ben')).toMatchObject({ ChallengeName: 'SMS_MFA' });
  expect(await migrating({ ...CONFIRMED, enableSMSMFA: true }).signIn('ben')).toMatchObject(UNRECOGNIZABLE);
});

test('forceAliasCreation takes the alias from another user', async () => {
  const options: UserPoolOptions = {
    aliasAttributes: ['email'],
    users: [{ username: 'owner', password: PASSWORD, attributes: ATTRIBUTES }],
  };
  const keeping = migrating(CONFIRMED, options);
  expect(await keeping.signIn('ben')).toMatchObject({ __type: 'AliasExistsException' });
  expect(keeping.pool.users.find('ben')).toBeUndefined();
  const taking = migrating({ ...CONFIRMED, forceAliasCreation: true }, options);
  expect(await taking.signIn('ben')).toMatchObject(signedIn);
  expect(taking.pool.users.find('ben@example.com')?.username).toBe('ben');
});

test('a typed alias can be given a user name, and a typed name cannot be given another', async () => {
  const userAttributes = { ...ATTRIBUTES, username: 'ben' };
  const options: UserPoolOptions = { aliasAttributes: ['email'] };
  const wire = migrating({ ...CONFIRMED, userAttributes }, options);
  expect(await wire.signIn('ben@example.com')).toMatchObject(signedIn);
  expect(wire.pool.users.find('ben@example.com')?.username).toBe('ben');
  const other = migrating({ ...CONFIRMED, userAttributes }, options);
  expect(await other.signIn('benjamin')).toMatchObject(UNRECOGNIZABLE);
});

test('where users sign in with an address, the user name is the sub', async () => {
  const wire = migrating(CONFIRMED, { users: [], usernameAttributes: ['email'] });
  expect(await wire.signIn('ben@example.com')).toMatchObject(signedIn);
  const user = wire.pool.users.find('ben@example.com');
  expect(user?.username).toBe(user?.sub);
});

test('ForgotPassword sends the metadata and no password, and the user sets one', async () => {
  const response = { userAttributes: ATTRIBUTES, messageAction: 'SUPPRESS' };
  const wire = migrating(response);
  const user = { ClientId: 'web', Username: 'ben' };
  expect(await wire.call('ForgotPassword', { ...user, ClientMetadata: { tenant: 'a' } })).toMatchObject({
    CodeDeliveryDetails: { AttributeName: 'email' },
  });
  expect(wire.takeEvents()).toEqual([
    eventOf(
      'UserMigration_ForgotPassword',
      { validationData: null, clientMetadata: { tenant: 'a' } },
      EMPTY_RESPONSE,
      { userName: 'ben' },
    ),
  ]);
  const confirmation = { ...user, ConfirmationCode: wire.lastCode(), Password: PASSWORD };
  expect(await wire.call('ConfirmForgotPassword', confirmation)).toMatchObject({ status: 200 });
  expect(await wire.signIn('ben')).toMatchObject(signedIn);
});

describe.each([
  ['is unchanged', unchanged],
  ['has empty attributes', responding({ userAttributes: {} })],
])('a response that %s is a user who does not exist', (_what, userMigration) => {
  test('for a client that tells', async () => {
    const wire = createTriggerWire({ userMigration });
    expect(await wire.signIn('ben')).toMatchObject(NO_USER);
    expect(wire.pool.users.find('ben')).toBeUndefined();
  });

  test('for a client that hides it', async () => {
    const wire = createTriggerWire({ userMigration }, { preventUserExistenceErrors: true });
    expect(await wire.signIn('ben')).toMatchObject(WRONG_PASSWORD);
    expect(await wire.call('ForgotPassword', { ClientId: 'web', Username: 'ben' })).toMatchObject({
      CodeDeliveryDetails: { Destination: 'b***@b***' },
    });
  });
});

test.each([
  ['attributes that are not texts', { userAttributes: { email: 1 } }],
  ['a status that is no text', { ...CONFIRMED, finalUserStatus: 1 }],
  ['an unknown medium', { ...CONFIRMED, desiredDeliveryMediums: ['FAX'] }],
  ['a text for a boolean', { ...CONFIRMED, forceAliasCreation: 'true' }],
])('%s is refused, and nobody is added', async (_what, response) => {
  const wire = migrating(response);
  expect(await wire.signIn('ben')).toMatchObject(UNRECOGNIZABLE);
  expect(wire.pool.users.find('ben')).toBeUndefined();
});

test('attributes that nobody may write are refused, and nobody is added', async () => {
  const wire = migrating({ ...CONFIRMED, userAttributes: { ...ATTRIBUTES, 'cognito:groups': 'admin' } });
  expect(await wire.signIn('ben')).toMatchObject({ __type: 'InvalidParameterException' });
  expect(wire.pool.users.find('ben')).toBeUndefined();
});

test('a trigger that throws refuses the sign-in and ForgotPassword', async () => {
  const wire = createTriggerWire({ userMigration: failing });
  const refusal = refused('UserLambdaValidationException', failedText('UserMigration'));
  expect(await wire.signIn('ben')).toMatchObject(refusal);
  expect(await wire.call('ForgotPassword', { ClientId: 'web', Username: 'ben' })).toMatchObject(refusal);
});

test('two sign-ins at the same time add one user', async () => {
  const wire = createTriggerWire({
    userMigration: async (event) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return { ...event, response: CONFIRMED };
    },
  });
  const replies = await Promise.all([wire.signIn('ben'), wire.signIn('ben')]);
  expect(replies).toMatchObject([signedIn, signedIn]);
  expect(wire.pool.users.all().map(({ username }) => username)).toEqual(['alice', 'ben']);
});
