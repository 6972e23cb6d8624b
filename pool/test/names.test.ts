/** Users are found by the names that the pool's settings allow: addresses, aliases, and names in any case. */
import { createHmac } from 'node:crypto';
import { createUserPool, type UserPoolOptions } from '../src/index.ts';
import { createAdmin } from './admin-calls.ts';
import { createWire, PASSWORD, refused, signedIn, srpClient, type Wire, WRONG_PASSWORD } from './wire.ts';

const ADDRESS = 'ann@example.com';
/** The form of the service's `sub`: version 7, and not the variant of RFC 9562, which begins with 8, 9, a or b. */
const SUB = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-7c-f][0-9a-f]{3}-[0-9a-f]{12}$/;
const NOBODY = refused('UserNotFoundException', 'User does not exist.');

const signUp = (wire: Wire, Username: string, attributes: Readonly<Record<string, string>> = {}) =>
  wire.call('SignUp', {
    ClientId: 'web',
    Username,
    Password: PASSWORD,
    UserAttributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
  });

const confirm = (wire: Wire, Username: string, more: object = {}) =>
  wire.call('ConfirmSignUp', { ClientId: 'web', Username, ConfirmationCode: wire.lastCode(), ...more });

const update = async (wire: Wire, username: string, Name: string, Value: string) => {
  const { AccessToken } = (await wire.signIn(username)).AuthenticationResult;
  return {
    reply: await wire.call('UpdateUserAttributes', { AccessToken, UserAttributes: [{ Name, Value }] }),
    verify: () =>
      wire.call('VerifyUserAttribute', { AccessToken, AttributeName: Name, Code: wire.lastCode() }),
  };
};

test('the subs of users have the form of the service, so that a strict UUID validator refuses them here, too', async () => {
  const users = Array.from({ length: 40 }, (_, i) => ({ username: `user-${i}` }));
  const wire = createWire({ users });
  const { UserSub } = await signUp(wire, 'ann');
  for (const sub of [UserSub, ...wire.pool.users.all().map((user) => user.sub)]) expect(sub).toMatch(SUB);
});

