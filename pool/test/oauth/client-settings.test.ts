/** The settings of OAuth: as options of a client, and in CreateUserPoolClient and UpdateUserPoolClient. */
import { createUserPool } from '../../src/index.ts';
import { createAdmin, SIGNED } from '../admin-calls.ts';
import { CALLBACK, createBrowser, LOGOUT, OTHER_CALLBACK, POOL_ID } from './browser.ts';

const client = (options: object) => ({ clients: [{ clientId: 'web', ...options }] });

describe('options', () => {
  test('become settings that DescribeUserPoolClient shows', async () => {
    const { admin, pool } = createAdmin(
      client({
        callbackUrls: [CALLBACK, OTHER_CALLBACK],
        defaultRedirectUri: OTHER_CALLBACK,
        logoutUrls: [LOGOUT],
        allowedOAuthFlows: ['code', 'implicit'],
        allowedOAuthScopes: ['openid'],
        supportedIdentityProviders: ['COGNITO', 'Example'],
      }),
    );
    const named = { UserPoolId: pool.userPoolId, ClientId: 'web' };
    expect((await admin('DescribeUserPoolClient', named))['UserPoolClient']).toMatchObject({
      AllowedOAuthFlows: ['code', 'implicit'],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthScopes: ['openid'],
      CallbackURLs: [CALLBACK, OTHER_CALLBACK],
      DefaultRedirectURI: OTHER_CALLBACK,
      LogoutURLs: [LOGOUT],
      SupportedIdentityProviders: ['COGNITO', 'Example'],
    });
  });

  test('callback URLs alone are enough for the code flow', async () => {
    const { admin, pool } = createAdmin(client({ callbackUrls: [CALLBACK] }));
    const named = { UserPoolId: pool.userPoolId, ClientId: 'web' };
    expect((await admin('DescribeUserPoolClient', named))['UserPoolClient']).toMatchObject({
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid', 'email', 'phone', 'profile', 'aws.cognito.signin.user.admin'],
      SupportedIdentityProviders: ['COGNITO'],
    });
  });

  test('a pool without options has no callback URL, so nobody is redirected', async () => {
    const { authorize } = createBrowser({ clients: [{ clientId: 'web' }] });
    for (const redirect_uri of [CALLBACK, OTHER_CALLBACK, 'http://localhost:3000/', '']) {
      expect((await authorize({ redirect_uri })).location).toBe(
        '/error?error=redirect_mismatch&client_id=web',
      );
    }
  });

  test.each<[object, string]>([
    [{ callbackUrls: ['/callback'] }, 'clients[0].callbackUrls[0] must be an https URL'],
    [{ callbackUrls: ['http://app.example/'] }, 'clients[0].callbackUrls[0] must be an https URL'],
    [{ callbackUrls: ['https://app.example/#x'] }, 'clients[0].callbackUrls[0] must be an https URL'],
    [{ callbackUrls: ['https://app.example/\r\nx'] }, 'clients[0].callbackUrls[0] must be 1 to 1024'],
    [{ logoutUrls: ['app'] }, 'clients[0].logoutUrls[0] must be an https URL'],
    [{ allowedOAuthFlows: ['token'] }, 'clients[0].allowedOAuthFlows[0] must be one of'],
    [{ allowedOAuthFlows: ['code'] }, 'clients[0].callbackUrls must have a URL'],
    [{ allowedOAuthScopes: ['open id'] }, 'clients[0].allowedOAuthScopes[0] must be a scope'],
    [
      { callbackUrls: [CALLBACK], defaultRedirectUri: OTHER_CALLBACK },
      'clients[0].defaultRedirectUri must be one of callbackUrls',
    ],
    [{ allowedOAuthFlows: ['client_credentials'] }, 'clients[0].clientSecret must be a string'],
    [
      { allowedOAuthFlows: ['client_credentials', 'code'], callbackUrls: [CALLBACK] },
      'clients[0].allowedOAuthFlows must have client_credentials alone',
    ],
  ])('%p are refused, and the field is named', (options, message) => {
    expect(() => createUserPool(client(options))).toThrow(message);
  });

  test.each([
    'javascript:alert(1)',
    'JavaScript:alert(1)//https://app.example',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://app.example/1',
    'https:app.example',
    'https:/app.example',
    'https:\\\\app.example',
    'http:localhost',
    'https://user:password@app.example/',
    'https://user@app.example/',
    'myapp://user:password@callback',
  ])('a callback or logout URL may not be %s', async (url) => {
    for (const field of ['callbackUrls', 'logoutUrls']) {
      expect(() => createUserPool(client({ [field]: [url] }))).toThrow(
        `clients[0].${field}[0] must be an https URL, an http URL of localhost or one of an app`,
      );
    }
    const { admin } = createAdmin();
    for (const field of ['CallbackURLs', 'LogoutURLs']) {
      const input = { ClientName: 'app', AllowedOAuthScopes: ['openid'], [field]: [url] };
      expect(await admin('CreateUserPoolClient', input)).toMatchObject({
        status: 400,
        __type: 'InvalidParameterException',
      });
    }
  });

  test('logout URLs and identity providers count without callback URLs', async () => {
    const { admin, pool } = createAdmin(
      client({ logoutUrls: [LOGOUT], supportedIdentityProviders: ['Example'] }),
    );
    const shown = await admin('DescribeUserPoolClient', { ClientId: 'web' });
    expect(shown['UserPoolClient']).toMatchObject({
      LogoutURLs: [LOGOUT],
      SupportedIdentityProviders: ['Example'],
    });
    const query = new URLSearchParams({ client_id: 'web', logout_uri: LOGOUT });
    const response = await pool.fetch(`http://localhost/logout?${query}`, { redirect: 'manual' });
    expect(response.headers.get('location')).toBe(LOGOUT);
  });

  test.each([
    'https://app.example',
    'http://localhost:65535/x',
    'http://127.0.0.1/',
    'http://[::1]:8080/',
    'com.example.app:/callback',
    'myapp://callback',
  ])('a callback URL may be %s', (url) => {
    expect(() => createUserPool(client({ callbackUrls: [url], logoutUrls: [url] }))).not.toThrow();
  });
});

