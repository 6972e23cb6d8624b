/** The second factors that CreateUserPool and SetUserPoolMfaConfig configure are those that users have. */
import { TOTP } from 'otpauth';
import { createWire, PASSWORD, type Reply, refused, signedIn, type Texts } from '../wire.ts';
import { createAdminWire } from './admin-wire.ts';

const SMS = { SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms', ExternalId: 'x' } };
const EMAIL = { EmailMfaConfiguration: { Subject: 'Your code', Message: 'It is {####}' } };
const APP = { SoftwareTokenMfaConfiguration: { Enabled: true } };
const ATTRIBUTES = { email: 'alice@example.com', phone_number: '+4912345678' };

const recovery = (...names: readonly string[]) => ({
  AccountRecoverySetting: {
    RecoveryMechanisms: names.map((Name, index) => ({ Name, Priority: index + 1 })),
  },
});

/**
 * A pool that an administrator makes, with alice, who has addresses but no factors. It has no recovery by itself, because a phone
 * number that recovers accounts cannot be a required factor.
 */
async function makePool(settings: object = recovery('admin_only'), attributes: Texts = ATTRIBUTES) {
  const wire = createAdminWire();
  const { now } = wire;
  // E-mail needs it
  const EmailConfiguration = { EmailSendingAccount: 'DEVELOPER' };
  const id = await wire.createPool({ EmailConfiguration, ...settings });
  const asAdmin = (operation: string, input: object) => wire.onPool(operation, input, id);
  const { UserPoolClient } = await asAdmin('CreateUserPoolClient', {
    ClientName: 'app',
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
  });
  const { ClientId } = UserPoolClient as { readonly ClientId: string };
  const alice = { Username: 'alice' };
  const UserAttributes = Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
  await asAdmin('AdminCreateUser', { ...alice, UserAttributes, MessageAction: 'SUPPRESS' });
  await asAdmin('AdminSetUserPassword', { ...alice, Password: PASSWORD, Permanent: true });
  const signIn = () =>
    wire.call('InitiateAuth', {
      ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'alice', PASSWORD },
    });
  return {
    signIn,
    lastCode: async () => {
      const outbox = (await (await wire.pool.fetch('http://127.0.0.1/_/outbox')).json()) as readonly Texts[];
      return outbox.at(-1)?.['code'] ?? 'none';
    },
    configure: async (MfaConfiguration: string, factors: object = {}) => {
      const reply = await asAdmin('SetUserPoolMfaConfig', { MfaConfiguration, ...factors });
      expect(reply).toMatchObject({ status: 200, MfaConfiguration });
    },
    prefer: (settings: object) => asAdmin('AdminSetUserMFAPreference', { ...alice, ...settings }),
    answer: (ChallengeName: string, { Session }: Reply, responses: Texts) =>
      wire.call('RespondToAuthChallenge', {
        ClientId,
        ChallengeName,
        Session,
        ChallengeResponses: { USERNAME: 'alice', ...responses },
      }),
    removeAddress: () => asAdmin('AdminDeleteUserAttributes', { ...alice, UserAttributeNames: ['email'] }),
    /** Sets up an authenticator app with an access token. */
    addApp: async () => {
      const { AccessToken } = (await signIn()).AuthenticationResult;
      const { SecretCode } = await wire.call('AssociateSoftwareToken', { AccessToken });
      const UserCode = new TOTP({ secret: String(SecretCode) }).generate({ timestamp: now() });
      await wire.call('VerifySoftwareToken', { AccessToken, UserCode });
    },
  };
}

const on = { Enabled: true };
const off = { Enabled: false };
const offered = ({ ChallengeParameters }: Reply): unknown =>
  JSON.parse(ChallengeParameters['MFAS_CAN_SETUP'] ?? 'null');

