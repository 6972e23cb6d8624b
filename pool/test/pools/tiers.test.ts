/** What a pool cannot have in its tier, by whichever operation it would get it. */
import { refused } from '../wire.ts';
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
});
