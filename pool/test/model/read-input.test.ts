/** What AWS's model does not allow is refused with the service's texts, and what it allows is taken. */
import { readInput } from '../../src/model/read-input.ts';
import type { OperationName } from '../../src/model/types.generated.ts';

const PASSWORD = 'Correct-Horse-9';
const web = { ClientId: 'web', Username: 'bob' };
const signUp = { ...web, Password: PASSWORD };
const begin = { ClientId: 'web', AuthFlow: 'USER_AUTH', AuthParameters: { USERNAME: 'alice' } };
const attribute = (Name: unknown, Value?: unknown) => ({
  ...signUp,
  UserAttributes: [
    { Name: 'email', Value: 'bob@example.com' },
    { Name, Value },
  ],
});
const bearer = { AccessToken: 'x' };
const device = { ...bearer, DeviceKey: 'local_00' };
const pool = { UserPoolId: 'eu-west-1_Pool12345' };
const group = { ...pool, GroupName: 'writers' };
const newClient = { ...pool, ClientName: 'web' };

const atLeast = (length: number) => `Member must have length greater than or equal to ${length}`;
const atMost = (length: number) => `Member must have length less than or equal to ${length}`;
const noLess = (value: number) => `Member must have value greater than or equal to ${value}`;
const noMore = (value: number) => `Member must have value less than or equal to ${value}`;
const matching = (pattern: string) => `Member must satisfy regular expression pattern: ${pattern}`;
const oneOf = (...values: string[]) => `Member must satisfy enum value set: [${values.join(', ')}]`;
const NOT_NULL = 'Member must not be null';

const NAME = '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+';
const NEW_PASSWORD = '^[\\S]+.*[\\S]+$';
const ARN =
  'arn:[\\w+=/,.@-]+:[\\w+=/,.@-]+:([\\w+=/,.@-]*)?:[0-9]+:[\\w+=/,.@-]+(:[\\w+=/,.@-]+)?(:[\\w+=/,.@-]+)?';
const a = (length: number) => 'a'.repeat(length);

/** Each violation is the member with what is told of its value, and what it must be. */
type Violation = readonly [member: string, constraint: string];

function expectRefusal(operation: OperationName, input: object, ...violations: readonly Violation[]) {
  const texts = violations.map(([member, must]) => `Value${member} failed to satisfy constraint: ${must}`);
  const errors = violations.length === 1 ? '1 validation error' : `${violations.length} validation errors`;
  expect(() => readInput(operation, input)).toThrow(
    expect.objectContaining({
      name: 'InvalidParameterException',
      message: `${errors} detected: ${texts.join('; ')}`,
    }),
  );
}

const FLOWS = [
  'USER_SRP_AUTH',
  'REFRESH_TOKEN_AUTH',
  'REFRESH_TOKEN',
  'CUSTOM_AUTH',
  'ADMIN_NO_SRP_AUTH',
  'USER_PASSWORD_AUTH',
  'ADMIN_USER_PASSWORD_AUTH',
  'USER_AUTH',
];

const CHALLENGE_NAMES = [
  'SMS_MFA',
  'EMAIL_OTP',
  'SOFTWARE_TOKEN_MFA',
  'SELECT_MFA_TYPE',
  'MFA_SETUP',
  'PASSWORD_VERIFIER',
  'CUSTOM_CHALLENGE',
  'SELECT_CHALLENGE',
  'DEVICE_SRP_AUTH',
  'DEVICE_PASSWORD_VERIFIER',
  'ADMIN_NO_SRP_AUTH',
  'NEW_PASSWORD_REQUIRED',
  'SMS_OTP',
  'PASSWORD',
  'WEB_AUTHN',
  'PASSWORD_SRP',
];

