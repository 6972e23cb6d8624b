/** What the log says of requests to the OAuth endpoints, and what it never says. */
import type { LogEntry } from '../../src/index.ts';
import { COOKIE, createBrowser, MACHINE, POOL_ID, VERIFIER } from './browser.ts';

test('a line has the endpoint, the pool, the user and the reason, and no secret', async () => {
  const entries: LogEntry[] = [];
  const browser = createBrowser({ log: (entry) => entries.push(entry) });
  const { authorize, codeOf, exchange, post, userInfo } = browser;
  const code = await codeOf({ state: 'a-secret-state', nonce: 'a-secret-nonce' });
  const { body } = await exchange(code);
  await userInfo(String(body['access_token']));
  await exchange(code);
  const { clientSecret = '' } = MACHINE;
  await post('/oauth2/token', {
    grant_type: 'client_credentials',
    client_id: 'machine',
    client_secret: clientSecret,
  });
  await authorize({ redirect_uri: 'https://a-secret-host.example/' });
  const lines = entries.map(({ operation, userPoolId, username, status, error }) => [
    operation,
    userPoolId,
    username,
    status,
    error,
  ]);
  expect(lines).toEqual([
    ['GET /oauth2/authorize', POOL_ID, 'alice', 302, undefined],
    ['POST /oauth2/token', POOL_ID, 'alice', 200, undefined],
    ['GET /oauth2/userInfo', POOL_ID, 'alice', 200, undefined],
    ['POST /oauth2/token', POOL_ID, undefined, 400, 'invalid_grant'],
    ['POST /oauth2/token', POOL_ID, undefined, 200, undefined],
    ['GET /oauth2/authorize', POOL_ID, undefined, 302, 'redirect_mismatch'],
  ]);
  expect(entries[3]?.reason).toBe('The code was used before. The tokens that it gave are revoked.');
  const logged = JSON.stringify(entries);
  const secrets = [code, VERIFIER, clientSecret, COOKIE.slice(-43), 'a-secret'];
  for (const secret of [...secrets, ...Object.values(body).filter((each) => String(each).length > 20)]) {
    expect(logged).not.toContain(String(secret));
  }
});
