/** What administrators do with one user: status, password, second factors and tokens. */
import { createAdmin, EMPTY_BODY, NO_BODY, NO_USER } from './admin-calls.ts';
import { PASSWORD, refused, signedIn } from './wire.ts';

const ALICE = { Username: 'alice' };
const NEW_PASSWORD = 'Another-Horse-8';
const EMAIL = { email: 'alice@example.com', email_verified: 'true' };
const SECRET = 'JBSWY3DPEHPK3PXP';

const world = (user: object = {}, options: object = {}) => {
  const wire = createAdmin({ users: [{ username: 'alice', password: PASSWORD, ...user }], ...options });
  const alice = () => wire.pool.users.find('alice');
  const signInWith = (password: string) =>
    wire.initiate('USER_PASSWORD_AUTH', { USERNAME: 'alice', PASSWORD: password });
  const refresh = (REFRESH_TOKEN: string) => wire.initiate('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN });
  return { ...wire, alice, signInWith, refresh };
};

test.each([
  ['AdminSetUserPassword', { Password: NEW_PASSWORD }],
  ['AdminGetUser', {}],
  ['AdminDeleteUser', {}],
  ['AdminConfirmSignUp', {}],
  ['AdminResetUserPassword', {}],
  ['AdminEnableUser', {}],
  ['AdminDisableUser', {}],
  ['AdminSetUserMFAPreference', {}],
  ['AdminSetUserSettings', { MFAOptions: [] }],
  ['AdminUserGlobalSignOut', {}],
  ['AdminGetUserAuthFactors', {}],
  ['AdminDeleteSoftwareToken', {}],
  ['AdminListUserSessions', {}],
  ['AdminRevokeUserSession', { SessionId: `tkn${'a'.repeat(25)}` }],
  ['AdminListUserAuthEvents', {}],
  ['AdminUpdateAuthEventFeedback', { EventId: 'x', FeedbackValue: 'Valid' }],
])('%s refuses an unknown user, and an unsigned request', async (operation, input) => {
  const { admin, call, pool } = world();
  expect(await admin(operation, { Username: 'nobody', ...input })).toEqual(NO_USER);
  expect(await call(operation, { UserPoolId: pool.userPoolId, ...ALICE, ...input })).toEqual(
    refused('MissingAuthenticationTokenException', 'Missing Authentication Token'),
  );
});

describe('AdminGetUser', () => {
  test('describes the user, with the canonical name and sub as the last attribute', async () => {
    const { admin, now, alice } = world({ attributes: { ...EMAIL, sub: 'a-sub' }, aliases: ['al'] });
    const described = {
      status: 200,
      Enabled: true,
      UserAttributes: [
        { Name: 'email', Value: 'alice@example.com' },
        { Name: 'email_verified', Value: 'true' },
        { Name: 'sub', Value: 'a-sub' },
      ],
      UserCreateDate: now() / 1000,
      UserLastModifiedDate: now() / 1000,
      UserStatus: 'CONFIRMED',
      Username: 'alice',
    };
    for (const Username of ['alice', 'al', alice()?.sub]) {
      expect(await admin('AdminGetUser', { Username })).toEqual(described);
    }
    expect(await admin('AdminGetUser', { Username: 'alice@example.com' })).toEqual(NO_USER);
  });

  test('shows second factors once they are set', async () => {
    const { admin } = world({ mfa: { totp: SECRET, preferred: 'SOFTWARE_TOKEN_MFA' } });
    expect(await admin('AdminGetUser', ALICE)).toMatchObject({
      UserMFASettingList: ['SOFTWARE_TOKEN_MFA'],
      PreferredMfaSetting: 'SOFTWARE_TOKEN_MFA',
    });
  });
});

test('AdminDeleteUser removes the user, whose tokens are then refused', async () => {
  const { admin, adminText, signIn, call, refresh } = world();
  const { AccessToken, RefreshToken } = (await signIn()).AuthenticationResult;
  expect(await adminText('AdminDeleteUser', ALICE)).toEqual(NO_BODY);
  expect(await admin('AdminGetUser', ALICE)).toEqual(NO_USER);
  expect(await call('GetUser', { AccessToken })).toEqual(NO_USER);
  expect(await refresh(RefreshToken)).toEqual(
    refused('NotAuthorizedException', 'The user has been deleted for the associated refresh token'),
  );
});

describe('AdminSetUserPassword', () => {
  test.each(['FORCE_CHANGE_PASSWORD', 'UNCONFIRMED', 'RESET_REQUIRED', 'CONFIRMED'])(
    'a permanent one confirms a user who was %s',
    async (status) => {
      const { adminText, alice, signInWith, wait, now } = world({ status });
      wait(60);
      const input = { ...ALICE, Password: NEW_PASSWORD, Permanent: true };
      expect(await adminText('AdminSetUserPassword', input)).toEqual(EMPTY_BODY);
      expect(alice()).toMatchObject({ status: 'CONFIRMED', lastModifiedAt: now() });
      expect(await signInWith(NEW_PASSWORD)).toMatchObject(signedIn);
      expect(await signInWith(PASSWORD)).toMatchObject({ __type: 'NotAuthorizedException' });
    },
  );

  test('a temporary one asks for another, and revokes nothing', async () => {
    const { admin, signIn, signInWith, call, refresh } = world();
    const { AccessToken, RefreshToken } = (await signIn()).AuthenticationResult;
    await admin('AdminSetUserPassword', { ...ALICE, Password: NEW_PASSWORD });
    expect(await admin('AdminGetUser', ALICE)).toMatchObject({ UserStatus: 'FORCE_CHANGE_PASSWORD' });
    expect(await signInWith(NEW_PASSWORD)).toMatchObject({ ChallengeName: 'NEW_PASSWORD_REQUIRED' });
    expect(await call('GetUser', { AccessToken })).toMatchObject({ Username: 'alice' });
    expect(await refresh(RefreshToken)).toMatchObject(signedIn);
  });

  test('a weak one is refused, and the user stays as before', async () => {
    const { admin, signIn, alice } = world();
    expect(await admin('AdminSetUserPassword', { ...ALICE, Password: 'short', Permanent: true })).toEqual(
      refused('InvalidPasswordException', 'Password does not conform to policy: Password not long enough'),
    );
    expect(alice()?.status).toBe('CONFIRMED');
    expect(await signIn()).toMatchObject(signedIn);
  });
});

test('AdminConfirmSignUp confirms once, and verifies no address', async () => {
  const { admin, adminText, alice } = world({ status: 'UNCONFIRMED', attributes: { email: 'a@b.example' } });
  expect(await adminText('AdminConfirmSignUp', ALICE)).toEqual(EMPTY_BODY);
  expect(alice()).toMatchObject({ status: 'CONFIRMED', attributes: { email: 'a@b.example' } });
  expect(await admin('AdminConfirmSignUp', ALICE)).toEqual(
    refused('NotAuthorizedException', 'User cannot be confirmed. Current status is CONFIRMED'),
  );
});

describe('AdminResetUserPassword', () => {
  test('sends a code, and refuses the old password until it is used', async () => {
    const { admin, adminText, signIn, signInWith, call, lastCode } = world({ attributes: EMAIL });
    expect(await adminText('AdminResetUserPassword', ALICE)).toEqual(EMPTY_BODY);
    expect(await admin('AdminGetUser', ALICE)).toMatchObject({ UserStatus: 'RESET_REQUIRED' });
    expect(await signIn()).toEqual(
      refused('PasswordResetRequiredException', 'Password reset required for the user'),
    );
    const input = { ...ALICE, ClientId: 'web', Password: NEW_PASSWORD, ConfirmationCode: lastCode() };
    expect(await call('ConfirmForgotPassword', input)).toEqual({ status: 200 });
    expect(await signInWith(NEW_PASSWORD)).toMatchObject(signedIn);
  });

  const wrongState = 'User password cannot be reset in the current state.';
  const adminOnly = { AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] } };
  test.each([
    ['an unconfirmed user', { status: 'UNCONFIRMED' }, {}, 'NotAuthorizedException', wrongState],
    ['a temporary password', { status: 'FORCE_CHANGE_PASSWORD' }, {}, 'NotAuthorizedException', wrongState],
    ['a disabled user', { enabled: false }, {}, 'NotAuthorizedException', 'User is disabled.'],
    [
      'a pool whose users cannot recover themselves',
      {},
      { userPool: adminOnly },
      'NotAuthorizedException',
      'Contact administrator to reset password.',
    ],
    [
      'a user without an address',
      { attributes: {} },
      {},
      'InvalidParameterException',
      'Cannot reset password for the user as there is no registered/verified email or phone_number',
    ],
  ])('refuses %s', async (_, user, options, name, text) => {
    const { admin, alice, pool } = world({ attributes: EMAIL, ...user }, options);
    const before = alice()?.status;
    expect(await admin('AdminResetUserPassword', ALICE)).toEqual(refused(name, text));
    expect(alice()?.status).toBe(before);
    expect(pool.outbox).toEqual([]);
  });
});

