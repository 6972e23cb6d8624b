/** AdminCreateUser: the user, the temporary password, the message, and its refusals. */
import type { UserPoolOptions } from '../src/index.ts';
import { type AdminWire, createAdmin } from './admin-calls.ts';
import { PASSWORD, refused, signedIn } from './wire.ts';

const DAY = 86_400;
const ADDRESS = 'bob@example.com';
const EMAIL = [{ Name: 'email', Value: ADDRESS }];
const VERIFIED = [...EMAIL, { Name: 'email_verified', Value: 'true' }];
const POLICY = {
  minimumLength: 12,
  requireLowercase: true,
  requireUppercase: true,
  requireNumbers: true,
  requireSymbols: true,
};
const ONLY_PASSWORDS: UserPoolOptions = { allowedFirstAuthFactors: ['PASSWORD'] };

const createBob = (wire: AdminWire, more: object = {}) =>
  wire.admin('AdminCreateUser', { Username: 'bob', ...more });

const signInWith = (wire: AdminWire, password: string) =>
  wire.initiate('USER_PASSWORD_AUTH', { USERNAME: 'bob', PASSWORD: password });

test('AdminCreateUser describes the user whom it adds', async () => {
  const wire = createAdmin();
  const seconds = wire.now() / 1000;
  const UserAttributes = [{ Name: 'given_name', Value: 'Bob' }, ...EMAIL];
  const input = { UserAttributes, TemporaryPassword: PASSWORD, MessageAction: 'SUPPRESS' };
  expect(await createBob(wire, input)).toEqual({
    status: 200,
    User: {
      Username: 'bob',
      Attributes: [
        ...EMAIL,
        { Name: 'given_name', Value: 'Bob' },
        { Name: 'sub', Value: wire.pool.users.find('bob')?.sub },
      ],
      UserCreateDate: seconds,
      UserLastModifiedDate: seconds,
      Enabled: true,
      UserStatus: 'FORCE_CHANGE_PASSWORD',
    },
  });
  expect(wire.pool.outbox).toEqual([]);
  const { ChallengeName, Session } = await signInWith(wire, PASSWORD);
  expect(ChallengeName).toBe('NEW_PASSWORD_REQUIRED');
  expect(
    await wire.respond('NEW_PASSWORD_REQUIRED', Session, { USERNAME: 'bob', NEW_PASSWORD: 'Other-Horse-9' }),
  ).toMatchObject(signedIn);
});

test('makes a temporary password that fits the policy, and sends it', async () => {
  const wire = createAdmin({ ...ONLY_PASSWORDS, passwordPolicy: POLICY });
  await createBob(wire, { UserAttributes: EMAIL, DesiredDeliveryMediums: ['EMAIL'] });
  expect(wire.pool.outbox).toMatchObject([
    { purpose: 'AdminCreateUser', medium: 'EMAIL', to: ADDRESS, username: 'bob', at: wire.now() },
  ]);
  const password = wire.lastCode();
  expect(password).toHaveLength(12);
  for (const kind of [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z\d]/]) expect(password).toMatch(kind);
  expect(await signInWith(wire, password)).toMatchObject({ ChallengeName: 'NEW_PASSWORD_REQUIRED' });
});

test.each<[string, object, readonly string[]]>([
  ['a text message unless another medium is named', {}, ['+4912345678']],
  ['what is named', { DesiredDeliveryMediums: ['EMAIL', 'SMS'] }, [ADDRESS, '+4912345678']],
  ['nothing', { MessageAction: 'SUPPRESS' }, []],
])('sends %s', async (_, more, to) => {
  const wire = createAdmin(ONLY_PASSWORDS);
  const UserAttributes = [...EMAIL, { Name: 'phone_number', Value: '+4912345678' }];
  await createBob(wire, { UserAttributes, ...more });
  expect(wire.pool.outbox.map((message) => message.to)).toEqual(to);
});

test.each<[string, object]>([
  ['no message is sent', { MessageAction: 'SUPPRESS', DesiredDeliveryMediums: ['EMAIL', 'SMS'] }],
  ['no medium is named', {}],
  ['an address is said not to be verified', { UserAttributes: [{ Name: 'email_verified', Value: 'false' }] }],
])('takes a user without an address if %s', async (_, more) => {
  const wire = createAdmin(ONLY_PASSWORDS);
  expect(await createBob(wire, more)).toMatchObject({ status: 200 });
  expect(wire.pool.outbox).toEqual([]);
});

