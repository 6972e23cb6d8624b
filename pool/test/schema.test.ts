/** What the schema of a pool and the lists of a client let users and administrators write and read. */
import type { UserPoolOptions } from '../src/index.ts';
import { type AdminWire, createAdmin } from './admin-calls.ts';
import { claimsOf } from './raw-calls.ts';
import { PASSWORD, refused } from './wire.ts';

const text = (Name: string, more: object = {}) =>
  ({ Name, AttributeDataType: 'String', Mutable: true, Required: false, ...more }) as const;

const SCHEMA: NonNullable<UserPoolOptions['schema']> = [
  text('custom:team'),
  text('custom:tenant', { Mutable: false }),
  text('custom:code', { StringAttributeConstraints: { MinLength: '2', MaxLength: '4' } }),
  {
    Name: 'custom:age',
    AttributeDataType: 'Number',
    Mutable: true,
    NumberAttributeConstraints: { MinValue: '1', MaxValue: '150' },
  },
];

const ATTRIBUTES = {
  family_name: 'Doe',
  email: 'alice@example.com',
  email_verified: 'true',
  'custom:tenant': 'a',
  'custom:team': 'x',
};

type Changes = readonly (readonly [name: string, value: string])[];

const listOf = (changes: Changes) => changes.map(([Name, Value]) => ({ Name, Value }));
const namesOf = (changes: Changes) => changes.map(([name]) => name);

async function create(options: UserPoolOptions = { schema: SCHEMA }) {
  const wire = createAdmin({
    requiredAttributes: ['family_name'],
    users: [{ username: 'alice', password: PASSWORD, attributes: ATTRIBUTES }],
    autoVerifiedAttributes: [],
    ...options,
  });
  const { AccessToken, IdToken } = (await wire.signIn()).AuthenticationResult;
  const attributes = () => wire.pool.users.find('alice')?.attributes;
  return {
    wire,
    AccessToken,
    IdToken,
    attributes,
    update: (...changes: Changes) =>
      wire.call('UpdateUserAttributes', { AccessToken, UserAttributes: listOf(changes) }),
    remove: (...changes: Changes) =>
      wire.call('DeleteUserAttributes', { AccessToken, UserAttributeNames: namesOf(changes) }),
    adminUpdate: (...changes: Changes) =>
      wire.admin('AdminUpdateUserAttributes', { Username: 'alice', UserAttributes: listOf(changes) }),
    adminRemove: (...changes: Changes) =>
      wire.admin('AdminDeleteUserAttributes', { Username: 'alice', UserAttributeNames: namesOf(changes) }),
  };
}

const signUp = (wire: AdminWire, ...changes: Changes) =>
  wire.call('SignUp', {
    ClientId: 'web',
    Username: 'bob',
    Password: PASSWORD,
    UserAttributes: listOf(changes),
  });

const invalid = (message: string) => refused('InvalidParameterException', message);
const UNAUTHORIZED = refused('NotAuthorizedException', 'A client attempted to write unauthorized attribute');

