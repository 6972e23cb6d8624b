/** How many tokens a pool issues a second, in this process: those of a user without a sign-in, and those of an app client. */
import { createUserPool } from '../dist/esm/index.js';

const SECRET = 'not-a-real-secret';
const HEADERS = { 'x-amz-target': 'AWSCognitoIdentityProviderService.GetClientToken' };

/** Issues in turn, and gives how often a second. The first ones are not timed, because keys are made and code is compiled. */
async function perSecond(issue, count) {
  for (let i = 0; i < 50; i++) await issue();
  const start = performance.now();
  for (let i = 0; i < count; i++) await issue();
  return (count * 1000) / (performance.now() - start);
}

/**
 * @param count how often each is issued
 * @returns by what is issued, how often a second
 */
export async function measureTokens(count) {
  const pool = createUserPool({
    users: [{ username: 'alice', attributes: { email: 'alice@example.com' }, groups: ['writers'] }],
    groups: [{ name: 'writers' }],
    resourceServers: [{ identifier: 'orders', scopes: ['read'] }],
    clients: [
      { clientId: 'web' },
      {
        clientId: 'server',
        clientSecret: SECRET,
        explicitAuthFlows: ['ALLOW_CLIENT_TOKEN_AUTH'],
        allowedOAuthFlows: ['client_credentials'],
        allowedOAuthScopes: ['orders/read'],
      },
    ],
  });
  const askForClientToken = async () => {
    const body = JSON.stringify({ ClientId: 'server', Secret: SECRET });
    const response = await pool.fetch('http://localhost/', { method: 'POST', headers: HEADERS, body });
    const { ClientAuthenticationResult } = await response.json();
    if (!ClientAuthenticationResult?.AccessToken) throw new Error('no token');
  };
  const askTokenEndpoint = async () => {
    const headers = { authorization: `Basic ${btoa(`server:${SECRET}`)}` };
    const body = new URLSearchParams({ grant_type: 'client_credentials', scope: 'orders/read' });
    const response = await pool.fetch('http://localhost/oauth2/token', { method: 'POST', headers, body });
    if (!(await response.json()).access_token) throw new Error('no token');
  };
  const askForTokens = async () => {
    const body = JSON.stringify({ username: 'alice' });
    const response = await pool.fetch('http://localhost/_/tokens', { method: 'POST', body });
    if (!(await response.json()).accessToken) throw new Error('no tokens');
  };
  return {
    '`issueTokens`: an ID and an access token': await perSecond(() => pool.issueTokens('alice'), count),
    '`POST /_/tokens`: the same by a request': await perSecond(askForTokens, count),
    '`POST /oauth2/token`: client_credentials': await perSecond(askTokenEndpoint, count),
    'GetClientToken: the same': await perSecond(askForClientToken, count),
  };
}
