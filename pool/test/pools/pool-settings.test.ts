/** Settings that are changed at run time, and what they do to sign-ins. */
import { PASSWORD, refused, signedIn } from '../wire.ts';
import { createAdminWire, FIRST_POOL } from './admin-wire.ts';

const invalid = (message: string) => refused('InvalidParameterException', message);

const SMS = { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms', ExternalId: 'x' };

describe('UpdateUserPool', () => {
  const EVERYTHING = {
    AutoVerifiedAttributes: ['email'],
    UserPoolTags: { stage: 'test' },
    Policies: {
      PasswordPolicy: { MinimumLength: 12 },
      SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] },
    },
    MfaConfiguration: 'OPTIONAL',
    SmsConfiguration: SMS,
    VerificationMessageTemplate: { EmailSubject: 'Hello' },
    AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
    DeletionProtection: 'ACTIVE',
    UserPoolTier: 'PLUS',
    DeviceConfiguration: { ChallengeRequiredOnNewDevice: true },
    LambdaConfig: { PreSignUp: 'arn:aws:lambda:us-east-1:000000000000:function:f' },
    UserPoolAddOns: { AdvancedSecurityMode: 'AUDIT' },
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
    DcrConfiguration: { EnableStatus: 'Disabled' },
  };

  test('what is omitted is kept or has its default, member by member', async () => {
    const { createPool, onPool, describe: of, wait, now } = createAdminWire();
    const id = await createPool(EVERYTHING);
    const before = await of(id);
    wait(60);
    expect(await onPool('UpdateUserPool', {}, id)).toEqual({ status: 200 });
    const after = await of(id);
    const { CreationDate, Policies, MfaConfiguration, SmsConfiguration, Name, SchemaAttributes } = before;
    expect(after).toMatchObject({
      CreationDate,
      LastModifiedDate: now() / 1000,
      Policies,
      MfaConfiguration,
      SmsConfiguration,
      Name,
      SchemaAttributes,
      AccountRecoverySetting: EVERYTHING.AccountRecoverySetting,
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: false, UnusedAccountValidityDays: 7 },
      DcrConfiguration: EVERYTHING.DcrConfiguration,
      DeletionProtection: 'ACTIVE',
      LambdaConfig: {},
      UserPoolTags: {},
      UserPoolTier: 'PLUS',
      VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_CODE', EmailSubject: 'Hello' },
    });
    for (const member of ['AutoVerifiedAttributes', 'DeviceConfiguration', 'UserPoolAddOns']) {
      expect(before).toHaveProperty(member);
      expect(after).not.toHaveProperty(member);
    }
  });

  test('each of the two policies is kept without the other', async () => {
    const { createPool, onPool, describe: of } = createAdminWire();
    const id = await createPool(EVERYTHING);
    await onPool(
      'UpdateUserPool',
      { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'] } } },
      id,
    );
    expect(await of(id)).toMatchObject({
      Policies: {
        PasswordPolicy: { MinimumLength: 12 },
        SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'] },
      },
    });
  });

  test('UnusedAccountValidityDays shows the validity of temporary passwords', async () => {
    const { createPool, onPool, describe: of } = createAdminWire();
    const id = await createPool({ Policies: { PasswordPolicy: { TemporaryPasswordValidityDays: 3 } } });
    await onPool('UpdateUserPool', { AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } }, id);
    expect(await of(id)).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true, UnusedAccountValidityDays: 3 },
    });
  });

  test('both names of that validity are refused, also as DescribeUserPool tells them', async () => {
    const { createPool, onPool, describe: of } = createAdminWire();
    const id = await createPool();
    const { AdminCreateUserConfig, Policies } = await of(id);
    expect(await onPool('UpdateUserPool', { AdminCreateUserConfig, Policies }, id)).toMatchObject(
      invalid(
        'Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays',
      ),
    );
    const withoutOldName = {
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true, UnusedAccountValidityDays: 0 },
      Policies: { PasswordPolicy: { TemporaryPasswordValidityDays: 3 } },
    };
    expect(await onPool('UpdateUserPool', withoutOldName, id)).toEqual({ status: 200 });
    expect(await of(id)).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true, UnusedAccountValidityDays: 3 },
      Policies: { PasswordPolicy: { TemporaryPasswordValidityDays: 3 } },
    });
  });

  test('an address that is verified before it changes must be verified automatically', async () => {
    const { createPool, onPool, describe: of } = createAdminWire();
    const AutoVerifiedAttributes = ['email'];
    const UserAttributeUpdateSettings = { AttributesRequireVerificationBeforeUpdate: ['email'] };
    const id = await createPool({ AutoVerifiedAttributes });
    // Without AutoVerifiedAttributes, UpdateUserPool resets them
    expect(await onPool('UpdateUserPool', { UserAttributeUpdateSettings }, id)).toMatchObject(
      invalid(
        'All attributes in AttributesRequireVerificationBeforeUpdate must exist in AutoVerifiedAttributes',
      ),
    );
    expect(await of(id)).toMatchObject({ AutoVerifiedAttributes });
    const both = { AutoVerifiedAttributes, UserAttributeUpdateSettings };
    expect(await onPool('UpdateUserPool', both, id)).toEqual({ status: 200 });
    expect(await of(id)).toMatchObject(both);
    // Both are reset
    expect(await onPool('UpdateUserPool', {}, id)).toEqual({ status: 200 });
  });

  test('authentication levels have all four names, each once', async () => {
    const { createPool, onPool, describe: of } = createAdminWire();
    const id = await createPool({ AcrConfiguration: { Level4: { AcrValue: 'gold' } } });
    const expected = {
      AcrConfiguration: {
        Level1: { AcrValue: 'urn:cognito:loa:1' },
        Level2: { AcrValue: 'urn:cognito:loa:2' },
        Level3: { AcrValue: 'urn:cognito:loa:3' },
        Level4: { AcrValue: 'gold' },
      },
    };
    expect(await of(id)).toMatchObject(expected);
    const AcrConfiguration = { Level1: { AcrValue: 'urn:cognito:loa:2' } };
    expect(await onPool('UpdateUserPool', { AcrConfiguration }, id)).toMatchObject({
      status: 400,
      __type: 'InvalidParameterException',
    });
    expect(await of(id)).toMatchObject(expected);
  });

  test('a refused update leaves the settings and the date as they were', async () => {
    const { createPool, onPool, describe: of, wait } = createAdminWire();
    const id = await createPool(EVERYTHING);
    const before = await of(id);
    wait(60);
    const refusedUpdate = { UserPoolTier: 'LITE', UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' } };
    expect(await onPool('UpdateUserPool', refusedUpdate, id)).toMatchObject(
      refused(
        'FeatureUnavailableInTierException',
        'The following features need to be disabled for the LITE pricing tier configured: Threat Protection, Passwordless Sign-In',
      ),
    );
    const recovery = { RecoveryMechanisms: [{ Name: 'verified_phone_number', Priority: 1 }] };
    expect(
      await onPool('UpdateUserPool', { MfaConfiguration: 'ON', AccountRecoverySetting: recovery }, id),
    ).toMatchObject(
      invalid(
        'Invalid account recovery setting parameter. Account Recovery Setting cannot use verified_phone_number as a recovery mechanism when SMS MFA is configured.',
      ),
    );
    expect(await of(id)).toEqual(before);
  });

  test('the password policy acts on the next new password', async () => {
    const { call, onPool, signIn } = createAdminWire();
    const { AccessToken } = (await signIn()).AuthenticationResult;
    await onPool('UpdateUserPool', { Policies: { PasswordPolicy: { MinimumLength: 20 } } });
    expect(
      await call('ChangePassword', {
        AccessToken,
        PreviousPassword: PASSWORD,
        ProposedPassword: 'Another-Horse-8',
      }),
    ).toMatchObject({ status: 400, __type: 'InvalidPasswordException' });
  });

  test('devices are tracked from the next sign-in on', async () => {
    const { onPool, signIn } = createAdminWire();
    expect((await signIn()).AuthenticationResult).not.toHaveProperty('NewDeviceMetadata');
    await onPool('UpdateUserPool', { DeviceConfiguration: { ChallengeRequiredOnNewDevice: true } });
    expect((await signIn()).AuthenticationResult).toHaveProperty('NewDeviceMetadata');
  });

  test('a first factor that is no longer allowed is not offered', async () => {
    const alice = {
      username: 'alice',
      password: PASSWORD,
      attributes: { email: 'alice@example.com', email_verified: 'true' },
    };
    const { initiate, onPool } = createAdminWire({ users: [alice] });
    const { AvailableChallenges } = await initiate('USER_AUTH', { USERNAME: 'alice' });
    expect(AvailableChallenges).toContain('EMAIL_OTP');
    await onPool('UpdateUserPool', { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'] } } });
    expect((await initiate('USER_AUTH', { USERNAME: 'alice' })).AvailableChallenges ?? []).not.toContain(
      'EMAIL_OTP',
    );
  });
});

describe('SetUserPoolMfaConfig', () => {
  const TOTP = { SoftwareTokenMfaConfiguration: { Enabled: true } };

  test('acts on the next sign-in', async () => {
    const { onPool, signIn } = createAdminWire();
    expect(await signIn()).toMatchObject(signedIn);
    expect(await onPool('SetUserPoolMfaConfig', { MfaConfiguration: 'ON', ...TOTP })).toMatchObject({
      status: 200,
      MfaConfiguration: 'ON',
      ...TOTP,
    });
    expect(await signIn()).toMatchObject({ ChallengeName: 'MFA_SETUP' });
    expect(await onPool('SetUserPoolMfaConfig', { MfaConfiguration: 'OFF' })).toMatchObject({
      MfaConfiguration: 'OFF',
    });
    expect(await signIn()).toMatchObject(signedIn);
  });

  test.each([
    ['SmsMfaConfiguration', { SmsConfiguration: SMS }],
    ['SoftwareTokenMfaConfiguration', { Enabled: true }],
    ['EmailMfaConfiguration', { Subject: 'Your code', Message: 'It is {####}' }],
  ])('OFF together with %s is refused, and nothing changes', async (member, configuration) => {
    const { onPool } = createAdminWire();
    const before = await onPool('GetUserPoolMfaConfig');
    expect(
      await onPool('SetUserPoolMfaConfig', { MfaConfiguration: 'OFF', [member]: configuration }),
    ).toMatchObject(
      invalid("Invalid MFA configuration given, can't turn off MFA and configure an MFA together."),
    );
    expect(await onPool('GetUserPoolMfaConfig')).toEqual(before);
  });

  test('OFF together with passkeys is taken', async () => {
    const { createPool, onPool } = createAdminWire();
    const id = await createPool();
    const passkeys = {
      WebAuthnConfiguration: { RelyingPartyId: 'example.com', UserVerification: 'required' },
    };
    await onPool('SetUserPoolMfaConfig', { MfaConfiguration: 'OFF', ...passkeys }, id);
    expect(await onPool('GetUserPoolMfaConfig', {}, id)).toEqual({
      status: 200,
      MfaConfiguration: 'OFF',
      ...passkeys,
    });
  });

  const EMAIL_MFA = { EmailMfaConfiguration: { Subject: 'Your code', Message: 'It is {####}' } };
  const DEVELOPER = { EmailConfiguration: { EmailSendingAccount: 'DEVELOPER' } };
  const EMAIL_ONLY = {
    AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
  };

  test.each([
    ['e-mail without mail of the developer', {}],
    ['e-mail where it alone recovers accounts', { ...DEVELOPER, ...EMAIL_ONLY }],
  ])('%s is refused, and nothing changes', async (_, settings) => {
    const { createPool, onPool } = createAdminWire();
    const id = await createPool(settings);
    const input = { MfaConfiguration: 'OPTIONAL', ...TOTP, ...EMAIL_MFA };
    expect(await onPool('SetUserPoolMfaConfig', input, id)).toMatchObject({
      status: 400,
      __type: 'InvalidParameterException',
    });
    expect(await onPool('GetUserPoolMfaConfig', {}, id)).toEqual({ status: 200, MfaConfiguration: 'OFF' });
  });

  test.each([
    ['a pool with mail of the developer', DEVELOPER],
    ['a pool of options', undefined],
  ])('e-mail is taken by %s', async (_, settings) => {
    const { createPool, onPool } = createAdminWire();
    const id = settings && (await createPool(settings));
    const input = { MfaConfiguration: 'OPTIONAL', ...EMAIL_MFA };
    expect(await onPool('SetUserPoolMfaConfig', input, id)).toMatchObject({ status: 200, ...EMAIL_MFA });
  });

  test('recovery by phone number is refused where SMS is a required factor', async () => {
    const { createPool, onPool } = createAdminWire();
    const id = await createPool({
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_phone_number', Priority: 1 }] },
    });
    const SmsMfaConfiguration = { SmsConfiguration: SMS };
    expect(
      await onPool('SetUserPoolMfaConfig', { MfaConfiguration: 'ON', SmsMfaConfiguration }, id),
    ).toMatchObject({ status: 400, __type: 'InvalidParameterException' });
    expect(await onPool('GetUserPoolMfaConfig', {}, id)).toEqual({ status: 200, MfaConfiguration: 'OFF' });
  });
});

test('GetUserPoolMfaConfig of a new pool has the SMS configuration that it was made with', async () => {
  const { createPool, onPool } = createAdminWire();
  expect(await onPool('GetUserPoolMfaConfig', {}, await createPool())).toEqual({
    status: 200,
    MfaConfiguration: 'OFF',
  });
  const withSms = await createPool({ MfaConfiguration: 'OPTIONAL', SmsConfiguration: SMS });
  expect(await onPool('GetUserPoolMfaConfig', {}, withSms)).toEqual({
    status: 200,
    MfaConfiguration: 'OPTIONAL',
    SmsMfaConfiguration: { SmsConfiguration: SMS },
  });
});

describe('SetUserPoolSessionConfiguration', () => {
  const CONFIGURATION = { UserSessionTracking: 'ENABLED', TokenSession: { MaxPerUser: 3 } };

  test('GetUserPoolSessionConfiguration gives what was set', async () => {
    const { onPool } = createAdminWire();
    expect(await onPool('GetUserPoolSessionConfiguration')).toEqual({
      status: 200,
      TokenSession: { MaxPerUser: 20 },
      UserPoolId: FIRST_POOL,
      UserSessionTracking: 'DISABLED',
    });
    const set = { status: 200, UserPoolId: FIRST_POOL, ...CONFIGURATION };
    expect(await onPool('SetUserPoolSessionConfiguration', CONFIGURATION)).toEqual(set);
    expect(await onPool('GetUserPoolSessionConfiguration')).toEqual(set);
  });

  test('sessions are tracked from the next sign-in on', async () => {
    const { call, onPool, signIn } = createAdminWire();
    await onPool('SetUserPoolSessionConfiguration', CONFIGURATION);
    const { AccessToken } = (await signIn()).AuthenticationResult;
    expect(await call('ListUserSessions', { AccessToken })).toMatchObject({ status: 200 });
    await onPool('SetUserPoolSessionConfiguration', { ...CONFIGURATION, UserSessionTracking: 'DISABLED' });
    expect(await call('ListUserSessions', { AccessToken })).toMatchObject({ status: 400 });
  });

  test('a sign-in over the limit ends the session that was used the longest ago', async () => {
    const { initiate, onPool, signIn, wait } = createAdminWire();
    await onPool('SetUserPoolSessionConfiguration', { ...CONFIGURATION, TokenSession: { MaxPerUser: 2 } });
    const refresh = (REFRESH_TOKEN: string) => initiate('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN });
    const { RefreshToken: first } = (await signIn()).AuthenticationResult;
    wait(1);
    const { RefreshToken: second } = (await signIn()).AuthenticationResult;
    wait(1);
    expect(await refresh(first)).toMatchObject(signedIn);
    wait(1);
    expect(await signIn()).toMatchObject(signedIn);
    expect(await refresh(first)).toMatchObject(signedIn);
    expect(await refresh(second)).toMatchObject({ status: 400, __type: 'NotAuthorizedException' });
  });
});

describe('tags', () => {
  const ResourceArn = `arn:aws:cognito-idp:us-east-1:123456789012:userpool/${FIRST_POOL}`;

  test('TagResource adds and replaces, UntagResource removes, ListTagsForResource lists', async () => {
    const { admin, describe: of } = createAdminWire();
    const list = async () => (await admin('ListTagsForResource', { ResourceArn }))['Tags'];
    expect(await list()).toEqual({});
    await admin('TagResource', { ResourceArn, Tags: { stage: 'test', team: 'a' } });
    expect(await admin('TagResource', { ResourceArn, Tags: { team: 'b' } })).toEqual({ status: 200 });
    expect(await list()).toEqual({ stage: 'test', team: 'b' });
    expect(await of(FIRST_POOL)).toMatchObject({ UserPoolTags: { stage: 'test', team: 'b' } });
    expect(await admin('UntagResource', { ResourceArn, TagKeys: ['stage', 'absent'] })).toEqual({
      status: 200,
    });
    expect(await list()).toEqual({ team: 'b' });
  });

  test.each(['TagResource', 'UntagResource', 'ListTagsForResource'])(
    '%s refuses what is not a pool of the service',
    async (operation) => {
      const { admin } = createAdminWire();
      const more = { Tags: { stage: 'test' }, TagKeys: ['stage'] };
      for (const arn of [
        'arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_Nowhere00',
        `arn:aws:cognito-idp:eu-west-1:123456789012:userpool/${FIRST_POOL}`,
      ]) {
        expect(await admin(operation, { ResourceArn: arn, ...more })).toMatchObject({
          status: 400,
          __type: 'ResourceNotFoundException',
        });
      }
    },
  );
});