test('AdminDisableUser refuses the user and revokes the tokens for good', async () => {
  const { admin, adminText, signIn, call, refresh, wait, now } = world();
  const { AccessToken, RefreshToken } = (await signIn()).AuthenticationResult;
  wait(60);
  expect(await adminText('AdminDisableUser', ALICE)).toEqual(EMPTY_BODY);
  expect(await admin('AdminGetUser', ALICE)).toMatchObject({
    Enabled: false,
    UserLastModifiedDate: now() / 1000,
  });
  await admin('AdminEnableUser', ALICE);
  expect(await call('GetUser', { AccessToken })).toEqual(
    refused('NotAuthorizedException', 'Access Token has been revoked'),
  );
  expect(await refresh(RefreshToken)).toEqual(
    refused('NotAuthorizedException', 'Refresh Token has been revoked'),
  );
});

test('AdminEnableUser lets the user sign in again, and can be repeated', async () => {
  const { adminText, signIn } = world({ enabled: false });
  expect(await signIn()).toEqual(refused('NotAuthorizedException', 'User is disabled.'));
  expect(await adminText('AdminEnableUser', ALICE)).toEqual(EMPTY_BODY);
  expect(await adminText('AdminEnableUser', ALICE)).toEqual(EMPTY_BODY);
  expect(await signIn()).toMatchObject(signedIn);
});

