/** What a pool cannot have in its tier, by whichever operation it would get it. */
import { PASSWORD, refused, signedIn } from '../wire.ts';
import { createAdminWire } from './admin-wire.ts';

const LITE = { UserPoolTier: 'LITE' } as const;
const DEVELOPER = { EmailConfiguration: { EmailSendingAccount: 'DEVELOPER' } };
const EMAIL_MFA = { EmailMfaConfiguration: { Subject: 'Your code', Message: 'It is {####}' } };
const PASSKEYS = { WebAuthnConfiguration: { RelyingPartyId: 'example.com', UserVerification: 'required' } };

const EMAIL_FACTOR = ['SetUserPoolMfaConfig', { MfaConfiguration: 'OPTIONAL', ...EMAIL_MFA }] as const;
const PASSKEY_FACTOR = ['SetUserPoolMfaConfig', PASSKEYS] as const;
const TRACKING = [
  'SetUserPoolSessionConfiguration',
  { UserSessionTracking: 'ENABLED', TokenSession: { MaxPerUser: 3 } },
] as const;

const lacks = (features: string) =>
  refused(
    'FeatureUnavailableInTierException',
    `The following features need to be disabled for the LITE pricing tier configured: ${features}`,
  );

test.each([
  ['Email MFA', EMAIL_FACTOR],
  ['Passkeys', PASSKEY_FACTOR],
  ['User Session Tracking', TRACKING],
])('%s cannot be configured in the tier LITE, and nothing changes', async (feature, [operation, input]) => {
  const { createPool, onPool } = createAdminWire();
  const id = await createPool({ ...DEVELOPER, ...LITE });
  expect(await onPool(operation, input, id)).toMatchObject(lacks(feature));
  expect(await onPool('GetUserPoolMfaConfig', {}, id)).toEqual({ status: 200, MfaConfiguration: 'OFF' });
  expect(await onPool('GetUserPoolSessionConfiguration', {}, id)).toMatchObject({
    UserSessionTracking: 'DISABLED',
  });
});

test.each([
  ['Email MFA', [EMAIL_FACTOR]],
  ['Passkeys', [PASSKEY_FACTOR]],
  ['User Session Tracking', [TRACKING]],
  ['Email MFA, Passkeys, User Session Tracking', [EMAIL_FACTOR, PASSKEY_FACTOR, TRACKING]],
])('UpdateUserPool refuses the tier LITE of a pool with: %s', async (features, steps) => {
  const { createPool, onPool, describe: of } = createAdminWire();
  const id = await createPool(DEVELOPER);
  for (const [operation, input] of steps) {
    expect(await onPool(operation, input, id)).toMatchObject({ status: 200 });
  }
  expect(await onPool('UpdateUserPool', { ...DEVELOPER, ...LITE }, id)).toMatchObject(lacks(features));
  expect(await of(id)).toMatchObject({ UserPoolTier: 'ESSENTIALS' });
});

const allowing = (...factors: readonly string[]) => ({
  Policies: { SignInPolicy: { AllowedFirstAuthFactors: factors } },
});
const tokenTrigger = (LambdaVersion: string) => ({
  LambdaConfig: {
    PreTokenGenerationConfig: {
      LambdaArn: 'arn:aws:lambda:us-east-1:000000000000:function:f',
      LambdaVersion,
    },
  },
});
const HISTORY = { Policies: { PasswordPolicy: { PasswordHistorySize: 3 } } };

test.each<[string, object]>([
  ['Passwordless Sign-In', allowing('PASSWORD', 'EMAIL_OTP')],
  ['Passwordless Sign-In', allowing('WEB_AUTHN')],
  ['ACR Configuration', { AcrConfiguration: { Level1: { AcrValue: 'bronze' } } }],
  ['Dynamic Client Registration', { DcrConfiguration: { EnableStatus: 'Enabled' } }],
  ['Dynamic Client Registration', { DcrConfiguration: {} }],
  ['Password Reuse Prevention', HISTORY],
  ['Access Token Customization', tokenTrigger('V2_0')],
  ['Access Token Customization', tokenTrigger('V3_0')],
  ['Passwordless Sign-In, Access Token Customization', { ...allowing('SMS_OTP'), ...tokenTrigger('V2_0') }],
])('the tier LITE lacks %s: %j', async (features, settings) => {
  const { admin, createPool, onPool, describe: of } = createAdminWire();
  expect(await admin('CreateUserPool', { PoolName: 'shop', ...LITE, ...settings })).toMatchObject(
    lacks(features),
  );
  const lite = await createPool(LITE);
  const before = await of(lite);
  expect(await onPool('UpdateUserPool', settings, lite)).toMatchObject(lacks(features));
  expect(await of(lite)).toEqual(before);
  const higher = await createPool(settings);
  expect(await onPool('UpdateUserPool', { ...settings, ...LITE }, higher)).toMatchObject(lacks(features));
});

