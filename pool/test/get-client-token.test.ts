/** GetClientToken: the token of an app client itself, and who gets none. */

import { getClientToken } from '../../src/index.ts';
import { claimsOf } from '../../test/support/client.ts';
import type { UserPoolOptions } from '../src/index.ts';
import { createAdminWire } from './pools/admin-wire.ts';
import { refused } from './wire.ts';

const SECRET = 'not-a-real-secret';
const OPTIONS: UserPoolOptions = {
  clients: [
    {
      ClientId: 'server',
      ClientSecret: SECRET,
      ExplicitAuthFlows: ['ALLOW_CLIENT_TOKEN_AUTH'],
      AllowedOAuthScopes: ['orders/read', 'https://stock.example.com/count', 'openid', 'orders/gone'],
      AccessTokenValidity: 5,
      TokenValidityUnits: { AccessToken: 'minutes' },
    },
    { clientId: 'web', clientSecret: SECRET },
    {
      clientId: 'own-shape',
      clientSecret: SECRET,
      explicitAuthFlows: ['ALLOW_CLIENT_TOKEN_AUTH'],
      allowedOAuthScopes: ['orders/write'],
    },
    { clientId: 'page' },
    { clientId: 'bare', clientSecret: SECRET, explicitAuthFlows: ['ALLOW_CLIENT_TOKEN_AUTH'] },
  ],
  resourceServers: [
    { identifier: 'orders', name: 'Orders', scopes: ['read', 'write'] },
    { identifier: 'https://stock.example.com', scopes: ['count'] },
  ],
};

interface ClientTokenReply {
  readonly AccessToken: string;
  readonly [member: string]: unknown;
}

function world() {
  const wire = createAdminWire(OPTIONS);
  return {
    ...wire,
    get: (input: object) => wire.call('GetClientToken', { ClientId: 'server', Secret: SECRET, ...input }),
    token: async (input: object = {}) => {
      const reply = await wire.call('GetClientToken', { ClientId: 'server', Secret: SECRET, ...input });
      return reply['ClientAuthenticationResult'] as ClientTokenReply;
    },
  };
}

test('GetClientToken gives a token with the claims of an app client, and no user', async () => {
  const { token, now, pool } = world();
  const result = await token({ Scopes: ['orders/read'] });
  expect(result).toEqual({ AccessToken: result.AccessToken, ExpiresIn: 300, TokenType: 'Bearer' });
  expect(claimsOf(result.AccessToken)).toEqual({
    sub: 'server',
    client_id: 'server',
    token_use: 'access',
    scope: 'orders/read',
    version: 2,
    iss: `https://cognito-idp.us-east-1.amazonaws.com/${pool.userPoolId}`,
    auth_time: now() / 1000,
    iat: now() / 1000,
    exp: now() / 1000 + 300,
    jti: expect.any(String),
  });
});

test('without Scopes it has all custom scopes of the client that still exist', async () => {
  const { token } = world();
  for (const input of [{}, { Scopes: [] }]) {
    expect(claimsOf((await token(input)).AccessToken)['scope']).toBe(
      'orders/read https://stock.example.com/count',
    );
  }
});

test('a client of the options gets one without any flow of OAuth', async () => {
  const { token } = world();
  expect(claimsOf((await token({ ClientId: 'own-shape' })).AccessToken)['scope']).toBe('orders/write');
});

test.each([
  ['a scope that the client is not allowed', { Scopes: ['orders/read', 'orders/write'] }, 'orders/write'],
  ['a scope that no resource server has', { Scopes: ['orders/gone'] }, 'orders/gone'],
  ['a scope of users', { Scopes: ['openid'] }, 'openid'],
])('%s is refused', async (_, input, scope) => {
  expect(await world().get(input)).toEqual(
    refused('InvalidParameterException', `Invalid scope requested: ${scope}`),
  );
});

test.each([
  ['a wrong secret', { Secret: 'another' }, 'NotAuthorizedException'],
  ['a client without a secret', { ClientId: 'page' }, 'NotAuthorizedException'],
  ['a client without the flow', { ClientId: 'web' }, 'OperationNotEnabledException'],
  ['a client without scopes', { ClientId: 'bare' }, 'InvalidParameterException'],
  ['an unknown client', { ClientId: 'nobody' }, 'ResourceNotFoundException'],
])('%s gets no token', async (_, input, type) => {
  const reply = await world().get(input);
  expect(reply).toMatchObject({ status: 400, __type: type });
  expect(JSON.stringify(reply)).not.toContain(SECRET);
});

