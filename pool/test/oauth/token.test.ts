/** POST /oauth2/token: what each grant gives, who may ask for it, and what is refused. */
import { createHash } from 'node:crypto';
import { SIGNED } from '../admin-calls.ts';
import {
  type Browser,
  CALLBACK,
  CHALLENGE,
  CLIENTS,
  claimsOf,
  createBrowser,
  type Fields,
  given,
  MACHINE,
  OTHER_CALLBACK,
  POOL_ID,
  SUB,
  VERIFIER,
  WEB,
} from './browser.ts';

const refusedWith = (error: string, error_description?: string) => ({
  status: 400,
  body: { error, ...(error_description !== undefined && { error_description }) },
});

const basic = (id: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
});

const refresh = ({ post }: Browser, refresh_token: unknown, fields: Fields = {}) =>
  post(
    '/oauth2/token',
    given({
      grant_type: 'refresh_token',
      client_id: 'web',
      refresh_token: String(refresh_token),
      ...fields,
    }),
  );

describe('authorization_code', () => {
  test('gives the tokens of the sign-in', async () => {
    const { codeOf, exchange, wait, now } = createBrowser();
    wait(100);
    const { status, body, headers } = await exchange(await codeOf({ nonce: 'n-0S6', scope: 'openid email' }));
    expect([status, headers.get('content-type')]).toEqual([200, 'application/json;charset=UTF-8']);
    expect([headers.get('cache-control'), headers.get('pragma')]).toEqual(['no-store', 'no-cache']);
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(body).toEqual({
      id_token: expect.any(String),
      access_token: expect.any(String),
      refresh_token: expect.any(String),
      expires_in: 3600,
      token_type: 'Bearer',
    });
    const signedInAt = now() / 1000 - 100;
    const issuedAt = now() / 1000;
    expect(claimsOf(body['id_token'])).toMatchObject({
      sub: SUB,
      aud: 'web',
      nonce: 'n-0S6',
      at_hash: expect.any(String),
      auth_time: signedInAt,
      iat: issuedAt,
      email: 'alice@example.com',
    });
    expect(claimsOf(body['access_token'])).toMatchObject({
      sub: SUB,
      client_id: 'web',
      scope: 'openid email',
      version: 2,
      auth_time: signedInAt,
    });
  });

  test('gives an ID token only with openid, and binds the access token to a resource', async () => {
    const { codeOf, exchange } = createBrowser();
    const resource = 'https://api.example/orders';
    const { body } = await exchange(await codeOf({ scope: 'orders/read', resource }));
    expect(body).not.toHaveProperty('id_token');
    expect(claimsOf(body['access_token'])).toMatchObject({ scope: 'orders/read', aud: resource });
  });

  test('without a scope the tokens have all scopes of the client', async () => {
    const { codeOf, exchange } = createBrowser();
    const { body } = await exchange(await codeOf());
    expect(claimsOf(body['access_token'])['scope']).toBe(WEB.allowedOAuthScopes?.join(' '));
  });

  test('needs no verifier if the request had no challenge', async () => {
    const { authorize, exchange } = createBrowser();
    const { code = '' } = (await authorize()).answer;
    expect((await exchange(code, { code_verifier: '' })).status).toBe(200);
  });

  test.each<[string, Fields, ReturnType<typeof refusedWith>]>([
    ['an unknown code', { code: '00000000-0000-4000-8000-000000000000' }, refusedWith('invalid_grant')],
    ['no code', { code: '' }, refusedWith('invalid_request', 'code is missing')],
    ['a wrong verifier', { code_verifier: VERIFIER.replace('d', 'e') }, refusedWith('invalid_grant')],
    ['a verifier that is not one', { code_verifier: '?' }, refusedWith('invalid_grant')],
    ['the challenge as verifier', { code_verifier: CHALLENGE }, refusedWith('invalid_grant')],
    ['no verifier', { code_verifier: '' }, refusedWith('invalid_grant')],
    ['a foreign client', { client_id: 'other' }, refusedWith('invalid_grant')],
    ['an unknown client', { client_id: 'nobody' }, refusedWith('invalid_client')],
    ['no client', { client_id: '' }, refusedWith('invalid_request', 'client_id is missing')],
    [
      'another redirect URI of the client',
      { redirect_uri: OTHER_CALLBACK },
      refusedWith('unauthorized_client', 'invalid_redirect'),
    ],
    [
      'a redirect URI that differs by a slash',
      { redirect_uri: `${CALLBACK}/` },
      refusedWith('unauthorized_client', 'invalid_redirect'),
    ],
    ['no redirect URI', { redirect_uri: '' }, refusedWith('unauthorized_client', 'invalid_redirect')],
    ['an unknown grant type', { grant_type: 'password' }, refusedWith('unsupported_grant_type')],
    ['a name of Object’s prototype', { grant_type: 'constructor' }, refusedWith('unsupported_grant_type')],
    ['no grant type', { grant_type: '' }, refusedWith('invalid_request', 'grant_type is missing')],
  ])('refuses %s, and the code stays as it was', async (_, fields, refusal) => {
    const { codeOf, exchange } = createBrowser();
    const code = await codeOf();
    expect(await exchange(code, fields)).toMatchObject(refusal);
    expect((await exchange(code)).status).toBe(200);
  });

  test('refuses a verifier if the request had no challenge', async () => {
    const { authorize, exchange } = createBrowser();
    const { code = '' } = (await authorize()).answer;
    expect(await exchange(code)).toMatchObject(refusedWith('invalid_grant'));
  });

  test('takes a code for five minutes', async () => {
    const { codeOf, exchange, wait } = createBrowser();
    const [first, second] = [await codeOf(), await codeOf()];
    wait(299);
    expect((await exchange(first)).status).toBe(200);
    wait(1);
    expect(await exchange(second)).toMatchObject(refusedWith('invalid_grant'));
    wait(3600);
    expect(await exchange(second)).toMatchObject(refusedWith('invalid_grant'));
  });

  test('refuses a code that was used, and revokes the tokens that it gave', async () => {
    const browser = createBrowser();
    const { codeOf, exchange, userInfo } = browser;
    const code = await codeOf();
    const { body } = await exchange(code);
    const accessToken = String(body['access_token']);
    expect((await userInfo(accessToken)).status).toBe(200);
    // Nobody but the client of the code revokes anything
    expect(await exchange(code, { client_id: 'other' })).toMatchObject(refusedWith('invalid_grant'));
    expect((await userInfo(accessToken)).status).toBe(200);
    expect(await exchange(code)).toMatchObject(refusedWith('invalid_grant'));
    expect((await userInfo(accessToken)).status).toBe(401);
    expect(await refresh(browser, body['refresh_token'])).toMatchObject(refusedWith('invalid_grant'));
  });

  test('gives tokens to one of two requests that come at once', async () => {
    const { codeOf, exchange, userInfo } = createBrowser();
    const code = await codeOf();
    const replies = await Promise.all([exchange(code), exchange(code)]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 400]);
    // No tokens had been issued before that could be revoked
    const tokens = replies.find(({ status }) => status === 200)?.body ?? {};
    expect((await userInfo(String(tokens['access_token']))).status).toBe(200);
  });

  test.each(['AdminDisableUser', 'AdminDeleteUser', 'AdminUserGlobalSignOut'])(
    'refuses a code after %s',
    async (operation) => {
      const { call, codeOf, exchange } = createBrowser();
      const code = await codeOf();
      await call(operation, { UserPoolId: POOL_ID, Username: 'alice' }, SIGNED);
      expect(await exchange(code)).toMatchObject(refusedWith('invalid_grant'));
    },
  );

  test('refuses a code after GlobalSignOut, and after the user was disabled and enabled', async () => {
    const { call, codeOf, exchange, signIn } = createBrowser();
    const first = await codeOf();
    const { AccessToken } = (await signIn()).AuthenticationResult;
    const second = await codeOf();
    await call('GlobalSignOut', { AccessToken });
    expect(await exchange(first)).toMatchObject(refusedWith('invalid_grant'));
    expect(await exchange(second)).toMatchObject(refusedWith('invalid_grant'));
    const third = await codeOf();
    for (const operation of ['AdminDisableUser', 'AdminEnableUser']) {
      await call(operation, { UserPoolId: POOL_ID, Username: 'alice' }, SIGNED);
    }
    expect(await exchange(third)).toMatchObject(refusedWith('invalid_grant'));
  });

  test.each(['short', 'a'.repeat(42), 'a'.repeat(129), `${'a'.repeat(42)}+`, `${'a'.repeat(42)}\n`])(
    'refuses a verifier that is not one, though it fits the challenge: %j',
    async (verifier) => {
      const { codeOf, exchange } = createBrowser();
      const code_challenge = createHash('sha256').update(verifier).digest('base64url');
      const code = await codeOf({ code_challenge });
      expect(await exchange(code, { code_verifier: verifier })).toMatchObject(refusedWith('invalid_grant'));
    },
  );

  test.each(['-._~'.padEnd(43, 'A'), 'a'.repeat(128)])('takes the verifier %s', async (verifier) => {
    const { codeOf, exchange } = createBrowser();
    const code_challenge = createHash('sha256').update(verifier).digest('base64url');
    const code = await codeOf({ code_challenge });
    expect((await exchange(code, { code_verifier: verifier })).status).toBe(200);
  });

  test('is for clients that are allowed it', async () => {
    const clients = [{ ...WEB, allowedOAuthFlows: ['implicit'] as const }];
    const { exchange } = createBrowser({ clients });
    expect(await exchange('any')).toMatchObject(refusedWith('unauthorized_client'));
  });

  test('the user signs in by the API with the access token', async () => {
    const { call, codeOf, exchange } = createBrowser();
    const { body } = await exchange(await codeOf());
    expect(await call('GetUser', { AccessToken: body['access_token'] })).toMatchObject({
      status: 200,
      Username: 'alice',
    });
    const narrow = await exchange(await codeOf({ scope: 'openid' }));
    expect(await call('GetUser', { AccessToken: narrow.body['access_token'] })).toMatchObject({
      status: 400,
      message: 'Access Token does not have required scopes',
    });
  });
});

