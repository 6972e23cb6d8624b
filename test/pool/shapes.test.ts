/** Inputs that AWS's model does not allow are refused, and those that it allows are taken. */
import { createWire, PASSWORD, refused } from './wire.ts';

const web = { ClientId: 'web', Username: 'bob' };
const begin = { ClientId: 'web', AuthFlow: 'USER_AUTH', AuthParameters: { USERNAME: 'alice' } };
const attribute = (Name: unknown, Value?: unknown) => ({
  ...web,
  Password: PASSWORD,
  UserAttributes: [
    { Name: 'email', Value: 'bob@example.com' },
    { Name, Value },
  ],
});
const bearer = { AccessToken: 'x' };
const device = { ...bearer, DeviceKey: 'local_00' };
const PREFIX = '1 validation error detected: Value';
const atLeast = (length: number) => `Member must have length greater than or equal to ${length}`;
const atMost = (length: number) => `Member must have length less than or equal to ${length}`;
const matching = (pattern: string) => `Member must satisfy regular expression pattern: ${pattern}`;

const NAME = '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+';
const a = (length: number) => 'a'.repeat(length);

test.each<[string, object, string, string]>([
  ['SignUp', { ...web, Username: '' }, " at 'username'", atLeast(1)],
  ['SignUp', { ...web, Username: a(129) }, " at 'username'", atMost(128)],
  ['SignUp', { ...web, Username: 'bob the second' }, " at 'username'", matching(NAME)],
  ['SignUp', { ...web, Username: 'bob\n' }, " at 'username'", matching(NAME)],
  ['ForgotPassword', { ...web, ClientId: '' }, " at 'clientId'", atLeast(1)],
  ['ForgotPassword', { ...web, ClientId: 'a/b' }, " at 'clientId'", matching('[\\w+]+')],
  ['ForgotPassword', { ...web, SecretHash: '' }, " at 'secretHash'", atLeast(1)],
  ['ForgotPassword', { ...web, SecretHash: 'a-b' }, " at 'secretHash'", matching('[\\w+=/]+')],
  ['SignUp', { ...web, Password: a(257) }, " at 'password'", atMost(256)],
  ['SignUp', { ...web, Password: 'Correct Horse 9' }, " at 'password'", matching('[\\S]+')],
  [
    'ConfirmForgotPassword',
    { ...web, ConfirmationCode: '1', Password: '' },
    " at 'password'",
    matching('[\\S]+'),
  ],
  ['ChangePassword', { ...bearer, ProposedPassword: 'a b' }, " at 'proposedPassword'", matching('[\\S]+')],
  [
    'ChangePassword',
    { ...bearer, ProposedPassword: PASSWORD, PreviousPassword: a(257) },
    " at 'previousPassword'",
    atMost(256),
  ],
  ['InitiateAuth', { ...begin, Session: a(19) }, " at 'session'", atLeast(20)],
  ['InitiateAuth', { ...begin, Session: a(2049) }, " at 'session'", atMost(2048)],
  [
    'InitiateAuth',
    { ...begin, AuthParameters: { USERNAME: a(131_073) } },
    " at 'authParameters'",
    `Map value must satisfy constraint: [${atMost(131_072)}]`,
  ],
  ['ConfirmSignUp', { ...web, ConfirmationCode: '' }, " '' at 'confirmationCode'", atLeast(1)],
  [
    'ConfirmSignUp',
    { ...web, ConfirmationCode: a(2049) },
    ` '${a(2049)}' at 'confirmationCode'`,
    atMost(2048),
  ],
  [
    'ConfirmSignUp',
    { ...web, ConfirmationCode: '12 34' },
    " '12 34' at 'confirmationCode'",
    matching('[\\S]+'),
  ],
  ['GetUser', { AccessToken: 'a b' }, " at 'accessToken'", matching('[A-Za-z0-9-_=.]+')],
  ['GetUser', { AccessToken: '' }, " at 'accessToken'", matching('[A-Za-z0-9-_=.]+')],
  ['RevokeToken', { ClientId: 'web', Token: '{}' }, " at 'token'", matching('[A-Za-z0-9-_=.]+')],
  [
    'GetTokensFromRefreshToken',
    { ClientId: 'web', RefreshToken: 'ä' },
    " at 'refreshToken'",
    matching('[A-Za-z0-9-_=.]+'),
  ],
  ['SignUp', attribute(a(33), ''), ` '${a(33)}' at 'userAttributes.2.member.name'`, atMost(32)],
  ['SignUp', attribute(undefined, ''), " null at 'userAttributes.2.member.name'", 'Member must not be null'],
  ['SignUp', attribute('nickname', a(2049)), " at 'userAttributes.2.member.value'", atMost(2048)],
  ['VerifyUserAttribute', { ...bearer, AttributeName: '', Code: '1' }, " '' at 'attributeName'", atLeast(1)],
  ['VerifyUserAttribute', { ...bearer, AttributeName: 'email', Code: '' }, " '' at 'code'", atLeast(1)],
  [
    'GetDevice',
    { ...device, DeviceKey: 'nothing' },
    " 'nothing' at 'deviceKey'",
    matching('[\\w-]+_[0-9a-f-]+'),
  ],
  ['GetDevice', { ...device, DeviceKey: `_${a(55)}` }, ` '_${a(55)}' at 'deviceKey'`, atMost(55)],
  ['ConfirmDevice', { ...device, DeviceName: '' }, " '' at 'deviceName'", atLeast(1)],
  ['ConfirmDevice', { ...device, DeviceName: a(1025) }, ` '${a(1025)}' at 'deviceName'`, atMost(1024)],
  [
    'UpdateDeviceStatus',
    { ...device, DeviceRememberedStatus: 'perhaps' },
    " 'perhaps' at 'deviceRememberedStatus'",
    'Member must satisfy enum value set: [not_remembered, remembered]',
  ],
  [
    'ListDevices',
    { ...bearer, Limit: 61 },
    " '61' at 'limit'",
    'Member must have value less than or equal to 60',
  ],
  [
    'ListDevices',
    { ...bearer, Limit: -1 },
    " '-1' at 'limit'",
    'Member must have value greater than or equal to 0',
  ],
  ['ListDevices', { ...bearer, PaginationToken: '' }, " '' at 'paginationToken'", atLeast(1)],
  [
    'ListWebAuthnCredentials',
    { ...bearer, MaxResults: 21 },
    " '21' at 'maxResults'",
    'Member must have value less than or equal to 20',
  ],
  ['ListWebAuthnCredentials', { ...bearer, NextToken: 'a b' }, " 'a b' at 'nextToken'", matching('[\\S]+')],
  ['VerifySoftwareToken', { ...bearer, UserCode: '12345' }, " at 'userCode'", atLeast(6)],
  ['VerifySoftwareToken', { ...bearer, UserCode: '12345a' }, " at 'userCode'", matching('[0-9]+')],
])(
  '%s refuses input %# by its member, and by what that must be',
  async (operation, input, member, constraint) => {
    expect(await createWire().call(operation, input)).toMatchObject(
      refused('InvalidParameterException', `${PREFIX}${member} failed to satisfy constraint: ${constraint}`),
    );
  },
);