test('AdminUserGlobalSignOut revokes all tokens, and can be repeated', async () => {
  const { adminText, signIn, call, refresh } = world();
  const { AccessToken, RefreshToken } = (await signIn()).AuthenticationResult;
  expect(await adminText('AdminUserGlobalSignOut', ALICE)).toEqual(EMPTY_BODY);
  expect(await adminText('AdminUserGlobalSignOut', ALICE)).toEqual(EMPTY_BODY);
  expect(await call('GetUser', { AccessToken })).toMatchObject({ message: 'Access Token has been revoked' });
  expect(await refresh(RefreshToken)).toMatchObject({ message: 'Refresh Token has been revoked' });
  expect(await signIn()).toMatchObject(signedIn);
});

test('AdminSetUserMFAPreference turns factors on that the user has', async () => {
  const { admin, adminText } = world({ attributes: { phone_number: '+4912345678' } });
  const on = { Enabled: true, PreferredMfa: true };
  expect(await adminText('AdminSetUserMFAPreference', { ...ALICE, SMSMfaSettings: on })).toEqual(EMPTY_BODY);
  const sms = { UserMFASettingList: ['SMS_MFA'], PreferredMfaSetting: 'SMS_MFA' };
  expect(await admin('AdminGetUser', ALICE)).toMatchObject(sms);
  expect(await admin('AdminSetUserMFAPreference', { ...ALICE, SoftwareTokenMfaSettings: on })).toEqual(
    refused(
      'InvalidParameterException',
      'User does not have delivery config set to turn on SOFTWARE_TOKEN_MFA',
    ),
  );
  expect(await admin('AdminGetUser', ALICE)).toMatchObject(sms);
});

