/** The verifier takes good tokens and refuses all others, without quoting them. */
import { inspect } from 'node:util';
import { createUserPool } from '../../pool/src/index.ts';
import { type SignedIn, signIn } from '../../src/index.ts';
import { createTokenVerifier } from '../../src/verify/index.ts';

const PASSWORD = 'Correct-Horse-9';

async function world() {
  const clock = { ms: Date.now() };
  const pool = createUserPool({
    users: [{ username: 'alice', password: PASSWORD, attributes: { email: 'alice@example.com' } }],
    clients: [{ clientId: 'web' }, { clientId: 'other' }],
    now: () => clock.ms,
  });
  const client = { userPoolId: pool.userPoolId, clientId: 'web', endpoint: 'http://127.0.0.1' };
  const step = await signIn(client, { username: 'alice', password: PASSWORD }, { fetch: pool.fetch });
  let fetched = 0;
  const options = {
    now: () => clock.ms,
    fetch: (url: string, init?: RequestInit) => {
      fetched += 1;
      return pool.fetch(url, init);
    },
  };
  return { pool, client, clock, options, ...(step as SignedIn).tokens, fetched: () => fetched };
}

const INVALID = { name: 'ProtocolError', code: 'TOKEN_INVALID' };

test('the claims of both tokens, with the keys fetched once', async () => {
  const { client, options, accessToken, idToken, fetched } = await world();
  const verifier = createTokenVerifier(client, options);
  expect(await verifier.verify(accessToken, 'access')).toMatchObject({ username: 'alice', client_id: 'web' });
  expect(await verifier.verify(idToken, 'id')).toMatchObject({ 'cognito:username': 'alice', aud: 'web' });
  expect(fetched()).toBe(1);
});

test('refuses the other kind of token, another client, another issuer, an end that has passed', async () => {
  const { client, options, accessToken, idToken, clock } = await world();
  const verifier = createTokenVerifier(client, options);
  await expect(verifier.verify(idToken, 'access')).rejects.toMatchObject(INVALID);
  await expect(
    createTokenVerifier({ ...client, clientId: 'other' }, options).verify(accessToken, 'access'),
  ).rejects.toMatchObject(INVALID);
  await expect(
    createTokenVerifier(client, { ...options, issuer: 'https://elsewhere.example' }).verify(idToken, 'id'),
  ).rejects.toMatchObject(INVALID);
  clock.ms += 3_601_000;
  await expect(verifier.verify(accessToken, 'access')).rejects.toMatchObject(INVALID);
});

test.each([
  ['eu-west-1_AbCdEf123', 'https://cognito-idp.eu-west-1.amazonaws.com'],
  ['us-gov-west-1_AbCdEf123', 'https://cognito-idp.us-gov-west-1.amazonaws.com'],
  ['cn-north-1_AbCdEf123', 'https://cognito-idp.cn-north-1.amazonaws.com.cn'],
  ['eusc-de-east-1_AbCdEf123', 'https://cognito-idp.eusc-de-east-1.amazonaws.eu'],
])('the issuer of %s is %s, whichever endpoint the keys come from', async (userPoolId, origin) => {
  const users = [{ username: 'alice', password: PASSWORD }];
  const pool = createUserPool({ userPoolId, users, issuer: `${origin}/${userPoolId}` });
  const client = { userPoolId, clientId: 'web', endpoint: 'http://127.0.0.1' };
  const step = await signIn(client, { username: 'alice', password: PASSWORD }, { fetch: pool.fetch });
  const { accessToken } = (step as SignedIn).tokens;
  for (const endpoints of [
    { endpoint: 'http://127.0.0.1' },
    { endpoint: undefined },
    { endpoint: undefined, useFips: true },
    { endpoint: undefined, useDualStack: true },
  ]) {
    const verifier = createTokenVerifier({ ...client, ...endpoints }, { fetch: pool.fetch });
    expect(await verifier.verify(accessToken, 'access')).toMatchObject({ username: 'alice' });
  }
});

