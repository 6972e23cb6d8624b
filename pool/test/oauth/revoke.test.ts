/** POST /oauth2/revoke: what it revokes, and what it refuses. */
import { type Browser, createBrowser, type Fields, given, MACHINE, WEB } from './browser.ts';

const revoke = ({ post }: Browser, fields: Fields, headers: Fields = {}) =>
  post('/oauth2/revoke', given({ client_id: 'web', ...fields }), headers);

const signIn = async ({ codeOf, exchange }: Browser) => {
  const { body } = await exchange(await codeOf());
  return {
    idToken: String(body['id_token']),
    accessToken: String(body['access_token']),
    refreshToken: String(body['refresh_token']),
  };
};

const refresh = ({ post }: Browser, refresh_token: string) =>
  post('/oauth2/token', { grant_type: 'refresh_token', client_id: 'web', refresh_token });

test('revokes a refresh token with the access tokens of its sign-in, and no other', async () => {
  const browser = createBrowser();
  const [one, other] = [await signIn(browser), await signIn(browser)];
  const { status, headers, body } = await revoke(browser, {
    token: one.refreshToken,
    token_type_hint: 'access_token',
  });
  expect([status, body, headers.get('access-control-allow-origin')]).toEqual([200, {}, '*']);
  expect(await refresh(browser, one.refreshToken)).toMatchObject({
    status: 400,
    body: { error: 'invalid_grant' },
  });
  expect((await browser.userInfo(one.accessToken)).status).toBe(401);
  expect((await refresh(browser, other.refreshToken)).status).toBe(200);
  expect((await browser.userInfo(other.accessToken)).status).toBe(200);
});

test('answers in the same way to an unknown token and to one that was revoked', async () => {
  const browser = createBrowser();
  const { refreshToken: token } = await signIn(browser);
  for (const each of [token, token, 'unknown', 'a.b.c']) {
    expect(await revoke(browser, { token: each })).toMatchObject({ status: 200, body: {} });
  }
});

test('the session of managed login stays', async () => {
  const browser = createBrowser();
  await revoke(browser, { token: (await signIn(browser)).refreshToken });
  expect((await browser.authorize()).answer).toHaveProperty('code');
});

test('refuses access and ID tokens, and they stay valid', async () => {
  const browser = createBrowser();
  const { accessToken, idToken } = await signIn(browser);
  for (const token of [accessToken, idToken]) {
    expect(await revoke(browser, { token })).toMatchObject({
      status: 400,
      body: { error: 'unsupported_token_type' },
    });
  }
  expect((await browser.userInfo(accessToken)).status).toBe(200);
});

test('refuses the token of another client, which stays valid', async () => {
  const browser = createBrowser();
  const { refreshToken: token } = await signIn(browser);
  expect(await revoke(browser, { client_id: 'other', token })).toMatchObject({
    status: 400,
    body: { error: 'invalid_grant' },
  });
  expect((await refresh(browser, token)).status).toBe(200);
});

test('refuses a client that is unknown or does not know its secret', async () => {
  const browser = createBrowser();
  for (const client of [
    { client_id: 'nobody' },
    { client_id: 'machine' },
    { client_id: 'machine', client_secret: 'wrong' },
  ]) {
    const { status, body, headers } = await revoke(browser, { ...client, token: 'any' });
    expect([status, body]).toEqual([401, { error: 'invalid_client' }]);
    expect(headers.get('www-authenticate')).toBe('Basic realm="cognito"');
  }
  const { clientSecret = '' } = MACHINE;
  const authorization = `Basic ${btoa(`machine:${clientSecret}`)}`;
  const known = await revoke(browser, { client_id: '', token: 'any' }, { authorization });
  expect(known.status).toBe(200);
});

test('refuses a request without a token, and one of a client without revocation', async () => {
  const missing = { error: 'invalid_request', error_description: 'token is missing' };
  expect(await revoke(createBrowser(), {})).toMatchObject({ status: 400, body: missing });
  const browser = createBrowser({ clients: [{ ...WEB, enableTokenRevocation: false }] });
  const { refreshToken: token } = await signIn(browser);
  expect(await revoke(browser, { token })).toMatchObject({
    status: 400,
    body: { error: 'invalid_request' },
  });
  expect((await refresh(browser, token)).status).toBe(200);
});