test.each([
  ['an app', APP, ['SOFTWARE_TOKEN_MFA']],
  ['e-mail', EMAIL, ['EMAIL_OTP']],
  ['both', { ...APP, ...EMAIL }, ['SOFTWARE_TOKEN_MFA', 'EMAIL_OTP']],
  ['an app that is not enabled, and e-mail', { SoftwareTokenMfaConfiguration: off, ...EMAIL }, ['EMAIL_OTP']],
])('MFA_SETUP offers %s where the pool has no other', async (_, factors, names) => {
  const { configure, signIn } = await makePool(recovery('admin_only'), {});
  await configure('ON', factors);
  const asked = await signIn();
  expect(asked).toMatchObject({ ChallengeName: 'MFA_SETUP' });
  expect(offered(asked)).toEqual(names);
});

test('MFA_SETUP takes no e-mail address where the pool has no e-mail', async () => {
  const { configure, signIn, answer } = await makePool();
  await configure('ON', APP);
  expect(await answer('MFA_SETUP', await signIn(), { EMAIL: 'new@example.org' })).toMatchObject(
    refused('InvalidParameterException', 'EMAIL_OTP is not one of MFAS_CAN_SETUP'),
  );
});

test.each([
  ['SMSMfaSettings', 'SMS_MFA', { SmsMfaConfiguration: SMS }],
  ['EmailMfaSettings', 'EMAIL_OTP', EMAIL],
  ['SoftwareTokenMfaSettings', 'SOFTWARE_TOKEN_MFA', APP],
])('%s is taken once the pool has it', async (member, name, factor) => {
  const { configure, prefer, signIn, addApp } = await makePool();
  await addApp();
  const others = { SmsMfaConfiguration: SMS, ...EMAIL, ...APP };
  const without = Object.entries(others).filter(([key]) => !Object.hasOwn(factor, key));
  await configure('OPTIONAL', Object.fromEntries(without));
  expect(await prefer({ [member]: on })).toMatchObject(
    refused('InvalidParameterException', `${name} is not enabled for the user pool`),
  );
  expect(await prefer({ [member]: off })).toMatchObject({ status: 200 });
  expect(await signIn()).toMatchObject(signedIn);
  await configure('OPTIONAL', factor);
  expect(await prefer({ [member]: on })).toMatchObject({ status: 200 });
  expect(await signIn()).toMatchObject({ ChallengeName: name });
});

test('a factor that the pool has no more is not asked for', async () => {
  const { configure, prefer, signIn, addApp } = await makePool();
  await addApp();
  await configure('OPTIONAL', { ...APP, ...EMAIL });
  await prefer({ SoftwareTokenMfaSettings: { ...on, PreferredMfa: true }, EmailMfaSettings: on });
  expect(await signIn()).toMatchObject({ ChallengeName: 'SOFTWARE_TOKEN_MFA' });
  await configure('OPTIONAL', { SoftwareTokenMfaConfiguration: off });
  expect(await signIn()).toMatchObject({ ChallengeName: 'EMAIL_OTP' });
});

describe('a user who has turned every factor off', () => {
  test.each([
    ['EmailMfaSettings', 'EMAIL_OTP', EMAIL],
    ['SMSMfaSettings', 'SMS_MFA', { SmsMfaConfiguration: SMS }],
    ['SoftwareTokenMfaSettings', 'SOFTWARE_TOKEN_MFA', APP],
  ])('is asked for it where MFA is required: %s', async (member, name, factor) => {
    const { configure, prefer, signIn, addApp } = await makePool();
    await addApp();
    await configure('OPTIONAL', factor);
    await prefer({ [member]: { ...on, PreferredMfa: true } });
    await prefer({ [member]: off });
    expect(await signIn()).toMatchObject(signedIn);
    await configure('ON');
    expect(await signIn()).toMatchObject({ ChallengeName: name });
  });

  test('chooses where there were several', async () => {
    const { configure, prefer, signIn } = await makePool();
    await configure('ON', { ...EMAIL, SmsMfaConfiguration: SMS });
    await prefer({ EmailMfaSettings: on, SMSMfaSettings: on });
    await prefer({ EmailMfaSettings: off, SMSMfaSettings: off });
    const asked = await signIn();
    expect(asked).toMatchObject({ ChallengeName: 'SELECT_MFA_TYPE' });
    expect(JSON.parse(asked.ChallengeParameters['MFAS_CAN_CHOOSE'] ?? '')).toEqual(['SMS_MFA', 'EMAIL_OTP']);
  });

  test('sets one up where its address is gone', async () => {
    const { configure, prefer, signIn, removeAddress } = await makePool();
    await configure('ON', { ...EMAIL, ...APP });
    await prefer({ EmailMfaSettings: on });
    await prefer({ EmailMfaSettings: off });
    expect(await signIn()).toMatchObject({ ChallengeName: 'EMAIL_OTP' });
    await removeAddress();
    expect(await signIn()).toMatchObject({ ChallengeName: 'MFA_SETUP' });
  });
});