test("a local pool's own issuer is that of its region", async () => {
  const userPoolId = 'cn-north-1_AbCdEf123';
  const pool = createUserPool({ userPoolId, users: [{ username: 'alice', password: PASSWORD }] });
  const client = { userPoolId, clientId: 'web', endpoint: 'http://127.0.0.1' };
  const step = await signIn(client, { username: 'alice', password: PASSWORD }, { fetch: pool.fetch });
  const verifier = createTokenVerifier(client, { fetch: pool.fetch });
  const { iss } = await verifier.verify((step as SignedIn).tokens.idToken, 'id');
  expect(iss).toBe(`https://cognito-idp.cn-north-1.amazonaws.com.cn/${userPoolId}`);
});

test('refuses a changed payload, a token without signature and what is not a token, and quotes none of them', async () => {
  const { client, options, accessToken } = await world();
  const verifier = createTokenVerifier(client, options);
  const [header = '', , signature = ''] = accessToken.split('.');
  const payload = Buffer.from('{"token_use":"access","username":"bob"}').toString('base64url');
  const none = Buffer.from('{"alg":"none"}').toString('base64url');
  for (const token of [`${header}.${payload}.${signature}`, `${none}.${payload}.`, 'secret-garbage']) {
    const error = await verifier.verify(token, 'access').catch((thrown: Error) => thrown);
    expect(error).toMatchObject(INVALID);
    expect(String((error as Error).stack)).not.toContain(token);
  }
});

test('a refusal carries no claims, however deep one looks', async () => {
  const { client, options, idToken, clock } = await world();
  clock.ms += 3_601_000;
  const error = await createTokenVerifier(client, options)
    .verify(idToken, 'id')
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject(INVALID);
  expect(inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true })).not.toContain('alice');
});

test('a key that the pool does not have is a refusal', async () => {
  const [one, two] = [await world(), await world()];
  await expect(
    createTokenVerifier(one.client, one.options).verify(two.accessToken, 'access'),
  ).rejects.toMatchObject(INVALID);
});

test('keys that cannot be fetched are a network failure, not a refusal of the token', async () => {
  const { client, accessToken } = await world();
  const fetch = async () => {
    throw new TypeError('fetch failed');
  };
  await expect(createTokenVerifier(client, { fetch }).verify(accessToken, 'access')).rejects.toMatchObject({
    code: 'NETWORK_FAILED',
    recovery: 'try-later',
  });
});

describe('groups and scopes', () => {
  async function writer() {
    const pool = createUserPool({
      users: [{ username: 'alice', password: PASSWORD, groups: ['writers', 'readers'] }],
      groups: [{ name: 'writers' }, { name: 'readers' }],
    });
    const client = { userPoolId: pool.userPoolId, clientId: 'web', endpoint: 'http://127.0.0.1' };
    const { accessToken, idToken } = await pool.issueTokens('alice', { scopes: ['openid', 'orders/read'] });
    return {
      verifier: createTokenVerifier(client, { fetch: pool.fetch }),
      accessToken,
      idToken: idToken ?? '',
    };
  }
  const INSUFFICIENT = { name: 'ProtocolError', code: 'TOKEN_INSUFFICIENT', recovery: 'ask-administrator' };

  test('one of the required groups is enough, in both kinds of token', async () => {
    const { verifier, accessToken, idToken } = await writer();
    const groups = ['admins', 'writers'];
    expect(await verifier.verify(accessToken, { use: 'access', groups })).toMatchObject({
      username: 'alice',
    });
    expect(await verifier.verify(idToken, { use: 'id', groups })).toMatchObject({
      'cognito:username': 'alice',
    });
  });

  test('one of the required scopes is enough', async () => {
    const { verifier, accessToken } = await writer();
    const scopes = ['orders/write', 'orders/read'];
    expect(await verifier.verify(accessToken, { use: 'access', scopes })).toMatchObject({
      username: 'alice',
    });
  });

  test('a good token without them is TOKEN_INSUFFICIENT, and says whether it lacks a group or a scope', async () => {
    const { verifier, accessToken } = await writer();
    await expect(verifier.verify(accessToken, { use: 'access', groups: ['admins'] })).rejects.toMatchObject({
      ...INSUFFICIENT,
      field: 'groups',
    });
    await expect(verifier.verify(accessToken, { use: 'access', scopes: ['orders'] })).rejects.toMatchObject({
      ...INSUFFICIENT,
      field: 'scopes',
    });
    // An empty list requires one of nothing, which no token has
    await expect(verifier.verify(accessToken, { use: 'access', groups: [] })).rejects.toMatchObject(
      INSUFFICIENT,
    );
  });

  test('a bad token is TOKEN_INVALID, whatever it permits', async () => {
    const { verifier, accessToken } = await writer();
    await expect(verifier.verify(accessToken, { use: 'id', groups: ['writers'] })).rejects.toMatchObject(
      INVALID,
    );
  });

  test.each([
    ['scopes of an ID token', { use: 'id', scopes: ['openid'] }, 'scopes'],
    ['groups that are a string', { use: 'access', groups: 'writers' }, 'groups'],
    ['another use', { use: 'refresh' }, 'use'],
  ])('refuses to look for %s', async (_, required, field) => {
    const { verifier, accessToken } = await writer();
    await expect(verifier.verify(accessToken, required as never)).rejects.toMatchObject({
      name: 'ArgumentError',
      code: 'OPTION_INVALID',
      field,
    });
  });
});