describe('refresh_token', () => {
  test('gives new tokens for the same sign-in, without a nonce and without a refresh token', async () => {
    const browser = createBrowser();
    const first = await browser.exchange(await browser.codeOf({ nonce: 'n', scope: 'openid email' }));
    browser.wait(1000);
    const { status, body } = await refresh(browser, first.body['refresh_token']);
    expect([status, Object.keys(body)]).toEqual([
      200,
      ['id_token', 'access_token', 'expires_in', 'token_type'],
    ]);
    const [before, after] = [claimsOf(first.body['id_token']), claimsOf(body['id_token'])];
    for (const name of ['auth_time', 'origin_jti', 'event_id', 'sub']) expect(after[name]).toBe(before[name]);
    expect(after).not.toHaveProperty('nonce');
    expect(claimsOf(body['access_token'])['scope']).toBe('openid email');
  });

  test('gives fewer scopes if fewer are asked for, and never more', async () => {
    const browser = createBrowser();
    const { body } = await browser.exchange(await browser.codeOf({ scope: 'openid email' }));
    const token = body['refresh_token'];
    const narrow = await refresh(browser, token, { scope: 'openid' });
    expect(claimsOf(narrow.body['access_token'])['scope']).toBe('openid');
    const twice = await refresh(browser, token, { scope: 'openid openid email' });
    expect(claimsOf(twice.body['access_token'])['scope']).toBe('openid email');
    // As at /oauth2/authorize
    for (const scope of ['openid profile', 'unknown', ' ', 'email']) {
      expect(await refresh(browser, token, { scope })).toMatchObject(refusedWith('invalid_scope'));
    }
    const wide = await refresh(browser, token);
    expect(claimsOf(wide.body['access_token'])['scope']).toBe('openid email');
  });

  test('replaces the token if the client rotates, and refuses the old one', async () => {
    const rotating = { ...WEB, explicitAuthFlows: [], refreshTokenRotation: { gracePeriodSeconds: 0 } };
    const browser = createBrowser({ clients: [rotating] });
    const { body } = await browser.exchange(await browser.codeOf());
    const second = await refresh(browser, body['refresh_token']);
    expect(second.body['refresh_token']).toEqual(expect.any(String));
    expect(await refresh(browser, body['refresh_token'])).toMatchObject(
      refusedWith('invalid_grant', 'Refresh token reuse detected'),
    );
    expect((await refresh(browser, second.body['refresh_token'])).status).toBe(200);
  });

  test('refuses an unknown, a foreign, an expired and a revoked token', async () => {
    const browser = createBrowser();
    const { body } = await browser.exchange(await browser.codeOf());
    const token = body['refresh_token'];
    const refusal = refusedWith('invalid_grant');
    expect(await refresh(browser, 'unknown')).toMatchObject(refusal);
    expect(await refresh(browser, body['access_token'])).toMatchObject(refusal);
    expect(await refresh(browser, token, { client_id: 'other' })).toMatchObject(refusal);
    expect(await refresh(browser, '')).toMatchObject(
      refusedWith('invalid_request', 'refresh_token is missing'),
    );
    expect((await refresh(browser, token)).status).toBe(200);
    await browser.call('AdminUserGlobalSignOut', { UserPoolId: POOL_ID, Username: 'alice' }, SIGNED);
    expect(await refresh(browser, token)).toMatchObject(refusal);
    const again = await browser.exchange(await browser.codeOf());
    browser.wait(30 * 86_400);
    expect(await refresh(browser, again.body['refresh_token'])).toMatchObject(refusal);
  });

  test('takes a token of the API, unless the pool tracks devices', async () => {
    for (const devices of [undefined, {}]) {
      const browser = createBrowser(devices ? { devices } : {});
      const { AuthenticationResult } = await browser.signIn();
      const { status, body } = await refresh(browser, AuthenticationResult.RefreshToken);
      if (devices) expect({ status, body }).toEqual(refusedWith('invalid_grant'));
      else expect(claimsOf(body['access_token'])['scope']).toBe('aws.cognito.signin.user.admin');
    }
  });

  test('a token of the API has no scopes to choose from', async () => {
    const browser = createBrowser();
    const { RefreshToken } = (await browser.signIn()).AuthenticationResult;
    for (const scope of ['openid', 'aws.cognito.signin.user.admin']) {
      expect(await refresh(browser, RefreshToken, { scope })).toMatchObject(refusedWith('invalid_scope'));
    }
  });

  test('GetTokensFromRefreshToken takes a token of this endpoint', async () => {
    const { call, codeOf, exchange } = createBrowser();
    const { body } = await exchange(await codeOf({ scope: 'openid' }));
    const reply = await call('GetTokensFromRefreshToken', {
      ClientId: 'web',
      RefreshToken: body['refresh_token'],
    });
    expect(claimsOf(reply.AuthenticationResult.AccessToken)['scope']).toBe('openid');
  });
});

