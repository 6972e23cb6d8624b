/** Tokens without a sign-in: `issueTokens` in process, and `POST /_/tokens`. */
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { claimsOf } from '../../test/support/client.ts';
import {
  createPoolService,
  createUserPool,
  type PreTokenGenerationEvent,
  type TokenOptions,
  type UserPool,
} from '../src/index.ts';
import { createAdmin } from './admin-calls.ts';
import { createWire, PASSWORD, refused } from './wire.ts';

const TIME = Date.UTC(2026, 8, 24, 13, 50, 15);
const MINUTE = 60_000;
const options = {
  users: [
    {
      username: 'alice',
      password: PASSWORD,
      attributes: { email: 'alice@example.com' },
      groups: ['writers'],
    },
  ],
  groups: [{ name: 'writers' }],
  clients: [{ clientId: 'web' }, { clientId: 'other', accessTokenValidity: 2 }],
  now: () => TIME,
};

const verify = async (pool: Pick<UserPool, 'fetch' | 'userPoolId'>, token: string, at = TIME) => {
  const keys = await pool.fetch(`http://127.0.0.1/${pool.userPoolId}/.well-known/jwks.json`);
  const issuer = `https://cognito-idp.us-east-1.amazonaws.com/${pool.userPoolId}`;
  const set = createLocalJWKSet((await keys.json()) as JSONWebKeySet);
  return (await jwtVerify(token, set, { issuer, currentDate: new Date(at) })).payload;
};

/** The claims of both tokens. */
const claimsWith = async (given: TokenOptions) => {
  const { accessToken, idToken = '' } = await createUserPool(options).issueTokens('alice', given);
  return { access: claimsOf(accessToken), id: claimsOf(idToken) };
};

