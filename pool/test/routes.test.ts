/** What the pool answers besides the operations of AWS, and to whom. */
import { request as httpRequest } from 'node:http';
import { networkInterfaces } from 'node:os';
import { mayAsk } from '../src/http/hosts.ts';
import { createUserPool } from '../src/index.ts';
import { createWire, PASSWORD, signedIn, WRONG_PASSWORD } from './wire.ts';

const ID = 'eu-west-1_Oidc1';
const users = [{ username: 'alice', password: PASSWORD, mfa: { sms: '+4912345678' } }];

async function get(path: string, options = {}, init: RequestInit = {}) {
  const response = await createUserPool({ userPoolId: ID, ...options }).fetch(
    `http://pool:9229${path}`,
    init,
  );
  return { status: response.status, headers: response.headers, body: (await response.json()) as unknown };
}

describe('discovery', () => {
  const path = `/${ID}/.well-known/openid-configuration`;
  const issuer = `https://cognito-idp.eu-west-1.amazonaws.com/${ID}`;

  test('has the members of the service, with the keys at the endpoint', async () => {
    const { status, headers, body } = await get(path);
    expect([status, headers.get('content-type')]).toEqual([200, 'application/json']);
    expect(body).toEqual({
      authorization_endpoint: 'http://pool:9229/oauth2/authorize',
      end_session_endpoint: 'http://pool:9229/logout',
      id_token_signing_alg_values_supported: ['RS256'],
      issuer,
      jwks_uri: `http://pool:9229/${ID}/.well-known/jwks.json`,
      response_types_supported: ['code', 'token'],
      revocation_endpoint: 'http://pool:9229/oauth2/revoke',
      scopes_supported: ['openid', 'email', 'phone', 'profile'],
      subject_types_supported: ['public'],
      token_endpoint: 'http://pool:9229/oauth2/token',
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      userinfo_endpoint: 'http://pool:9229/oauth2/userInfo',
    });
  });

  test.each([
    ['endpoint', `http://pool:9229/${ID}`],
    ['https://issuer.example', 'https://issuer.example'],
  ])('has the issuer of the tokens: %s', async (option, expected) => {
    expect((await get(path, { issuer: option })).body).toMatchObject({ issuer: expected });
  });

  test('its jwks_uri has the keys of the tokens, over a port too', async () => {
    const { pool, signIn } = createWire();
    const { IdToken } = (await signIn()).AuthenticationResult;
    const { kid } = JSON.parse(Buffer.from(IdToken.split('.')[0] ?? '', 'base64url').toString()) as {
      readonly kid: string;
    };
    const { endpoint, close } = await pool.listen();
    try {
      const found = await fetch(`${endpoint}/${pool.userPoolId}/.well-known/openid-configuration`);
      const { jwks_uri } = (await found.json()) as { readonly jwks_uri: string };
      const { keys } = (await (await fetch(jwks_uri)).json()) as { readonly keys: readonly object[] };
      expect(keys).toContainEqual(expect.objectContaining({ kid }));
    } finally {
      await close();
    }
  });

  test.each(['/eu-west-1_Other/.well-known/openid-configuration', '/%E0%A4%A/.well-known/jwks.json'])(
    'a pool that does not exist has none: %s',
    async (path) => {
      expect(await get(path)).toMatchObject({ status: 404, body: { message: 'Not Found' } });
    },
  );
});

test('the default id has the form that other tools demand of AWS’s ids', () => {
  // The pattern of aws-jwt-verify
  expect(createUserPool().userPoolId).toMatch(/^((\w+-)?\w+-\w+-\d)+_\w+$/);
});

test('health answers every host, to GET and HEAD', async () => {
  const headers = { host: 'anything.example', origin: 'https://elsewhere.example' };
  expect(await get('/health', {}, { headers })).toMatchObject({ status: 200, body: { status: 'ok' } });
  const { endpoint, close } = await createUserPool().listen();
  try {
    const response = await fetch(`${endpoint}/health`, { method: 'HEAD' });
    expect([response.status, await response.text()]).toEqual([200, '']);
  } finally {
    await close();
  }
});

test.each([
  ['POST', '/health', 'GET'],
  ['GET', '/_/reset', 'POST'],
  ['GET', '/', 'POST'],
])('%s %s is refused with the method that is there', async (method, path, allowed) => {
  const { status, headers } = await get(path, {}, { method });
  expect([status, headers.get('allow')]).toEqual([405, allowed]);
});