describe('client_credentials', () => {
  const { clientSecret = '' } = MACHINE;
  const ask = (fields: Fields = {}, headers: Fields = basic('machine', clientSecret)) =>
    createBrowser().post('/oauth2/token', given({ grant_type: 'client_credentials', ...fields }), headers);

  test('gives a token of the client, with all its scopes', async () => {
    const { status, body } = await ask();
    expect([status, body]).toEqual([
      200,
      { access_token: expect.any(String), expires_in: 3600, token_type: 'Bearer' },
    ]);
    expect(claimsOf(body['access_token'])).toMatchObject({
      sub: 'machine',
      client_id: 'machine',
      token_use: 'access',
      scope: 'orders/read orders/write',
    });
  });

  test('gives the scopes that are asked for', async () => {
    const { body } = await ask({ scope: 'orders/write' });
    expect(claimsOf(body['access_token'])['scope']).toBe('orders/write');
  });

  test('GetClientToken gives the same', async () => {
    const both = { ...MACHINE, explicitAuthFlows: ['ALLOW_CLIENT_TOKEN_AUTH'] };
    const { call, post } = createBrowser({ clients: [both] });
    const fields = { grant_type: 'client_credentials', client_id: 'machine', client_secret: clientSecret };
    const { body } = await post('/oauth2/token', fields);
    const reply = await call('GetClientToken', { ClientId: 'machine', Secret: clientSecret });
    const result = reply['ClientAuthenticationResult'] as Readonly<Record<string, unknown>>;
    const [one, other] = [claimsOf(body['access_token']), claimsOf(result['AccessToken'])];
    expect({ ...other, jti: one['jti'] }).toEqual(one);
    expect([result['ExpiresIn'], result['TokenType']]).toEqual([body['expires_in'], body['token_type']]);
  });

  test.each(['orders/delete', 'openid', 'other/read', ' ', 'orders/read openid'])(
    'refuses the scope "%s"',
    async (scope) => {
      expect(await ask({ scope })).toMatchObject(refusedWith('invalid_scope'));
    },
  );

  test('is for clients that are allowed it', async () => {
    const refusal = refusedWith('unauthorized_client');
    expect(await ask({ client_id: 'web' }, {})).toMatchObject(refusal);
  });

  test.each(['no json', '[]', 'null', '{"a":1}', '"text"'])(
    'refuses the metadata %s',
    async (aws_client_metadata) => {
      expect(await ask({ aws_client_metadata })).toMatchObject(
        refusedWith('invalid_request', 'aws_client_metadata must be a JSON object of strings'),
      );
    },
  );
});