describe('a pool whose user names are e-mail addresses', () => {
  const create = (options: UserPoolOptions = {}) =>
    createWire({ usernameAttributes: ['email'], users: [], ...options });

  const signedUp = async (options: UserPoolOptions = {}) => {
    const wire = create(options);
    const { UserSub } = await signUp(wire, ADDRESS);
    expect(await confirm(wire, ADDRESS)).toMatchObject({ status: 200 });
    return { wire, sub: String(UserSub) };
  };

  test('the user name is the sub, and the typed name is the attribute', async () => {
    const { wire, sub } = await signedUp();
    expect(sub).toMatch(SUB);
    expect(wire.pool.users.find(sub)).toMatchObject({
      username: sub,
      sub,
      attributes: { email: ADDRESS, email_verified: 'true' },
    });
    expect(wire.pool.outbox).toMatchObject([{ purpose: 'ConfirmSignUp', to: ADDRESS, username: sub }]);
  });

  test('SRP proves the password under the sub, and both names may answer', async () => {
    const { wire, sub } = await signedUp();
    const { SRP_A, prove } = srpClient(wire);
    const challenge = await wire.initiate('USER_SRP_AUTH', { USERNAME: ADDRESS, SRP_A });
    expect(challenge.ChallengeParameters).toMatchObject({ USERNAME: sub, USER_ID_FOR_SRP: sub });
    const proof = prove(challenge);
    expect(await wire.respond('PASSWORD_VERIFIER', undefined, proof)).toMatchObject(signedIn);
    expect(await wire.respond('PASSWORD_VERIFIER', undefined, { ...proof, USERNAME: ADDRESS })).toMatchObject(
      signedIn,
    );
  });

  test('the name moves with the attribute, before it is verified', async () => {
    const { wire } = await signedUp();
    const { reply } = await update(wire, ADDRESS, 'email', 'new@example.com');
    expect(reply).toMatchObject({ status: 200 });
    expect(await wire.signIn('new@example.com')).toMatchObject(signedIn);
    expect(await wire.signIn(ADDRESS)).toMatchObject(NOBODY);
    expect(wire.pool.users.find('new@example.com')?.attributes['email_verified']).toBe('false');
  });

  test('where a change is verified first, the old name stays until then', async () => {
    const { wire } = await signedUp({ verifiedBeforeUpdate: ['email'] });
    const { reply, verify } = await update(wire, ADDRESS, 'email', 'new@example.com');
    expect(reply).toMatchObject({ CodeDeliveryDetailsList: [{ Destination: 'n***@e***' }] });
    expect(wire.pool.users.find(ADDRESS)).toMatchObject({
      attributes: { email: ADDRESS, email_verified: 'true' },
      pendingAttributes: { email: 'new@example.com' },
    });
    expect(await wire.signIn('new@example.com')).toMatchObject(NOBODY);
    expect(await verify()).toEqual({ status: 200 });
    expect(await wire.signIn(ADDRESS)).toMatchObject(NOBODY);
    expect(await wire.signIn('new@example.com')).toMatchObject(signedIn);
    expect(wire.pool.users.find('new@example.com')).toMatchObject({
      attributes: { email: 'new@example.com', email_verified: 'true' },
      pendingAttributes: {},
    });
  });

  test.each([
    [['email'], 'Username should be an email.'],
    [['phone_number'], 'Username should be a phone number.'],
    [['email', 'phone_number'], 'Username should be either an email or a phone number.'],
  ] as const)('of %j another name is refused', async (usernameAttributes, message) => {
    const wire = create({ usernameAttributes });
    expect(await signUp(wire, 'ann')).toMatchObject(refused('InvalidParameterException', message));
    expect(wire.pool.users.all()).toEqual([]);
  });

  test('an address that is taken is refused, to a new user and to one who changes it', async () => {
    const { wire } = await signedUp();
    expect(await signUp(wire, ADDRESS)).toMatchObject(
      refused('UsernameExistsException', 'An account with the given email already exists.'),
    );
    await signUp(wire, 'bob@example.com');
    await confirm(wire, 'bob@example.com');
    const { reply } = await update(wire, 'bob@example.com', 'email', ADDRESS);
    expect(reply).toMatchObject(
      refused('AliasExistsException', 'An account with the given email already exists.'),
    );
    expect(wire.pool.users.find('bob@example.com')?.attributes).toMatchObject({ email: 'bob@example.com' });
  });

  test('a code for a new password is asked for and used under the address', async () => {
    const { wire, sub } = await signedUp();
    await wire.call('ForgotPassword', { ClientId: 'web', Username: ADDRESS });
    const input = { ClientId: 'web', Username: ADDRESS, Password: 'Other-Horse-9' };
    expect(
      await wire.call('ConfirmForgotPassword', { ...input, ConfirmationCode: wire.lastCode() }),
    ).toMatchObject({ status: 200 });
    expect(
      await wire.initiate('USER_PASSWORD_AUTH', { USERNAME: sub, PASSWORD: 'Other-Horse-9' }),
    ).toMatchObject(signedIn);
  });

  test('the secret hash is made of the name that was typed', async () => {
    const wire = create({ clients: [{ clientId: 'web', clientSecret: 'secret' }] });
    const SecretHash = createHmac('sha256', 'secret').update(`${ADDRESS}web`).digest('base64');
    const input = { ClientId: 'web', Username: ADDRESS, Password: PASSWORD, SecretHash };
    expect(await wire.call('SignUp', input)).toMatchObject({ status: 200 });
    const confirmation = { ClientId: 'web', Username: ADDRESS, SecretHash };
    expect(
      await wire.call('ConfirmSignUp', { ...confirmation, ConfirmationCode: wire.lastCode() }),
    ).toMatchObject({ status: 200 });
  });

  test('a name that nobody has has the form of a sub as well, always the same', async () => {
    const wire = create({ preventUserExistenceErrors: true });
    const { SRP_A, prove } = srpClient(wire);
    const ask = (USERNAME: string) => wire.initiate('USER_SRP_AUTH', { USERNAME, SRP_A });
    const challenge = await ask(ADDRESS);
    const { USER_ID_FOR_SRP = '' } = challenge.ChallengeParameters;
    expect(USER_ID_FOR_SRP).toMatch(SUB);
    expect((await ask(ADDRESS)).ChallengeParameters).toMatchObject({ USER_ID_FOR_SRP });
    expect((await ask('bob@example.com')).ChallengeParameters).not.toMatchObject({ USER_ID_FOR_SRP });
    expect(await wire.respond('PASSWORD_VERIFIER', undefined, prove(challenge))).toMatchObject(
      WRONG_PASSWORD,
    );
  });

  test('a user of options has the address as the name', async () => {
    const wire = create({ users: [{ username: ADDRESS, password: PASSWORD }] });
    const user = wire.pool.users.find(ADDRESS);
    expect(user).toMatchObject({ username: user?.sub, attributes: { email: ADDRESS } });
    expect(await wire.signIn(ADDRESS)).toMatchObject(signedIn);
  });
});

test('a claim of the service is refused of a user who is added later, too', () => {
  const { users } = createUserPool();
  expect(() => users.add({ username: 'ann', attributes: { 'cognito:groups': 'admin' } })).toThrow(
    new TypeError('attributes.cognito:groups is reserved for the service'),
  );
  expect(users.all()).toEqual([]);
});

