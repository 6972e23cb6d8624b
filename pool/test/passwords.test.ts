/** Password policy, pass phrases, history, temporary passwords and recovery work as AWS describes them. */
import type { UserPoolOptions } from '../src/index.ts';
import { createAdmin } from './admin-calls.ts';
import { createWire, PASSWORD, refused, signedIn, type Wire, WRONG_PASSWORD } from './wire.ts';

const DAY = 86_400;

const signInWith = (wire: Wire, password: string, username = 'alice') =>
  wire.initiate('USER_PASSWORD_AUTH', { USERNAME: username, PASSWORD: password });

describe('a pass phrase with spaces inside', () => {
  const phrase = 'correct horse battery staple';
  const options: UserPoolOptions = {
    passwordPolicy: { requireSymbols: true },
    users: [
      { username: 'alice', password: PASSWORD, attributes: { email: 'alice@example.com' } },
      { username: 'tmp', password: PASSWORD, status: 'FORCE_CHANGE_PASSWORD' },
    ],
  };

  test('is taken at every door, and its space is a symbol', async () => {
    const wire = createAdmin(options);
    expect(await wire.call('SignUp', { ClientId: 'web', Username: 'bob', Password: phrase })).toMatchObject({
      status: 200,
    });
    const { Session } = await wire.signIn('tmp');
    expect(
      await wire.respond('NEW_PASSWORD_REQUIRED', Session, { USERNAME: 'tmp', NEW_PASSWORD: phrase }),
    ).toMatchObject(signedIn);
    const signed = await signInWith(wire, phrase, 'tmp');
    expect(signed).toMatchObject(signedIn);
    const { AccessToken } = signed.AuthenticationResult;
    const change = { AccessToken, PreviousPassword: phrase, ProposedPassword: `${phrase} too` };
    expect(await wire.call('ChangePassword', change)).toEqual({ status: 200 });
    await wire.call('ForgotPassword', { ClientId: 'web', Username: 'alice' });
    const confirmation = { ClientId: 'web', Username: 'alice', ConfirmationCode: wire.lastCode() };
    expect(await wire.call('ConfirmForgotPassword', { ...confirmation, Password: phrase })).toEqual({
      status: 200,
    });
    const created = { Username: 'carol', TemporaryPassword: phrase, MessageAction: 'SUPPRESS' };
    expect(await wire.admin('AdminCreateUser', created)).toMatchObject({ status: 200 });
  });

  test('has no space at its ends', async () => {
    const { call } = createWire(options);
    for (const Password of [` ${phrase}`, `${phrase} `]) {
      expect(await call('SignUp', { ClientId: 'web', Username: 'bob', Password })).toMatchObject(
        refused(
          'InvalidParameterException',
          "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[\\S]+.*[\\S]+$",
        ),
      );
    }
  });
});

test('one violation is told, with three phrasings', async () => {
  const wire = createAdmin({
    passwordPolicy: { requireNumbers: true },
    users: [{ username: 'alice', password: PASSWORD, status: 'FORCE_CHANGE_PASSWORD' }],
  });
  const Password = 'Numberless';
  const weak = (beginning: string, tail = 'Password must have numeric characters') =>
    refused('InvalidPasswordException', `${beginning}: ${tail}`);
  expect(await wire.call('SignUp', { ClientId: 'web', Username: 'bob', Password })).toMatchObject(
    weak('Password did not conform with policy'),
  );
  expect(await wire.admin('AdminCreateUser', { Username: 'bob', TemporaryPassword: Password })).toMatchObject(
    weak('Password did not conform with password policy'),
  );
  const { Session } = await wire.signIn();
  const answer = (NEW_PASSWORD: string) => wire.respond('NEW_PASSWORD_REQUIRED', Session, { NEW_PASSWORD });
  expect(await answer(Password)).toMatchObject(weak('Password does not conform to policy'));
  expect(await answer('short')).toMatchObject(
    weak('Password does not conform to policy', 'Password not long enough'),
  );
  expect(wire.pool.users.find('bob')).toBeUndefined();
});