describe('CreateUserPoolClient and UpdateUserPoolClient', () => {
  const OAUTH = {
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthFlows: ['code'],
    AllowedOAuthScopes: ['openid'],
    CallbackURLs: [CALLBACK],
  };

  test('refuse OAuth without flows or without scopes', async () => {
    const { admin, pool } = createAdmin();
    const named = { UserPoolId: pool.userPoolId, ClientName: 'app' };
    const refusal = {
      status: 400,
      __type: 'InvalidParameterException',
      message:
        'AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.',
    };
    for (const missing of [{ AllowedOAuthFlows: [] }, { AllowedOAuthScopes: [] }]) {
      expect(await admin('CreateUserPoolClient', { ...named, ...OAUTH, ...missing })).toEqual(refusal);
      expect(
        await admin('UpdateUserPoolClient', { ...named, ClientId: 'web', ...OAUTH, ...missing }),
      ).toEqual(refusal);
    }
  });

  test('what they set counts at once', async () => {
    const { authorize, call } = createBrowser();
    const update = (CallbackURLs: readonly string[]) =>
      call('UpdateUserPoolClient', { UserPoolId: POOL_ID, ClientId: 'web', ...OAUTH, CallbackURLs }, SIGNED);
    await update([OTHER_CALLBACK]);
    expect((await authorize()).location).toMatch(/^\/error\?/);
    await update([CALLBACK]);
    expect((await authorize()).answer).toHaveProperty('code');
    // A scope that a client has no longer is not in its tokens
    expect((await authorize({ scope: 'openid orders/read' })).answer).toHaveProperty('code');
  });
});
