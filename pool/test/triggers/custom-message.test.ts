/** CustomMessage gets the event of AWS's guide for each kind of message, and its texts are those in the outbox. */
import type { UserPoolOptions } from '../../src/index.ts';
import { createAdmin } from '../admin-calls.ts';
import { CODE_MISMATCH, PASSWORD, refused, signedIn } from '../wire.ts';
import {
  attributesOf,
  createTriggerWire,
  eventOf,
  failedText,
  failing,
  NO_CLIENT,
  responding,
  SIGN_UP,
  type TriggerWire,
  unchanged,
} from './record-triggers.ts';

const ClientMetadata = { tenant: 'a' };
const EMPTY_RESPONSE = { smsMessage: null, emailMessage: null, emailSubject: null };
const UNRECOGNIZABLE = refused('InvalidLambdaResponseException', 'Unrecognizable lambda output');
const ATTRIBUTES = { email: 'alice@example.com', email_verified: 'true', phone_number: '+4912345678' };
const ALICE: UserPoolOptions = { users: [{ username: 'alice', password: PASSWORD, attributes: ATTRIBUTES }] };
const USER = { ClientId: 'web', Username: 'alice' };

interface Occasion {
  readonly source: string;
  readonly options: UserPoolOptions;
  readonly send: (wire: TriggerWire) => Promise<unknown>;
  readonly before?: (wire: TriggerWire) => Promise<unknown>;
  /** Default: the metadata of the request. */
  readonly metadata?: undefined | false;
  readonly clientId?: string;
}

const accessTokenOf = async (wire: TriggerWire) => (await wire.signIn()).AuthenticationResult.AccessToken;
const changed = [{ Name: 'email', Value: 'new@example.com' }];

const OCCASIONS: readonly (readonly [string, Occasion])[] = [
  [
    'SignUp',
    {
      source: 'CustomMessage_SignUp',
      options: { users: [] },
      send: (wire) => wire.call('SignUp', { ...SIGN_UP, ClientMetadata }),
    },
  ],
  [
    'ResendConfirmationCode',
    {
      source: 'CustomMessage_ResendCode',
      options: { users: [] },
      before: (wire) => wire.call('SignUp', SIGN_UP),
      send: (wire) => wire.call('ResendConfirmationCode', { ...USER, ClientMetadata }),
    },
  ],
  [
    'ForgotPassword',
    {
      source: 'CustomMessage_ForgotPassword',
      options: ALICE,
      send: (wire) => wire.call('ForgotPassword', { ...USER, ClientMetadata }),
    },
  ],
  [
    'AdminResetUserPassword',
    {
      source: 'CustomMessage_ForgotPassword',
      options: ALICE,
      clientId: NO_CLIENT,
      send: (wire) => wire.admin('AdminResetUserPassword', { Username: 'alice', ClientMetadata }),
    },
  ],
  [
    'UpdateUserAttributes',
    {
      source: 'CustomMessage_UpdateUserAttribute',
      options: ALICE,
      send: async (wire) => {
        const AccessToken = await accessTokenOf(wire);
        return wire.call('UpdateUserAttributes', { AccessToken, UserAttributes: changed, ClientMetadata });
      },
    },
  ],
  [
    'AdminUpdateUserAttributes',
    {
      source: 'CustomMessage_UpdateUserAttribute',
      options: ALICE,
      clientId: NO_CLIENT,
      send: (wire) =>
        wire.admin('AdminUpdateUserAttributes', {
          Username: 'alice',
          UserAttributes: changed,
          ClientMetadata,
        }),
    },
  ],
  [
    'GetUserAttributeVerificationCode',
    {
      source: 'CustomMessage_VerifyUserAttribute',
      options: ALICE,
      send: async (wire) => {
        const AccessToken = await accessTokenOf(wire);
        const input = { AccessToken, AttributeName: 'email', ClientMetadata };
        return wire.call('GetUserAttributeVerificationCode', input);
      },
    },
  ],
  [
    'InitiateAuth with a second factor, whose metadata is not passed on,',
    {
      source: 'CustomMessage_Authentication',
      options: { users: [{ username: 'alice', password: PASSWORD, mfa: { sms: '+4912345678' } }] },
      metadata: false,
      send: (wire) =>
        wire.initiate('USER_PASSWORD_AUTH', { USERNAME: 'alice', PASSWORD }, { ClientMetadata }),
    },
  ],
  [
    'RespondToAuthChallenge with a second factor',
    {
      source: 'CustomMessage_Authentication',
      options: {
        users: [
          {
            username: 'alice',
            password: PASSWORD,
            attributes: { email: 'alice@example.com' },
            mfa: { sms: '+4912345678', email: true },
          },
        ],
      },
      send: async (wire) => {
        const { Session } = await wire.signIn();
        return wire.respond('SELECT_MFA_TYPE', Session, { ANSWER: 'EMAIL_OTP' }, { ClientMetadata });
      },
    },
  ],
];

