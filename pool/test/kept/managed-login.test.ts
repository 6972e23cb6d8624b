/** A session of managed login and the refresh tokens of OAuth are there after a restart. Authorization codes are not. */
import { CALLBACK, COOKIE, POOL_ID as COOKIE_POOL_ID, SUB, signedInAt, WEB } from '../oauth/browser.ts';
import { PASSWORD } from '../wire.ts';
import { POOL_ID, type Restarts, startKept } from './restarts.ts';

const cookie = COOKIE.replace(COOKIE_POOL_ID, POOL_ID);
const query = String(
  new URLSearchParams({
    client_id: 'web',
    response_type: 'code',
    redirect_uri: CALLBACK,
    scope: 'openid email',
  }),
);

let kept: Restarts;
beforeEach(async () => {
  kept = await startKept({
    clients: [WEB],
    resourceServers: [{ identifier: 'orders', scopes: ['read'] }],
    users: [{ username: 'alice', password: PASSWORD, attributes: { sub: SUB } }],
    loginSessions: [signedInAt(Date.UTC(2026, 8, 24, 13, 50, 15))],
  });
});
afterEach(() => kept.end());

async function visit(path: string): Promise<string> {
  const response = await kept
    .pool()
    .fetch(`http://localhost${path}`, { headers: { cookie }, redirect: 'manual' });
  return response.headers.get('location') ?? '';
}

const codeOf = (location: string) => new URL(location).searchParams.get('code') ?? 'none';

async function token(fields: Readonly<Record<string, string>>) {
  const body = new URLSearchParams({ client_id: 'web', ...fields });
  const response = await kept.pool().fetch('http://localhost/oauth2/token', { method: 'POST', body });
  return (await response.json()) as Readonly<Record<string, string>>;
}

const exchange = (code: string) => token({ grant_type: 'authorization_code', redirect_uri: CALLBACK, code });

test('a browser is signed in, and a refresh token gives tokens', async () => {
  const { refresh_token = '' } = await exchange(codeOf(await visit(`/oauth2/authorize?${query}`)));
  await kept.restart({});
  expect(await visit(`/oauth2/authorize?${query}`)).toContain('&code=');
  const refreshed = await token({ grant_type: 'refresh_token', refresh_token });
  expect(refreshed).toMatchObject({ id_token: expect.any(String), token_type: 'Bearer' });
  // What is kept signs nobody in
  expect(kept.snapshot()).not.toContain(cookie.slice(-43));
});

test('a browser that was signed out, or whose session has expired, is not', async () => {
  await visit(`/logout?client_id=web&logout_uri=${encodeURIComponent(WEB.logoutUrls?.[0] ?? '')}`);
  await kept.restart({});
  expect(await visit(`/oauth2/authorize?${query}`)).toBe(`/login?${query}`);
  expect(kept.snapshot()).toContain('"loginSessions": [\n]');
});

test('an expired session is not kept', async () => {
  kept.wait(3600);
  await kept.restart({});
  await kept.restart({});
  expect(await visit(`/oauth2/authorize?${query}`)).toBe(`/login?${query}`);
  expect(kept.snapshot()).toContain('"loginSessions": [\n]');
});

test('a code is not kept', async () => {
  const code = codeOf(await visit(`/oauth2/authorize?${query}`));
  await kept.restart({});
  expect(await exchange(code)).toEqual({ error: 'invalid_grant' });
});
