/** Forgotten and changed passwords, attributes and access tokens work as at AWS. */
import {
  another,
  CODE_EXPIRED,
  CODE_MISMATCH,
  createWire,
  PASSWORD,
  refused,
  signedIn,
  type Wire,
  WRONG_PASSWORD,
} from './wire.ts';

describe('passwords', () => {
  const withMail = () =>
    createWire({
      users: [
        {
          username: 'alice',
          password: PASSWORD,
          attributes: { email: 'alice@example.com', email_verified: 'true' },
        },
      ],
    });
  const alice = { ClientId: 'web', Username: 'alice' };
  const changed = 'Another-Horse-8';

  test('a forgotten password is replaced, once for each code', async () => {
    const wire = withMail();
    expect(await wire.call('ForgotPassword', alice)).toMatchObject({
      CodeDeliveryDetails: { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'a***@e***' },
    });
    expect(wire.pool.outbox).toMatchObject([{ purpose: 'ConfirmForgotPassword', username: 'alice' }]);
    const ConfirmationCode = wire.lastCode();
    const confirm = (more: object) =>
      wire.call('ConfirmForgotPassword', { ...alice, ConfirmationCode, Password: changed, ...more });
    expect(await confirm({ ConfirmationCode: another(ConfirmationCode) })).toMatchObject(CODE_MISMATCH);
    expect(await confirm({ Password: 'short' })).toMatchObject(
      refused('InvalidPasswordException', 'Password does not conform to policy: Password not long enough'),
    );
    expect(await confirm({})).toEqual({ status: 200 });
    expect(await confirm({})).toMatchObject(CODE_EXPIRED);
    expect(await wire.signIn()).toMatchObject(WRONG_PASSWORD);
    expect(await wire.initiate('USER_PASSWORD_AUTH', { USERNAME: 'alice', PASSWORD: changed })).toMatchObject(
      signedIn,
    );
  });

  test('the code for a forgotten password ends after an hour', async () => {
    const wire = withMail();
    await wire.call('ForgotPassword', alice);
    wire.wait(3600);
    const input = { ...alice, ConfirmationCode: wire.lastCode(), Password: changed };
    expect(await wire.call('ConfirmForgotPassword', input)).toMatchObject(CODE_EXPIRED);
  });

  test('after a required reset the user can sign in again', async () => {
    const wire = createWire({
      users: [
        {
          username: 'alice',
          password: PASSWORD,
          status: 'RESET_REQUIRED',
          attributes: { email: 'a@b.example' },
        },
      ],
    });
    expect(await wire.signIn()).toMatchObject(
      refused('PasswordResetRequiredException', 'Password reset required for the user'),
    );
    await wire.call('ForgotPassword', alice);
    await wire.call('ConfirmForgotPassword', {
      ...alice,
      ConfirmationCode: wire.lastCode(),
      Password: PASSWORD,
    });
    expect(await wire.signIn()).toMatchObject(signedIn);
  });

  test.each([
    ['without an address', 'CONFIRMED', 'InvalidParameterException'],
    ['while it is temporary', 'FORCE_CHANGE_PASSWORD', 'NotAuthorizedException'],
  ] as const)('no code is sent %s', async (_, status, exception) => {
    const { call } = createWire({ users: [{ username: 'alice', password: PASSWORD, status }] });
    expect(await call('ForgotPassword', alice)).toMatchObject({ __type: exception });
  });

  test.each([
    ['with an e-mail address', { email: 'alice@example.com' }],
    ['with a phone number', { phone_number: '+4912345678' }],
  ])('no code is sent to an unconfirmed user %s', async (_, attributes) => {
    const user = { username: 'alice', password: PASSWORD, status: 'UNCONFIRMED', attributes } as const;
    const { call, pool } = createWire({ users: [user] });
    expect(await call('ForgotPassword', alice)).toMatchObject(
      refused(
        'InvalidParameterException',
        'Cannot reset password for the user as there is no registered/verified email or phone_number',
      ),
    );
    expect(pool.outbox).toEqual([]);
  });

  test('ChangePassword requires the old password', async () => {
    const wire = withMail();
    const { AccessToken } = (await wire.signIn()).AuthenticationResult;
    const change = (PreviousPassword: string) =>
      wire.call('ChangePassword', { AccessToken, PreviousPassword, ProposedPassword: changed });
    expect(await change('wrong')).toMatchObject(WRONG_PASSWORD);
    expect(await change(PASSWORD)).toEqual({ status: 200 });
    expect(await wire.signIn()).toMatchObject(WRONG_PASSWORD);
  });

  test('ChangePassword is refused after five wrong passwords', async () => {
    const wire = withMail();
    const { AccessToken } = (await wire.signIn()).AuthenticationResult;
    const input = { AccessToken, PreviousPassword: 'wrong', ProposedPassword: changed };
    for (let i = 0; i < 5; i++) await wire.call('ChangePassword', input);
    expect(await wire.call('ChangePassword', input)).toMatchObject(
      refused('LimitExceededException', 'Attempt limit exceeded, please try after some time.'),
    );
  });
});

