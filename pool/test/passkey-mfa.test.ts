/** A passkey counts as both factors, where the pool and the user have turned that on. */

import { createAuthenticator } from '../../test/support/authenticator.ts';
import type { UserPoolOptions } from '../src/index.ts';
import { createWire, PASSWORD, refused, signedIn } from './wire.ts';

const MULTI: UserPoolOptions = { passkeyFactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION' };
const SMS = { sms: '+4912345678' };

/** Alice has a passkey and, unless `mfa` is empty, a second factor. */
async function world(options: UserPoolOptions, mfa: { sms?: string } = SMS) {
  const wire = createWire({ users: [{ username: 'alice', password: PASSWORD, mfa: SMS }], ...options });
  const authenticator = createAuthenticator();
  const { AccessToken } = await signInBySms(wire);
  const { CredentialCreationOptions } = await wire.call('StartWebAuthnRegistration', { AccessToken });
  const Credential = authenticator.create(CredentialCreationOptions as { challenge: string });
  await wire.call('CompleteWebAuthnRegistration', { AccessToken, Credential });
  wire.pool.users.setMfa('alice', mfa);
  return {
    wire,
    authenticator,
    prefer: (settings: object) => wire.call('SetUserMFAPreference', { AccessToken, ...settings }),
    offered: async () => (await wire.initiate('USER_AUTH', { USERNAME: 'alice' })).AvailableChallenges,
  };
}

const ON = { WebAuthnMfaSettings: { Enabled: true } };

test('turned on, a passkey is offered beside a second factor, verifies the user and ends the sign-in', async () => {
  const { wire, authenticator, prefer, offered } = await world(MULTI);
  expect(await offered()).toEqual(['PASSWORD_SRP', 'PASSWORD']);
  expect(await prefer(ON)).toEqual({ status: 200 });
  expect(await offered()).toEqual(['PASSWORD_SRP', 'PASSWORD', 'WEB_AUTHN']);

  const asked = await wire.initiate('USER_AUTH', { USERNAME: 'alice', PREFERRED_CHALLENGE: 'WEB_AUTHN' });
  const request = JSON.parse(asked.ChallengeParameters['CREDENTIAL_REQUEST_OPTIONS'] ?? '') as {
    challenge: string;
    userVerification: string;
  };
  expect(request.userVerification).toBe('required');
  const CREDENTIAL = JSON.stringify(authenticator.get(request));
  expect(await wire.respond('WEB_AUTHN', asked.Session, { CREDENTIAL })).toMatchObject(signedIn);

  expect(await prefer({ WebAuthnMfaSettings: { Enabled: false } })).toEqual({ status: 200 });
  expect(await offered()).toEqual(['PASSWORD_SRP', 'PASSWORD']);
});

test('a pool that requires a second factor offers the passkey, too', async () => {
  const { prefer, offered } = await world({ ...MULTI, mfa: 'ON' });
  expect(await offered()).not.toContain('WEB_AUTHN');
  await prefer(ON);
  expect(await offered()).toContain('WEB_AUTHN');
});

test('an assertion that has not verified the user is refused', async () => {
  const { wire, prefer } = await world(MULTI);
  const careless = createAuthenticator('http://localhost:3000', { verifiesUser: false });
  const { AccessToken } = await signInBySms(wire);
  const { CredentialCreationOptions } = await wire.call('StartWebAuthnRegistration', { AccessToken });
  const Credential = careless.create(CredentialCreationOptions as { challenge: string });
  await wire.call('CompleteWebAuthnRegistration', { AccessToken, Credential });
  await prefer(ON);
  const asked = await wire.initiate('USER_AUTH', { USERNAME: 'alice', PREFERRED_CHALLENGE: 'WEB_AUTHN' });
  const request = JSON.parse(asked.ChallengeParameters['CREDENTIAL_REQUEST_OPTIONS'] ?? '') as {
    challenge: string;
  };
  const CREDENTIAL = JSON.stringify(careless.get(request));
  expect(await wire.respond('WEB_AUTHN', asked.Session, { CREDENTIAL })).toMatchObject({
    __type: 'NotAuthorizedException',
  });
});

test('a pool whose passkeys are a single factor refuses the setting', async () => {
  const { prefer } = await world({});
  expect(await prefer(ON)).toMatchObject(
    refused('InvalidParameterException', 'Passkey MFA is not enabled for the user pool'),
  );
  expect(await prefer({ WebAuthnMfaSettings: { Enabled: false } })).toEqual({ status: 200 });
});

test('a passkey is never the only second factor', async () => {
  const alone = await world(MULTI, {});
  const refusal = refused('InvalidParameterException', 'Passkey MFA requires another MFA method');
  expect(await alone.prefer(ON)).toMatchObject(refusal);
  const { prefer, offered } = await world(MULTI);
  await prefer(ON);
  expect(await prefer({ SMSMfaSettings: { Enabled: false } })).toMatchObject(refusal);
  expect(await offered()).toContain('WEB_AUTHN');
});

async function signInBySms(wire: ReturnType<typeof createWire>) {
  const asked = await wire.initiate('USER_PASSWORD_AUTH', { USERNAME: 'alice', PASSWORD });
  return (await wire.respond('SMS_MFA', asked.Session, { SMS_MFA_CODE: wire.lastCode() }))
    .AuthenticationResult;
}