test.each<[string, object]>([
  ['passwords alone', allowing('PASSWORD')],
  ['client registration that is turned off', { DcrConfiguration: { EnableStatus: 'Disabled' } }],
  ['no password history', { Policies: { PasswordPolicy: { PasswordHistorySize: 0 } } }],
  ['the first version of the token trigger', tokenTrigger('V1_0')],
])('the tier LITE takes %s', async (_, settings) => {
  const { createPool, onPool, describe: of } = createAdminWire();
  const id = await createPool({ ...LITE, ...settings });
  expect(await of(id)).toMatchObject({ ...LITE, ...settings });
  expect(await onPool('UpdateUserPool', settings, id)).toEqual({ status: 200 });
});

test('a pool that registers clients gets the tier LITE once that is turned off', async () => {
  const { createPool, onPool, describe: of } = createAdminWire();
  const id = await createPool({ DcrConfiguration: { EnableStatus: 'Enabled' } });
  expect(await onPool('UpdateUserPool', LITE, id)).toMatchObject(lacks('Dynamic Client Registration'));
  const turnedOff = { ...LITE, DcrConfiguration: { EnableStatus: 'Disabled' } };
  expect(await onPool('UpdateUserPool', turnedOff, id)).toEqual({ status: 200 });
  expect(await of(id)).toMatchObject(turnedOff);
});

test('a domain of a pool of the tier LITE has the hosted UI alone', async () => {
  const { admin, createPool, onPool } = createAdminWire();
  const id = await createPool(LITE);
  const managed = { Domain: 'shop', ManagedLoginVersion: 2 };
  expect(await onPool('CreateUserPoolDomain', managed, id)).toMatchObject(lacks('Managed Login'));
  expect(await admin('DescribeUserPoolDomain', { Domain: 'shop' })).toMatchObject({ DomainDescription: {} });
  const classic = { Domain: 'shop', ManagedLoginVersion: 1 };
  expect(await onPool('CreateUserPoolDomain', classic, id)).toMatchObject({ ManagedLoginVersion: 1 });
  expect(await onPool('UpdateUserPoolDomain', managed, id)).toMatchObject(lacks('Managed Login'));
  expect(await onPool('UpdateUserPoolDomain', classic, id)).toMatchObject({ ManagedLoginVersion: 1 });
});

test('a sign-in cannot ask a pool of the tier LITE for a level', async () => {
  const { initiate } = createAdminWire({ userPool: LITE });
  const byPassword = { USERNAME: 'alice', PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD };
  expect(
    await initiate('USER_AUTH', { ...byPassword, TARGET_ACR_VALUES: 'urn:cognito:loa:1' }),
  ).toMatchObject(lacks('Step-Up Authentication'));
  expect(await initiate('USER_AUTH', byPassword)).toMatchObject(signedIn);
});

test('a pool of options that has more than its tier can be changed, and stays as it is', async () => {
  const { onPool } = createAdminWire({ userPool: LITE });
  expect(await onPool('UpdateUserPool', { UserPoolTags: { stage: 'test' } })).toEqual({ status: 200 });
  expect(await onPool('SetUserPoolMfaConfig', { MfaConfiguration: 'ON' })).toMatchObject({
    status: 200,
    MfaConfiguration: 'ON',
    EmailMfaConfiguration: {},
  });
  const threatProtection = { UserPoolAddOns: { AdvancedSecurityMode: 'AUDIT' } };
  expect(await onPool('UpdateUserPool', threatProtection)).toMatchObject(lacks('Threat Protection'));
  expect(await onPool('UpdateUserPool', HISTORY)).toMatchObject(lacks('Password Reuse Prevention'));
});
