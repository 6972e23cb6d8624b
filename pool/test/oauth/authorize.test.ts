/** GET /oauth2/authorize: who is sent where, with what, and what is refused. */
import { SIGNED } from '../admin-calls.ts';
import {
  CALLBACK,
  CHALLENGE,
  CLIENTS,
  COOKIE,
  claimsOf,
  createBrowser,
  type Fields,
  KEPT_SESSION,
  OTHER_CALLBACK,
  POOL_ID,
} from './browser.ts';

const S256 = { code_challenge: CHALLENGE, code_challenge_method: 'S256' };
const CODE = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const RESOURCE =
  'resource must be an https URL, an http URL of localhost or one of an app, without a fragment';

describe('a browser that is signed in', () => {
  test('is sent back with a code, and the callback URL keeps its query', async () => {
    const { status, location, answer } = await createBrowser().authorize({ ...S256, state: 'xyz' });
    expect([status, answer]).toEqual([302, { code: expect.stringMatching(CODE), state: 'xyz' }]);
    expect(location).toBe(`${CALLBACK}&code=${answer['code']}&state=xyz`);
  });

  test('is sent to another callback URL with a query of its own', async () => {
    const { location, answer } = await createBrowser().authorize({ redirect_uri: OTHER_CALLBACK });
    expect(location).toBe(`${OTHER_CALLBACK}?code=${answer['code']}`);
  });

  test.each(['a b+c', 'a%20b%2B', '&error=x', '#fragment', 'ümlaut 🦊', '{"a":["b"]}', '\'"<>\\', '='])(
    'the state comes back as it was: %s',
    async (state) => {
      const { authorize } = createBrowser();
      expect((await authorize({ state })).answer['state']).toBe(state);
      const token = await authorize({ state, response_type: 'token' });
      expect(token.answer['state']).toBe(state);
      const refusal = await authorize({ state, scope: 'unknown' });
      expect(refusal.answer).toEqual({ error: 'invalid_scope', state });
    },
  );

  test('keeps its cookie, which scripts and forms of other sites do not get', async () => {
    const { authorize, fetch, wait } = createBrowser();
    wait(60);
    const { setCookie } = await authorize();
    expect(setCookie).toBe(`${COOKIE}; Path=/; Max-Age=3540; HttpOnly; SameSite=Lax`);
    const query = new URLSearchParams({
      client_id: 'web',
      response_type: 'code',
      redirect_uri: CALLBACK,
    });
    const secure = await fetch(`/oauth2/authorize?${query}`, { headers: { cookie: COOKIE } });
    expect(secure.headers.get('cache-control')).toBe('no-store');
    expect(secure.headers.get('referrer-policy')).toBe('no-referrer');
    expect(secure.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('the cookie is Secure where the pool is reached by https', async () => {
    const { pool } = createBrowser();
    const url = new URL('https://pool.example/oauth2/authorize');
    url.search = String(
      new URLSearchParams({ client_id: 'web', response_type: 'code', redirect_uri: CALLBACK }),
    );
    const response = await pool.fetch(url, { headers: { cookie: COOKIE }, redirect: 'manual' });
    expect(response.headers.get('set-cookie')).toMatch(/; HttpOnly; SameSite=Lax; Secure$/);
  });

  test('signs in silently to the next app, and with prompt=none', async () => {
    const { authorize } = createBrowser();
    for (const prompt of ['', 'none', 'select_account', 'consent']) {
      const { answer } = await authorize({ client_id: 'other', prompt });
      expect(answer).toEqual({ code: expect.stringMatching(CODE) });
    }
  });

  test('is asked again by an app that has no users of the pool itself', async () => {
    const company = { clientId: 'other', callbackUrls: [CALLBACK] };
    for (const [supportedIdentityProviders, isSilent] of [
      [['Company', 'Other'], false],
      [['Company', 'COGNITO'], true],
    ] as const) {
      const { authorize } = createBrowser({ clients: [{ ...company, supportedIdentityProviders }] });
      const { location, answer } = await authorize({ client_id: 'other' });
      expect(location.startsWith('/login?')).toBe(!isSilent);
      expect('code' in answer).toBe(isSilent);
      const none = await authorize({ client_id: 'other', prompt: 'none' });
      expect(none.answer['error']).toBe(isSilent ? undefined : 'login_required');
    }
  });

  test('is asked again after AdminResetUserPassword', async () => {
    const { authorize, call } = createBrowser();
    await call('AdminResetUserPassword', { UserPoolId: POOL_ID, Username: 'alice' }, SIGNED);
    expect((await authorize()).location).toMatch(/^\/login\?/);
    expect((await authorize({ prompt: 'none' })).answer).toEqual({ error: 'login_required' });
  });

  test('is asked again if the app demands it', async () => {
    const { authorize, wait } = createBrowser();
    wait(61);
    for (const fields of [{ prompt: 'login' }, { max_age: '60' }, { acr_values: 'urn:cognito:loa:4' }]) {
      expect((await authorize(fields)).location).toMatch(/^\/login\?client_id=web&/);
    }
    expect((await authorize({ max_age: '61' })).answer).toHaveProperty('code');
    expect((await authorize({ acr_values: 'unknown urn:cognito:loa:1' })).answer).toHaveProperty('code');
  });

  test('tokens have a level if acr_values asks for one', async () => {
    const { codeOf, exchange } = createBrowser({}, ['pwd', 'otp']);
    const plain = await exchange(await codeOf());
    expect(claimsOf(plain.body['id_token'])).not.toHaveProperty('acr');
    const levelled = await exchange(await codeOf({ acr_values: 'urn:cognito:loa:4' }));
    expect(claimsOf(levelled.body['access_token'])).toMatchObject({
      acr: 'urn:cognito:loa:4',
      amr: ['pwd', 'otp', 'mfa'],
    });
  });
});

describe('a browser that is not signed in', () => {
  test('is sent to the page with the same query', async () => {
    const { authorize } = createBrowser();
    const fields = { state: 'a b', nonce: 'n', lang: 'de', login_hint: 'alice' };
    const { status, location } = await authorize(fields, '');
    expect([status, location]).toEqual([
      302,
      `/login?${new URLSearchParams({ client_id: 'web', response_type: 'code', redirect_uri: CALLBACK, ...fields })}`,
    ]);
  });

  test('is told so with prompt=none', async () => {
    const { answer } = await createBrowser().authorize({ prompt: 'none', state: 's' }, '');
    expect(answer).toEqual({ error: 'login_required', state: 's' });
  });

  test.each([
    ['a cookie that the pool has not made', `cognito-${POOL_ID}=${'b'.repeat(43)}`],
    ['the cookie of another pool', COOKIE.replace(POOL_ID, 'eu-west-1_Other1')],
    ['an empty cookie', `cognito-${POOL_ID}=`],
    ['what is kept of a session', `cognito-${POOL_ID}=${KEPT_SESSION}`],
  ])('%s counts for nothing', async (_, cookie) => {
    expect((await createBrowser().authorize({}, cookie)).location).toMatch(/^\/login\?/);
  });

  test('the session lasts an hour, and its use does not prolong it', async () => {
    const { authorize, wait } = createBrowser();
    wait(3599);
    expect((await authorize()).answer).toHaveProperty('code');
    wait(1);
    expect((await authorize()).location).toMatch(/^\/login\?/);
  });

  test('a client of a pool that tracks sessions says how long it reuses one', async () => {
    const { authorize, call, wait } = createBrowser({ userSessionTracking: true });
    const set = (MaxValidityMinutes: number) =>
      call(
        'SetUserPoolClientSessionConfiguration',
        { UserPoolId: POOL_ID, ClientId: 'web', SSOSession: { MaxValidityMinutes } },
        SIGNED,
      );
    await set(2);
    wait(119);
    expect((await authorize()).answer).toHaveProperty('code');
    wait(1);
    expect((await authorize()).location).toMatch(/^\/login\?/);
    expect((await authorize({ client_id: 'other' })).answer).toHaveProperty('code');
  });

  test.each(['AdminDisableUser', 'AdminDeleteUser'])('%s ends the session', async (operation) => {
    const { authorize, call } = createBrowser();
    const named = { UserPoolId: POOL_ID, Username: 'alice' };
    await call(operation, named, SIGNED);
    expect((await authorize()).location).toMatch(/^\/login\?/);
    if (operation === 'AdminDisableUser') await call('AdminEnableUser', named, SIGNED);
    else await call('AdminCreateUser', { ...named, MessageAction: 'SUPPRESS' }, SIGNED);
    expect((await authorize()).location).toMatch(/^\/login\?/);
  });

  test('GlobalSignOut does not end the session', async () => {
    const { authorize, call, signIn } = createBrowser();
    const { AccessToken } = (await signIn()).AuthenticationResult;
    expect((await call('GlobalSignOut', { AccessToken })).status).toBe(200);
    expect((await authorize()).answer).toHaveProperty('code');
  });
});

describe('the implicit flow', () => {
  test('gives tokens in the fragment, and no refresh token', async () => {
    const { authorize } = createBrowser();
    const { location, answer } = await authorize({
      response_type: 'token',
      scope: 'openid email',
      nonce: 'n-0S6',
      state: 's',
    });
    expect(location.startsWith(`${CALLBACK}#id_token=`)).toBe(true);
    expect(answer).toEqual({
      id_token: expect.any(String),
      access_token: expect.any(String),
      expires_in: '3600',
      token_type: 'Bearer',
      state: 's',
    });
    expect(claimsOf(answer['id_token'])).toMatchObject({ aud: 'web', nonce: 'n-0S6', email_verified: true });
    expect(claimsOf(answer['access_token'])).toMatchObject({ client_id: 'web', scope: 'openid email' });
  });

  test('gives an ID token only with openid', async () => {
    const { authorize } = createBrowser();
    const { answer } = await authorize({ response_type: 'token', scope: 'aws.cognito.signin.user.admin' });
    expect(Object.keys(answer)).toEqual(['access_token', 'expires_in', 'token_type']);
  });

  test('is refused in the fragment', async () => {
    const { location } = await createBrowser().authorize({ response_type: 'token', scope: 'x', state: 's' });
    expect(location).toBe(`${CALLBACK}#error=invalid_scope&state=s`);
  });

  test('is for clients that are allowed it', async () => {
    const { authorize } = createBrowser();
    const { answer } = await authorize({ client_id: 'other', response_type: 'token' });
    expect(answer).toEqual({ error: 'unauthorized_client' });
  });
});

describe('the redirect URI', () => {
  const mismatch = '/error?error=redirect_mismatch&client_id=web';

  test.each([
    `${CALLBACK}/`,
    `${CALLBACK}&more=1`,
    CALLBACK.replace('?from=pool', ''),
    CALLBACK.replace('https', 'HTTPS'),
    CALLBACK.replace('app.example', 'APP.example'),
    CALLBACK.replace('app.example', 'app.example:443'),
    CALLBACK.replace('callback', 'x/../callback'),
    `${CALLBACK}#`,
    ` ${CALLBACK}`,
    'https://elsewhere.example/',
    '//elsewhere.example/',
    'javascript:alert(1)',
    'http://localhost:3001/callback',
    `${OTHER_CALLBACK}/`,
  ])('is compared character for character: %s', async (redirect_uri) => {
    const { status, location, setCookie } = await createBrowser().authorize({ redirect_uri });
    expect([status, location, setCookie]).toEqual([302, mismatch, '']);
  });

  test('may be left out only if the client has a default', async () => {
    const { pool } = createBrowser();
    const query = (client_id: string) => new URLSearchParams({ client_id, response_type: 'code' });
    const without = await pool.fetch(`http://localhost/oauth2/authorize?${query('web')}`);
    expect(without.headers.get('location')).toBe(mismatch);
    const { authorize, exchange } = createBrowser({
      clients: [{ clientId: 'web', callbackUrls: [CALLBACK], defaultRedirectUri: CALLBACK }],
    });
    const { location, answer } = await authorize({ redirect_uri: '' });
    expect(location.startsWith(CALLBACK)).toBe(true);
    // RFC 6749 section 4.1.3: it is needed only if the authorization request had it
    const fields = { redirect_uri: '', code_verifier: '' };
    expect((await exchange(answer['code'] ?? '', fields)).status).toBe(200);
  });

  test('a URL of an app, and one with letters that a header cannot have', async () => {
    const urls = ['com.example.app:/signed-in', 'https://app.example/zurück'];
    const { authorize } = createBrowser({ clients: [{ clientId: 'web', callbackUrls: urls }] });
    const [app, german] = await Promise.all(urls.map((redirect_uri) => authorize({ redirect_uri })));
    expect(app?.location).toMatch(/^com\.example\.app:\/signed-in\?code=/);
    expect(german?.location).toMatch(/^https:\/\/app\.example\/zur%C3%BCck\?code=/);
  });

  test('a client that no pool has leads nowhere', async () => {
    const { authorize } = createBrowser();
    expect((await authorize({ client_id: 'nobody' })).location).toBe('/error?error=invalid_client');
    expect((await authorize({ client_id: '' })).location).toBe('/error?error=invalid_request');
  });
});

describe('a request that is refused goes back to the app', () => {
  const invalid = (error_description: string) => ({ error: 'invalid_request', error_description });
  const PLAIN = invalid('transform algorithm not supported, only S256 is');

  test.each<[string, Fields, Fields]>([
    ['no response_type', { response_type: '' }, invalid('response_type is missing')],
    ['another response_type', { response_type: 'id_token' }, { error: 'unsupported_response_type' }],
    ['two response types', { response_type: 'code token' }, { error: 'unsupported_response_type' }],
    ['a challenge without a method', { code_challenge: CHALLENGE }, PLAIN],
    ['the method plain', { ...S256, code_challenge_method: 'plain' }, PLAIN],
    ['a method without a challenge', { code_challenge_method: 'S256' }, invalid('code challenge required')],
    [
      'a challenge that is not a SHA-256',
      { ...S256, code_challenge: 'short' },
      invalid('code_challenge is not a SHA-256 in base64url'),
    ],
    ['an unknown scope', { scope: 'openid orders/delete' }, { error: 'invalid_scope' }],
    ['a scope that is not one', { scope: 'open"id' }, { error: 'invalid_scope' }],
    ['a scope of spaces', { scope: '  ' }, { error: 'invalid_scope' }],
    ['only scopes of others', { scope: 'orders/write' }, { error: 'invalid_scope' }],
    ['email without openid', { scope: 'email' }, { error: 'invalid_scope' }],
    [
      'none beside another prompt',
      { prompt: 'none login' },
      invalid('prompt must be some of none, login, select_account, consent, or none alone'),
    ],
    [
      'an unknown prompt',
      { prompt: 'create' },
      invalid('prompt must be some of none, login, select_account, consent, or none alone'),
    ],
    ['a max_age that is not a number', { max_age: '-1' }, invalid('max_age must be a number of seconds')],
    [
      'a resource without TLS',
      { resource: 'http://api.example' },
      { error: 'invalid_target', error_description: RESOURCE },
    ],
    [
      'a provider that the client does not have',
      { identity_provider: 'Google' },
      invalid('Login option is not available. Please try another one'),
    ],
    [
      'an identifier that no provider has',
      { idp_identifier: 'example.com' },
      invalid('Login option is not available. Please try another one'),
    ],
  ])('%s', async (_, fields, expected) => {
    const { authorize } = createBrowser();
    const { status, location, answer } = await authorize({ state: 's', ...fields });
    expect(status).toBe(302);
    expect(location.startsWith(`${CALLBACK}&`)).toBe(true);
    expect(answer).toEqual({ ...expected, state: 's' });
  });

  test.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'https:api.example',
    'https://user@api.example/',
    'https://api.example/#x',
    '/api',
  ])('the resource %s', async (resource) => {
    const { answer } = await createBrowser().authorize({ resource });
    expect(answer).toEqual({ error: 'invalid_target', error_description: RESOURCE });
  });

  test.each(['http://localhost:3000', 'myapp://api', 'urn:example:api'])(
    'and a resource may be %s',
    async (resource) => {
      expect((await createBrowser().authorize({ resource })).answer).toHaveProperty('code');
    },
  );

  test('scopes that the client is not allowed are ignored', async () => {
    const { codeOf, exchange } = createBrowser();
    const { body } = await exchange(await codeOf({ scope: 'openid orders/write phone email' }));
    expect(claimsOf(body['access_token'])['scope']).toBe('openid email');
  });

  test('a parameter that stands twice', async () => {
    const { fetch } = createBrowser();
    const query = new URLSearchParams({ client_id: 'web', redirect_uri: CALLBACK, response_type: 'code' });
    const locationOf = async (more: string) =>
      (await fetch(`/oauth2/authorize?${query}&${more}`)).headers.get('location');
    const twice = (name: string) => `error_description=${name}+is+given+more+than+once&error=invalid_request`;
    expect(await locationOf('scope=openid&scope=email')).toBe(`${CALLBACK}&${twice('scope')}`);
    expect(await locationOf('state=1&state=2')).toBe(`${CALLBACK}&${twice('state')}&state=1`);
    // Nobody may be redirected to one of two URLs
    expect(await locationOf(`redirect_uri=${encodeURIComponent(CALLBACK)}`)).toBe(
      '/error?error=invalid_request&client_id=web',
    );
    expect(await locationOf('client_id=other')).toBe('/error?error=invalid_request');
  });

  test('a client whose OAuth is not turned on', async () => {
    const { call, authorize } = createBrowser({ clients: CLIENTS });
    const { UserPoolClient } = await call(
      'CreateUserPoolClient',
      {
        UserPoolId: POOL_ID,
        ClientName: 'off',
        AllowedOAuthFlows: ['code'],
        AllowedOAuthScopes: ['openid'],
        CallbackURLs: [CALLBACK],
      },
      SIGNED,
    );
    const { ClientId } = UserPoolClient as { readonly ClientId: string };
    expect((await authorize({ client_id: ClientId })).answer).toEqual({ error: 'unauthorized_client' });
  });
});

test.each(['query', 'fragment', 'form_post'])(
  'response_mode=%s changes nothing, as on AWS',
  async (response_mode) => {
    const { authorize } = createBrowser();
    const code = await authorize({ response_mode });
    expect(code.location).toBe(`${CALLBACK}&code=${code.answer['code']}`);
    const token = await authorize({ response_mode, response_type: 'token' });
    expect(token.location.startsWith(`${CALLBACK}#`)).toBe(true);
  },
);

test('HEAD is answered as GET, OPTIONS as for every path, and POST is not', async () => {
  const { fetch } = createBrowser();
  const query = new URLSearchParams({ client_id: 'web', response_type: 'code', redirect_uri: CALLBACK });
  const statusOf = async (method: string) => (await fetch(`/oauth2/authorize?${query}`, { method })).status;
  expect(await statusOf('HEAD')).toBe(302);
  expect(await statusOf('OPTIONS')).toBe(200);
  expect(await statusOf('POST')).toBe(405);
});