const REFUSALS: readonly (readonly [OperationName, object, member: string, constraint: string])[] = [
  ['InitiateAuth', { ...begin, AuthFlow: 'MAGIC' }, " 'MAGIC' at 'authFlow'", oneOf(...FLOWS)],
  ['AdminInitiateAuth', { ...begin, ...pool, AuthFlow: 'MAGIC' }, " 'MAGIC' at 'authFlow'", oneOf(...FLOWS)],
  [
    'RespondToAuthChallenge',
    { ClientId: 'web', ChallengeName: 'SMS' },
    " 'SMS' at 'challengeName'",
    oneOf(...CHALLENGE_NAMES),
  ],
  ['SignUp', { ...signUp, Username: a(129) }, " at 'username'", atMost(128)],
  ['SignUp', { ...signUp, Username: 'bob the second' }, " at 'username'", matching(NAME)],
  ['SignUp', { ...signUp, Username: 'bob\n' }, " at 'username'", matching(NAME)],
  ['ForgotPassword', { ...web, ClientId: 'a/b' }, " 'a/b' at 'clientId'", matching('[\\w+]+')],
  ['ForgotPassword', { ...web, SecretHash: 'a-b' }, " at 'secretHash'", matching('[\\w+=/]+')],
  ['SignUp', { ...signUp, Password: a(257) }, " at 'password'", atMost(256)],
  ['SignUp', { ...signUp, Password: ' Correct-Horse-9' }, " at 'password'", matching(NEW_PASSWORD)],
  ['SignUp', { ...signUp, Password: 'Correct-Horse-9 ' }, " at 'password'", matching(NEW_PASSWORD)],
  ['SignUp', { ...signUp, Password: 'Correct\nHorse' }, " at 'password'", matching(NEW_PASSWORD)],
  [
    'ConfirmForgotPassword',
    { ...web, ConfirmationCode: '1', Password: '' },
    " at 'password'",
    matching(NEW_PASSWORD),
  ],
  [
    'ChangePassword',
    { ...bearer, ProposedPassword: 'a b ' },
    " at 'proposedPassword'",
    matching(NEW_PASSWORD),
  ],
  [
    'ChangePassword',
    { ...bearer, ProposedPassword: PASSWORD, PreviousPassword: a(257) },
    " at 'previousPassword'",
    atMost(256),
  ],
  ['InitiateAuth', { ...begin, Session: a(19) }, " at 'session'", atLeast(20)],
  ['InitiateAuth', { ...begin, Session: a(8193) }, " at 'session'", atMost(8192)],
  [
    'InitiateAuth',
    { ...begin, AuthParameters: { USERNAME: a(131_073) } },
    " at 'authParameters'",
    `Map value must satisfy constraint: [${atMost(131_072)}, ${atLeast(0)}]`,
  ],
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
  ['ConfirmSignUp', web, " null at 'confirmationCode'", NOT_NULL],
  ['ConfirmSignUp', { ...web, ConfirmationCode: null }, " null at 'confirmationCode'", NOT_NULL],
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
  ['SignUp', attribute(undefined, ''), " null at 'userAttributes.2.member.name'", NOT_NULL],
  ['SignUp', attribute('nickname', a(2049)), " at 'userAttributes.2.member.value'", atMost(2048)],
  ['SignUp', { ...signUp, UserAttributes: [null] }, " null at 'userAttributes.1.member'", NOT_NULL],
  [
    'GetDevice',
    { ...device, DeviceKey: 'nothing' },
    " 'nothing' at 'deviceKey'",
    matching('[\\w-]+_[0-9a-f-]+'),
  ],
  ['ConfirmDevice', { ...device, DeviceName: '' }, " '' at 'deviceName'", atLeast(1)],
  ['ConfirmDevice', { ...device, DeviceName: a(1025) }, ` '${a(1025)}' at 'deviceName'`, atMost(1024)],
  [
    'UpdateDeviceStatus',
    { ...device, DeviceRememberedStatus: 'perhaps' },
    " 'perhaps' at 'deviceRememberedStatus'",
    oneOf('remembered', 'not_remembered'),
  ],
  ['ListDevices', { ...bearer, Limit: 61 }, " '61' at 'limit'", noMore(60)],
  ['ListDevices', { ...bearer, Limit: -1 }, " '-1' at 'limit'", noLess(0)],
  ['ListWebAuthnCredentials', { ...bearer, MaxResults: 21 }, " '21' at 'maxResults'", noMore(20)],
  ['ListWebAuthnCredentials', { ...bearer, NextToken: 'a b' }, " 'a b' at 'nextToken'", matching('[\\S]+')],
  ['VerifySoftwareToken', { ...bearer, UserCode: '12345' }, " at 'userCode'", atLeast(6)],
  ['VerifySoftwareToken', { ...bearer, UserCode: '12345a' }, " at 'userCode'", matching('[0-9]+')],
  ['CreateGroup', { ...group, Precedence: -1 }, " '-1' at 'precedence'", noLess(0)],
  [
    'AdminGetUser',
    { ...pool, UserPoolId: 'Pool', Username: 'x' },
    " 'Pool' at 'userPoolId'",
    matching('[\\w-]+_[0-9a-zA-Z]+'),
  ],
  [
    'CreateUserPool',
    { PoolName: 'p', MfaConfiguration: 'false' },
    " 'false' at 'mfaConfiguration'",
    oneOf('OPTIONAL', 'OFF', 'ON'),
  ],
  [
    'CreateUserPool',
    { PoolName: 'p', Schema: [{ Name: 'phone_number_verified' }] },
    " 'phone_number_verified' at 'schema.1.member.name'",
    atMost(20),
  ],
  [
    'CreateUserPool',
    { PoolName: 'p', Policies: { PasswordPolicy: { MinimumLength: 5 } } },
    " '5' at 'policies.passwordPolicy.minimumLength'",
    noLess(6),
  ],
  [
    'CreateUserPoolClient',
    { ...newClient, AllowedOAuthFlows: ['code', 'token'] },
    " '[code, token]' at 'allowedOAuthFlows'",
    `Member must satisfy constraint: [${oneOf('implicit', 'client_credentials', 'code')}]`,
  ],
  [
    'CreateUserPoolClient',
    { ...newClient, CallbackURLs: ['https://a.example', 'two words'] },
    " '[https://a.example, two words]' at 'callbackURLs'",
    `Member must satisfy constraint: [${atMost(1024)}, ${atLeast(1)}, ${matching(NAME)}]`,
  ],
  [
    'CreateUserPoolClient',
    { ...newClient, CallbackURLs: [null] },
    " '[null]' at 'callbackURLs'",
    'Member must satisfy constraint: [Member must not be null]',
  ],
  [
    'TagResource',
    { ResourceArn: 'arn:aws:cognito-idp:eu-west-1:1:userpool/x', Tags: { a: 'b', '': 'c' } },
    " '{a=b, =c}' at 'tags'",
    `Map keys must satisfy constraint: [${atMost(128)}, ${atLeast(1)}]`,
  ],
  ['CreateUserPool', { PoolName: 'p', Schema: [] }, " at 'schema'", atLeast(1)],
  [
    'SetUICustomization',
    { ...pool, ImageFile: Buffer.alloc(131_073).toString('base64') },
    " at 'imageFile'",
    atMost(131_072),
  ],
  // The limit of the model, and that of the service behind it
  ['ListGroups', { ...pool, Limit: 0 }, " '0' at 'maxResults'", noLess(1)],
  ['ListGroups', { ...pool, Limit: -1 }, " '-1' at 'limit'", noLess(0)],
  ['AdminListGroupsForUser', { ...pool, Username: 'x', Limit: 0 }, " '0' at 'maxResults'", noLess(1)],
  ['ListUsersInGroup', { ...group, Limit: -1 }, " '-1' at 'limit'", noLess(0)],
];

