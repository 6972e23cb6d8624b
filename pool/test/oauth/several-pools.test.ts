/** Several pools under one endpoint: the client, the token and the cookie find the pool, and none opens another. */
import { createPoolService } from '../../src/index.ts';
import { PASSWORD } from '../wire.ts';
import { CALLBACK, COOKIE, POOL_ID, SUB, signedInAt } from './browser.ts';

const OTHER_ID = 'eu-west-1_OAuth2';
const now = Date.now();
const pool = (userPoolId: string, clientId: string, email: string) => ({
  userPoolId,
  clients: [{ clientId, callbackUrls: [CALLBACK] }],
  users: [{ username: 'alice', password: PASSWORD, attributes: { sub: SUB, email } }],
});
const service = createPoolService({
  pools: [
    { ...pool(POOL_ID, 'shop', 'alice@shop.example'), loginSessions: [signedInAt(now)] },
    pool(OTHER_ID, 'office', 'alice@office.example'),
  ],
});

async function authorize(client_id: string, cookie: string): Promise<URL> {
  const query = new URLSearchParams({ client_id, response_type: 'code', redirect_uri: CALLBACK });
  const init = { headers: { cookie }, redirect: 'manual' } as const;
  const response = await service.fetch(`http://localhost/oauth2/authorize?${query}`, init);
  return new URL(response.headers.get('location') ?? '', 'http://localhost');
}

async function exchange(client_id: string, code: string) {
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id,
    code,
    redirect_uri: CALLBACK,
  });
  const response = await service.fetch('http://localhost/oauth2/token', { method: 'POST', body });
  return (await response.json()) as Readonly<Record<string, string>>;
}

test('a session signs in to the apps of its pool alone', async () => {
  expect((await authorize('shop', COOKIE)).searchParams.get('code')).not.toBeNull();
  for (const cookie of [COOKIE, COOKIE.replace(POOL_ID, OTHER_ID)]) {
    expect((await authorize('office', cookie)).pathname).toBe('/login');
  }
});

test('a code of one pool is unknown in the other, and userInfo finds the pool of a token', async () => {
  const code = (await authorize('shop', COOKIE)).searchParams.get('code') ?? '';
  expect(await exchange('office', code)).toEqual({ error: 'invalid_grant' });
  const { access_token, refresh_token = '' } = await exchange('shop', code);
  const headers = { authorization: `Bearer ${access_token}` };
  const response = await service.fetch('http://localhost/oauth2/userInfo', { headers });
  expect(await response.json()).toMatchObject({ email: 'alice@shop.example' });
  const revoked = await service.fetch('http://localhost/oauth2/revoke', {
    method: 'POST',
    body: new URLSearchParams({ client_id: 'office', token: refresh_token }),
  });
  expect(revoked.status).toBe(200);
  // The other pool does not know the token, so it stays valid
  expect((await service.fetch('http://localhost/oauth2/userInfo', { headers })).status).toBe(200);
});
