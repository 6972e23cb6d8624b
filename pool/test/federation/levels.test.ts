/** The level of a sign-in through an identity provider: what is asked of the provider, and what the tokens say. */
import { claimsOf } from '../raw-calls.ts';
import { createAgent, POOL } from './browser-agent.ts';
import { authorizeUrl, createFederatedPool, errorAt, exchange, oidcProvider } from './world.ts';
import { createWrongProvider, leaveFor, WRONG_ISSUER } from './wrong-provider.ts';

const AcrMapping = { Level2: 'urn:company:code', Level3: 'urn:company:key' };

/** Signs in with the acr that the provider says. */
async function signIn(acr: string | undefined, acrValues: string | undefined) {
  const provider = await createWrongProvider();
  provider.behave({ idToken: acr === undefined ? {} : { acr } });
  const pool = createFederatedPool(WRONG_ISSUER, {
    identityProviderFetch: provider.fetch,
    identityProviders: [{ ...oidcProvider(WRONG_ISSUER), AcrMapping }],
  });
  const agent = createAgent(pool);
  const url = authorizeUrl(acrValues === undefined ? {} : { acr_values: acrValues });
  const asked = await leaveFor(provider, pool, agent, url);
  const answer = new URLSearchParams({ state: asked.get('state') ?? '', code: 'c' });
  const callback = (await agent.visit(`${POOL}/oauth2/idpresponse?${answer}`)).url;
  return { pool, asked: asked.get('acr_values'), callback };
}

test('the level that the app asks for is asked in the words of the provider, and the tokens have it', async () => {
  const { pool, asked, callback } = await signIn('urn:company:key', 'urn:cognito:loa:3');
  expect(asked).toBe('urn:company:key');
  const { id_token, access_token } = await exchange(pool, callback);
  for (const token of [id_token, access_token]) {
    expect(claimsOf(token)).toMatchObject({ acr: 'urn:cognito:loa:3', amr: ['fed'] });
  }
});

test.each(['urn:company:other', undefined])('what is not mapped (%s) is the lowest level', async (acr) => {
  const { pool, asked, callback } = await signIn(acr, 'urn:cognito:loa:1');
  expect(asked).toBeNull();
  const { id_token } = await exchange(pool, callback);
  expect(claimsOf(id_token)).toMatchObject({ acr: 'urn:cognito:loa:1', amr: ['fed'] });
});

test('a level that the provider has not reached is refused', async () => {
  const { callback } = await signIn('urn:company:code', 'urn:cognito:loa:3');
  expect(errorAt(callback).error).toBe('unmet_authentication_requirements');
});

test('a sign-in that asks for no level has none in its tokens', async () => {
  const { pool, callback } = await signIn('urn:company:key', undefined);
  const claims = claimsOf((await exchange(pool, callback)).id_token);
  expect(claims).not.toHaveProperty('acr');
  expect(claims).not.toHaveProperty('amr');
});
