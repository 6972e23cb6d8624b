/** GET /logout and GET /error: the end of a session, and where a browser may be sent. */
import { CALLBACK, COOKIE, createBrowser, type Fields, given, LOGOUT, POOL_ID } from './browser.ts';

const CLEARED = `cognito-${POOL_ID}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax`;

test('with logout_uri it ends the session and sends the browser to the app', async () => {
  const { authorize, visit } = createBrowser();
  const { status, location, setCookie } = await visit('/logout', {
    client_id: 'web',
    logout_uri: LOGOUT,
    // Documented: logout_uri wins
    redirect_uri: 'https://elsewhere.example/',
    state: 's',
  });
  expect([status, location, setCookie]).toEqual([302, LOGOUT, CLEARED]);
  // A browser that keeps the cookie all the same is not signed in either
  expect((await authorize()).location).toMatch(/^\/login\?/);
  expect((await authorize({ client_id: 'other' })).location).toMatch(/^\/login\?/);
});

test('with redirect_uri it ends the session and sends the browser to the page to sign in', async () => {
  const { authorize, visit } = createBrowser();
  const fields = { client_id: 'web', response_type: 'code', redirect_uri: CALLBACK, state: 's' };
  const { status, location, setCookie } = await visit('/logout', fields);
  expect([status, location, setCookie]).toEqual([302, `/login?${new URLSearchParams(fields)}`, CLEARED]);
  expect((await authorize()).location).toMatch(/^\/login\?/);
});

test('a browser without a session is sent there as well', async () => {
  const { visit } = createBrowser();
  expect((await visit('/logout', { client_id: 'web', logout_uri: LOGOUT }, '')).location).toBe(LOGOUT);
});

test('tokens stay valid', async () => {
  const { codeOf, exchange, userInfo, visit } = createBrowser();
  const { body } = await exchange(await codeOf());
  await visit('/logout', { client_id: 'web', logout_uri: LOGOUT });
  expect((await userInfo(String(body['access_token']))).status).toBe(200);
});

test.each<[string, Fields, string]>([
  ['another URL', { logout_uri: 'https://elsewhere.example/' }, 'redirect_mismatch&client_id=web'],
  ['a URL that differs by a slash', { logout_uri: `${LOGOUT}/` }, 'redirect_mismatch&client_id=web'],
  ['a URL without a scheme', { logout_uri: '//elsewhere.example' }, 'redirect_mismatch&client_id=web'],
  ['a script', { logout_uri: 'javascript:alert(1)' }, 'redirect_mismatch&client_id=web'],
  ['a callback URL as logout_uri', { logout_uri: CALLBACK }, 'redirect_mismatch&client_id=web'],
  ['no URL', {}, 'redirect_mismatch&client_id=web'],
  ['another redirect_uri', { redirect_uri: `${CALLBACK}x` }, 'redirect_mismatch&client_id=web'],
  ['a foreign client', { client_id: 'other', logout_uri: LOGOUT }, 'redirect_mismatch&client_id=other'],
  ['an unknown client', { client_id: 'nobody', logout_uri: LOGOUT }, 'invalid_client'],
  ['no client', { client_id: '', logout_uri: LOGOUT }, 'invalid_request'],
])('leads nowhere with %s, and the session stays', async (_, fields, error) => {
  const { authorize, visit } = createBrowser();
  const { status, location, setCookie } = await visit('/logout', given({ client_id: 'web', ...fields }));
  expect([status, location, setCookie]).toEqual([302, `/error?error=${error}`, '']);
  expect((await authorize()).answer).toHaveProperty('code');
});

describe('/error', () => {
  test('says what is wrong, with the status of the service', async () => {
    const response = await createBrowser().fetch('/error?error=redirect_mismatch&client_id=web');
    expect([response.status, response.headers.get('content-type')]).toEqual([400, 'text/html;charset=UTF-8']);
    expect(await response.text()).toContain('not one of the CallbackURLs or LogoutURLs of the app client');
  });

  test('shows nothing of its query', async () => {
    const { fetch } = createBrowser();
    const query = new URLSearchParams({
      error: '<script>alert(1)</script>',
      client_id: '"><img src=x>',
      redirect_uri: 'https://elsewhere.example/',
      error_description: 'Please call 0123',
    });
    const response = await fetch(`/error?${query}`, { headers: { cookie: COOKIE } });
    const page = await response.text();
    for (const text of ['alert', 'img', 'elsewhere', '0123']) expect(page).not.toContain(text);
    expect(response.headers.get('location')).toBeNull();
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page).toBe(await (await fetch('/error?error=constructor')).text());
  });
});