describe('a pool with aliases', () => {
  const create = (options: UserPoolOptions = {}) =>
    createAdmin({ aliasAttributes: ['email', 'phone_number', 'preferred_username'], users: [], ...options });
  const verified = { email: ADDRESS, email_verified: 'true' };
  const ann = { username: 'ann', password: PASSWORD, attributes: verified };
  const bob = { username: 'bob', password: PASSWORD };

  test('an address is a name once it is verified, and signs in as the user name', async () => {
    const wire = create();
    await signUp(wire, 'ann', { email: ADDRESS });
    expect(await wire.call('ForgotPassword', { ClientId: 'web', Username: ADDRESS })).toMatchObject({
      __type: 'UserNotFoundException',
    });
    await confirm(wire, 'ann');
    const { SRP_A, prove } = srpClient(wire);
    const challenge = await wire.initiate('USER_SRP_AUTH', { USERNAME: ADDRESS, SRP_A });
    expect(challenge.ChallengeParameters).toMatchObject({ USER_ID_FOR_SRP: 'ann' });
    expect(await wire.respond('PASSWORD_VERIFIER', undefined, prove(challenge))).toMatchObject(signedIn);
  });

  test.each([
    [ADDRESS, 'Username cannot be of email format, since user pool is configured for email alias.'],
    [
      '+4912345678',
      'Username cannot be of phone number format, since user pool is configured for phone number alias.',
    ],
  ])('the user name %s is refused', async (name, message) => {
    expect(await signUp(create(), name)).toMatchObject(refused('InvalidParameterException', message));
    expect(await signUp(createWire(), name)).toMatchObject({ status: 200 });
  });

  test('two may sign up with one address, and the second cannot be confirmed', async () => {
    const wire = create({ users: [ann] });
    expect(await signUp(wire, 'bob', { email: ADDRESS })).toMatchObject({ status: 200 });
    expect(await confirm(wire, 'bob')).toMatchObject(
      refused('AliasExistsException', 'An account with the email already exists.'),
    );
    expect(wire.pool.users.find('bob')).toMatchObject({ status: 'UNCONFIRMED' });
    expect(wire.pool.users.find(ADDRESS)?.username).toBe('ann');
  });

  test('ForceAliasCreation moves the alias, and the former owner keeps the address unverified', async () => {
    const wire = create({ users: [ann] });
    await signUp(wire, 'bob', { email: ADDRESS });
    expect(await confirm(wire, 'bob', { ForceAliasCreation: true })).toMatchObject({ status: 200 });
    expect(wire.pool.users.find(ADDRESS)?.username).toBe('bob');
    expect(wire.pool.users.find('ann')?.attributes).toEqual({ email: ADDRESS, email_verified: 'false' });
  });

  test('a change to an address of another user fails when it is verified', async () => {
    const wire = create({ users: [ann, bob] });
    const { reply, verify } = await update(wire, 'bob', 'email', ADDRESS);
    expect(reply).toMatchObject({ status: 200, CodeDeliveryDetailsList: [{ AttributeName: 'email' }] });
    expect(await verify()).toMatchObject(
      refused('AliasExistsException', 'An account with the email already exists.'),
    );
    expect(wire.pool.users.find(ADDRESS)?.username).toBe('ann');
  });

  test('preferred_username is not set by SignUp where it is an alias', async () => {
    const wire = create();
    expect(await signUp(wire, 'ann', { preferred_username: 'annie' })).toMatchObject({
      status: 400,
      __type: 'InvalidParameterException',
    });
    expect(wire.pool.users.find('ann')).toBeUndefined();
    const other = createWire({ users: [] });
    expect(await signUp(other, 'ann', { preferred_username: 'annie' })).toMatchObject({ status: 200 });
  });

  test('a preferred name counts at once, and must not be that of another user', async () => {
    const wire = create({ users: [ann, bob] });
    expect((await update(wire, 'ann', 'preferred_username', 'annie')).reply).toEqual({ status: 200 });
    expect(await wire.signIn('annie')).toMatchObject(signedIn);
    const exists = refused('AliasExistsException', 'User account already exists for the alias.');
    for (const taken of ['annie', 'ann']) {
      expect((await update(wire, 'bob', 'preferred_username', taken)).reply).toMatchObject(exists);
    }
    expect((await update(wire, 'bob', 'preferred_username', 'b@example.com')).reply).toMatchObject(
      refused(
        'InvalidParameterException',
        'Username cannot be of email format, since user pool is configured for email alias.',
      ),
    );
    expect(wire.pool.users.find('bob')?.attributes).toEqual({});
  });

  test('an administrator moves a verified address to another user', async () => {
    const wire = create({ users: [ann, bob] });
    const UserAttributes = Object.entries(verified).map(([Name, Value]) => ({ Name, Value }));
    expect(await wire.admin('AdminUpdateUserAttributes', { Username: 'bob', UserAttributes })).toEqual({
      status: 200,
    });
    expect(wire.pool.users.find(ADDRESS)?.username).toBe('bob');
    expect(wire.pool.users.find('ann')?.attributes['email_verified']).toBe('false');
  });

  test('in a pool without aliases nobody signs in with a verified address', async () => {
    expect(await createWire({ users: [ann] }).signIn(ADDRESS)).toMatchObject(NOBODY);
  });
});