test('asks nothing of a user whose required attributes are missing: NEW_PASSWORD_REQUIRED does', async () => {
  const wire = createAdmin({ requiredAttributes: ['given_name'] });
  expect(await createBob(wire, { TemporaryPassword: PASSWORD })).toMatchObject({ status: 200 });
  expect(await signInWith(wire, PASSWORD)).toMatchObject({
    ChallengeParameters: { requiredAttributes: '["userAttributes.given_name"]' },
  });
});

test('makes no password in a pool with one-time passwords for a user who has the address', async () => {
  const wire = createAdmin({ allowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] });
  expect(await createBob(wire, { UserAttributes: VERIFIED })).toMatchObject({
    User: { UserStatus: 'CONFIRMED' },
  });
  expect(wire.pool.users.find('bob')?.hasPassword).toBe(false);
  expect(wire.pool.outbox).toMatchObject([{ purpose: 'AdminCreateUser', to: ADDRESS, code: '' }]);
  expect(
    await wire.initiate('USER_AUTH', { USERNAME: 'bob', PREFERRED_CHALLENGE: 'EMAIL_OTP' }),
  ).toMatchObject({
    ChallengeName: 'EMAIL_OTP',
  });
});

test('a blank password is none', async () => {
  const wire = createAdmin({ allowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] });
  expect(await createBob(wire, { UserAttributes: EMAIL, TemporaryPassword: '' })).toMatchObject({
    User: { UserStatus: 'CONFIRMED' },
  });
  const input = { ClientId: 'web', Username: 'carol', Password: '', UserAttributes: EMAIL };
  expect(await wire.call('SignUp', input)).toMatchObject({ status: 200 });
  expect(wire.pool.users.find('carol')?.hasPassword).toBe(false);
});

test.each<[string, object, string, string]>([
  [
    'a weak password',
    { TemporaryPassword: 'short' },
    'InvalidPasswordException',
    'Password did not conform with password policy: Password not long enough',
  ],
  ['a name that is taken', { Username: 'alice' }, 'UsernameExistsException', 'User account already exists'],
  [
    'a sub',
    { UserAttributes: [{ Name: 'sub', Value: 'x' }] },
    'InvalidParameterException',
    'Cannot modify the non-mutable attribute sub',
  ],
  [
    'a claim of the service',
    { UserAttributes: [{ Name: 'cognito:groups', Value: 'x' }] },
    'InvalidParameterException',
    'Attributes did not conform to the schema: Type for attribute {cognito:groups} could not be determined',
  ],
  [
    'an e-mail to nowhere',
    { DesiredDeliveryMediums: ['EMAIL'] },
    'InvalidParameterException',
    'No email provided but desired delivery medium was Email',
  ],
  [
    'a text message to nowhere, also beside an e-mail',
    { UserAttributes: EMAIL, DesiredDeliveryMediums: ['EMAIL', 'SMS'] },
    'InvalidParameterException',
    'No phone number provided but desired delivery medium was SMS',
  ],
  [
    'an e-mail to an empty address',
    { UserAttributes: [{ Name: 'email', Value: '' }], DesiredDeliveryMediums: ['EMAIL'] },
    'InvalidParameterException',
    'No email provided but desired delivery medium was Email',
  ],
  [
    'a verified e-mail address that is not given',
    { UserAttributes: [{ Name: 'email_verified', Value: 'true' }], MessageAction: 'SUPPRESS' },
    'InvalidParameterException',
    'A value for email must be provided to set email_verified to true',
  ],
  [
    'a verified phone number that is not given',
    { UserAttributes: [...EMAIL, { Name: 'phone_number_verified', Value: 'true' }] },
    'InvalidParameterException',
    'A value for phone_number must be provided to set phone_number_verified to true',
  ],
])('refuses %s', async (_, more, name, message) => {
  const wire = createAdmin();
  expect(await createBob(wire, more)).toMatchObject(refused(name, message));
  expect(wire.pool.users.all()).toHaveLength(1);
  expect(wire.pool.outbox).toEqual([]);
});