test('the token is the same as that of client_credentials', async () => {
  const { pool, call } = createAdminWire({
    resourceServers: [{ identifier: 'orders', scopes: ['read'] }],
    clients: [
      {
        clientId: 'both',
        clientSecret: SECRET,
        explicitAuthFlows: ['ALLOW_CLIENT_TOKEN_AUTH'],
        allowedOAuthFlows: ['client_credentials'],
        allowedOAuthScopes: ['orders/read'],
      },
    ],
  });
  const byApi = await call('GetClientToken', { ClientId: 'both', Secret: SECRET });
  const byEndpoint = await pool.fetch('http://127.0.0.1/oauth2/token', {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`both:${SECRET}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const { access_token } = (await byEndpoint.json()) as { readonly access_token: string };
  const { AccessToken } = byApi['ClientAuthenticationResult'] as ClientTokenReply;
  expect({ ...claimsOf(AccessToken), jti: '' }).toEqual({ ...claimsOf(access_token), jti: '' });
});

test('a scope is gone with its resource server', async () => {
  const { onPool, token, get } = world();
  await onPool('DeleteResourceServer', { Identifier: 'orders' });
  expect(claimsOf((await token()).AccessToken)['scope']).toBe('https://stock.example.com/count');
  expect(await get({ Scopes: ['orders/read'] })).toMatchObject({ __type: 'InvalidParameterException' });
});

test('the operations of users refuse the token', async () => {
  const { call, token } = world();
  const { AccessToken } = await token();
  expect(await call('GetUser', { AccessToken })).toEqual(
    refused('NotAuthorizedException', 'Access Token does not have required scopes'),
  );
});

test('the engine gets one', async () => {
  const { pool } = world();
  const client = {
    userPoolId: pool.userPoolId,
    clientId: 'server',
    clientSecret: SECRET,
    endpoint: 'http://127.0.0.1',
  };
  const token = await getClientToken(client, { scopes: ['orders/read'] }, { fetch: pool.fetch });
  expect(token).toMatchObject({ expiresIn: 300, tokenType: 'Bearer' });
});

describe('CreateUserPoolClient with ALLOW_CLIENT_TOKEN_AUTH', () => {
  const create = (settings: object) =>
    createAdminWire().onPool('CreateUserPoolClient', {
      ClientName: 'server',
      ExplicitAuthFlows: ['ALLOW_CLIENT_TOKEN_AUTH'],
      GenerateSecret: true,
      ...settings,
    });

  test('describes the flow', async () => {
    expect(await create({})).toMatchObject({
      status: 200,
      UserPoolClient: { ExplicitAuthFlows: ['ALLOW_CLIENT_TOKEN_AUTH'] },
    });
  });

  test.each([
    ['without a secret', { GenerateSecret: false }],
    ['with another flow', { ExplicitAuthFlows: ['ALLOW_CLIENT_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH'] }],
  ])('%s is refused', async (_, settings) => {
    expect(await create(settings)).toMatchObject({ __type: 'InvalidParameterException' });
  });
});

test('CreateResourceServer, UpdateResourceServer, DescribeResourceServer, ListResourceServers and DeleteResourceServer decide which scopes exist', async () => {
  const { onPool, get } = world();
  const Identifier = 'shop';
  const scope = (ScopeName: string) => ({ ScopeName, ScopeDescription: ScopeName });
  await onPool('CreateResourceServer', { Identifier, Name: 'Shop', Scopes: [scope('buy')] });
  const allow = (AllowedOAuthScopes: readonly string[]) =>
    onPool('UpdateUserPoolClient', {
      ClientId: 'server',
      ExplicitAuthFlows: ['ALLOW_CLIENT_TOKEN_AUTH'],
      AllowedOAuthScopes,
    });
  expect((await allow(['shop/buy'])).status).toBe(200);
  expect(await allow(['shop/sell'])).toMatchObject({ __type: 'ScopeDoesNotExistException' });
  expect((await get({ Scopes: ['shop/buy'] })).status).toBe(200);
  await onPool('UpdateResourceServer', { Identifier, Name: 'Shop', Scopes: [scope('sell')] });
  expect(await get({ Scopes: ['shop/buy'] })).toMatchObject({ __type: 'InvalidParameterException' });
  expect(await onPool('DescribeResourceServer', { Identifier })).toMatchObject({
    ResourceServer: { Identifier, Scopes: [scope('sell')] },
  });
  const { ResourceServers } = await onPool('ListResourceServers', { MaxResults: 10 });
  expect(ResourceServers).toHaveLength(3);
});
