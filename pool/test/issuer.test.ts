/** The issuer of tokens: that of the service, a given one, or the endpoint itself, as pycognito expects. */
import { createAdmin } from './admin-calls.ts';
import { claimsOf } from './raw-calls.ts';
import { createWire, PASSWORD, type Wire } from './wire.ts';

const issuersOf = async ({ signIn }: Wire) => {
  const { AccessToken, IdToken } = (await signIn()).AuthenticationResult;
  return [claimsOf(AccessToken)['iss'], claimsOf(IdToken)['iss']];
};
const both = (issuer: string) => [issuer, issuer];

test.each([
  ['us-east-1_LocalPool', 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_LocalPool'],
  ['us-gov-west-1_LocalPool', 'https://cognito-idp.us-gov-west-1.amazonaws.com/us-gov-west-1_LocalPool'],
  ['us-iso-east-1_LocalPool', 'https://cognito-idp.us-iso-east-1.c2s.ic.gov/us-iso-east-1_LocalPool'],
  ['eusc-de-east-1_LocalPool', 'https://cognito-idp.eusc-de-east-1.amazonaws.eu/eusc-de-east-1_LocalPool'],
  ['cn-north-1_LocalPool', 'https://cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_LocalPool'],
])('without the option, the issuer of %s is that of the service', async (userPoolId, issuer) => {
  expect(await issuersOf(createWire({ userPoolId }))).toEqual(both(issuer));
});

test('a given issuer is taken as it is', async () => {
  expect(await issuersOf(createWire({ issuer: 'https://id.example/p' }))).toEqual(
    both('https://id.example/p'),
  );
});

test('endpoint is where the request came to, and a refresh names it again', async () => {
  const wire = createWire({ issuer: 'endpoint' });
  expect(await issuersOf(wire)).toEqual(both('http://127.0.0.1/us-east-1_LocalPool'));
  const { RefreshToken } = (await wire.signIn()).AuthenticationResult;
  const refreshed = await wire.initiate('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: RefreshToken });
  expect(claimsOf(refreshed.AuthenticationResult.IdToken)['iss']).toBe(
    'http://127.0.0.1/us-east-1_LocalPool',
  );
});

test.each(['127.0.0.1', 'localhost'])('a client that calls %s gets that host and port', async (host) => {
  const { pool } = createWire({ issuer: 'endpoint' });
  const { port, close } = await pool.listen();
  try {
    const endpoint = `http://${host}:${port}`;
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth' },
      body: JSON.stringify({
        ClientId: 'web',
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: 'alice', PASSWORD },
      }),
    });
    const { AuthenticationResult } = (await response.json()) as {
      readonly AuthenticationResult: { readonly IdToken: string };
    };
    const issuer = `${endpoint}/${pool.userPoolId}`;
    expect(claimsOf(AuthenticationResult.IdToken)['iss']).toBe(issuer);
    const keys = (await (await fetch(`${issuer}/.well-known/jwks.json`)).json()) as {
      readonly keys: unknown;
    };
    expect(keys.keys).toHaveLength(2);
  } finally {
    await close();
  }
});

describe('a pool that a client creates', () => {
  const FLOWS = ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'];

  async function issuerInNewPool(issuer?: string) {
    const { admin, call } = createAdmin(issuer === undefined ? {} : { issuer });
    const { UserPool } = (await admin('CreateUserPool', { PoolName: 'p' })) as unknown as {
      readonly UserPool: { readonly Id: string };
    };
    const { Id: UserPoolId } = UserPool;
    const { UserPoolClient } = (await admin('CreateUserPoolClient', {
      UserPoolId,
      ClientName: 'app',
      ExplicitAuthFlows: FLOWS,
    })) as unknown as { readonly UserPoolClient: { readonly ClientId: string } };
    const bob = { UserPoolId, Username: 'bob' };
    await admin('AdminCreateUser', { ...bob, MessageAction: 'SUPPRESS', TemporaryPassword: PASSWORD });
    await admin('AdminSetUserPassword', { ...bob, Password: PASSWORD, Permanent: true });
    const { AuthenticationResult } = await call('InitiateAuth', {
      ClientId: UserPoolClient.ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'bob', PASSWORD },
    });
    return [UserPoolId, claimsOf(AuthenticationResult.IdToken)['iss']];
  }

  test.each<[string | undefined, (id: string) => string]>([
    ['endpoint', (id) => `http://127.0.0.1/${id}`],
    [undefined, (id) => `https://cognito-idp.us-east-1.amazonaws.com/${id}`],
    ['https://id.example/p', (id) => `https://cognito-idp.us-east-1.amazonaws.com/${id}`],
  ])('beside one with the issuer %s', async (issuer, expected) => {
    const [id = '', iss] = await issuerInNewPool(issuer);
    expect(iss).toBe(expected(String(id)));
  });
});
