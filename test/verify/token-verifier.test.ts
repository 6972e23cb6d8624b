import { type SignedIn, signIn } from '../../src/index.ts';
import { createUserPool } from '../../src/pool/index.ts';
import { createTokenVerifier } from '../../src/verify/index.ts';

const PASSWORD = 'Correct-Horse-9';

async function world() {
  const clock = { ms: Date.now() };
  const pool = createUserPool({
    users: [{ username: 'alice', password: PASSWORD }],
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

test('refuses a changed payload, a token without signature, and what is no token; none is quoted', async () => {
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

test('keys that cannot be fetched are no refusal', async () => {
  const { client, accessToken } = await world();
  const fetch = async () => {
    throw new TypeError('fetch failed');
  };
  await expect(createTokenVerifier(client, { fetch }).verify(accessToken, 'access')).rejects.toMatchObject({
    code: 'NETWORK_FAILED',
    recovery: 'try-later',
  });
});
