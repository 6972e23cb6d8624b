/** GET /login: what the browser is sent, and what the page is told of the pool. */
import type { UserPoolOptions } from '../../src/index.ts';
import { CALLBACK, createWorld, WEB } from './page.ts';

const QUERY = `?${new URLSearchParams({ client_id: 'web', response_type: 'code', redirect_uri: CALLBACK })}`;

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** The page's text and what stands in its `data-config`. */
async function show(options: UserPoolOptions = {}) {
  const { fetch } = createWorld(options);
  const response = await fetch(`/login${QUERY}`);
  const html = await response.text();
  const [, config = ''] = /data-config="([^"]*)"/.exec(html) ?? [];
  const json = config.replace(/&([^;]+);/g, (_, name: string) => ENTITIES[name] ?? '?');
  return { html, headers: response.headers, config: JSON.parse(json) as Readonly<Record<string, unknown>> };
}

test('the page and its files have a strict policy, and are not kept', async () => {
  const { fetch } = createWorld();
  for (const path of [`/login${QUERY}`, '/login/page.js', '/login/page.css', '/login/icon.svg']) {
    const { status, headers } = await fetch(path);
    expect(status).toBe(200);
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    );
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('access-control-allow-origin')).toBeNull();
    // With it, an app could not follow its popup to the callback
    expect(headers.get('cross-origin-opener-policy')).toBeNull();
  }
});

test('the page has no inline script or style', async () => {
  const { html } = await show();
  expect(html).not.toMatch(/<style|\sstyle=|\son\w+=/);
  expect([...html.matchAll(/<script[^>]*>([^<]*)/g)].map(([, text]) => text)).toEqual(['']);
});

test('the name of a pool cannot become markup', async () => {
  const Name = `"><script>alert(1)</script>'&`;
  const { html, config } = await show({ userPool: { Name } });
  expect(html).not.toContain('<script>alert');
  expect(config['name']).toBe(Name);
});

test('the cookie of the browser is HttpOnly, and Secure where there is TLS', async () => {
  const { headers } = await show();
  expect(headers.get('set-cookie')).toMatch(
    /^cognito-login=[\w-]{43}; Path=\/login; HttpOnly; SameSite=Lax$/,
  );
  const { pool } = createWorld();
  const response = await pool.fetch(`https://localhost:9229/login${QUERY}`);
  expect(response.headers.get('set-cookie')).toMatch(/; Secure$/);
});

test('a pool without settings has passwords alone', async () => {
  const { config } = await show();
  expect(config).toMatchObject({
    clientId: 'web',
    flow: 'USER_SRP_AUTH',
    ownUsers: true,
    providers: [],
    hasSignUp: true,
    signUpAttributes: ['email'],
  });
  expect(JSON.stringify(config)).not.toContain(WEB.clientSecret);
});

test.each<[string, UserPoolOptions, object]>([
  [
    'required attributes, and addresses for codes',
    { requiredAttributes: ['name', 'email'], autoVerifiedAttributes: ['email'] },
    { signUpAttributes: ['name', 'email'] },
  ],
  ['names that are e-mail addresses', { usernameAttributes: ['email'] }, { usernameIs: 'email' }],
  [
    'a policy',
    { passwordPolicy: { minimumLength: 12, requireNumbers: true } },
    { passwordPolicy: { minimumLength: 12, requireNumbers: true } },
  ],
  ['users who are created by administrators alone', { adminCreateUserOnly: true }, { hasSignUp: false }],
  ['passkeys', { allowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] }, { hasOtherFactors: true }],
  ['passwords alone', { allowedFirstAuthFactors: ['PASSWORD'] }, { hasOtherFactors: false }],
  [
    'a client of custom challenges',
    { clients: [{ ...WEB, explicitAuthFlows: ['ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] }] },
    { flow: 'CUSTOM_AUTH' },
  ],
  [
    'UserMigration, which needs the password',
    { triggers: { userMigration: (event) => event } },
    { flow: 'USER_PASSWORD_AUTH' },
  ],
  [
    'providers',
    { clients: [{ ...WEB, supportedIdentityProviders: ['COGNITO', 'Google'] }] },
    { ownUsers: true, providers: ['Google'] },
  ],
  [
    'providers alone',
    { clients: [{ ...WEB, supportedIdentityProviders: ['A', 'B'] }] },
    { ownUsers: false, providers: ['A', 'B'] },
  ],
])('the page is told of %s', async (_, options, expected) => {
  expect((await show(options)).config).toMatchObject(expected);
});

test.each([
  ['/signup', '#sign-up'],
  ['/forgotPassword', '#forgot-password'],
  ['/forgotpassword', '#forgot-password'],
  ['/confirmuser', '#confirm-sign-up'],
  ['/confirmforgotpassword', '#reset-password'],
])('%s leads to its view of the page', async (path, fragment) => {
  const response = await createWorld().fetch(`${path}${QUERY}`);
  expect(response.status).toBe(302);
  expect(response.headers.get('location')).toBe(`/login${QUERY}${fragment}`);
});

test.each(['PUT', 'DELETE'])('%s is not a method of the page', async (method) => {
  const response = await createWorld().fetch(`/login${QUERY}`, { method });
  expect(response.status).toBe(405);
  expect(response.headers.get('allow')).toBe('GET, POST');
});