describe('the password history', () => {
  const USED = refused('PasswordHistoryPolicyViolationException', 'Password has previously been used');
  const second = 'Second-Horse-2';
  const third = 'Third-Horse-3';

  const begin = async (passwordHistorySize: number) => {
    const wire = createWire({ passwordPolicy: { passwordHistorySize } });
    const { AccessToken } = (await wire.signIn()).AuthenticationResult;
    return (PreviousPassword: string, ProposedPassword: string) =>
      wire.call('ChangePassword', { AccessToken, PreviousPassword, ProposedPassword });
  };

  test('refuses the current password and those before it, as many as it holds', async () => {
    const change = await begin(2);
    expect(await change(PASSWORD, PASSWORD)).toMatchObject(USED);
    expect(await change(PASSWORD, second)).toEqual({ status: 200 });
    expect(await change(second, PASSWORD)).toMatchObject(USED);
    expect(await change(second, third)).toEqual({ status: 200 });
    expect(await change(third, second)).toMatchObject(USED);
    expect(await change(third, PASSWORD)).toEqual({ status: 200 });
  });

  test('keeps what its size demands, and refuses no more if the size is changed later', async () => {
    const wire = createAdmin({ passwordPolicy: { passwordHistorySize: 2 } });
    const { AccessToken } = (await wire.signIn()).AuthenticationResult;
    const change = (PreviousPassword: string, ProposedPassword: string) =>
      wire.call('ChangePassword', { AccessToken, PreviousPassword, ProposedPassword });
    const setSize = (PasswordHistorySize: number) =>
      wire.admin('UpdateUserPool', { Policies: { PasswordPolicy: { PasswordHistorySize } } });
    expect(await change(PASSWORD, second)).toEqual({ status: 200 });
    expect(await setSize(1)).toEqual({ status: 200 });
    expect(await change(second, second)).toMatchObject(USED);
    expect(await change(second, PASSWORD)).toEqual({ status: 200 });
    expect(await setSize(2)).toEqual({ status: 200 });
    expect(await change(PASSWORD, second)).toEqual({ status: 200 });
    expect(await change(second, third)).toEqual({ status: 200 });
    expect(await setSize(5)).toEqual({ status: 200 });
    expect(await change(third, second)).toMatchObject(USED);
    expect(await change(third, PASSWORD)).toEqual({ status: 200 });
  });

  test('of no size refuses none', async () => {
    const change = await begin(0);
    expect(await change(PASSWORD, PASSWORD)).toEqual({ status: 200 });
  });

  test('has no temporary passwords', async () => {
    const wire = createWire({
      passwordPolicy: { passwordHistorySize: 5 },
      users: [{ username: 'alice', password: PASSWORD, status: 'FORCE_CHANGE_PASSWORD' }],
    });
    const { Session } = await wire.signIn();
    expect(await wire.respond('NEW_PASSWORD_REQUIRED', Session, { NEW_PASSWORD: PASSWORD })).toMatchObject(
      signedIn,
    );
  });
});

test('no password is that of a user who has none', async () => {
  const attributes = { email: 'bob@example.com', email_verified: 'true' };
  const wire = createWire({ users: [{ username: 'bob', hasPassword: false, attributes }] });
  expect(await signInWith(wire, PASSWORD, 'bob')).toMatchObject(WRONG_PASSWORD);
});

