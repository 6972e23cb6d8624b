/** What a pool with a data folder keeps of identity providers and their users. */
import { startKept } from '../kept/restarts.ts';
import { createAgent, POOL } from './browser-agent.ts';
import { startStandIn } from './stand-in.ts';
import {
  authorizeUrl,
  CLIENT,
  choose,
  errorAt,
  oidcProvider,
  PROVIDER_NAME,
  signInThrough,
} from './world.ts';

test('after a restart there are the provider, its user, the link by a claim and the group, and no sign-in that had begun', async () => {
  const accounts = { 'Alice-1': { email: 'alice@example.com' }, 'Bob-2': { email: 'bob@example.com' } };
  const standIn = await startStandIn([`${POOL}/oauth2/idpresponse`], accounts);
  const kept = await startKept({
    now: Date.now,
    clients: [CLIENT],
    users: [{ username: 'bob', password: 'Correct-Horse-9' }],
  });
  try {
    const newAgent = () => createAgent({ fetch: (input, init) => kept.pool().fetch(input, init) });
    const agent = newAgent();
    await kept.admin('CreateIdentityProvider', {
      UserPoolId: kept.pool().userPoolId,
      ...oidcProvider(standIn.issuer),
    });
    await kept.admin('AdminLinkProviderForUser', {
      UserPoolId: kept.pool().userPoolId,
      DestinationUser: { ProviderName: 'Cognito', ProviderAttributeValue: 'bob' },
      SourceUser: {
        ProviderName: PROVIDER_NAME,
        ProviderAttributeName: 'email',
        ProviderAttributeValue: 'bob@example.com',
      },
    });
    expect(errorAt(await signInThrough(agent, 'Alice-1')).error).toBeNull();
    const first = kept.pool().users.find(`${PROVIDER_NAME}_Alice-1`);
    const begun = await agent.visit(authorizeUrl({ prompt: 'login' }));
    await kept.restart();

    expect((await choose(agent, begun, 'Alice-1')).url.pathname).toBe('/error');
    expect(errorAt(await signInThrough(agent, 'Alice-1')).error).toBeNull();
    expect(errorAt(await signInThrough(newAgent(), 'Bob-2')).error).toBeNull();
    const users = kept.pool().users.all();
    expect(users.map(({ username }) => username)).toEqual(['bob', `${PROVIDER_NAME}_Alice-1`]);
    expect(users[1]).toMatchObject({
      sub: first?.sub,
      status: 'EXTERNAL_PROVIDER',
      groups: [`${kept.pool().userPoolId}_${PROVIDER_NAME}`],
    });
    expect(users[0]?.attributes['email']).toBe('bob@example.com');
  } finally {
    await kept.end();
    await standIn.end();
  }
});
