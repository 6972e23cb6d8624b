/** GET and POST /oauth2/userInfo: which attributes the scopes show, and which tokens are refused. */
import { SIGNED } from '../admin-calls.ts';
import { PASSWORD } from '../wire.ts';
import { type Browser, createBrowser, POOL_ID, SUB, WEB } from './browser.ts';

const USER = {
  username: 'alice',
  password: PASSWORD,
  attributes: {
    sub: SUB,
    email: 'alice@example.com',
    email_verified: 'true',
    phone_number: '+4912345678',
    phone_number_verified: 'false',
    name: 'Alice',
    address: 'Any street',
    'custom:role': 'editor',
  },
};

const SCOPES = ['openid', 'email', 'phone', 'profile', 'aws.cognito.signin.user.admin'];
const open = (client = {}) =>
  createBrowser({ users: [USER], clients: [{ ...WEB, allowedOAuthScopes: SCOPES, ...client }] });

const accessTokenOf = async ({ codeOf, exchange }: Browser, scope: string) =>
  String((await exchange(await codeOf({ scope }))).body['access_token']);

const DEAD = {
  error: 'invalid_token',
  error_description: 'Access token is expired, disabled, or deleted, or the user has globally signed out.',
};

test.each([
  ['openid email', ['email', 'email_verified']],
  ['openid phone', ['phone_number', 'phone_number_verified']],
  ['openid profile', ['name', 'custom:role']],
  ['openid', Object.keys(USER.attributes).filter((name) => name !== 'sub')],
])('shows to %s: %p', async (scope, names) => {
  const browser = open();
  const { status, body } = await browser.userInfo(await accessTokenOf(browser, scope));
  const expected = Object.entries(USER.attributes).filter(([name]) => names.includes(name));
  expect([status, body]).toEqual([
    200,
    // email_verified is a text here, and a boolean in the ID token
    { sub: SUB, username: 'alice', ...Object.fromEntries(expected) },
  ]);
});

test('shows only what the client may read', async () => {
  const browser = open({ readAttributes: ['email'] });
  const { body } = await browser.userInfo(await accessTokenOf(browser, 'openid'));
  expect(body).toEqual({ sub: SUB, username: 'alice', email: 'alice@example.com' });
});

test('answers POST as GET, and pages of other origins', async () => {
  const browser = open();
  const authorization = `bearer ${await accessTokenOf(browser, 'openid')}`;
  const response = await browser.fetch('/oauth2/userInfo', {
    method: 'POST',
    headers: { authorization, origin: 'https://app.example' },
  });
  expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([200, '*']);
});

test.each<[string, RequestInit]>([
  ['no header', {}],
  ['another scheme', { headers: { authorization: 'Basic YTpi' } }],
  ['no token', { headers: { authorization: 'Bearer ' } }],
  ['two tokens', { headers: { authorization: 'Bearer a b' } }],
])('a request with %s is not one', async (_, init) => {
  const response = await open().fetch('/oauth2/userInfo', init);
  expect([response.status, await response.json(), response.headers.get('www-authenticate')]).toEqual([
    400,
    { error: 'invalid_request', error_description: 'Bad OAuth2 request at UserInfo Endpoint' },
    'Bearer error="invalid_request", error_description="Bad OAuth2 request at UserInfo Endpoint"',
  ]);
});

describe('refuses with 401', () => {
  test('a token of the API, and one without openid', async () => {
    const browser = open();
    const { AccessToken } = (await browser.signIn()).AuthenticationResult;
    const refusal = {
      error: 'invalid_token',
      error_description: 'Access token does not contain openid scope',
    };
    for (const token of [AccessToken, await accessTokenOf(browser, 'aws.cognito.signin.user.admin')]) {
      expect(await browser.userInfo(token)).toMatchObject({ status: 401, body: refusal });
    }
  });

  test('an ID token, a refresh token and a text that is no token', async () => {
    const { codeOf, exchange, userInfo } = open();
    const { body } = await exchange(await codeOf());
    for (const token of [body['id_token'], body['refresh_token'], 'a.b.c', 'x', '...']) {
      const { status, headers, ...reply } = await userInfo(String(token));
      expect([status, reply.body]).toEqual([401, DEAD]);
      expect(headers.get('www-authenticate')).toMatch(/^Bearer error="invalid_token", error_description="/);
    }
  });

  test('a token that was tampered with, and one that has expired', async () => {
    const browser = open();
    const token = await accessTokenOf(browser, 'openid');
    const [header, payload = '', signature] = token.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    const other = Buffer.from(JSON.stringify({ ...claims, username: 'bob' })).toString('base64url');
    expect(await browser.userInfo([header, other, signature].join('.'))).toMatchObject({
      status: 401,
      body: DEAD,
    });
    browser.wait(3600);
    expect(await browser.userInfo(token)).toMatchObject({ status: 401, body: DEAD });
  });

  test.each(['AdminUserGlobalSignOut', 'AdminDisableUser', 'AdminDeleteUser'])(
    'a token after %s',
    async (operation) => {
      const browser = open();
      const token = await accessTokenOf(browser, 'openid');
      await browser.call(operation, { UserPoolId: POOL_ID, Username: 'alice' }, SIGNED);
      expect(await browser.userInfo(token)).toMatchObject({ status: 401, body: DEAD });
    },
  );

  test('a token of a client that is gone', async () => {
    const browser = open();
    const token = await accessTokenOf(browser, 'openid');
    await browser.call('DeleteUserPoolClient', { UserPoolId: POOL_ID, ClientId: 'web' }, SIGNED);
    expect(await browser.userInfo(token)).toMatchObject({ status: 401, body: DEAD });
  });

  test('a token of a client without a user', async () => {
    const { post, userInfo } = createBrowser();
    const { body } = await post('/oauth2/token', {
      grant_type: 'client_credentials',
      client_id: 'machine',
      client_secret: 'a secret: 24%+characters',
    });
    expect(await userInfo(String(body['access_token']))).toMatchObject({ status: 401 });
  });
});