const shorten = (text: string) => (text.length > 100 ? `${text.slice(0, 60)}…${text.slice(-30)}` : text);
for (const [operation, input, member, constraint] of REFUSALS) {
  test(`${operation} refuses the value${shorten(member)}: ${shorten(constraint)}`, () => {
    expectRefusal(operation, input, [member, constraint]);
  });
}

test('a value that breaks its length and its pattern is two errors, the length first', () => {
  expectRefusal(
    'UpdateGroup',
    { ...group, RoleArn: '' },
    [" '' at 'roleArn'", atLeast(20)],
    [" '' at 'roleArn'", matching(ARN)],
  );
});

test('the errors of several members are told in the order of the alphabet', () => {
  expectRefusal(
    'SignUp',
    { Username: '', Password: ' ' },
    [" null at 'clientId'", NOT_NULL],
    [" at 'password'", matching(NEW_PASSWORD)],
    [" at 'username'", atLeast(1)],
    [" at 'username'", matching(NAME)],
  );
});

test.each<[string, OperationName, object]>([
  ['a user name of 128 letters beyond the BMP', 'SignUp', { ...signUp, Username: '𝔘'.repeat(128) }],
  ['a user name of marks and punctuation', 'SignUp', { ...signUp, Username: 'bo\u0301b+1@пример.рф' }],
  ['a password of 256 characters', 'SignUp', { ...signUp, Password: a(256) }],
  ['a password with a no-break space', 'SignUp', { ...signUp, Password: 'Correct\u00a0Horse' }],
  ['a pass phrase', 'SignUp', { ...signUp, Password: 'correct horse battery staple' }],
  ['a temporary pass phrase', 'AdminCreateUser', { ...pool, Username: 'x', TemporaryPassword: 'a b' }],
  ['a client id with hyphens', 'SignUp', { ...signUp, ClientId: 'web-with-hyphens' }],
  ['a short client secret', 'RevokeToken', { ClientId: 'web', Token: 'x', ClientSecret: '-' }],
  ['a session of 8192 characters', 'InitiateAuth', { ...begin, Session: a(8192) }],
  [
    'an attribute of an unknown type',
    'CreateUserPool',
    { PoolName: 'p', Schema: [{ AttributeDataType: 'X' }] },
  ],
  ['a limit of 60', 'ListGroups', { ...pool, Limit: 60 }],
])('%s is taken', (_, operation, input) => {
  expect(readInput(operation, input)).toEqual(input);
});

test('an attribute without Value keeps none', () => {
  expect(readInput('SignUp', attribute('nickname', null)).UserAttributes?.[1]).toEqual({ Name: 'nickname' });
});

