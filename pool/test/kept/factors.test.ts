/** Second factors, passkeys and devices of users are there after a restart. */
import { TOTP } from 'otpauth';
import { type Authenticator, createAuthenticator } from '../../../test/support/authenticator.ts';
import type { UserPoolOptions } from '../../src/index.ts';
import { confirm, initiate, proveDevice, respond, srpSignIn, WEB } from '../device-sign-in.ts';
import { PASSWORD, signedIn } from '../wire.ts';
import { POOL_ID, type Restarts, startKept } from './restarts.ts';

const ALICE = { username: 'alice', password: PASSWORD, attributes: { email: 'alice@example.com' } };

let kept: Restarts;
afterEach(() => kept.end());

const accessToken = async () => (await kept.signIn('alice', PASSWORD)).AuthenticationResult.AccessToken;

test('an authenticator app still gives the second factor, and a code that was used stays used', async () => {
  kept = await startKept({ users: [ALICE] });
  const AccessToken = await accessToken();
  const { SecretCode } = await kept.call('AssociateSoftwareToken', { AccessToken });
  await kept.restart();
  const code = () => new TOTP({ secret: String(SecretCode) }).generate({ timestamp: kept.now() });
  const verified = await kept.call('VerifySoftwareToken', { AccessToken, UserCode: code() });
  expect(verified).toMatchObject({ Status: 'SUCCESS' });
  await kept.call('SetUserMFAPreference', {
    AccessToken,
    SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true },
  });
  await kept.restart();
  const answer = async () => {
    const { Session, ChallengeName } = await kept.signIn('alice', PASSWORD);
    return kept.call('RespondToAuthChallenge', {
      ClientId: 'web',
      ChallengeName,
      Session,
      ChallengeResponses: { USERNAME: 'alice', SOFTWARE_TOKEN_MFA_CODE: code() },
    });
  };
  expect(await answer()).toMatchObject({ __type: 'ExpiredCodeException' });
  kept.wait(60);
  expect(await answer()).toMatchObject(signedIn);
});

test('a factor that was turned off is still asked for where MFA is required', async () => {
  kept = await startKept({ users: [{ ...ALICE, mfa: { email: true } }], mfa: 'OFF' });
  const AccessToken = await accessToken();
  await kept.call('SetUserMFAPreference', { AccessToken, EmailMfaSettings: { Enabled: false } });
  await kept.restart();
  await kept.admin('SetUserPoolMfaConfig', { UserPoolId: POOL_ID, MfaConfiguration: 'ON' });
  await kept.restart();
  expect(await kept.signIn('alice', PASSWORD)).toMatchObject({ ChallengeName: 'EMAIL_OTP' });
});

test('e-mail that was set up at a sign-in is still asked for', async () => {
  kept = await startKept({ users: [ALICE], mfa: 'ON' });
  const respond = (ChallengeName: string, Session: string, responses: object) =>
    kept.call('RespondToAuthChallenge', {
      ClientId: 'web',
      ChallengeName,
      Session,
      ChallengeResponses: { USERNAME: 'alice', ...responses },
    });
  const asked = await kept.signIn('alice', PASSWORD);
  const sent = await respond('MFA_SETUP', asked.Session, { EMAIL: 'alice@example.com' });
  const done = await respond('EMAIL_OTP', sent.Session, { EMAIL_OTP_CODE: kept.lastCode() });
  expect(done).toMatchObject(signedIn);
  await kept.restart();
  const { AccessToken } = done.AuthenticationResult;
  expect(await kept.call('GetUser', { AccessToken })).not.toHaveProperty('UserMFASettingList');
  expect(await kept.signIn('alice', PASSWORD)).toMatchObject({ ChallengeName: 'EMAIL_OTP' });
});

async function registerPasskey(authenticator: Authenticator): Promise<void> {
  const AccessToken = await accessToken();
  const { CredentialCreationOptions } = await kept.call('StartWebAuthnRegistration', { AccessToken });
  await kept.call('CompleteWebAuthnRegistration', {
    AccessToken,
    Credential: authenticator.create(CredentialCreationOptions as { challenge: string }),
  });
}

