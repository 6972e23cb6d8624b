/** What is made of a reply that lacks a member: refused by the member's name, or read without it. */
import {
  associateSoftwareToken,
  type CallOptions,
  confirmDevice,
  confirmNewDevice,
  forgotPassword,
  getClientToken,
  getDerivedToken,
  getDevice,
  getUser,
  getUserAuthFactors,
  listDevices,
  listPasskeys,
  listUserSessions,
  refreshTokens,
  type SignedIn,
  setUserMfaPreference,
  signUp,
  startPasskeyRegistration,
  updateUserAttributes,
  verifySoftwareToken,
} from '../../src/index.ts';
import { alice, client } from '../support/client.ts';
import { errorOf } from '../support/secrets.ts';

const token = { accessToken: 'an-access-token' };
const secretClient = { ...client, clientSecret: 'shh' };
const label = { issuer: 'Test', account: 'alice' };
const newDevice = { key: 'local_0', groupKey: '-group' };

/** Answers every request with one output. */
const answering = (output: object): CallOptions => ({ transport: async () => ({ ...output }) });

/** Function → the call, a reply that lacks a member, and the message. */
const REQUIRED: Readonly<Record<string, readonly [(o: CallOptions) => Promise<unknown>, object, string]>> = {
  getUser: [(o) => getUser(client, token, o), { UserAttributes: [] }, 'GetUser: "Username" must be a string'],
  getUserAuthFactors: [
    (o) => getUserAuthFactors(client, token, o),
    { ConfiguredUserAuthFactors: ['PASSWORD'] },
    'GetUserAuthFactors: "Username" must be a string',
  ],
  getDevice: [
    (o) => getDevice(client, { ...token, deviceKey: 'local_0' }, o),
    { Device: {} },
    'GetDevice: "DeviceKey" must be a string',
  ],
  'getDevice without a device': [
    (o) => getDevice(client, { ...token, deviceKey: 'local_0' }, o),
    {},
    'GetDevice: "DeviceKey" must be a string',
  ],
  listDevices: [
    (o) => listDevices(client, token, o).next(),
    { Devices: [{}] },
    'ListDevices: "DeviceKey" must be a string',
  ],
  listPasskeys: [
    (o) => listPasskeys(client, token, o).next(),
    { Credentials: [{}] },
    'ListWebAuthnCredentials: "CredentialId" must be a string',
  ],
  listUserSessions: [
    (o) => listUserSessions(client, token, o).next(),
    { Sessions: [{}] },
    'ListUserSessions: "SessionId" must be a string',
  ],
  startPasskeyRegistration: [
    (o) => startPasskeyRegistration(client, token, o),
    { CredentialCreationOptions: 'x' },
    'StartWebAuthnRegistration: "CredentialCreationOptions" must be an object',
  ],
  associateSoftwareToken: [
    (o) => associateSoftwareToken(client, { ...token, label }, o),
    {},
    'AssociateSoftwareToken: "SecretCode" must be a string',
  ],
  refreshTokens: [
    (o) => refreshTokens(client, { refreshToken: 'r' }, o),
    { ChallengeName: 'SMS_MFA' },
    'GetTokensFromRefreshToken: "AuthenticationResult" must be there',
  ],
  getClientToken: [
    (o) => getClientToken(secretClient, {}, o),
    { ClientAuthenticationResult: { ExpiresIn: 60 } },
    'GetClientToken: "AccessToken" must be a string',
  ],
  getDerivedToken: [
    (o) => getDerivedToken(client, { subjectToken: 's', subjectTokenType: 'ID_TOKEN' }, o),
    { TokenType: 'N_A' },
    'GetDerivedToken: "IssuedToken" must be a string',
  ],
};

test.each(Object.entries(REQUIRED))('%s: the message names what the reply lacks', async (_, given) => {
  const [call, output, message] = given;
  const error = await errorOf(() => call(answering(output)));
  const field = /"(\w+)"/.exec(message)?.[1];
  const operation = message.split(':')[0];
  expect(error).toMatchObject({ code: 'REPLY_MALFORMED', message, field, operation });
});

test('what a reply may lack is left out, or has a value that says nothing', async () => {
  expect(await getUser(client, token, answering({ Username: 'alice' }))).toEqual({
    username: 'alice',
    attributes: {},
    mfa: [],
  });
  expect(await getUserAuthFactors(client, token, answering({ Username: 'alice' }))).toEqual({
    username: 'alice',
    factors: [],
    mfa: [],
  });
  const sessions = listUserSessions(client, token, answering({ Sessions: [{ SessionId: 's' }] }));
  expect((await sessions.next()).value).toEqual({ id: 's', type: '', clientId: '', isCurrent: false });
  const nothingSent = await updateUserAttributes(client, { ...token, attributes: {} }, answering({}));
  expect(nothingSent).toEqual({ deliveries: [] });
  expect(await signUp(client, alice, answering({}))).toEqual({ userSub: '', confirmed: false });
  expect(await forgotPassword(client, { username: 'alice' }, answering({}))).toEqual({});
});