test('AdminSetUserMFAPreference turns no text messages on for a user without a phone number', async () => {
  const { admin } = world({ attributes: { email: 'alice@example.com' } });
  expect(await admin('AdminSetUserMFAPreference', { ...ALICE, SMSMfaSettings: { Enabled: true } })).toEqual(
    refused('InvalidParameterException', 'User does not have a phone_number set to turn on SMS MFA'),
  );
  expect(await admin('AdminGetUser', ALICE)).not.toHaveProperty('UserMFASettingList');
});

const SMS = { AttributeName: 'phone_number', DeliveryMedium: 'SMS' };

test('AdminSetUserSettings turns text messages on and off, and shows them in MFAOptions', async () => {
  const { admin, adminText, signIn } = world({ attributes: { phone_number: '+4912345678' } });
  expect(await adminText('AdminSetUserSettings', { ...ALICE, MFAOptions: [SMS] })).toEqual(EMPTY_BODY);
  const described = await admin('AdminGetUser', ALICE);
  expect(described).toMatchObject({ MFAOptions: [SMS] });
  expect(described).not.toHaveProperty('UserMFASettingList');
  expect(await signIn()).toMatchObject({ ChallengeName: 'SMS_MFA' });
  await admin('AdminSetUserSettings', { ...ALICE, MFAOptions: [] });
  expect(await admin('AdminGetUser', ALICE)).not.toHaveProperty('MFAOptions');
  expect(await signIn()).toMatchObject(signedIn);
});

test('SetUserSettings does the same for the user, who needs a phone number', async () => {
  const { call, signIn, pool } = world();
  const { AccessToken } = (await signIn()).AuthenticationResult;
  const set = () => call('SetUserSettings', { AccessToken, MFAOptions: [SMS] });
  expect(await set()).toEqual(
    refused('InvalidParameterException', 'User does not have a phone_number set to turn on SMS MFA'),
  );
  pool.users.update('alice', { attributes: { phone_number: '+4912345678' } });
  expect(await set()).toEqual({ status: 200 });
  expect(await call('GetUser', { AccessToken })).toMatchObject({ MFAOptions: [SMS] });
  const byMail = { AttributeName: 'email', DeliveryMedium: 'EMAIL' };
  expect(await call('SetUserSettings', { AccessToken, MFAOptions: [byMail] })).toMatchObject({
    __type: 'InvalidParameterException',
  });
});

test('AdminGetUserAuthFactors lists what the user can begin with, and the authenticator app', async () => {
  const { admin } = world({ attributes: EMAIL, mfa: { totp: SECRET } });
  expect(await admin('AdminGetUserAuthFactors', ALICE)).toEqual({
    status: 200,
    Username: 'alice',
    UserMFASettingList: ['SOFTWARE_TOKEN_MFA'],
    ConfiguredUserAuthFactors: ['PASSWORD', 'EMAIL_OTP', 'SOFTWARE_TOKEN'],
  });
});

test('AdminDeleteSoftwareToken removes the app, so that nothing asks for its code', async () => {
  const { admin, adminText, signIn, alice } = world({
    mfa: { totp: SECRET, preferred: 'SOFTWARE_TOKEN_MFA' },
  });
  expect(await signIn()).toMatchObject({ ChallengeName: 'SOFTWARE_TOKEN_MFA' });
  expect(await adminText('AdminDeleteSoftwareToken', ALICE)).toEqual(EMPTY_BODY);
  expect(alice()).toMatchObject({ softwareToken: undefined, mfa: { enabled: [], preferred: undefined } });
  expect(await signIn()).toMatchObject(signedIn);
  expect(await admin('AdminDeleteSoftwareToken', ALICE)).toMatchObject({
    __type: 'ResourceNotFoundException',
  });
});

test('AdminDeleteSoftwareToken refuses a user who is not confirmed', async () => {
  const { admin } = world({ status: 'UNCONFIRMED', mfa: { totp: SECRET } });
  expect(await admin('AdminDeleteSoftwareToken', ALICE)).toMatchObject({
    __type: 'UserNotConfirmedException',
  });
});