describe('SignUp', () => {
  test.each<[string, Changes, string]>([
    [
      'without a required attribute',
      [],
      'Attributes did not conform to the schema: name.familyName: The attribute name.familyName is required',
    ],
    [
      'with an unknown attribute',
      [['custom:role', 'x']],
      'Attributes did not conform to the schema: Type for attribute {custom:role} could not be determined',
    ],
    [
      'with a flag of the pool',
      [['email_verified', 'true']],
      'Cannot modify the non-mutable attribute email_verified',
    ],
    ['with a bad e-mail address', [['email', 'alice']], 'Invalid email address format.'],
    ['with a bad phone number', [['phone_number', '0123']], 'Invalid phone number format.'],
  ])('%s is refused', async (_, changes, message) => {
    const { wire } = await create();
    expect(await signUp(wire, ...changes)).toMatchObject(invalid(message));
    expect(wire.pool.users.find('bob')).toBeUndefined();
  });

  test('two required attributes that are missing are named with a comma between them', async () => {
    const { wire } = await create({ schema: SCHEMA, requiredAttributes: ['name', 'email'] });
    expect(await signUp(wire)).toMatchObject(
      invalid(
        'Attributes did not conform to the schema: name.formatted: The attribute name.formatted is required, emails: The attribute emails is required',
      ),
    );
  });

  test('takes an immutable attribute, and of two with one name the last', async () => {
    const { wire } = await create();
    const given = [
      ['family_name', 'Doe'],
      ['custom:tenant', 'b'],
      ['custom:code', 'too long'],
      ['custom:code', 'ok'],
    ] as const;
    expect(await signUp(wire, ...given)).toMatchObject({ status: 200 });
    expect(wire.pool.users.find('bob')?.attributes).toEqual({
      family_name: 'Doe',
      'custom:tenant': 'b',
      'custom:code': 'ok',
    });
  });

  test('sends a code only to an address that the pool verifies', async () => {
    const given = [
      ['family_name', 'Doe'],
      ['phone_number', '+4912345678'],
    ] as const;
    const { wire } = await create({ schema: SCHEMA, autoVerifiedAttributes: ['email'] });
    expect(await signUp(wire, ...given)).toEqual({
      status: 200,
      UserConfirmed: false,
      UserSub: wire.pool.users.find('bob')?.sub,
      Session: expect.any(String),
    });
    expect(wire.pool.outbox).toEqual([]);
    expect(await wire.call('ResendConfirmationCode', { ClientId: 'web', Username: 'bob' })).toMatchObject(
      refused('NotAuthorizedException', 'Cannot resend codes. Auto verification not turned on.'),
    );
  });

  test('is refused where only administrators create users', async () => {
    const { wire } = await create({ schema: SCHEMA, adminCreateUserOnly: true });
    expect(await signUp(wire, ['family_name', 'Doe'])).toMatchObject(
      refused('NotAuthorizedException', 'SignUp is not permitted for this user pool'),
    );
  });
});

describe('UpdateUserAttributes and AdminUpdateUserAttributes', () => {
  test.each<[string, Changes, string]>([
    [
      'an unknown attribute',
      [['custom:unknown', 'x']],
      'user.custom:unknown: Attribute does not exist in the schema.\n',
    ],
    [
      'an immutable attribute',
      [['custom:tenant', 'b']],
      'user.custom:tenant: Attribute cannot be updated.\n',
    ],
    [
      'a text that is too long',
      [['birthdate', '01/01/20001']],
      'user.birthdate: String must be no longer than 10 characters\n',
    ],
    [
      'no value for a required attribute',
      [['family_name', '']],
      'user.family_name: Required attribute cannot be deleted.\n',
    ],
    ['the sub', [['sub', 'x']], 'Cannot modify the non-mutable attribute sub'],
    ['a bad e-mail address', [['email', 'x']], 'Invalid email address format.'],
    ['a bad phone number', [['phone_number', 'x']], 'Invalid phone number format.'],
  ])('refuse %s, and nothing changes', async (_, changes, message) => {
    const { update, adminUpdate, attributes } = await create();
    for (const write of [update, adminUpdate]) {
      expect(await write(['custom:team', 'y'], ...changes)).toMatchObject(invalid(message));
    }
    expect(attributes()).toEqual(ATTRIBUTES);
  });

  test.each<[string, string]>([
    ['custom:code', 'x'],
    ['custom:code', 'abcde'],
    ['custom:age', '0'],
    ['custom:age', '151'],
    ['custom:age', 'old'],
  ])('refuse what does not fit the constraints: %s %s', async (name, value) => {
    const { update, attributes } = await create();
    expect(await update([name, value])).toMatchObject({
      __type: 'InvalidParameterException',
      message: expect.stringContaining(`user.${name}: `),
    });
    expect(attributes()).toEqual(ATTRIBUTES);
  });

  test('check only the length of a date, and take the last of two values', async () => {
    const { update, adminUpdate, attributes } = await create();
    for (const write of [update, adminUpdate]) {
      expect(await write(['birthdate', 'not-a-date'], ['custom:age', 'x'], ['custom:age', '42'])).toEqual({
        status: 200,
      });
    }
    expect(attributes()).toMatchObject({ birthdate: 'not-a-date', 'custom:age': '42' });
  });

  test('remove an attribute that gets no value', async () => {
    const { update, adminUpdate, attributes } = await create();
    expect(await update(['custom:team', ''])).toEqual({ status: 200 });
    expect(attributes()).not.toHaveProperty('custom:team');
    expect(await adminUpdate(['email', ''])).toEqual({ status: 200 });
    expect(attributes()).toEqual({ family_name: 'Doe', 'custom:tenant': 'a' });
  });

  test('only an administrator says that an address is verified', async () => {
    const { update, adminUpdate, attributes } = await create();
    expect(await update(['email_verified', 'true'])).toMatchObject(
      invalid('Cannot modify the non-mutable attribute email_verified'),
    );
    expect(await update(['email', 'new@example.com'])).toEqual({ status: 200 });
    expect(attributes()).toMatchObject({ email: 'new@example.com', email_verified: 'false' });
    expect(await adminUpdate(['email_verified', 'true'])).toEqual({ status: 200 });
    expect(attributes()).toMatchObject({ email_verified: 'true' });
  });

  test('an administrator need not wait for the code of a new address', async () => {
    const { adminUpdate, attributes, wire } = await create({
      schema: SCHEMA,
      autoVerifiedAttributes: ['email'],
      verifiedBeforeUpdate: ['email'],
    });
    expect(await adminUpdate(['email', 'new@example.com'])).toEqual({ status: 200 });
    expect(attributes()).toMatchObject({ email: 'alice@example.com' });
    expect(wire.pool.outbox).toMatchObject([{ purpose: 'VerifyUserAttribute', to: 'new@example.com' }]);
    expect(await adminUpdate(['email', 'other@example.com'], ['email_verified', 'true'])).toEqual({
      status: 200,
    });
    expect(attributes()).toMatchObject({ email: 'other@example.com', email_verified: 'true' });
    expect(wire.pool.users.find('alice')?.pendingAttributes).toEqual({});
    expect(wire.pool.outbox).toHaveLength(1);
  });
});