describe('profile', () => {
  const tokenOf = async (wire: Wire) => (await wire.signIn()).AuthenticationResult.AccessToken;

  test('only an e-mail address and a phone number can be verified', async () => {
    const wire = createWire();
    const name = { AccessToken: await tokenOf(wire), AttributeName: 'nickname' };
    const notVerifiable = refused(
      'InvalidParameterException',
      'Invalid attribute name. Only phone_number and email can be verified.',
    );
    expect(await wire.call('GetUserAttributeVerificationCode', name)).toMatchObject(notVerifiable);
    expect(await wire.call('VerifyUserAttribute', { ...name, Code: '123456' })).toMatchObject(notVerifiable);
  });

  test.each([
    ['phone_number', 'phone number'],
    ['email', 'email'],
  ])('no code is sent to a user without %s', async (AttributeName, kind) => {
    const wire = createWire();
    const input = { AccessToken: await tokenOf(wire), AttributeName };
    expect(await wire.call('GetUserAttributeVerificationCode', input)).toMatchObject(
      refused('InvalidParameterException', `User does not have a valid registered ${kind}`),
    );
    expect(wire.pool.outbox).toEqual([]);
  });

  test('attributes are read and written; a new address is verified by code', async () => {
    const wire = createWire();
    const AccessToken = await tokenOf(wire);
    const UserAttributes = [
      { Name: 'given_name', Value: 'Alice' },
      { Name: 'email', Value: 'alice@example.org' },
    ];
    expect(await wire.call('UpdateUserAttributes', { AccessToken, UserAttributes })).toMatchObject({
      CodeDeliveryDetailsList: [{ AttributeName: 'email', Destination: 'a***@e***' }],
    });
    const sub = wire.pool.users.find('alice')?.sub;
    expect(await wire.call('GetUser', { AccessToken })).toEqual({
      status: 200,
      Username: 'alice',
      UserAttributes: [
        { Name: 'email', Value: 'alice@example.org' },
        { Name: 'email_verified', Value: 'false' },
        { Name: 'given_name', Value: 'Alice' },
        { Name: 'sub', Value: sub },
      ],
    });
    const verify = (Code: string) =>
      wire.call('VerifyUserAttribute', { AccessToken, AttributeName: 'email', Code });
    expect(await verify(another(wire.lastCode()))).toMatchObject(CODE_MISMATCH);
    await wire.call('GetUserAttributeVerificationCode', { AccessToken, AttributeName: 'email' });
    expect(await verify(wire.lastCode())).toEqual({ status: 200 });
    expect(wire.pool.users.find('alice')?.attributes['email_verified']).toBe('true');
  });

  const NOT_MUTABLE = 'Cannot modify the non-mutable attribute';
  const UNKNOWN = 'Attribute does not exist in the schema.';

  test.each([
    ['sub', `${NOT_MUTABLE} sub`, `${NOT_MUTABLE} sub`],
    ['email_verified', `${NOT_MUTABLE} email_verified`, `${NOT_MUTABLE} email_verified`],
    [
      'cognito:username',
      `user.cognito:username: ${UNKNOWN}\n`,
      expect.stringContaining('{cognito:username}'),
    ],
    ['cognito:groups', `user.cognito:groups: ${UNKNOWN}\n`, expect.stringContaining('{cognito:groups}')],
  ])('what the pool decides is not written: %s', async (Name, ofUpdate, ofSignUp) => {
    const wire = createWire();
    const UserAttributes = [{ Name, Value: 'true' }];
    const AccessToken = await tokenOf(wire);
    expect(await wire.call('UpdateUserAttributes', { AccessToken, UserAttributes })).toMatchObject(
      refused('InvalidParameterException', ofUpdate),
    );
    const bob = { ClientId: 'web', Username: 'bob', Password: PASSWORD, UserAttributes };
    expect(await wire.call('SignUp', bob)).toMatchObject(refused('InvalidParameterException', ofSignUp));
    expect(wire.pool.users.find('bob')).toBeUndefined();
  });

  test('such an attribute is not set with a new password either', async () => {
    const wire = createWire({
      users: [{ username: 'alice', password: PASSWORD, status: 'FORCE_CHANGE_PASSWORD' }],
    });
    const { Session } = await wire.signIn();
    const answer = { NEW_PASSWORD: 'Other-Horse-9', 'userAttributes.cognito:groups': 'admins' };
    expect(await wire.respond('NEW_PASSWORD_REQUIRED', Session, answer)).toMatchObject({
      __type: 'InvalidParameterException',
    });
  });

  test('attributes are deleted, and with an address the mark that it was verified', async () => {
    const attributes = { email: 'alice@example.org', email_verified: 'true', nickname: 'al', name: 'Alice' };
    const wire = createWire({ users: [{ username: 'alice', password: PASSWORD, attributes }] });
    const AccessToken = await tokenOf(wire);
    const remove = (...UserAttributeNames: readonly string[]) =>
      wire.call('DeleteUserAttributes', { AccessToken, UserAttributeNames });
    expect(await remove('email', 'nickname', 'custom:never')).toEqual({ status: 200 });
    expect(await remove()).toEqual({ status: 200 });
    const { UserAttributes } = await wire.call('GetUser', { AccessToken });
    expect(UserAttributes).toEqual([
      { Name: 'name', Value: 'Alice' },
      { Name: 'sub', Value: wire.pool.users.find('alice')?.sub },
    ]);
  });

  test.each([
    [
      'required',
      'given_name',
      'Invalid user attributes: name.givenName: The attribute name.givenName is required',
    ],
    ['the pool’s', 'sub', `${NOT_MUTABLE} sub`],
    ['the pool’s', 'email_verified', `${NOT_MUTABLE} email_verified`],
  ])('an attribute that is %s is not deleted: %s', async (_, name, message) => {
    const attributes = { given_name: 'Alice', email_verified: 'true' };
    const wire = createWire({
      users: [{ username: 'alice', password: PASSWORD, attributes }],
      requiredAttributes: ['given_name'],
    });
    const UserAttributeNames = ['nickname', name];
    expect(
      await wire.call('DeleteUserAttributes', { AccessToken: await tokenOf(wire), UserAttributeNames }),
    ).toMatchObject(refused('InvalidParameterException', message));
    expect(wire.pool.users.find('alice')?.attributes).toEqual(attributes);
  });

  test('GetUserAuthFactors tells what the user has and the pool allows', async () => {
    const attributes = { email: 'alice@example.org', phone_number: '+4912345678' };
    const users = [
      { username: 'alice', password: PASSWORD, attributes },
      { username: 'bob', password: PASSWORD },
    ];
    const of = async (wire: Wire, username: string) => {
      const { AccessToken } = (await wire.signIn(username)).AuthenticationResult;
      return wire.call('GetUserAuthFactors', { AccessToken });
    };
    expect(await of(createWire({ users }), 'alice')).toEqual({
      status: 200,
      Username: 'alice',
      ConfiguredUserAuthFactors: ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP'],
    });
    const narrow = createWire({ users, allowedFirstAuthFactors: ['PASSWORD', 'SMS_OTP'] });
    expect(await of(narrow, 'alice')).toMatchObject({ ConfiguredUserAuthFactors: ['PASSWORD', 'SMS_OTP'] });
    expect(await of(narrow, 'bob')).toMatchObject({ ConfiguredUserAuthFactors: ['PASSWORD'] });
  });

  test('GetUserAuthFactors tells the second factors, too', async () => {
    const wire = createWire({ users: [{ username: 'alice', password: PASSWORD }] });
    const AccessToken = await tokenOf(wire);
    wire.pool.users.setMfa('alice', { sms: '+4912345678', totp: 'JBSWY3DPEHPK3PXP', preferred: 'SMS_MFA' });
    expect(await wire.call('GetUserAuthFactors', { AccessToken })).toEqual({
      status: 200,
      Username: 'alice',
      PreferredMfaSetting: 'SMS_MFA',
      UserMFASettingList: ['SMS_MFA', 'SOFTWARE_TOKEN_MFA'],
      ConfiguredUserAuthFactors: ['PASSWORD', 'SMS_OTP', 'SOFTWARE_TOKEN'],
    });
  });
});