describe('issueTokens', () => {
  test("a JWKS verifier takes both tokens, which have the user's claims", async () => {
    const pool = createUserPool(options);
    const tokens = await pool.issueTokens('alice');
    expect(tokens).toEqual({
      accessToken: expect.any(String),
      idToken: expect.any(String),
      refreshToken: expect.any(String),
      expiresIn: 3600,
      tokenType: 'Bearer',
    });
    expect(await verify(pool, tokens.accessToken)).toMatchObject({
      username: 'alice',
      client_id: 'web',
      token_use: 'access',
      scope: 'aws.cognito.signin.user.admin',
      'cognito:groups': ['writers'],
    });
    expect(await verify(pool, tokens.idToken ?? '')).toMatchObject({
      aud: 'web',
      token_use: 'id',
      email: 'alice@example.com',
    });
  });

  test('the user can be named by the sub, and the client chosen, whose lifetime holds', async () => {
    const pool = createUserPool(options);
    const { accessToken, expiresIn } = await pool.issueTokens(pool.users.find('alice')?.sub ?? '', {
      clientId: 'other',
    });
    expect(expiresIn).toBe(7200);
    expect(claimsOf(accessToken)).toMatchObject({ client_id: 'other', exp: TIME / 1000 + 7200 });
  });

  test('a verifier finds tokens expired: by a negative expiresIn, and by an issuedAt in the past', async () => {
    const pool = createUserPool(options);
    for (const given of [{ expiresIn: -60 }, { issuedAt: TIME - 61 * MINUTE }]) {
      const { accessToken, idToken = '' } = await pool.issueTokens('alice', given);
      for (const token of [accessToken, idToken]) {
        await expect(verify(pool, token)).rejects.toMatchObject({ code: 'ERR_JWT_EXPIRED' });
      }
    }
  });

  test('a verifier finds tokens not valid yet, and takes them later', async () => {
    const pool = createUserPool(options);
    const { accessToken } = await pool.issueTokens('alice', { notBefore: TIME + 10 * MINUTE });
    await expect(verify(pool, accessToken)).rejects.toMatchObject({
      code: 'ERR_JWT_CLAIM_VALIDATION_FAILED',
      claim: 'nbf',
    });
    expect(await verify(pool, accessToken, TIME + 10 * MINUTE)).toMatchObject({ nbf: TIME / 1000 + 600 });
  });

  test('issuedAt is iat and auth_time, also in the future', async () => {
    const { access, id } = await claimsWith({ issuedAt: TIME + 5 * MINUTE, expiresIn: 60 });
    const iat = TIME / 1000 + 300;
    for (const claims of [access, id]) expect(claims).toMatchObject({ iat, auth_time: iat, exp: iat + 60 });
  });

  test('claims are added to both tokens, and those of one token win', async () => {
    const { access, id } = await claimsWith({
      claims: { tenant: 'blue', roles: ['a', { b: [1, true] }] },
      accessTokenClaims: { tenant: 'green' },
      idTokenClaims: { 'custom:seats': 7 },
    });
    expect(access).toMatchObject({ tenant: 'green', roles: ['a', { b: [1, true] }] });
    expect(id).toMatchObject({ tenant: 'blue', 'custom:seats': 7 });
    expect(access).not.toHaveProperty(['custom:seats']);
  });

  test.each([
    'token_use',
    'iss',
    'aud',
    'client_id',
    'exp',
    'iat',
    'jti',
    'sub',
    'username',
    'scope',
    'event_id',
  ])('the claim %s can be replaced, and left out by null', async (name) => {
    const replaced = await claimsWith({ claims: { [name]: 'wrong' } });
    expect([replaced.access[name], replaced.id[name]]).toEqual(['wrong', 'wrong']);
    const without = await claimsWith({ claims: { [name]: null } });
    expect(name in without.access || name in without.id).toBe(false);
  });

  test('claims win over expiresIn and notBefore, and undefined changes nothing', async () => {
    const claims = { exp: 1, nbf: 2, iss: undefined };
    const { access } = await claimsWith({ claims, expiresIn: 60, notBefore: TIME });
    expect(access).toMatchObject({ exp: 1, nbf: 2, iss: expect.stringContaining('https://') });
  });

  test('a claim that the caller changes while the token is signed is not changed in it', async () => {
    const roles = ['reader'];
    const issued = createUserPool(options).issueTokens('alice', { claims: { roles } });
    roles.push('admin');
    expect(claimsOf((await issued).accessToken)['roles']).toEqual(['reader']);
  });

  test.each<[unknown, string]>([
    [null, 'The options must be an object'],
    [{ clientID: 'web' }, 'clientID is not a known field'],
    [{ clientId: 7 }, 'clientId must be a string'],
    [{ scopes: 'openid' }, 'scopes must be an array'],
    [{ scopes: ['two words'] }, 'scopes[0] must be a scope'],
    [{ claims: ['a'] }, 'claims must be an object'],
    [{ claims: { size: 1n } }, 'claims.size must be JSON'],
    [{ idTokenClaims: { run: () => 1 } }, 'idTokenClaims.run must be JSON'],
    [{ accessTokenClaims: { a: Symbol('a') } }, 'accessTokenClaims.a must be JSON'],
    [{ expiresIn: 1.5 }, 'expiresIn must be a whole number'],
    [{ expiresIn: Number.NaN }, 'expiresIn must be a whole number'],
    [{ issuedAt: -1 }, 'issuedAt must be a number of 0 or more'],
    [{ issuedAt: 1e300 }, 'issuedAt must be at most'],
    [{ notBefore: new Date() }, 'notBefore must be a number'],
  ])('refuses %p and names the field', async (given, message) => {
    const { issueTokens } = createUserPool(options);
    const refusal = await issueTokens('alice', given as TokenOptions).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(TypeError);
    expect(refusal).toMatchObject({ message: expect.stringContaining(message) });
  });

  test('refuses a user, a client and a user name that the pool does not have', async () => {
    const { issueTokens } = createUserPool(options);
    await expect(issueTokens('bob')).rejects.toThrow(new RangeError('username: the pool has no user "bob"'));
    await expect(issueTokens('alice', { clientId: 'x' })).rejects.toThrow(
      new RangeError('clientId: the pool has no app client "x"'),
    );
    await expect(issueTokens(undefined as unknown as string)).rejects.toThrow('username must be a string');
    await expect(createUserPool({ ...options, clients: [] }).issueTokens('alice')).rejects.toThrow(
      'clientId: the pool has no app client',
    );
  });
});