describe('MessageAction RESEND', () => {
  test('sends another password, with the time of the first', async () => {
    const wire = createAdmin();
    const created = await createBob(wire, { UserAttributes: EMAIL, TemporaryPassword: PASSWORD });
    wire.wait(7 * DAY);
    expect(await signInWith(wire, PASSWORD)).toMatchObject({ status: 400 });
    expect(await createBob(wire, { MessageAction: 'RESEND' })).toMatchObject({
      User: { Username: 'bob', UserStatus: 'FORCE_CHANGE_PASSWORD' },
    });
    expect(created.status).toBe(200);
    const password = wire.lastCode();
    expect(wire.pool.outbox).toHaveLength(2);
    expect(password).not.toBe(PASSWORD);
    wire.wait(7 * DAY - 1);
    expect(await signInWith(wire, password)).toMatchObject({ ChallengeName: 'NEW_PASSWORD_REQUIRED' });
  });

  test('is refused for a medium that the user has no address for, and the password stays', async () => {
    const wire = createAdmin(ONLY_PASSWORDS);
    await createBob(wire, { TemporaryPassword: PASSWORD, UserAttributes: EMAIL });
    expect(await createBob(wire, { MessageAction: 'RESEND', DesiredDeliveryMediums: ['SMS'] })).toMatchObject(
      refused('InvalidParameterException', 'No phone number provided but desired delivery medium was SMS'),
    );
    expect(wire.pool.outbox).toHaveLength(1);
    expect(await signInWith(wire, PASSWORD)).toMatchObject({ ChallengeName: 'NEW_PASSWORD_REQUIRED' });
  });

  test('is refused of nobody, and of a user who has a password of their own', async () => {
    const wire = createAdmin();
    expect(await createBob(wire, { MessageAction: 'RESEND' })).toMatchObject(
      refused('UserNotFoundException', 'User does not exist.'),
    );
    expect(await createBob(wire, { Username: 'alice', MessageAction: 'RESEND' })).toMatchObject({
      __type: 'UnsupportedUserStateException',
    });
    expect(wire.pool.outbox).toEqual([]);
  });
});

describe('in a pool with aliases', () => {
  const owner = {
    username: 'ann',
    password: PASSWORD,
    attributes: { email: ADDRESS, email_verified: 'true' },
  };
  const create = () => createAdmin({ aliasAttributes: ['email'], users: [owner] });

  test('refuses a verified address of another user', async () => {
    const wire = create();
    expect(await createBob(wire, { UserAttributes: VERIFIED })).toMatchObject(
      refused('UsernameExistsException', 'An account with the email already exists.'),
    );
    expect(wire.pool.users.find('bob')).toBeUndefined();
  });

  test('moves the alias if ForceAliasCreation says so', async () => {
    const wire = create();
    const input = { UserAttributes: VERIFIED, ForceAliasCreation: true };
    expect(await createBob(wire, input)).toMatchObject({ status: 200 });
    expect(wire.pool.users.find(ADDRESS)?.username).toBe('bob');
    expect(wire.pool.users.find('ann')?.attributes['email_verified']).toBe('false');
  });

  test('leaves the alias alone if the address is not verified', async () => {
    const wire = create();
    const input = { UserAttributes: EMAIL, ForceAliasCreation: true };
    expect(await createBob(wire, input)).toMatchObject({ status: 200 });
    expect(wire.pool.users.find(ADDRESS)?.username).toBe('ann');
  });
});

test('in a pool whose names are addresses, the name is the sub', async () => {
  const wire = createAdmin({ usernameAttributes: ['email'] });
  expect(await createBob(wire)).toMatchObject(
    refused('InvalidParameterException', 'Username should be an email.'),
  );
  const input = { Username: ADDRESS, TemporaryPassword: PASSWORD };
  expect(await createBob(wire, input)).toMatchObject({
    User: {
      Username: expect.stringMatching(/^[0-9a-f-]{36}$/),
      Attributes: [...EMAIL, { Name: 'sub', Value: wire.pool.users.find(ADDRESS)?.username }],
    },
  });
  expect(await createBob(wire, input)).toMatchObject(
    refused('UsernameExistsException', 'An account with the given email already exists.'),
  );
});