describe('DeleteUserAttributes and AdminDeleteUserAttributes', () => {
  const UNDETERMINED = 'Invalid user attributes: Type for attribute {custom:unknown} could not be determined';
  const FROM_ADMIN =
    'Invalid user attributes: user.custom:unknown: Attribute does not exist in the schema.\n';

  test.each<[string, string, string, string?]>([
    ['an unknown attribute', 'custom:unknown', UNDETERMINED, FROM_ADMIN],
    [
      'a required attribute',
      'family_name',
      'Invalid user attributes: name.familyName: The attribute name.familyName is required',
    ],
    [
      'an immutable attribute',
      'custom:tenant',
      'Invalid user attributes: Custom.User.tenant: This attribute does not satisfy the mutability validation defined in the schema.',
    ],
    ['the sub', 'sub', 'Cannot modify the non-mutable attribute sub'],
  ])('refuse %s, and nothing changes', async (_, name, message, ofAdmin = message) => {
    const { remove, adminRemove, attributes } = await create();
    expect(await remove(['custom:team', ''], [name, ''])).toMatchObject(invalid(message));
    expect(await adminRemove(['custom:team', ''], [name, ''])).toMatchObject(invalid(ofAdmin));
    expect(attributes()).toEqual(ATTRIBUTES);
  });

  test('remove an address with its flag, and what is not there', async () => {
    const { remove, adminRemove, attributes } = await create();
    expect(await remove(['email', ''], ['nickname', ''])).toEqual({ status: 200 });
    expect(attributes()).toEqual({ family_name: 'Doe', 'custom:tenant': 'a', 'custom:team': 'x' });
    expect(await adminRemove(['custom:team', ''], ['nickname', ''])).toEqual({ status: 200 });
    expect(attributes()).toEqual({ family_name: 'Doe', 'custom:tenant': 'a' });
  });

  test('a user does not remove a flag of the pool', async () => {
    const { remove } = await create();
    expect(await remove(['email_verified', ''])).toMatchObject(
      invalid('Cannot modify the non-mutable attribute email_verified'),
    );
  });
});