describe('a grant', () => {
  test('begins with the tokens: GetUser takes the access token, and the refresh token gives new ones', async () => {
    const { pool, call } = createWire();
    const { accessToken: AccessToken, refreshToken: RefreshToken } = await pool.issueTokens('alice');
    expect(await call('GetUser', { AccessToken })).toMatchObject({ status: 200, Username: 'alice' });
    const refreshed = await call('GetTokensFromRefreshToken', { ClientId: 'web', RefreshToken });
    expect(refreshed.AuthenticationResult.AccessToken).not.toBe(AccessToken);
    await call('RevokeToken', { ClientId: 'web', Token: RefreshToken });
    expect(await call('GetUser', { AccessToken })).toEqual(
      refused('NotAuthorizedException', 'Access Token has been revoked'),
    );
  });

  test('GetUser refuses tokens that are expired, not valid yet, of a wrong use, or without the scope', async () => {
    const { pool, call, now } = createWire();
    const getUser = async (given: TokenOptions) =>
      call('GetUser', { AccessToken: (await pool.issueTokens('alice', given)).accessToken });
    const refusedBy = (text: string) => refused('NotAuthorizedException', text);
    expect(await getUser({ expiresIn: -1 })).toEqual(refusedBy('Access Token has expired'));
    expect(await getUser({ notBefore: now() + MINUTE })).toEqual(refusedBy('Invalid Access Token'));
    expect(await getUser({ claims: { token_use: 'id' } })).toEqual(refusedBy('Invalid Access Token'));
    expect(await getUser({ scopes: ['openid'] })).toEqual(
      refusedBy('Access Token does not have required scopes'),
    );
    expect(await getUser({ scopes: ['aws.cognito.signin.user.admin'] })).toMatchObject({ status: 200 });
  });

  test('with openid, userInfo takes the access token until it is revoked, and none of a sign-in by the API', async () => {
    const { pool, call } = createWire({ users: options.users });
    const userInfo = async (accessToken: string) => {
      const response = await pool.fetch('http://127.0.0.1/oauth2/userInfo', {
        headers: { authorization: `Bearer ${accessToken}` },
      });
      return [response.status, await response.json()];
    };
    const { accessToken, refreshToken } = await pool.issueTokens('alice', { scopes: ['openid', 'email'] });
    const { sub } = claimsOf(accessToken);
    expect(await userInfo(accessToken)).toEqual([
      200,
      { sub, email: 'alice@example.com', username: 'alice' },
    ]);
    expect((await userInfo((await pool.issueTokens('alice')).accessToken))[0]).toBe(401);
    await call('RevokeToken', { ClientId: 'web', Token: refreshToken });
    expect((await userInfo(accessToken))[0]).toBe(401);
  });

  test('of a device has its key, and a refresh in a pool that tracks devices needs it', async () => {
    const device = {
      key: 'us-east-1_00000000-0000-4000-8000-000000000001',
      groupKey: '-group',
      confirmable: true,
      confirmed: true,
      remembered: true,
      createdAt: TIME,
      lastModifiedAt: TIME,
      lastAuthenticatedAt: TIME,
    };
    const { pool, call } = createWire({ devices: {}, users: [{ username: 'alice', devices: [device] }] });
    const tokens = await pool.issueTokens('alice', { deviceKey: device.key });
    expect(claimsOf(tokens.accessToken)['device_key']).toBe(device.key);
    const input = { ClientId: 'web', RefreshToken: tokens.refreshToken };
    expect(await call('GetTokensFromRefreshToken', { ...input, DeviceKey: device.key })).toMatchObject({
      status: 200,
    });
    expect(await call('GetTokensFromRefreshToken', input)).toMatchObject({ status: 400 });
    await expect(pool.issueTokens('alice', { deviceKey: 'another' })).rejects.toThrow(
      new RangeError('deviceKey: the user has no confirmed device with this key'),
    );
  });

  test('is a session, and the oldest ends where the pool has a limit', async () => {
    const { admin, pool } = createAdmin({ userSessionTracking: true });
    await admin('SetUserPoolSessionConfiguration', {
      UserSessionTracking: 'ENABLED',
      TokenSession: { MaxPerUser: 1 },
    });
    for (let i = 0; i < 2; i++) await pool.issueTokens('alice');
    const { Sessions } = await admin('AdminListUserSessions', { Username: 'alice' });
    expect(Sessions).toHaveLength(1);
  });
});