test.each(OCCASIONS)('%s sends the event, whole', async (_operation, occasion) => {
  const { source, options, before, send, metadata, clientId = 'web' } = occasion;
  const wire = createTriggerWire({ customMessage: unchanged }, options);
  await before?.(wire);
  wire.takeEvents();
  await send(wire);
  // AdminResetUserPassword changes the status after the message
  const userAttributes =
    source === 'CustomMessage_ForgotPassword'
      ? attributesOf(wire, 'alice', { 'cognito:user_status': 'CONFIRMED' })
      : attributesOf(wire);
  expect(wire.takeEvents()).toEqual([
    eventOf(
      source,
      {
        userAttributes,
        codeParameter: '{####}',
        linkParameter: '{##Click Here##}',
        usernameParameter: null,
        ...(metadata !== false && { clientMetadata: ClientMetadata }),
      },
      EMPTY_RESPONSE,
      { clientId },
    ),
  ]);
  expect(wire.pool.outbox.at(-1)?.body).toMatch(/^Your (verification|authentication) code is \d{6}$/);
});

test('AdminCreateUser has a parameter for the user name, and no metadata', async () => {
  const wire = createTriggerWire({ customMessage: unchanged }, { users: [] });
  const UserAttributes = [{ Name: 'email', Value: 'alice@example.com' }];
  await wire.admin('AdminCreateUser', { Username: 'alice', UserAttributes, ClientMetadata });
  expect(wire.takeEvents()).toEqual([
    eventOf(
      'CustomMessage_AdminCreateUser',
      {
        userAttributes: attributesOf(wire),
        codeParameter: '{####}',
        linkParameter: '{##Click Here##}',
        usernameParameter: '{username}',
      },
      EMPTY_RESPONSE,
      { clientId: NO_CLIENT },
    ),
  ]);
});

test('the texts of the trigger are those in the outbox, with the code', async () => {
  const wire = createTriggerWire(
    {
      customMessage: responding({
        emailMessage: '<b>{####}</b>, once more {####}',
        emailSubject: 'Welcome',
        smsMessage: 'SMS {####}',
      }),
    },
    { users: [] },
  );
  await wire.call('SignUp', SIGN_UP);
  const code = wire.lastCode();
  expect(wire.pool.outbox).toMatchObject([{ subject: 'Welcome', body: `<b>${code}</b>, once more ${code}` }]);
  const confirmation = { ...USER, ConfirmationCode: code };
  expect(await wire.call('ConfirmSignUp', confirmation)).toMatchObject({ status: 200 });
});

test('an invitation has the user name and the temporary password', async () => {
  const wire = createTriggerWire(
    { customMessage: responding({ smsMessage: 'Hi {username}: {####}' }) },
    { users: [] },
  );
  const UserAttributes = [{ Name: 'phone_number', Value: '+4912345678' }];
  const input = { Username: 'alice', TemporaryPassword: 'Temp-{username}-1', UserAttributes };
  await wire.admin('AdminCreateUser', input);
  expect(wire.pool.outbox).toMatchObject([{ subject: undefined, body: 'Hi alice: Temp-{username}-1' }]);
});

test('a link carries the client, the user and the code', async () => {
  const wire = createTriggerWire(
    { customMessage: responding({ emailMessage: 'Please {##confirm##}.' }) },
    { users: [] },
  );
  await wire.call('SignUp', SIGN_UP);
  const [, href = ''] =
    /^Please <a href="([^"]+)">confirm<\/a>\.$/.exec(wire.pool.outbox[0]?.body ?? '') ?? [];
  const url = new URL(href);
  expect(url.pathname).toBe('/confirmUser');
  expect(Object.fromEntries(url.searchParams)).toEqual({
    client_id: 'web',
    user_name: 'alice',
    confirmation_code: wire.lastCode(),
  });
});

test.each([
  ['an e-mail without the code', { emailMessage: 'Hello' }],
  ['a text that is a number', { emailMessage: 1 }],
  ['a subject that is a number', { emailSubject: 1 }],
])('%s is refused, nothing is sent, and the user stays', async (_what, response) => {
  const wire = createTriggerWire({ customMessage: responding(response) }, { users: [] });
  expect(await wire.call('SignUp', SIGN_UP)).toMatchObject(UNRECOGNIZABLE);
  expect(wire.pool.outbox).toEqual([]);
  expect(wire.pool.users.find('alice')?.status).toBe('UNCONFIRMED');
});

test('an invitation without the user name is refused', async () => {
  const wire = createTriggerWire({ customMessage: responding({ smsMessage: 'Hi: {####}' }) }, { users: [] });
  expect(await wire.admin('AdminCreateUser', { Username: 'alice', UserAttributes: changed })).toMatchObject(
    UNRECOGNIZABLE,
  );
});

