/** A sign-in through an identity provider among the sessions of the user. */
import { sendRequest } from '../../../test/support/pool-calls.ts';
import { SIGNED } from '../admin-calls.ts';
import { claimsOf } from '../raw-calls.ts';
import { createAgent, POOL } from './browser-agent.ts';
import { authorizeUrl, createFederatedPool, exchange } from './world.ts';
import { createWrongProvider, leaveFor, WRONG_ISSUER } from './wrong-provider.ts';

test('it has a session of managed login, which began now, whenever the user signed in at the provider', async () => {
  const time = Date.now();
  const signedInAt = Math.floor(time / 1000) - 100;
  const provider = await createWrongProvider();
  provider.behave({ idToken: { auth_time: signedInAt } });
  const pool = createFederatedPool(WRONG_ISSUER, {
    identityProviderFetch: provider.fetch,
    userSessionTracking: true,
    now: () => time,
  });
  const agent = createAgent(pool);
  const asked = await leaveFor(provider, pool, agent, authorizeUrl({ max_age: '600' }));
  const answer = new URLSearchParams({ state: asked.get('state') ?? '', code: 'c' });
  const { url } = await agent.visit(`${POOL}/oauth2/idpresponse?${answer}`);
  expect(claimsOf((await exchange(pool, url)).access_token)['auth_time']).toBe(signedInAt);
  const [user] = pool.users.all();
  const input = { UserPoolId: pool.userPoolId, Username: user?.username };
  const listed = await sendRequest(pool, 'AdminListUserSessions', input, SIGNED);
  const { Sessions } = (await listed.json()) as { readonly Sessions: readonly { SessionId: string }[] };
  expect(Sessions).toMatchObject([
    { SessionType: 'TOKEN', CreateDate: time / 1000, OriginSessionId: Sessions[1]?.SessionId },
    { SessionType: 'SSO', ClientId: 'app', CreateDate: time / 1000 },
  ]);
});