test('tokens of several app clients are taken, and those of another one are not', async () => {
  const { client, options, accessToken, idToken } = await world();
  const both = createTokenVerifier({ ...client, clientId: 'other' }, { ...options, clientIds: ['web'] });
  expect(await both.verify(accessToken, 'access')).toMatchObject({ client_id: 'web' });
  expect(await both.verify(idToken, 'id')).toMatchObject({ aud: 'web' });
  const others = createTokenVerifier({ ...client, clientId: 'other' }, { ...options, clientIds: ['third'] });
  await expect(others.verify(accessToken, 'access')).rejects.toMatchObject(INVALID);
  expect(() => createTokenVerifier(client, { clientIds: [''] })).toThrow(
    /"clientIds" must be an array of strings/,
  );
});

describe('the public keys', () => {
  test('are fetched before the first token if the server asks for that', async () => {
    const { client, options, accessToken, fetched } = await world();
    const verifier = createTokenVerifier(client, options);
    expect(verifier.keys()).toBeUndefined();
    await verifier.fetchKeys();
    expect(fetched()).toBe(1);
    await verifier.verify(accessToken, 'access');
    expect(fetched()).toBe(1);
  });

  test('of an earlier process verify without a request, until a token names another key', async () => {
    const { client, options, accessToken, fetched } = await world();
    const earlier = createTokenVerifier(client, options);
    await earlier.fetchKeys();
    const keys = JSON.parse(JSON.stringify(earlier.keys()));
    const later = createTokenVerifier(client, { ...options, keys });
    await later.verify(accessToken, 'access');
    expect(fetched()).toBe(1);
    const [idKey] = keys.keys;
    const withoutAccessKey = createTokenVerifier(client, { ...options, keys: { keys: [idKey] } });
    await withoutAccessKey.verify(accessToken, 'access');
    expect(fetched()).toBe(2);
  });

  test('that cannot be fetched are told when they are asked for', async () => {
    const { client } = await world();
    const fetch = () => Promise.reject(new TypeError('fetch failed'));
    await expect(createTokenVerifier(client, { fetch }).fetchKeys()).rejects.toMatchObject({
      code: 'NETWORK_FAILED',
    });
  });

  test('that are not a JWKS are refused', async () => {
    const { client } = await world();
    for (const keys of [null, [], { keys: 'none' }, { keys: [1] }]) {
      expect(() => createTokenVerifier(client, { keys: keys as never })).toThrow(/"keys" must be a JWKS/);
    }
  });
});
