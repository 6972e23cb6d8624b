/** The custom senders get the event of AWS's guide for each kind of message, and nobody waits for them. */
import type { UserPoolOptions } from '../../src/index.ts';
import { PASSWORD, signedIn } from '../wire.ts';
import {
  attributesOf,
  createTriggerWire,
  eventOf,
  failedText,
  failing,
  NO_CLIENT,
  SIGN_UP,
  type TriggerWire,
  unchanged,
} from './record-triggers.ts';

const USER = { ClientId: 'web', Username: 'alice' };
const ClientMetadata = { tenant: 'a' };
const BOTH = { email: 'alice@example.com', email_verified: 'true' };
const ALICE: UserPoolOptions = { users: [{ username: 'alice', password: PASSWORD, attributes: BOTH }] };

const encoded = (text: string) => Buffer.from(text).toString('base64');

const accessTokenOf = async (wire: TriggerWire) => (await wire.signIn()).AuthenticationResult.AccessToken;
const PHONE = [{ Name: 'phone_number', Value: '+4912345678' }];

const OCCASIONS: readonly (readonly [
  source: string,
  options: UserPoolOptions,
  send: (wire: TriggerWire) => Promise<unknown>,
])[] = [
  ['SignUp', { users: [] }, (wire) => wire.call('SignUp', { ...SIGN_UP, ClientMetadata })],
  [
    'ResendCode',
    { users: [{ username: 'alice', password: PASSWORD, status: 'UNCONFIRMED', attributes: BOTH }] },
    (wire) => wire.call('ResendConfirmationCode', { ...USER, ClientMetadata }),
  ],
  ['ForgotPassword', ALICE, (wire) => wire.call('ForgotPassword', { ...USER, ClientMetadata })],
  [
    'UpdateUserAttribute',
    ALICE,
    async (wire) => {
      const UserAttributes = [{ Name: 'email', Value: 'new@example.com' }];
      const AccessToken = await accessTokenOf(wire);
      return wire.call('UpdateUserAttributes', { AccessToken, UserAttributes, ClientMetadata });
    },
  ],
  [
    'VerifyUserAttribute',
    ALICE,
    async (wire) => {
      const input = { AccessToken: await accessTokenOf(wire), AttributeName: 'email' };
      return wire.call('GetUserAttributeVerificationCode', { ...input, ClientMetadata });
    },
  ],
  [
    'Authentication',
    {
      users: [
        { username: 'alice', password: PASSWORD, attributes: BOTH, mfa: { email: true, sms: '+4912345678' } },
      ],
    },
    async (wire) => {
      const { Session } = await wire.signIn();
      return wire.respond('SELECT_MFA_TYPE', Session, { ANSWER: 'EMAIL_OTP' }, { ClientMetadata });
    },
  ],
];

test.each(OCCASIONS)('CustomEmailSender_%s has the code and the metadata', async (source, options, send) => {
  const wire = createTriggerWire({ customEmailSender: unchanged }, options);
  await send(wire);
  expect(wire.takeEvents()).toEqual([
    eventOf(
      `CustomEmailSender_${source}`,
      {
        type: 'customEmailSenderRequestV1',
        code: encoded(wire.lastCode()),
        clientMetadata: ClientMetadata,
        userAttributes: attributesOf(wire),
      },
      null,
    ),
  ]);
});

test('AdminCreateUser sends the temporary password, escaped as HTML, and null as metadata', async () => {
  const wire = createTriggerWire({ customSMSSender: unchanged }, { users: [] });
  const input = { Username: 'alice', TemporaryPassword: 'Temp-<&>-1', UserAttributes: PHONE };
  await wire.admin('AdminCreateUser', { ...input, ClientMetadata });
  expect(wire.takeEvents()).toEqual([
    eventOf(
      'CustomSMSSender_AdminCreateUser',
      {
        type: 'customSMSSenderRequestV1',
        code: encoded('Temp-&lt;&amp;&gt;-1'),
        clientMetadata: null,
        userAttributes: attributesOf(wire),
      },
      null,
      { clientId: NO_CLIENT },
    ),
  ]);
});

test('CustomSMSSender sends the codes of text messages alone', async () => {
  const users = [{ username: 'alice', password: PASSWORD, attributes: BOTH, mfa: { sms: '+4912345678' } }];
  const wire = createTriggerWire({ customSMSSender: unchanged }, { users });
  const { Session } = await wire.signIn();
  expect(wire.takeEvents()).toMatchObject([{ triggerSource: 'CustomSMSSender_Authentication' }]);
  expect(await wire.respond('SMS_MFA', Session, { SMS_MFA_CODE: wire.lastCode() })).toMatchObject(signedIn);
  const { AccessToken } = (await wire.signIn()).AuthenticationResult ?? {};
  expect(AccessToken).toBeUndefined();
  wire.takeEvents();
  await wire.call('ForgotPassword', { ...USER });
  expect(wire.takeEvents()).toEqual([]);
});

test('the outbox has the message all the same, and CustomMessage does not run for that medium', async () => {
  const wire = createTriggerWire({ customEmailSender: unchanged, customMessage: failing }, { users: [] });
  expect(await wire.call('SignUp', SIGN_UP)).toMatchObject({ status: 200 });
  expect(wire.pool.outbox).toMatchObject([{ body: `Your verification code is ${wire.lastCode()}` }]);
  const phone = { ...SIGN_UP, Username: 'bob', UserAttributes: PHONE };
  expect(await wire.call('SignUp', phone)).toMatchObject({ __type: 'UserLambdaValidationException' });
});

test('a sender that throws does not hold up the operation, and is named in the log', async () => {
  const lines: string[] = [];
  const logTriggers = (line: string) => lines.push(line);
  const wire = createTriggerWire({ customEmailSender: failing }, { users: [], logTriggers });
  expect(await wire.call('SignUp', SIGN_UP)).toMatchObject({ status: 200 });
  const ConfirmationCode = wire.lastCode();
  expect(await wire.call('ConfirmSignUp', { ...USER, ConfirmationCode })).toMatchObject({ status: 200 });
  expect(lines).toEqual([failedText('CustomEmailSender')]);
});

test('nobody waits for a sender', async () => {
  let end: (() => void) | undefined;
  const running = new Promise<void>((resolve) => {
    end = resolve;
  });
  const wire = createTriggerWire({ customEmailSender: () => running }, { users: [] });
  expect(await wire.call('SignUp', SIGN_UP)).toMatchObject({ status: 200 });
  expect(wire.pool.outbox).toHaveLength(1);
  end?.();
});

test('a code that cannot be encrypted is not sent, and the one before it stays valid', async () => {
  let fails = false;
  const encodeSenderCode = (code: string) => (fails ? failing() : code);
  const wire = createTriggerWire({ customEmailSender: unchanged }, { users: [], encodeSenderCode });
  await wire.call('SignUp', SIGN_UP);
  const ConfirmationCode = wire.lastCode();
  expect(wire.takeEvents()).toMatchObject([{ request: { code: ConfirmationCode } }]);
  fails = true;
  expect(await wire.call('ResendConfirmationCode', USER)).toMatchObject({
    __type: 'UnexpectedLambdaException',
  });
  expect(wire.pool.outbox).toHaveLength(1);
  expect(await wire.call('ConfirmSignUp', { ...USER, ConfirmationCode })).toMatchObject({ status: 200 });
});
