/** The relying party of passkeys in a pool that CreateUserPool made: its settings, or its domain. */
import { createAuthenticator } from '../../../test/support/authenticator.ts';
import { PASSWORD } from '../wire.ts';
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
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
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
  return {
    asAdmin,
    start: () => wire.call('StartWebAuthnRegistration', { AccessToken }),
    complete: (Credential: object) => wire.call('CompleteWebAuthnRegistration', { AccessToken, Credential }),
  };
}

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
  await asAdmin('SetUserPoolMfaConfig', {
    MfaConfiguration: 'OFF',
    WebAuthnConfiguration: { RelyingPartyId: 'localhost' },
  });
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