describe('POST /_/reset', () => {
  const reset = { method: 'POST' };

  test('brings back the users, and forgets codes, sessions and refresh tokens', async () => {
    const { pool, call, signIn, respond, initiate, lastCode } = createWire({
      users: [...users, { username: 'bob', password: PASSWORD, attributes: { sub: 'sub-of-bob' } }],
    });
    const { Session } = await signIn();
    const { RefreshToken, AccessToken } = (await respond('SMS_MFA', Session, { SMS_MFA_CODE: lastCode() }))
      .AuthenticationResult;
    const waiting = await signIn();
    const code = lastCode();
    await call('SignUp', { ClientId: 'web', Username: 'kept', Password: PASSWORD });
    const Password = { PreviousPassword: PASSWORD, ProposedPassword: 'Another-Horse-9' };
    await call('ChangePassword', { AccessToken, ...Password });
    pool.users.remove('bob');
    pool.faults.add({ name: 'throttle', operation: 'GetUser' });
    const subs = pool.users.all().map(({ sub }) => sub);

    const response = await pool.fetch('http://localhost/_/reset', reset);
    expect([response.status, await response.json()]).toEqual([200, {}]);

    expect(pool.users.all().map(({ username }) => username)).toEqual(['alice', 'bob']);
    expect(pool.users.find('alice')?.sub).toBe(subs[0]);
    expect(pool.users.find('bob')?.sub).toBe('sub-of-bob');
    expect(pool.outbox).toEqual([]);
    expect(await respond('SMS_MFA', waiting.Session, { SMS_MFA_CODE: code })).toMatchObject({
      __type: 'NotAuthorizedException',
    });
    expect(await initiate('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: RefreshToken })).toMatchObject({
      status: 400,
      __type: 'NotAuthorizedException',
    });
    expect(await signIn()).toMatchObject({ status: 200, ChallengeName: 'SMS_MFA' });
    expect(await call('GetUser', { AccessToken: 'x' })).toMatchObject({ __type: 'NotAuthorizedException' });
  });

  test('keeps the keys of the tokens, because others keep the JWKS', async () => {
    const { pool } = createWire();
    const jwks = async () =>
      (await pool.fetch(`http://localhost/${pool.userPoolId}/.well-known/jwks.json`)).json();
    const before: unknown = await jwks();
    pool.reset();
    expect(await jwks()).toEqual(before);
  });

  test('a member that was taken from the pool before goes on working', async () => {
    const { pool, signIn } = createWire();
    const { users, faults } = pool;
    pool.reset();
    users.setPassword('alice', 'Another-Horse-9');
    expect(await signIn()).toMatchObject(WRONG_PASSWORD);
    users.setPassword('alice', PASSWORD);
    expect(await signIn()).toMatchObject(signedIn);
    faults.add({ name: 'throttle', nth: 1 });
    expect(await signIn()).toMatchObject({ __type: 'TooManyRequestsException' });
  });

  test('is refused to a page of another site, and changes nothing', async () => {
    const { pool } = createWire();
    pool.users.add({ username: 'bob' });
    const headers = { origin: 'https://attacker.example' };
    expect((await pool.fetch('http://localhost/_/reset', { ...reset, headers })).status).toBe(403);
    expect(pool.users.find('bob')).toBeDefined();
  });
});

describe('who may read codes', () => {
  const allowedHosts = ['pool', '192.0.2.7', 'fe80::7'];
  const ask = (headers: Readonly<Record<string, string>>) =>
    createUserPool({ allowedHosts })
      .fetch('http://127.0.0.1/_/outbox', { headers })
      .then(({ status }) => status);

  test.each([
    ['this machine', { host: 'localhost:9229' }, 200],
    ['this machine by address', { host: '[::1]:9229' }, 200],
    ['a page of this machine', { host: '127.0.0.1:9229', origin: 'http://localhost:3000' }, 200],
    ['a host that was allowed, on any port', { host: 'pool:9229' }, 200],
    ['its name in upper case', { host: 'POOL' }, 200],
    ['an address that was allowed', { host: '192.0.2.7:80' }, 200],
    ['an address of IPv6 that was allowed', { host: '[fe80::7]:80' }, 200],
    ['a page of a host that was allowed', { host: 'pool', origin: 'http://pool:3000' }, 200],
    ['a name that was made to lead to this machine', { host: 'attacker.example:9229' }, 403],
    ['a name that ends like an allowed one', { host: 'evil-pool:9229' }, 403],
    ['a name that begins like this machine', { host: 'localhost.attacker.example' }, 403],
    ['a page of another site', { host: 'pool', origin: 'https://attacker.example' }, 403],
    ['a page without an origin', { host: 'pool', origin: 'null' }, 403],
    ['a page of a file', { host: 'pool', origin: 'file://' }, 403],
  ])('%s: %j', async (_, headers, status) => {
    expect(await ask(headers)).toBe(status);
  });
});

