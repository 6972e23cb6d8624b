/** openid-client and oauth4webapi sign in, refresh, read userInfo, revoke and sign out, over a port. */
import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';
import type { Listening } from '../../src/index.ts';
import { COOKIE, createBrowser, LOGOUT, MACHINE, OTHER_CALLBACK, POOL_ID, SUB } from './browser.ts';

const { clientSecret = '' } = MACHINE;
let listening: Listening;
let issuer: URL;
beforeAll(async () => {
  const { pool } = createBrowser({ now: Date.now, issuer: 'endpoint' });
  listening = await pool.listen();
  issuer = new URL(`${listening.endpoint}/${POOL_ID}`);
});
afterAll(() => listening.close());

/** Goes where an app sends the browser of alice, and comes back. */
async function visit(url: URL): Promise<URL> {
  const response = await fetch(url, { headers: { cookie: COOKIE }, redirect: 'manual' });
  return new URL(response.headers.get('location') ?? '', url);
}

describe('openid-client', () => {
  const discover = async (clientId: string, auth: openid.ClientAuth) => {
    const config = await openid.discovery(issuer, clientId, undefined, auth, {
      execute: [openid.allowInsecureRequests],
    });
    // It verifies signatures only if it is told to
    openid.enableNonRepudiationChecks(config);
    return config;
  };

  async function signIn(config: openid.Configuration, scope: string) {
    const pkceCodeVerifier = openid.randomPKCECodeVerifier();
    const checks = {
      pkceCodeVerifier,
      expectedState: openid.randomState(),
      expectedNonce: openid.randomNonce(),
    };
    const current = await visit(
      openid.buildAuthorizationUrl(config, {
        redirect_uri: OTHER_CALLBACK,
        scope,
        state: checks.expectedState,
        nonce: checks.expectedNonce,
        code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
        code_challenge_method: 'S256',
      }),
    );
    return { current, checks };
  }

  test('signs in with PKCE, state and nonce, and goes on with the tokens', async () => {
    const config = await discover('web', openid.None());
    const { current, checks } = await signIn(config, 'openid email');
    const tokens = await openid.authorizationCodeGrant(config, current, {
      ...checks,
      idTokenExpected: true,
    });
    expect(tokens.claims()).toMatchObject({ sub: SUB, aud: 'web', nonce: checks.expectedNonce });
    const user = await openid.fetchUserInfo(config, tokens.access_token, SUB);
    expect(user).toMatchObject({ username: 'alice', email: 'alice@example.com' });
    const refreshToken = tokens.refresh_token ?? '';
    const refreshed = await openid.refreshTokenGrant(config, refreshToken);
    expect(refreshed.claims()?.auth_time).toBe(tokens.claims()?.auth_time);
    await openid.tokenRevocation(config, refreshToken);
    await expect(openid.refreshTokenGrant(config, refreshToken)).rejects.toMatchObject({
      error: 'invalid_grant',
    });
    await expect(openid.fetchUserInfo(config, tokens.access_token, SUB)).rejects.toMatchObject({
      status: 401,
    });
  });

  test('hears why a code is refused', async () => {
    const config = await discover('web', openid.None());
    const { current, checks } = await signIn(config, 'openid');
    const wrong = { ...checks, pkceCodeVerifier: openid.randomPKCECodeVerifier() };
    await expect(openid.authorizationCodeGrant(config, current, wrong)).rejects.toMatchObject({
      error: 'invalid_grant',
    });
    await openid.authorizationCodeGrant(config, current, checks);
    await expect(openid.authorizationCodeGrant(config, current, checks)).rejects.toMatchObject({
      error: 'invalid_grant',
    });
  });

  test('hears why an authorization is refused', async () => {
    const config = await discover('web', openid.None());
    const { current, checks } = await signIn(config, 'openid unknown');
    await expect(openid.authorizationCodeGrant(config, current, checks)).rejects.toMatchObject({
      error: 'invalid_scope',
    });
  });

  test.each<[string, openid.ClientAuth]>([
    ['the header', openid.ClientSecretBasic(clientSecret)],
    ['the body', openid.ClientSecretPost(clientSecret)],
  ])('gets a token of the client, with its secret in %s', async (_, auth) => {
    const config = await discover('machine', auth);
    const tokens = await openid.clientCredentialsGrant(config, { scope: 'orders/read' });
    expect(tokens).toMatchObject({ access_token: expect.any(String), expires_in: 3600 });
  });

  test('is refused with a wrong secret', async () => {
    const config = await discover('machine', openid.ClientSecretBasic('wrong'));
    await expect(openid.clientCredentialsGrant(config)).rejects.toMatchObject({ error: 'invalid_client' });
  });

  test('finds the end of the session', async () => {
    const { pool } = createBrowser({ now: Date.now, issuer: 'endpoint' });
    const other = await pool.listen();
    try {
      const config = await openid.discovery(
        new URL(`${other.endpoint}/${POOL_ID}`),
        'web',
        undefined,
        openid.None(),
        { execute: [openid.allowInsecureRequests] },
      );
      // AWS's parameters are not those of OpenID Connect
      const url = openid.buildEndSessionUrl(config, { client_id: 'web', logout_uri: LOGOUT });
      expect((await visit(url)).href).toBe(LOGOUT);
      const again = openid.buildAuthorizationUrl(config, { redirect_uri: OTHER_CALLBACK, scope: 'openid' });
      expect((await visit(again)).pathname).toBe('/login');
    } finally {
      await other.close();
    }
  });
});

describe('oauth4webapi', () => {
  const insecure = { [oauth.allowInsecureRequests]: true };
  const discover = async () =>
    oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure));

  test('signs in with PKCE, and verifies the ID token with the JWKS', async () => {
    const server = await discover();
    const client = { client_id: 'web' };
    const verifier = oauth.generateRandomCodeVerifier();
    const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()];
    const url = new URL(server.authorization_endpoint ?? '');
    url.search = String(
      new URLSearchParams({
        client_id: 'web',
        response_type: 'code',
        redirect_uri: OTHER_CALLBACK,
        scope: 'openid profile',
        state,
        nonce,
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      }),
    );
    const parameters = oauth.validateAuthResponse(server, client, await visit(url), state);
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      oauth.None(),
      parameters,
      OTHER_CALLBACK,
      verifier,
      insecure,
    );
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, {
      expectedNonce: nonce,
      requireIdToken: true,
      maxAge: 3600,
    });
    await oauth.validateApplicationLevelSignature(server, response, insecure);
    expect(oauth.getValidatedIdTokenClaims(tokens)).toMatchObject({ sub: SUB, name: 'Alice' });
    const user = await oauth.processUserInfoResponse(
      server,
      client,
      SUB,
      await oauth.userInfoRequest(server, client, tokens.access_token, insecure),
    );
    expect(user['name']).toBe('Alice');
  });

  test('reads the challenge of a refused token', async () => {
    const server = await discover();
    const client = { client_id: 'web' };
    const response = await oauth.userInfoRequest(server, client, 'not.a.token', insecure);
    const refused = oauth.processUserInfoResponse(server, client, SUB, response);
    await expect(refused).rejects.toMatchObject({
      cause: [{ scheme: 'bearer', parameters: { error: 'invalid_token' } }],
    });
  });
});