describe('a temporary password', () => {
  const EXPIRED = refused(
    'NotAuthorizedException',
    'Temporary password has expired and must be reset by an administrator.',
  );
  const users = [{ username: 'alice', password: PASSWORD, status: 'FORCE_CHANGE_PASSWORD' }] as const;

  test.each([
    [undefined, 7],
    [0, 7],
    [2, 2],
  ])('of a pool with TemporaryPasswordValidityDays %s is valid %i days', async (configured, days) => {
    const wire = createWire({
      users,
      passwordPolicy: configured === undefined ? {} : { temporaryPasswordValidityDays: configured },
    });
    wire.wait(days * DAY - 1);
    expect(await wire.signIn()).toMatchObject({ ChallengeName: 'NEW_PASSWORD_REQUIRED' });
    wire.wait(1);
    expect(await wire.signIn()).toMatchObject(EXPIRED);
    expect(await signInWith(wire, 'wrong')).toMatchObject(WRONG_PASSWORD);
    expect(wire.pool.users.find('alice')?.status).toBe('FORCE_CHANGE_PASSWORD');
  });
});

describe('recovery', () => {
  const NO_ADDRESS = refused(
    'InvalidParameterException',
    'Cannot reset password for the user as there is no registered/verified email or phone_number',
  );
  const attributes = {
    email: 'alice@example.com',
    email_verified: 'true',
    phone_number: '+4912345678',
    phone_number_verified: 'true',
  };
  const user = { username: 'alice', password: PASSWORD, attributes };
  const forgot = (options: UserPoolOptions) =>
    createWire({ users: [user], ...options }).call('ForgotPassword', { ClientId: 'web', Username: 'alice' });
  const mechanisms = (...names: readonly ('verified_email' | 'verified_phone_number' | 'admin_only')[]) => ({
    AccountRecoverySetting: {
      RecoveryMechanisms: names.map((Name, index) => ({ Name, Priority: index + 1 })),
    },
  });
  const sentTo = (DeliveryMedium: string) => ({ status: 200, CodeDeliveryDetails: { DeliveryMedium } });

  test('goes to the first address of the setting', async () => {
    expect(await forgot({})).toMatchObject(sentTo('EMAIL'));
    expect(await forgot({ userPool: mechanisms('verified_phone_number', 'verified_email') })).toMatchObject(
      sentTo('SMS'),
    );
  });

  test('without the setting prefers text messages', async () => {
    const userPool = { AccountRecoverySetting: undefined };
    expect(await forgot({ userPool })).toMatchObject(sentTo('SMS'));
    const users = [{ ...user, mfa: { sms: '+4912345678' } }];
    expect(await forgot({ userPool, users })).toMatchObject(sentTo('SMS'));
  });

  test('is not for users where administrators do it', async () => {
    expect(await forgot({ userPool: mechanisms('admin_only') })).toMatchObject(
      refused('NotAuthorizedException', 'Contact administrator to reset password.'),
    );
  });

  test('does not use the channel that is the second factor', async () => {
    const users = [{ ...user, mfa: { sms: '+4912345678' } }];
    const userPool = mechanisms('verified_phone_number');
    expect(await forgot({ users, userPool })).toMatchObject(NO_ADDRESS);
    expect(
      await forgot({ users, userPool: mechanisms('verified_phone_number', 'verified_email') }),
    ).toMatchObject(sentTo('EMAIL'));
    expect(await forgot({ users, userPool, mfa: 'OFF' })).toMatchObject(sentTo('SMS'));
    expect(
      await forgot({ users: [{ ...user, mfa: { email: true } }], userPool: mechanisms('verified_email') }),
    ).toMatchObject(NO_ADDRESS);
  });

  test('needs a verified address, and in a pool with a schema one that is marked so', async () => {
    const withFlag = (email_verified?: string) => ({
      users: [
        {
          ...user,
          attributes: { email: 'alice@example.com', ...(email_verified && { email_verified }) },
        },
      ],
    });
    expect(await forgot(withFlag('false'))).toMatchObject(NO_ADDRESS);
    expect(await forgot(withFlag())).toMatchObject(sentTo('EMAIL'));
    expect(await forgot({ ...withFlag(), schema: [] })).toMatchObject(NO_ADDRESS);
    expect(await forgot({ ...withFlag('true'), schema: [] })).toMatchObject(sentTo('EMAIL'));
  });
});