describe('the client', () => {
  const { clientSecret = '' } = MACHINE;
  const fields = { grant_type: 'client_credentials' };
  const ask = (more: Fields, headers: Fields = {}) =>
    createBrowser().post('/oauth2/token', { ...fields, ...more }, headers);

  test('says its secret in the header, encoded as in a form or not, or in the body', async () => {
    // As RFC 6749 section 2.3.1 says
    const [, encoded = ''] = new URLSearchParams({ '': clientSecret }).toString().split('=');
    const replies = await Promise.all([
      ask({}, basic('machine', clientSecret)),
      ask({}, basic('machine', encoded)),
      ask({ client_id: 'machine' }, basic('machine', clientSecret)),
      ask({ client_id: 'machine', client_secret: clientSecret }),
    ]);
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });

  test.each<[string, Fields, Fields]>([
    ['a wrong secret', { client_id: 'machine', client_secret: 'wrong' }, {}],
    ['no secret', { client_id: 'machine' }, {}],
    ['a wrong secret in the header', {}, basic('machine', 'wrong')],
    ['an unknown client in the header', {}, basic('nobody', clientSecret)],
    ['a header that is not base64', {}, { authorization: 'Basic %%%' }],
    [
      'a header that is not UTF-8',
      {},
      { authorization: `Basic ${Buffer.from([255, 58]).toString('base64')}` },
    ],
    ['a header without a colon', {}, { authorization: `Basic ${btoa('machine')}` }],
    ['another scheme', {}, { authorization: 'Bearer abc' }],
  ])('is refused with invalid_client: %s', async (_, more, headers) => {
    expect(await ask(more, headers)).toMatchObject(refusedWith('invalid_client'));
  });

  test.each<[string, Fields, Fields]>([
    ['two secrets', { client_secret: clientSecret }, basic('machine', clientSecret)],
    ['two clients', { client_id: 'web' }, basic('machine', clientSecret)],
  ])('is refused with invalid_request: %s', async (_, more, headers) => {
    expect((await ask(more, headers)).body['error']).toBe('invalid_request');
  });

  test('a client with two secrets may use either', async () => {
    const { call, post } = createBrowser({ clients: CLIENTS });
    const added = await call('AddUserPoolClientSecret', { UserPoolId: POOL_ID, ClientId: 'machine' }, SIGNED);
    const { ClientSecretValue } = added['ClientSecretDescriptor'] as { readonly ClientSecretValue: string };
    for (const client_secret of [clientSecret, ClientSecretValue]) {
      const { status } = await post('/oauth2/token', { ...fields, client_id: 'machine', client_secret });
      expect(status).toBe(200);
    }
  });
});

