/** How long ago a user may have signed in at the identity provider, and the `auth_time` of the tokens. */
import { claimsOf } from '../raw-calls.ts';
import { createAgent, POOL } from './browser-agent.ts';
import { authorizeUrl, createFederatedPool, errorAt, exchange } from './world.ts';
import { createWrongProvider, leaveFor, WRONG_ISSUER } from './wrong-provider.ts';

const now = () => Math.floor(Date.now() / 1000);

/** Signs in with the claims that the ID token of the provider has besides. */
async function signIn(idToken: object, more: Readonly<Record<string, string>>) {
  const provider = await createWrongProvider();
  provider.behave({ idToken: { ...idToken } });
  const pool = createFederatedPool(WRONG_ISSUER, { identityProviderFetch: provider.fetch });
  const agent = createAgent(pool);
  const asked = await leaveFor(provider, pool, agent, authorizeUrl(more));
  const answer = new URLSearchParams({ state: asked.get('state') ?? '', code: 'c' });
  const callback = (await agent.visit(`${POOL}/oauth2/idpresponse?${answer}`)).url;
  return { asked, callback, claims: async () => claimsOf((await exchange(pool, callback)).id_token) };
}

test.each(['0', '600'])(
  'max_age=%s reaches the provider, and the auth_time is that of its ID token',
  async (maxAge) => {
    const authTime = now() - Math.min(Number(maxAge), 100);
    const { asked, claims } = await signIn({ auth_time: authTime }, { max_age: maxAge });
    expect(asked.get('max_age')).toBe(maxAge);
    expect(await claims()).toMatchObject({ auth_time: authTime });
  },
);

test('a sign-in at the provider that is too long ago is refused', async () => {
  const { callback } = await signIn({ auth_time: now() - 700 }, { max_age: '600' });
  expect(errorAt(callback)).toMatchObject({
    error: 'invalid_request',
    description: 'Bad id_token auth_time',
  });
});

test('without max_age the provider is not asked, and a provider that says no time has the time of the pool', async () => {
  const before = now();
  const { asked, claims } = await signIn({}, {});
  expect(asked.has('max_age')).toBe(false);
  expect(Number((await claims())['auth_time'])).toBeGreaterThanOrEqual(before);
});

test('a time in the future is not believed', async () => {
  const { claims } = await signIn({ auth_time: now() + 5000 }, { max_age: '600' });
  expect(Number((await claims())['auth_time'])).toBeLessThanOrEqual(now());
});