test('PreTokenGeneration changes the tokens, and claims of the call win over it', async () => {
  const pool = createUserPool({
    ...options,
    triggers: {
      preTokenGeneration: (event: PreTokenGenerationEvent) => {
        event.response = {
          claimsOverrideDetails: { claimsToAddOrOverride: { tenant: event.triggerSource, plan: 'gold' } },
        };
        return event;
      },
    },
  });
  const { idToken = '' } = await pool.issueTokens('alice', { claims: { plan: 'free' } });
  expect(claimsOf(idToken)).toMatchObject({ tenant: 'TokenGeneration_Authentication', plan: 'free' });
  const hosted = await pool.issueTokens('alice', { scopes: ['openid'] });
  expect(claimsOf(hosted.idToken ?? '')['tenant']).toBe('TokenGeneration_HostedAuth');
});

test('with the issuer `endpoint`, tokens have the port that the pool listens on', async () => {
  const pool = createUserPool({ ...options, issuer: 'endpoint' });
  const issuer = async () => claimsOf((await pool.issueTokens('alice')).accessToken)['iss'];
  expect(await issuer()).toBe(`http://localhost/${pool.userPoolId}`);
  const { endpoint, close } = await pool.listen();
  expect(await issuer()).toBe(`${endpoint}/${pool.userPoolId}`);
  await close();
});