describe('a pool that does not tell upper from lower case', () => {
  const users = [{ username: 'Ann', password: PASSWORD, attributes: { email: 'Ann@Example.com' } }];

  test('finds a user whatever the case, by SRP and by password', async () => {
    const wire = createWire({ caseSensitive: false, users });
    const { SRP_A, prove } = srpClient(wire);
    const challenge = await wire.initiate('USER_SRP_AUTH', { USERNAME: 'aNN', SRP_A });
    expect(challenge.ChallengeParameters).toMatchObject({ USER_ID_FOR_SRP: 'Ann' });
    const proof = { ...prove(challenge), USERNAME: 'aNN' };
    expect(await wire.respond('PASSWORD_VERIFIER', undefined, proof)).toMatchObject(signedIn);
    expect(await wire.signIn('ANN')).toMatchObject(signedIn);
    expect(await createWire({ users }).signIn('ANN')).toMatchObject(NOBODY);
  });

  test('refuses a name that differs only in case', async () => {
    const wire = createWire({ caseSensitive: false, users });
    expect(await signUp(wire, 'ANN')).toMatchObject(
      refused('UsernameExistsException', 'User already exists'),
    );
    expect(await signUp(createWire({ users }), 'ANN')).toMatchObject({ status: 200 });
  });

  test('finds addresses whatever the case', async () => {
    const wire = createWire({ caseSensitive: false, usernameAttributes: ['email'], users: [] });
    await signUp(wire, 'Ann@Example.com');
    await confirm(wire, 'ann@example.COM');
    expect(await wire.signIn('ANN@example.com')).toMatchObject(signedIn);
    expect(await signUp(wire, 'ann@example.com')).toMatchObject({ __type: 'UsernameExistsException' });
  });

  test.each([['Ann'], ['nobody']])('locks %s out under one name', async (name) => {
    const wire = createWire({ caseSensitive: false, users, preventUserExistenceErrors: true });
    const wrong = (USERNAME: string) => wire.initiate('USER_PASSWORD_AUTH', { USERNAME, PASSWORD: 'wrong' });
    for (let i = 0; i < 5; i++) {
      expect(await wrong(i % 2 === 0 ? name.toUpperCase() : name)).toMatchObject(WRONG_PASSWORD);
    }
    expect(await wrong(name)).toMatchObject(refused('NotAuthorizedException', 'Password attempts exceeded'));
  });
});

test.each<[string, UserPoolOptions, string]>([
  [
    'two names that differ only in case',
    { caseSensitive: false, users: [{ username: 'ann' }, { username: 'ANN' }] },
    'users[1].username must differ from users[0].username',
  ],
  [
    'two aliases that are the same address',
    {
      aliasAttributes: ['email'],
      users: ['ann', 'bob'].map((username) => ({
        username,
        attributes: { email: ADDRESS, email_verified: 'true' },
      })),
    },
    'users[1].attributes.email must differ from users[0].attributes.email',
  ],
  [
    'one sub twice',
    { users: ['ann', 'bob'].map((username) => ({ username, attributes: { sub: 's' } })) },
    'users[1].attributes.sub must differ from users[0].attributes.sub',
  ],
  [
    'an address as the name beside aliases',
    { aliasAttributes: ['email'], users: [{ username: ADDRESS }] },
    'users[0].username must not be an address, because the pool has aliases of that kind',
  ],
  [
    'two names that differ only in case, in a pool as AWS describes it',
    {
      userPool: { UsernameConfiguration: { CaseSensitive: false } },
      users: [{ username: 'ann' }, { username: 'ANN' }],
    },
    'users[1].username must differ from users[0].username',
  ],
  [
    'a claim of the service',
    { users: [{ username: 'ann', attributes: { 'cognito:groups': 'admin' } }] },
    'users[0].attributes.cognito:groups is reserved for the service',
  ],
  [
    'a flag that is neither true nor false',
    { users: [{ username: 'ann', attributes: { email_verified: 'yes' } }] },
    'users[0].attributes.email_verified must be "true" or "false"',
  ],
])('options with %s are refused', (_, options, message) => {
  expect(() => createUserPool(options)).toThrow(new TypeError(message));
});