test('a null value in a map counts as absent', () => {
  const AuthParameters = { USERNAME: 'alice', DEVICE_KEY: null };
  expect(readInput('InitiateAuth', { ...begin, AuthParameters }).AuthParameters).toEqual({
    USERNAME: 'alice',
  });
});

test('absent parameters and responses are read as empty', () => {
  const flow = readInput('InitiateAuth', { ClientId: 'web', AuthFlow: 'USER_AUTH', AuthParameters: null });
  expect(flow.AuthParameters).toEqual({});
  expect(readInput('RespondToAuthChallenge', { ClientId: 'web', ChallengeName: 'SMS_MFA' })).toEqual({
    ClientId: 'web',
    ChallengeName: 'SMS_MFA',
    ChallengeResponses: {},
  });
});

test('a member of a map may have the name of a property that every object has', () => {
  const ClientMetadata: unknown = JSON.parse('{"__proto__":"a","constructor":"b"}');
  const read = readInput('ForgotPassword', { ...web, ClientMetadata });
  expect(JSON.stringify(read.ClientMetadata)).toBe('{"__proto__":"a","constructor":"b"}');
});

test.each<[string, OperationName, unknown, string]>([
  ['a text for the input', 'GetUser', 'x', 'Expected structure or null'],
  ['a list for a map', 'InitiateAuth', { ...begin, AuthParameters: [] }, 'Expected map or null'],
  ['a text for a list', 'SignUp', { ...signUp, UserAttributes: 'email' }, 'Expected list or null'],
  [
    'a text for a structure',
    'SignUp',
    { ...signUp, UserAttributes: ['email'] },
    'Expected structure or null',
  ],
  [
    'a structure for a text',
    'ConfirmSignUp',
    { ...web, ConfirmationCode: { verificationCode: '172476' } },
    'Start of structure or map found where not expected.',
  ],
  ['a list for a text', 'GetUser', { AccessToken: [] }, 'Start of list found where not expected.'],
  ['a number for a text', 'GetUser', { AccessToken: 1 }, 'NUMBER_VALUE can not be converted to a String'],
  [
    'a boolean in a map',
    'InitiateAuth',
    { ...begin, AuthParameters: { A: true } },
    'TRUE_VALUE can not be converted to a String',
  ],
  [
    'a number for a boolean',
    'SetUserMFAPreference',
    { ...bearer, SMSMfaSettings: { Enabled: 1 } },
    'NUMBER_VALUE can not be converted to a Boolean',
  ],
  [
    'a text for a number',
    'ListGroups',
    { ...pool, Limit: '5' },
    'STRING_VALUE can not be converted to an Integer',
  ],
  ['a fraction', 'ListGroups', { ...pool, Limit: 1.5 }, 'NUMBER_VALUE can not be converted to an Integer'],
  ['bytes that are not base64', 'SetUICustomization', { ...pool, ImageFile: '?' }, 'The text is not base64'],
  [
    'a text for a passkey',
    'CompleteWebAuthnRegistration',
    { ...bearer, Credential: 'x' },
    'Expected structure or null',
  ],
])('%s is refused before any constraint', (_, operation, input, message) => {
  expect(() => readInput(operation, input)).toThrow(
    expect.objectContaining({ name: 'SerializationException', message }),
  );
});

test('a wrong type is told alone, even after a broken constraint', () => {
  expect(() => readInput('SignUp', { Password: '', Username: 1 })).toThrow(
    expect.objectContaining({ name: 'SerializationException' }),
  );
});

describe('what has the place of a text in a list or a map is refused, whatever it is', () => {
  // `String` throws for both
  const deep = JSON.parse('['.repeat(20_000) + ']'.repeat(20_000)) as unknown;
  test.each([
    ['an object whose toString is not a function', { toString: 1 }],
    ['a list inside of 20 000 lists', deep],
  ])('%s', (_, value) => {
    const ResourceArn = 'arn:aws:cognito-idp:eu-west-1:000000000000:userpool/eu-west-1_Pool12345';
    const refused = expect.objectContaining({ name: 'SerializationException' });
    expect(() => readInput('UntagResource', { ResourceArn, TagKeys: ['a', value] })).toThrow(refused);
    expect(() => readInput('TagResource', { ResourceArn, Tags: { a: value } })).toThrow(refused);
  });
});

describe('a document', () => {
  const lists = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);
  const read = (deep: unknown) =>
    readInput('UpdateManagedLoginBranding', { UserPoolId: 'us-east-1_LocalPool', Settings: { deep } });

  test('has any members, in up to 100 levels', () => {
    const Settings = { deep: lists(99) };
    expect(read(Settings.deep)).toMatchObject({ Settings });
  });

  test.each([100, 20_000])(
    'with %i more levels below its own is refused, because the pool could not answer with it',
    (depth) => {
      expect(() => read(lists(depth))).toThrow(expect.objectContaining({ name: 'SerializationException' }));
    },
  );
});