test('a body that is not a form is refused, and so is a field that stands twice', async () => {
  const { fetch } = createBrowser();
  const post = async (body: string, type: string) => {
    const response = await fetch('/oauth2/token', {
      method: 'POST',
      body,
      headers: { 'content-type': type },
    });
    return { status: response.status, body: (await response.json()) as object };
  };
  const form = 'application/x-www-form-urlencoded';
  expect(await post('{"grant_type":"client_credentials"}', 'application/json')).toEqual(
    refusedWith('invalid_request', `Content-Type must be ${form}`),
  );
  expect(await post('grant_type=a&grant_type=b', `${form}; charset=utf-8`)).toEqual(
    refusedWith('invalid_request', 'grant_type is given more than once'),
  );
});

test('a page of another origin may call the endpoint', async () => {
  const { fetch } = createBrowser();
  const headers = { origin: 'https://app.example', 'access-control-request-headers': 'authorization' };
  const preflight = await fetch('/oauth2/token', { method: 'OPTIONS', headers });
  expect([
    preflight.headers.get('access-control-allow-origin'),
    preflight.headers.get('access-control-allow-headers'),
  ]).toEqual(['*', 'authorization']);
  const refusal = await fetch('/oauth2/token', { method: 'POST', headers });
  expect([refusal.status, refusal.headers.get('access-control-allow-origin')]).toEqual([400, '*']);
});
