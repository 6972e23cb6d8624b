/** The relying party of passkeys in a pool that CreateUserPool made: its settings, or its domain. */
import { type Authenticator, createAuthenticator } from '../../../test/support/authenticator.ts';
import { PASSWORD, signedIn } from '../wire.ts';
import { createAdminWire } from './admin-wire.ts';

/** A pool that allows passkeys, where alice has signed in. */
async function makePool() {
  const wire = createAdminWire();
  const id = await wire.createPool({
    Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } },
  });
  const asAdmin = (operation: string, input: object) => wire.onPool(operation, input, id);
  const { UserPoolClient } = await asAdmin('CreateUserPoolClient', {
    ClientName: 'app',
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_AUTH'],
  });
  const { ClientId } = UserPoolClient as { readonly ClientId: string };
  await asAdmin('AdminCreateUser', { Username: 'alice', MessageAction: 'SUPPRESS' });
  await asAdmin('AdminSetUserPassword', { Username: 'alice', Password: PASSWORD, Permanent: true });
  const { AuthenticationResult } = await wire.call('InitiateAuth', {
    ClientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: 'alice', PASSWORD },
  });
  const { AccessToken } = AuthenticationResult;
  const start = () => wire.call('StartWebAuthnRegistration', { AccessToken });
  const complete = (Credential: object) =>
    wire.call('CompleteWebAuthnRegistration', { AccessToken, Credential });
  return {
    asAdmin,
    start,
    complete,
    register: async (authenticator: Authenticator) => {
      const { CredentialCreationOptions } = await start();
      const credential = authenticator.create(CredentialCreationOptions as { challenge: string });
      expect(await complete(credential)).toEqual({ status: 200 });
      return credential.id;
    },
    listed: async () => (await wire.call('ListWebAuthnCredentials', { AccessToken }))['Credentials'],
    ask: async () => {
      const { Session, ChallengeParameters } = await wire.call('InitiateAuth', {
        ClientId,
        AuthFlow: 'USER_AUTH',
        AuthParameters: { USERNAME: 'alice', PREFERRED_CHALLENGE: 'WEB_AUTHN' },
      });
      const options = JSON.parse(ChallengeParameters['CREDENTIAL_REQUEST_OPTIONS'] ?? '') as {
        readonly challenge: string;
        readonly rpId: string;
        readonly allowCredentials: readonly { readonly id: string }[];
      };
      const answer = (credential: object) =>
        wire.call('RespondToAuthChallenge', {
          ClientId,
          ChallengeName: 'WEB_AUTHN',
          Session,
          ChallengeResponses: { USERNAME: 'alice', CREDENTIAL: JSON.stringify(credential) },
        });
      return { options, answer };
    },
  };
}

const relyingParty = (RelyingPartyId: string) => ({
  MfaConfiguration: 'OFF',
  WebAuthnConfiguration: { RelyingPartyId },
});

const CUSTOM = { CustomDomainConfig: { CertificateArn: 'arn:aws:acm:us-east-1:000000000000:certificate/a' } };

test('there is none without a setting and a domain', async () => {
  const { start } = await makePool();
  expect(await start()).toMatchObject({ status: 400, __type: 'WebAuthnConfigurationMissingException' });
});

test('it is the prefix domain, or the custom domain if there is one', async () => {
  const { asAdmin, start } = await makePool();
  await asAdmin('CreateUserPoolDomain', { Domain: 'shop' });
  expect(await start()).toMatchObject({
    CredentialCreationOptions: { rp: { id: 'shop.auth.us-east-1.amazoncognito.com' } },
  });
  await asAdmin('CreateUserPoolDomain', { Domain: 'auth.example.com', ...CUSTOM });
  expect(await start()).toMatchObject({ CredentialCreationOptions: { rp: { id: 'auth.example.com' } } });
});

test('it is that of SetUserPoolMfaConfig before any domain', async () => {
  const { asAdmin, start } = await makePool();
  await asAdmin('CreateUserPoolDomain', { Domain: 'shop' });
  await asAdmin('SetUserPoolMfaConfig', relyingParty('localhost'));
  expect(await start()).toMatchObject({ CredentialCreationOptions: { rp: { id: 'localhost' } } });
});

test.each([
  ['that of the domain', 'https://auth.example.com', { status: 200 }],
  ['another', 'https://example.org', { __type: 'WebAuthnOriginNotAllowedException' }],
])('a passkey for the domain is taken by its origin: %s', async (_, origin, expected) => {
  const { asAdmin, start, complete } = await makePool();
  await asAdmin('CreateUserPoolDomain', { Domain: 'auth.example.com', ...CUSTOM });
  const { CredentialCreationOptions } = await start();
  const credential = createAuthenticator(origin).create(CredentialCreationOptions as { challenge: string });
  expect(await complete(credential)).toMatchObject(expected);
});

test('a passkey signs in for the relying party that it was registered for, although the pool has another', async () => {
  const { asAdmin, register, listed, ask } = await makePool();
  await asAdmin('CreateUserPoolDomain', { Domain: 'auth.example.com', ...CUSTOM });
  const authenticator = createAuthenticator('https://auth.example.com');
  const id = await register(authenticator);
  await asAdmin('SetUserPoolMfaConfig', relyingParty('localhost'));
  expect(await listed()).toMatchObject([{ CredentialId: id, RelyingPartyId: 'auth.example.com' }]);
  const { options, answer } = await ask();
  expect(options).toMatchObject({ rpId: 'auth.example.com', allowCredentials: [{ id }] });
  expect(await answer(authenticator.get(options))).toMatchObject(signedIn);
});

test('a sign-in asks for the passkeys of the relying party of the pool, if the user has such ones', async () => {
  const { asAdmin, register, listed, ask } = await makePool();
  await asAdmin('SetUserPoolMfaConfig', relyingParty('localhost'));
  const former = await register(createAuthenticator());
  await asAdmin('SetUserPoolMfaConfig', relyingParty('example.com'));
  const authenticator = createAuthenticator('https://example.com');
  const id = await register(authenticator);
  const all = await listed();
  expect(all).toContainEqual(expect.objectContaining({ CredentialId: former, RelyingPartyId: 'localhost' }));
  expect(all).toContainEqual(expect.objectContaining({ CredentialId: id, RelyingPartyId: 'example.com' }));
  const { options, answer } = await ask();
  expect(options.rpId).toBe('example.com');
  expect(options.allowCredentials.map((each) => each.id)).toEqual([id]);
  expect(await answer(authenticator.get(options))).toMatchObject(signedIn);
});

test('of several former relying parties, a sign-in asks for that of the newest passkey', async () => {
  const { asAdmin, register, ask } = await makePool();
  for (const id of ['localhost', 'example.com', 'example.org']) {
    await asAdmin('SetUserPoolMfaConfig', relyingParty(id));
    if (id !== 'example.org') await register(createAuthenticator(`https://${id}`));
  }
  expect((await ask()).options.rpId).toBe('example.com');
});
