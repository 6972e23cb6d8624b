/** A session of managed login and the refresh tokens of OAuth are there after a restart. Authorization codes are not. */
import type { UserPoolOptions } from '../../src/index.ts';
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

async function visit(path: string, ofBrowser = cookie): Promise<string> {
  const response = await kept
    .pool()
    .fetch(`http://localhost${path}`, { headers: { cookie: ofBrowser }, redirect: 'manual' });
  return response.headers.get('location') ?? '';
}

/** Signs alice in with another browser, on the page. Returns its cookie. */
async function signInOnPage(): Promise<string> {
  const origin = 'http://localhost';
  const page = await kept.pool().fetch(`${origin}/login?${query}`);
  const headers = {
    origin,
    'content-type': 'application/json',
    cookie: page.headers.get('set-cookie')?.split(';')[0] ?? '',
  };
  const post = (path: string, body: object, more: object = {}) =>
    kept.pool().fetch(`${origin}${path}?${query}`, {
      method: 'POST',
      headers: { ...headers, ...more },
      body: JSON.stringify(body),
    });
  const begun = await post(
    '/login/api',
    {
      ClientId: 'web',
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'alice', PASSWORD },
    },
    { 'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth' },
  );
  const { Session } = (await begun.json()) as { readonly Session: string };
  const done = await post('/login', { ticket: Session });
  return done.headers.get('set-cookie')?.split(';')[0] ?? '';
}

const TRACKED = {
  UserPoolId: POOL_ID,
  UserSessionTracking: 'ENABLED',
  TokenSession: { MaxPerUser: 20 },
};

interface Session {
  readonly SessionId: string;
  readonly SessionType: string;
  readonly OriginSessionId?: string;
}

const sessions = async () =>
  (await kept.admin('AdminListUserSessions', { UserPoolId: POOL_ID, Username: 'alice' }))[
    'Sessions'
  ] as readonly Session[];

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

/** The records as earlier versions wrote them, without these members. */
const without = <Kept extends object>(records: readonly Kept[] = [], ...members: readonly string[]) =>
  records.map(
    (record) =>
      Object.fromEntries(Object.entries(record).filter(([name]) => !members.includes(name))) as Kept,
  );

test('what an earlier version kept is read: its sign-ins are listed, and its sessions of managed login are not', async () => {
  await kept.admin('SetUserPoolSessionConfiguration', TRACKED);
  const own = await signInOnPage();
  kept.wait(600);
  const { refresh_token = '' } = await exchange(codeOf(await visit(`/oauth2/authorize?${query}`, own)));
  await kept.restart({});
  const { grants, loginSessions, ...snapshot } = JSON.parse(kept.snapshot()) as UserPoolOptions;
  await kept.end();
  kept = await startKept({
    ...snapshot,
    grants: without(grants, 'originSessionId', 'createdAt'),
    loginSessions: without(loginSessions, 'sessionId', 'clientId'),
  });
  kept.wait(600);
  const [ofSignIn, ...more] = await sessions();
  expect(ofSignIn).toMatchObject({ SessionType: 'TOKEN', CreateDate: kept.now() / 1000 - 600 });
  expect([ofSignIn?.OriginSessionId, more]).toEqual([undefined, []]);
  expect(await token({ grant_type: 'refresh_token', refresh_token })).toHaveProperty('id_token');
  await exchange(codeOf(await visit(`/oauth2/authorize?${query}`, own)));
  expect((await sessions()).map(({ OriginSessionId }) => OriginSessionId)).toEqual([undefined, undefined]);
});

test('a sign-in is linked to its session of managed login after a restart', async () => {
  await kept.admin('SetUserPoolSessionConfiguration', TRACKED);
  const own = await signInOnPage();
  kept.wait(600);
  await exchange(codeOf(await visit(`/oauth2/authorize?${query}`, own)));
  const before = await sessions();
  expect(before).toMatchObject([
    { SessionType: 'TOKEN', CreateDate: kept.now() / 1000, OriginSessionId: before[1]?.SessionId },
    { SessionType: 'SSO', ClientId: 'web', CreateDate: kept.now() / 1000 - 600 },
  ]);
  await kept.restart({});
  expect(await sessions()).toEqual(before);
  expect(kept.snapshot()).not.toContain(own.slice(-43));
  await kept.admin('AdminRevokeUserSession', {
    UserPoolId: POOL_ID,
    Username: 'alice',
    SessionId: before[0]?.SessionId,
    RevokeAssociatedSessions: 'LINKED',
  });
  await kept.restart({});
  expect(await sessions()).toEqual([]);
  expect(await visit(`/oauth2/authorize?${query}`, own)).toBe(`/login?${query}`);
});

test('a code is not kept', async () => {
  const code = codeOf(await visit(`/oauth2/authorize?${query}`));
  await kept.restart({});
  expect(await exchange(code)).toEqual({ error: 'invalid_grant' });
});