test.each(['AdminUpdateUserAttributes', 'AdminDeleteUserAttributes'])(
  '%s of nobody is refused',
  async (operation) => {
    const { wire } = await create();
    const input = { Username: 'nobody', UserAttributes: [], UserAttributeNames: [] };
    expect(await wire.admin(operation, input)).toMatchObject(
      refused('UserNotFoundException', 'User does not exist.'),
    );
  },
);

test('an administrator names a user by the sub', async () => {
  const { wire, attributes } = await create();
  const Username = wire.pool.users.find('alice')?.sub;
  const UserAttributes = [{ Name: 'nickname', Value: 'al' }];
  expect(await wire.admin('AdminUpdateUserAttributes', { Username, UserAttributes })).toEqual({
    status: 200,
  });
  expect(attributes()).toMatchObject({ nickname: 'al' });
});

test('a list is ordered: standard attributes, custom ones, the sub', async () => {
  const { wire, AccessToken } = await create();
  const { UserAttributes } = await wire.call('GetUser', { AccessToken });
  expect((UserAttributes as readonly { Name: string }[]).map(({ Name }) => Name)).toEqual([
    'email',
    'email_verified',
    'family_name',
    'custom:tenant',
    'custom:team',
    'sub',
  ]);
});

describe('a client with lists of attributes', () => {
  const clients = [
    {
      clientId: 'web',
      explicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
      readAttributes: ['email', 'custom:team'],
      writeAttributes: ['family_name', 'nickname'],
    },
  ];

  test('shows what it may read, in GetUser and in the ID token', async () => {
    const { wire, AccessToken, IdToken } = await create({ schema: SCHEMA, clients });
    const sub = wire.pool.users.find('alice')?.sub;
    expect(await wire.call('GetUser', { AccessToken })).toMatchObject({
      UserAttributes: [
        { Name: 'email', Value: 'alice@example.com' },
        { Name: 'custom:team', Value: 'x' },
        { Name: 'sub', Value: sub },
      ],
    });
    const claims = claimsOf(IdToken);
    expect(claims).toMatchObject({ sub, email: 'alice@example.com', 'custom:team': 'x' });
    expect(Object.keys(claims)).not.toEqual(expect.arrayContaining(['family_name']));
    expect(claims).not.toHaveProperty('email_verified');
  });

  test('writes and removes only what it may write', async () => {
    const { update, remove, attributes, wire } = await create({ schema: SCHEMA, clients });
    expect(await update(['nickname', 'al'], ['email', 'x@example.com'])).toMatchObject(UNAUTHORIZED);
    expect(await remove(['custom:team', ''])).toMatchObject(UNAUTHORIZED);
    expect(await signUp(wire, ['family_name', 'Doe'], ['email', 'x@example.com'])).toMatchObject(
      UNAUTHORIZED,
    );
    expect(attributes()).toEqual(ATTRIBUTES);
    expect(await update(['nickname', 'al'])).toEqual({ status: 200 });
    expect(await signUp(wire, ['family_name', 'Doe'])).toMatchObject({ status: 200 });
  });

  test('does not bind an administrator', async () => {
    const { adminUpdate, attributes } = await create({ schema: SCHEMA, clients });
    expect(await adminUpdate(['custom:team', 'y'])).toEqual({ status: 200 });
    expect(attributes()).toMatchObject({ 'custom:team': 'y' });
  });
});

describe('a pool without a schema', () => {
  test('takes attributes of any name, except the service’s own', async () => {
    const { update, attributes } = await create({});
    expect(await update(['custom:anything', 'x'], ['anything', 'y'])).toEqual({ status: 200 });
    expect(attributes()).toMatchObject({ 'custom:anything': 'x', anything: 'y' });
    expect(await update(['cognito:groups', 'admin'])).toMatchObject(
      invalid('user.cognito:groups: Attribute does not exist in the schema.\n'),
    );
  });
});