async function signInByPasskey(authenticator: Authenticator) {
  const asked = await kept.call('InitiateAuth', {
    ClientId: 'web',
    AuthFlow: 'USER_AUTH',
    AuthParameters: { USERNAME: 'alice', PREFERRED_CHALLENGE: 'WEB_AUTHN' },
  });
  const options = JSON.parse(asked.ChallengeParameters['CREDENTIAL_REQUEST_OPTIONS'] ?? '') as {
    challenge: string;
    rpId: string;
  };
  return kept.call('RespondToAuthChallenge', {
    ClientId: 'web',
    ChallengeName: 'WEB_AUTHN',
    Session: asked.Session,
    ChallengeResponses: { USERNAME: 'alice', CREDENTIAL: JSON.stringify(authenticator.get(options)) },
  });
}

test('a passkey still signs in', async () => {
  kept = await startKept({ users: [ALICE] });
  const authenticator = createAuthenticator();
  await registerPasskey(authenticator);
  await kept.restart();
  expect(await signInByPasskey(authenticator)).toMatchObject(signedIn);
});

/** What an earlier version kept of the pool: passkeys had no relying party. A pool of CreateUserPool named none in its settings either. */
function ofEarlierVersion(snapshot: string, { hasSetting }: { readonly hasSetting: boolean }) {
  return JSON.parse(snapshot, function (this: Record<string, unknown>, name: string, value: unknown) {
    if (name === 'relyingPartyId') return undefined;
    return name === 'RelyingPartyId' && !hasSetting ? undefined : value;
  }) as UserPoolOptions;
}

test('a passkey that an earlier version registered for localhost signs in, whatever relying party the pool gets', async () => {
  kept = await startKept({ users: [ALICE] });
  const authenticator = createAuthenticator();
  await registerPasskey(authenticator);
  await kept.restart();
  const seed = ofEarlierVersion(kept.snapshot(), { hasSetting: false });
  await kept.end();
  kept = await startKept(seed);
  await kept.admin('CreateUserPoolDomain', { UserPoolId: POOL_ID, Domain: 'shop' });
  expect(await signInByPasskey(authenticator)).toMatchObject(signedIn);
  await kept.admin('SetUserPoolMfaConfig', {
    UserPoolId: POOL_ID,
    WebAuthnConfiguration: { RelyingPartyId: 'example.com' },
  });
  await kept.restart();
  expect(await signInByPasskey(authenticator)).toMatchObject(signedIn);
});

test('a passkey that an earlier version registered for the relying party of the options has it', async () => {
  kept = await startKept({ users: [ALICE], relyingPartyId: 'example.com' });
  const authenticator = createAuthenticator('https://example.com');
  await registerPasskey(authenticator);
  await kept.restart();
  const seed = ofEarlierVersion(kept.snapshot(), { hasSetting: true });
  await kept.end();
  kept = await startKept(seed);
  expect(await kept.call('ListWebAuthnCredentials', { AccessToken: await accessToken() })).toMatchObject({
    Credentials: [{ RelyingPartyId: 'example.com' }],
  });
  expect(await signInByPasskey(authenticator)).toMatchObject(signedIn);
});

test('a remembered device still proves itself, in place of the second factor', async () => {
  kept = await startKept({
    users: [{ ...ALICE, mfa: { email: true } }],
    devices: { challengeRequiredOnNewDevice: true },
  });
  const now = kept.now();
  const asked = await (await srpSignIn(kept.pool(), { now }))();
  const signedInByCode = await respond(kept.pool(), WEB, asked, {
    USERNAME: 'alice',
    EMAIL_OTP_CODE: kept.lastCode(),
  });
  const { device } = await confirm(kept.pool(), signedInByCode);
  await kept.restart();
  const claim = await srpSignIn(kept.pool(), { now });
  const challenged = await claim({ DEVICE_KEY: device.key });
  expect(challenged).toMatchObject({ ChallengeName: 'DEVICE_SRP_AUTH' });
  const { end } = await proveDevice(kept.pool(), challenged, device, { now });
  expect(end).toMatchObject({ AuthenticationResult: { TokenType: 'Bearer' } });

  kept.pool().users.forgetDevice('alice', device.key);
  await kept.restart();
  expect(kept.pool().users.find('alice')?.devices).toEqual([]);
  expect(
    await initiate(kept.pool(), WEB, 'USER_PASSWORD_AUTH', { USERNAME: 'alice', PASSWORD }),
  ).toMatchObject({
    ChallengeName: 'EMAIL_OTP',
  });
});