test('a trigger that throws leaves the code before it valid', async () => {
  let fails = false;
  const wire = createTriggerWire({ customMessage: (event) => (fails ? failing() : event) }, { users: [] });
  await wire.call('SignUp', SIGN_UP);
  const ConfirmationCode = wire.lastCode();
  fails = true;
  expect(await wire.call('ResendConfirmationCode', USER)).toMatchObject(
    refused('UserLambdaValidationException', failedText('CustomMessage')),
  );
  expect(wire.pool.outbox).toHaveLength(1);
  const confirm = (code: string) => wire.call('ConfirmSignUp', { ...USER, ConfirmationCode: code });
  expect(await confirm('000000')).toMatchObject(CODE_MISMATCH);
  expect(await confirm(ConfirmationCode)).toMatchObject({ status: 200 });
});

test('a user who is removed while it runs gets no message', async () => {
  const wire = createTriggerWire(
    {
      customMessage: (event) => {
        wire.pool.users.remove('alice');
        return event;
      },
    },
    ALICE,
  );
  expect(await wire.call('ForgotPassword', USER)).toMatchObject({ __type: 'UserNotFoundException' });
  expect(wire.pool.outbox).toEqual([]);
});

describe('the texts of the settings', () => {
  const SETTINGS: UserPoolOptions['userPool'] = {
    VerificationMessageTemplate: {
      EmailSubject: 'Verify',
      EmailMessage: 'Mail {####}',
      SmsMessage: 'SMS {####}',
    },
    AdminCreateUserConfig: {
      InviteMessageTemplate: {
        EmailSubject: 'Invited',
        EmailMessage: '{username} {####}',
        SMSMessage: 'SMS {username} {####}',
      },
    },
    SmsAuthenticationMessage: 'Factor {####}',
  };
  const create = (userPool: UserPoolOptions['userPool']) =>
    createAdmin({ users: [], ...(userPool && { userPool }) });

  test('are those of VerificationMessageTemplate and InviteMessageTemplate', async () => {
    const wire = create(SETTINGS);
    await wire.call('SignUp', SIGN_UP);
    const UserAttributes = [
      { Name: 'email', Value: 'bob@example.com' },
      { Name: 'phone_number', Value: '+4912345678' },
    ];
    const input = { Username: 'bob', TemporaryPassword: 'Temp-Pass-1', UserAttributes };
    await wire.admin('AdminCreateUser', { ...input, DesiredDeliveryMediums: ['EMAIL', 'SMS'] });
    expect(wire.pool.outbox.map(({ subject, body }) => [subject, body.replace(/\d{6}/, 'CODE')])).toEqual([
      ['Verify', 'Mail CODE'],
      ['Invited', 'bob Temp-Pass-1'],
      [undefined, 'SMS bob Temp-Pass-1'],
    ]);
  });

  test('are the older members where there is no template, and AWS defaults without both', async () => {
    const older = create({ EmailVerificationSubject: 'Old', EmailVerificationMessage: 'Old {####}' });
    await older.call('SignUp', SIGN_UP);
    expect(older.pool.outbox).toMatchObject([{ subject: 'Old', body: `Old ${older.lastCode()}` }]);
    const bare = create(undefined);
    await bare.call('SignUp', SIGN_UP);
    expect(bare.pool.outbox).toMatchObject([
      { subject: 'Your verification code', body: `Your verification code is ${bare.lastCode()}` },
    ]);
    await bare.admin('AdminCreateUser', {
      Username: 'bob',
      TemporaryPassword: 'Temp-Pass-1',
      UserAttributes: [{ Name: 'email', Value: 'bob@example.com' }],
    });
    expect(bare.pool.outbox.at(-1)).toMatchObject({
      subject: 'Your temporary password',
      body: 'Your username is bob and temporary password is Temp-Pass-1',
    });
  });

  test('have a link where the pool confirms by link', async () => {
    const wire = create({ VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_LINK' } });
    await wire.call('SignUp', SIGN_UP);
    expect(wire.pool.outbox).toMatchObject([
      { subject: 'Your verification link', body: expect.stringContaining(wire.lastCode()) },
    ]);
  });

  test('are that of SmsAuthenticationMessage for a second factor', async () => {
    const users = [{ username: 'alice', password: PASSWORD, mfa: { sms: '+4912345678' } }];
    const wire = createAdmin({ users, ...(SETTINGS && { userPool: SETTINGS }) });
    const { Session } = await wire.signIn();
    expect(wire.pool.outbox).toMatchObject([{ body: `Factor ${wire.lastCode()}` }]);
    const responses = { SMS_MFA_CODE: wire.lastCode() };
    expect(await wire.respond('SMS_MFA', Session, responses)).toMatchObject(signedIn);
  });
});