describe('a user who has turned nothing on, where MFA is required', () => {
  const ALL = { SmsMfaConfiguration: SMS, ...EMAIL, ...APP };
  const { email, phone_number } = ATTRIBUTES;
  const EMAIL_FIRST = recovery('verified_email', 'verified_phone_number');
  const MADE_WITH_SMS = {
    MfaConfiguration: 'ON',
    AutoVerifiedAttributes: ['phone_number'],
    SmsConfiguration: SMS.SmsConfiguration,
  };

  test.each([
    ['verified', { phone_number, phone_number_verified: 'true' }],
    ['not verified', { phone_number }],
  ])('signs in with a text message to a phone number that is %s', async (_, attributes) => {
    const { signIn, answer, lastCode } = await makePool(MADE_WITH_SMS, attributes);
    const asked = await signIn();
    expect(asked).toMatchObject({ ChallengeName: 'SMS_MFA' });
    expect(await answer('SMS_MFA', asked, { SMS_MFA_CODE: await lastCode() })).toMatchObject(signedIn);
  });

  test.each([
    ['a phone number', { phone_number }, 'SMS_MFA'],
    ['an e-mail address', { email }, 'EMAIL_OTP'],
    ['both', { email, phone_number }, 'SELECT_MFA_TYPE'],
    ['no address', {}, 'MFA_SETUP'],
  ])('who has %s is asked for what the pool has for it', async (_, attributes, name) => {
    const { configure, signIn } = await makePool(recovery('admin_only'), attributes);
    await configure('ON', ALL);
    expect(await signIn()).toMatchObject({ ChallengeName: name });
  });

  test('chooses between the phone number and an app that was set up', async () => {
    const { configure, signIn, addApp } = await makePool();
    await addApp();
    await configure('ON', { SmsMfaConfiguration: SMS, ...APP });
    const asked = await signIn();
    expect(asked).toMatchObject({ ChallengeName: 'SELECT_MFA_TYPE' });
    expect(JSON.parse(asked.ChallengeParameters['MFAS_CAN_CHOOSE'] ?? '')).toEqual([
      'SMS_MFA',
      'SOFTWARE_TOKEN_MFA',
    ]);
  });

  test('is asked for nothing else once one factor is turned on', async () => {
    const { configure, prefer, signIn } = await makePool();
    await configure('ON', ALL);
    await prefer({ EmailMfaSettings: on });
    expect(await signIn()).toMatchObject({ ChallengeName: 'EMAIL_OTP' });
  });

  test('gets no code at the address that recovers accounts first', async () => {
    const { configure, signIn } = await makePool(EMAIL_FIRST, { email });
    await configure('ON', { ...EMAIL, ...APP });
    expect(await signIn()).toMatchObject({ ChallengeName: 'MFA_SETUP' });
  });
});

test('the phone number is asked for where e-mail recovers accounts first', async () => {
  const wire = createWire({
    mfa: 'ON',
    users: [{ username: 'alice', password: PASSWORD, attributes: ATTRIBUTES }],
  });
  expect(await wire.signIn()).toMatchObject({ ChallengeName: 'SMS_MFA' });
});
