/** What OAuth granted is kept: a refresh token from before a restart gives tokens with the same scopes. */
import { claimsOf } from '../raw-calls.ts';
import { PASSWORD } from '../wire.ts';
import { startKept } from './restarts.ts';

test('the scopes of a grant, and the resource servers of the options, are there after a restart', async () => {
  const kept = await startKept({
    users: [{ username: 'alice', password: PASSWORD }],
    resourceServers: [{ identifier: 'orders', scopes: ['read'] }],
  });
  try {
    const scopes = ['openid', 'orders/read'];
    const { accessToken, refreshToken: RefreshToken } = await kept.pool().issueTokens('alice', { scopes });
    await kept.restart({});
    const { AuthenticationResult } = await kept.call('GetTokensFromRefreshToken', {
      ClientId: 'web',
      RefreshToken,
    });
    const [before, after] = [claimsOf(accessToken), claimsOf(AuthenticationResult.AccessToken)];
    expect(after).toMatchObject({ scope: 'openid orders/read', version: 2, event_id: before['event_id'] });
    expect(
      await kept.admin('ListResourceServers', { UserPoolId: kept.pool().userPoolId, MaxResults: 5 }),
    ).toMatchObject({
      ResourceServers: [{ Identifier: 'orders', Scopes: [{ ScopeName: 'read' }] }],
    });
  } finally {
    await kept.end();
  }
});