describe('POST /_/tokens', () => {
  const post = async (
    body: unknown,
    {
      pool = createUserPool(options) as Pick<UserPool, 'fetch'>,
      url = 'http://127.0.0.1:9229/_/tokens',
      headers = {},
    } = {},
  ) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await pool.fetch(url, { method: 'POST', headers, body: text });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };

  test('answers with the tokens', async () => {
    const { status, body } = await post({
      username: 'alice',
      clientId: 'other',
      claims: { tenant: 'blue' },
      expiresIn: -5,
    });
    expect([status, Object.keys(body)]).toEqual([
      200,
      ['accessToken', 'idToken', 'refreshToken', 'expiresIn', 'tokenType'],
    ]);
    expect(claimsOf(String(body['accessToken']))).toMatchObject({
      client_id: 'other',
      tenant: 'blue',
      exp: TIME / 1000 - 5,
    });
  });

  test('has no idToken for scopes without openid', async () => {
    const { body } = await post({ username: 'alice', scopes: ['orders/read'] });
    expect(body).not.toHaveProperty('idToken');
  });

  test('finds the pool by its id, or by the client', async () => {
    const pool = createPoolService({
      pools: [
        { userPoolId: 'eu-west-1_One', clients: [{ clientId: 'one' }], users: [{ username: 'alice' }] },
        { userPoolId: 'eu-west-1_Two', clients: [{ clientId: 'two' }], users: [{ username: 'alice' }] },
      ],
    });
    for (const naming of [{ userPoolId: 'eu-west-1_Two' }, { clientId: 'two' }]) {
      const { body } = await post({ username: 'alice', ...naming }, { pool });
      expect(claimsOf(String(body['accessToken']))['iss']).toMatch(/eu-west-1_Two$/);
    }
    expect(await post({ username: 'alice' }, { pool })).toEqual({
      status: 400,
      body: { message: 'userPoolId: there are several user pools, or none, so one must be named' },
    });
    const { issueTokens } = pool.find('eu-west-1_One') ?? {};
    expect(claimsOf((await issueTokens?.('alice'))?.accessToken ?? '')['client_id']).toBe('one');
  });

  test.each<[unknown, string]>([
    ['', 'The body must be JSON'],
    ['{', 'The body must be JSON'],
    [[], 'The body must be an object'],
    [{}, 'username must be a string'],
    [{ username: '' }, 'username must be a string that is not empty'],
    [{ username: 'bob' }, 'username: the pool has no user "bob"'],
    [{ username: 'alice', clientId: 'x' }, 'clientId: the pool has no app client "x"'],
    [{ username: 'alice', userPoolId: 'eu-west-1_X' }, 'userPoolId: there is no user pool "eu-west-1_X"'],
    [
      { username: 'alice', expiresIn: '60' },
      'expiresIn must be a whole number from -1000000000000 to 1000000000000',
    ],
    [{ username: 'alice', scope: 'openid' }, 'scope is not a known field'],
    [{ username: 'alice', claims: 'x' }, 'claims must be an object'],
  ])('refuses %j with 400 and names the member', async (body, message) => {
    expect(await post(body)).toEqual({ status: 400, body: { message: expect.stringContaining(message) } });
  });

  test('answers 1000 random bodies with 200 or 400', async () => {
    const pool = createUserPool(options);
    // Park and Miller's generator, so that a failure repeats
    let seed = 1;
    const below = (limit: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % limit;
    };
    const MEMBERS = [
      'username',
      'userPoolId',
      'clientId',
      'scopes',
      'claims',
      'idTokenClaims',
      'expiresIn',
      'issuedAt',
      'notBefore',
      'x',
    ];
    const VALUES = [
      'alice',
      '',
      'web',
      null,
      true,
      -1,
      1e300,
      0.5,
      [],
      ['openid'],
      [null],
      {},
      { exp: null },
      { a: { b: [] } },
      'secret value',
    ];
    const randomBody = () => {
      const members = Array.from({ length: below(6) }, () => [
        MEMBERS[below(MEMBERS.length)],
        VALUES[below(VALUES.length)],
      ]);
      const text = JSON.stringify({ username: 'alice', ...Object.fromEntries(members) });
      return below(4) === 0 ? text.slice(0, below(text.length)) + String.fromCharCode(below(256)) : text;
    };
    const statuses = new Set<number>();
    for (let i = 0; i < 1000; i++) {
      const { status, body } = await post(randomBody(), { pool });
      statuses.add(status);
      if (status === 400) expect(Object.keys(body)).toEqual(['message']);
    }
    expect([...statuses].sort()).toEqual([200, 400]);
  });

  test.each([
    ['another host name', 'http://pool:9229/_/tokens', {}],
    ['a page of another site', 'http://127.0.0.1:9229/_/tokens', { origin: 'https://evil.example' }],
    ['a page without an origin', 'http://127.0.0.1:9229/_/tokens', { origin: 'null' }],
  ])('refuses %s, and issues nothing', async (_, url, headers) => {
    const pool = createUserPool(options);
    expect((await post({ username: 'alice' }, { pool, url, headers })).status).toBe(403);
  });

  test('answers a host that was allowed, and is not there for GET', async () => {
    const pool = createUserPool({ ...options, allowedHosts: ['pool'] });
    expect((await post({ username: 'alice' }, { pool, url: 'http://pool:9229/_/tokens' })).status).toBe(200);
    expect((await pool.fetch('http://127.0.0.1/_/tokens')).status).toBe(405);
  });

  test('the log has the request with its pool, and no token', async () => {
    const log: object[] = [];
    const pool = createUserPool({ ...options, log: (entry) => log.push(entry) });
    const { body } = await post({ username: 'alice' }, { pool });
    expect(log).toMatchObject([
      { operation: 'POST /_/tokens', userPoolId: pool.userPoolId, username: 'alice', status: 200 },
    ]);
    expect(JSON.stringify(log)).not.toContain(String(body['accessToken']).slice(0, 40));
  });
});
