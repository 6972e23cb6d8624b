/** The operations on identity providers, and what they mean for the next sign-in. */
import { createAdmin, NO_BODY } from '../admin-calls.ts';
import { authorizeUrl, CLIENT, errorAt, oidcProvider, PROVIDER_NAME } from './world.ts';
import { createWrongProvider, WRONG_ISSUER } from './wrong-provider.ts';

async function createWorld() {
  const { fetch } = await createWrongProvider();
  const wire = createAdmin({ clients: [CLIENT], users: [], identityProviderFetch: fetch });
  const begin = async () => {
    const response = await wire.pool.fetch(authorizeUrl());
    return new URL(response.headers.get('location') ?? '');
  };
  return { ...wire, begin };
}

const REFUSED = { description: 'Login option is not available. Please try another one' };

test('a sign-in goes to what CreateIdentityProvider made, and DescribeIdentityProvider and ListIdentityProviders show it', async () => {
  const { admin, begin } = await createWorld();
  expect(errorAt(await begin())).toMatchObject(REFUSED);
  const provider = { ...oidcProvider(WRONG_ISSUER), IdpIdentifiers: ['example.com'] };
  expect(await admin('CreateIdentityProvider', provider)).toMatchObject({ IdentityProvider: provider });
  expect((await begin()).href).toContain(`${WRONG_ISSUER}/authorize?client_id=the-pool`);
  const described = { IdentityProvider: provider };
  expect(await admin('DescribeIdentityProvider', { ProviderName: PROVIDER_NAME })).toMatchObject(described);
  expect(await admin('GetIdentityProviderByIdentifier', { IdpIdentifier: 'example.com' })).toMatchObject(
    described,
  );
  expect(await admin('ListIdentityProviders', {})).toMatchObject({
    Providers: [{ ProviderName: PROVIDER_NAME, ProviderType: 'OIDC' }],
  });
});

test('the next sign-in has what UpdateIdentityProvider changed', async () => {
  const { admin, begin } = await createWorld();
  const provider = oidcProvider(WRONG_ISSUER);
  await admin('CreateIdentityProvider', provider);
  const ProviderDetails = { ...provider.ProviderDetails, authorize_scopes: 'openid', client_id: 'renamed' };
  await admin('UpdateIdentityProvider', { ProviderName: PROVIDER_NAME, ProviderDetails });
  const { searchParams } = await begin();
  expect([searchParams.get('scope'), searchParams.get('client_id')]).toEqual(['openid', 'renamed']);
});

test('DeleteIdentityProvider ends also the sign-ins that are at the provider', async () => {
  const { admin, adminText, begin, pool } = await createWorld();
  await admin('CreateIdentityProvider', oidcProvider(WRONG_ISSUER));
  const begun = await pool.fetch(authorizeUrl());
  const state = new URL(begun.headers.get('location') ?? '').searchParams.get('state') ?? '';
  const cookie = begun.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  expect(await adminText('DeleteIdentityProvider', { ProviderName: PROVIDER_NAME })).toEqual(NO_BODY);
  const query = new URLSearchParams({ state, code: 'c' });
  const answer = await pool.fetch(`http://localhost:9229/oauth2/idpresponse?${query}`, {
    headers: { cookie },
  });
  expect(errorAt(new URL(answer.headers.get('location') ?? ''))).toMatchObject(REFUSED);
  expect(errorAt(await begin())).toMatchObject(REFUSED);
});

test('DescribeIdentityProvider adds what the service adds to the details, and a stand-in for Google keeps its own', async () => {
  const { admin } = await createWorld();
  const details = { client_id: 'a', client_secret: 'b', authorize_scopes: 'openid email' };
  const google = { ProviderName: 'Google', ProviderType: 'Google', ProviderDetails: details };
  await admin('CreateIdentityProvider', google);
  const describe = () => admin('DescribeIdentityProvider', { ProviderName: 'Google' });
  expect(await describe()).toMatchObject({
    IdentityProvider: {
      ProviderDetails: {
        ...details,
        attributes_url: 'https://people.googleapis.com/v1/people/me?personFields=',
        authorize_url: 'https://accounts.google.com/o/oauth2/v2/auth',
        oidc_issuer: 'https://accounts.google.com',
        token_url: 'https://www.googleapis.com/oauth2/v4/token',
      },
    },
  });
  const ProviderDetails = { ...details, oidc_issuer: 'http://127.0.0.1:9400' };
  const updated = await admin('UpdateIdentityProvider', { ProviderName: 'Google', ProviderDetails });
  expect(updated['IdentityProvider']).toHaveProperty('ProviderDetails', ProviderDetails);
});