describe('access tokens', () => {
  const get = (wire: Wire, AccessToken: string) => wire.call('GetUser', { AccessToken });

  test('live an hour by the clock of the pool', async () => {
    const wire = createWire();
    const { AccessToken } = (await wire.signIn()).AuthenticationResult;
    wire.wait(3599);
    expect(await get(wire, AccessToken)).toMatchObject({ Username: 'alice' });
    wire.wait(1);
    expect(await get(wire, AccessToken)).toMatchObject(
      refused('NotAuthorizedException', 'Access Token has expired'),
    );
  });

  test('are not ID tokens, nor of another pool, nor made up', async () => {
    const wire = createWire();
    const { AccessToken, IdToken } = (await wire.signIn()).AuthenticationResult;
    const invalid = refused('NotAuthorizedException', 'Invalid Access Token');
    expect(await get(wire, IdToken)).toMatchObject(invalid);
    expect(await get(wire, 'made.up')).toMatchObject(invalid);
    expect(await get(createWire(), AccessToken)).toMatchObject(invalid);
    const [header, , signature] = AccessToken.split('.');
    const claims = Buffer.from('{"username":"root"}').toString('base64url');
    expect(await get(wire, `${header}.${claims}.${signature}`)).toMatchObject(
      refused('NotAuthorizedException', 'Could not verify signature for Access Token'),
    );
  });

  test('end with their user', async () => {
    const wire = createWire();
    const { AccessToken } = (await wire.signIn()).AuthenticationResult;
    wire.pool.users.update('alice', { enabled: false });
    expect(await get(wire, AccessToken)).toMatchObject(
      refused('NotAuthorizedException', 'User is disabled.'),
    );
    wire.pool.users.remove('alice');
    expect(await get(wire, AccessToken)).toMatchObject(
      refused('UserNotFoundException', 'User does not exist.'),
    );
  });
});