test.each<[string, string, object]>([
  ['a user name of 128 letters beyond the BMP', 'SignUp', { ...web, Username: '𝔘'.repeat(128) }],
  ['a user name of marks and punctuation', 'SignUp', { ...web, Username: 'bo\u0301b+1@пример.рф' }],
  ['a password of 256 characters', 'SignUp', { ...web, Password: a(256) }],
  ['a password with a no-break space', 'SignUp', { ...web, Password: 'Correct\u00a0Horse' }],
  ['an attribute without Value', 'SignUp', attribute('nickname')],
  ['a client id with hyphens', 'SignUp', { ...web, ClientId: 'web-with-hyphens' }],
])('%s is taken', async (_, operation, input) => {
  const clients = ['web', 'web-with-hyphens'].map((clientId) => ({ clientId }));
  expect(await createWire({ clients }).call(operation, { Password: PASSWORD, ...input })).toMatchObject({
    status: 200,
    UserConfirmed: false,
  });
});

test.each([
  ['a number for a boolean', 'SetUserMFAPreference', { ...bearer, SMSMfaSettings: { Enabled: 1 } }],
  ['a number for a string', 'ConfirmDevice', { ...device, DeviceSecretVerifierConfig: { Salt: 1 } }],
  ['an attribute that is a string', 'UpdateUserAttributes', { ...bearer, UserAttributes: ['email'] }],
])('%s inside a structure is refused', async (_, operation, input) => {
  expect(await createWire().call(operation, input)).toMatchObject({
    status: 400,
    __type: 'SerializationException',
  });
});

test('an unknown Session of 20 characters is an invalid session, not an invalid input', async () => {
  expect(await createWire().initiate('USER_AUTH', { USERNAME: 'alice' }, { Session: a(20) })).toMatchObject(
    refused('NotAuthorizedException', 'Invalid session for the user.'),
  );
});
