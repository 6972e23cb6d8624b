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