test.each([
  ['/_/outbox', undefined],
  ['/_/reset', { method: 'POST' }],
  ['/_/tokens', { method: 'POST', body: '{"username":"alice"}' }],
])('%s is kept by no cache, and is nothing that a page of another site can include', async (path, init) => {
  const { headers, status } = await createUserPool({ users: [{ username: 'alice' }] }).fetch(
    `http://127.0.0.1${path}`,
    init,
  );
  expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
  expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
});

describe('who may read codes over a connection', () => {
  const ask = (remoteAddress: string | undefined, host: string, allowedHosts: readonly string[] = []) =>
    mayAsk(new Request('http://pool/_/outbox', { headers: { host } }), allowedHosts, {
      localAddress: '::ffff:192.0.2.2',
      remoteAddress,
    });

  test.each<[string, string | undefined, string, readonly string[], boolean]>([
    ['this machine by loopback', '127.0.0.1', 'localhost:9229', [], true],
    ['this machine by another loopback address', '::ffff:127.0.0.9', 'localhost', [], true],
    ['this machine by loopback of IPv6', '::1', '[::1]:9229', [], true],
    ['this machine by the address that it listens on', '::ffff:192.0.2.2', '192.0.2.2:9229', [], true],
    ['another machine', '192.0.2.9', '192.0.2.2:9229', [], false],
    ['another machine that says localhost', '192.0.2.9', 'localhost', [], false],
    ['the gateway of Docker', '172.17.0.1', 'localhost:9229', ['pool'], false],
    ['the gateway of Docker for an allowed host', '172.17.0.1', 'localhost:9229', ['localhost'], true],
    ['another machine for an allowed host', '192.0.2.9', 'pool:9229', ['pool'], true],
    ['a client that has gone', undefined, 'localhost', [], false],
  ])('%s: %s for %s, allowed %j', (_, remoteAddress, host, allowedHosts, expected) => {
    expect(ask(remoteAddress, host, allowedHosts)).toBe(expected);
  });
});

describe('on every address of the machine', () => {
  /** `fetch` sets the Host header itself. */
  const statusOf = (hostname: string, port: number, host: string, from?: string) =>
    new Promise<number | undefined>((done, fail) => {
      httpRequest(
        { hostname, port, path: '/_/outbox', headers: { host }, ...(from && { localAddress: from }) },
        (response) => {
          response.resume();
          done(response.statusCode);
        },
      )
        .on('error', fail)
        .end();
    });

  const [own] = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);
  const testWithNetwork = own === undefined ? test.skip : test;

  testWithNetwork('an address that is not loopback needs a host that was allowed', async () => {
    const { port, close } = await createUserPool({ allowedHosts: ['pool'] }).listen(0, '0.0.0.0');
    const from = own ?? '';
    try {
      // The connection has two addresses, as one from another machine has
      expect(await statusOf('127.0.0.1', port, 'localhost', from)).toBe(403);
      expect(await statusOf('127.0.0.1', port, '127.0.0.1', from)).toBe(403);
      expect(await statusOf('127.0.0.1', port, 'pool', from)).toBe(200);
      expect(await statusOf(from, port, from, from)).toBe(200);
    } finally {
      await close();
    }
  });

  test('the endpoint is one that this machine reaches, and the address of the connection may ask', async () => {
    const { endpoint, port, close } = await createUserPool({ allowedHosts: ['pool'] }).listen(0, '0.0.0.0');
    try {
      expect(endpoint).toBe(`http://127.0.0.1:${port}`);
      expect((await fetch(`${endpoint}/health`)).status).toBe(200);
      expect(await statusOf('127.0.0.2', port, `127.0.0.2:${port}`)).toBe(200);
      expect(await statusOf('127.0.0.2', port, `192.0.2.1:${port}`)).toBe(403);
      expect(await statusOf('127.0.0.1', port, `pool:${port}`)).toBe(200);
      expect(await statusOf('127.0.0.1', port, 'attacker.example')).toBe(403);
    } finally {
      await close();
    }
  });

  test('an endpoint of IPv6 has brackets', async () => {
    const { endpoint, port, close } = await createUserPool().listen(0, '::1');
    try {
      expect(endpoint).toBe(`http://[::1]:${port}`);
      expect((await fetch(`${endpoint}/_/outbox`)).status).toBe(200);
    } finally {
      await close();
    }
  });
});