test('a delivery without a name is still said', async () => {
  const details = { Destination: 'a***@e***', DeliveryMedium: 'EMAIL' };
  const delivery = { medium: 'EMAIL', destination: 'a***@e***', attributeName: '' };
  for (const AttributeName of [undefined, 7, '']) {
    const options = answering({ CodeDeliveryDetailsList: [{ ...details, AttributeName }, null] });
    expect(await updateUserAttributes(client, { ...token, attributes: {} }, options)).toEqual({
      deliveries: [delivery],
    });
  }
});

test('signUp gives what the service says, and sends attributes and data as lists', async () => {
  const sent: object[] = [];
  const transport = async (_: string, input: object) => {
    sent.push(input);
    return { UserSub: 'sub-1', UserConfirmed: true, Session: 'session-1' };
  };
  const input = { ...alice, attributes: { email: 'a@b.example' }, validationData: { from: 'page' } };
  expect(await signUp(client, input, { transport })).toEqual({
    userSub: 'sub-1',
    confirmed: true,
    session: 'session-1',
  });
  expect(sent).toEqual([
    {
      ClientId: client.clientId,
      Username: alice.username,
      Password: alice.password,
      UserAttributes: [{ Name: 'email', Value: 'a@b.example' }],
      ValidationData: [{ Name: 'from', Value: 'page' }],
    },
  ]);
});

test.each([
  ['sms', 'loud', '"sms" must be "off", "on" or "preferred"'],
  ['softwareToken', 'loud', '"softwareToken" must be "off", "on" or "preferred"'],
  ['email', 'loud', '"email" must be "off", "on" or "preferred"'],
  ['passkey', 'preferred', '"passkey" must be "off" or "on"'],
])('setUserMfaPreference refuses %s: %s', async (field, preference, message) => {
  const error = await errorOf(() =>
    setUserMfaPreference(client, { ...token, [field]: preference }, answering({})),
  );
  expect(error).toMatchObject({ code: 'OPTION_INVALID', field, message });
});

test('setUserMfaPreference sends all three preferences as they are', async () => {
  const sent: object[] = [];
  const transport = async (_: string, input: object) => {
    sent.push(input);
    return {};
  };
  await setUserMfaPreference(
    client,
    { ...token, sms: 'off', softwareToken: 'on', email: 'preferred' },
    { transport },
  );
  expect(sent).toEqual([
    {
      AccessToken: token.accessToken,
      SMSMfaSettings: { Enabled: false, PreferredMfa: false },
      SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: false },
      EmailMfaSettings: { Enabled: true, PreferredMfa: true },
    },
  ]);
});

test.each([
  ['ERROR', 'VerifySoftwareToken: "Status" is ERROR'],
  [undefined, 'VerifySoftwareToken: "Status" is missing'],
])('verifySoftwareToken with Status %s has not verified the code', async (Status, message) => {
  const input = { ...token, code: '123456' };
  const error = await errorOf(() => verifySoftwareToken(client, input, answering({ Status })));
  expect(error).toMatchObject({
    code: 'CODE_MISMATCH',
    recovery: 'answer-again',
    name: 'ServiceError',
    message,
    operation: 'VerifySoftwareToken',
    status: 200,
  });
});

describe('a device', () => {
  const description = {
    DeviceKey: 'local_0',
    DeviceAttributes: [{ Name: 'device_name', Value: 'Laptop' }],
    DeviceCreateDate: 1_790_000_000,
    DeviceLastModifiedDate: 1_790_000_001,
    DeviceLastAuthenticatedDate: 1_790_000_002,
  };

  test('is described with its three dates', async () => {
    const input = { ...token, deviceKey: 'local_0' };
    expect(await getDevice(client, input, answering({ Device: description }))).toEqual({
      key: 'local_0',
      attributes: { device_name: 'Laptop' },
      createdAt: 1_790_000_000_000,
      lastModifiedAt: 1_790_000_001_000,
      lastAuthenticatedAt: 1_790_000_002_000,
    });
  });

  test('is confirmed with a password of its own, or with that of an earlier call', async () => {
    const made = await confirmDevice(client, { ...token, newDevice }, answering({}));
    expect(made.device.password.length).toBeGreaterThan(20);
    const password = made.device.password;
    const again = await confirmDevice(
      client,
      { ...token, newDevice: { ...newDevice, password } },
      answering({}),
    );
    expect(again).toEqual({ device: { ...newDevice, password }, userConfirmationNecessary: false });
    const asked = await confirmDevice(
      client,
      { ...token, newDevice },
      answering({ UserConfirmationNecessary: true }),
    );
    expect(asked.userConfirmationNecessary).toBe(true);
    expect(asked.device.password).not.toBe(password);
  });

  test('is not confirmed where the sign-in has no new one: the step comes back and nothing is sent', async () => {
    const transport = async () => {
      throw new Error('Nothing should be sent');
    };
    const step: SignedIn = {
      status: 'signed-in',
      username: 'alice',
      tokens: { ...token, idToken: '', refreshToken: 'r', expiresIn: 60, expiresAt: 1, tokenType: 'Bearer' },
    };
    expect(await confirmNewDevice(client, step, {}, { transport })).toBe(step);
  });
});
