/** What is wrong with the keys is told apart from what the network did, and from what is wrong with the token. */
import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createTokenVerifier } from '../../src/verify/index.ts';

const pool = { userPoolId: 'eu-west-1_AbCdEf123', clientId: 'web' };
const LONG = generateKeyPairSync('rsa', { modulusLength: 2048 });
const SHORT = generateKeyPairSync('rsa', { modulusLength: 1024 });
const CURVE = generateKeyPairSync('ec', { namedCurve: 'P-256' });

const jwkOf = (key: KeyObject, members: object = {}) => ({
  ...key.export({ format: 'jwk' }),
  kid: 'one',
  alg: 'RS256',
  use: 'sig',
  ...members,
});

function tokenOf(key: KeyObject, header: object = {}): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = {
    iss: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf123',
    exp: Math.floor(Date.now() / 1000) + 3600,
    token_use: 'access',
    client_id: 'web',
    username: 'alice',
  };
  const signed = `${encode({ alg: 'RS256', kid: 'one', ...header })}.${encode(claims)}`;
  const signature = sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' });
  return `${signed}.${signature.toString('base64url')}`;
}

/** A token whose HMAC has the public key as its secret, which a verifier accepts that takes the algorithm from the token. */
function tokenByHmac(secret: string | Buffer): string {
  const [, claims] = tokenOf(LONG.privateKey).split('.');
  const header = Buffer.from(JSON.stringify({ alg: 'HS256', kid: 'one' })).toString('base64url');
  const signed = `${header}.${claims}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

const verify = (answer: () => Promise<Response>, token = tokenOf(LONG.privateKey)) =>
  createTokenVerifier(pool, { fetch: answer }).verify(token, 'access');

const errorOf = (answer: () => Promise<Response>, token?: string): Promise<Error> =>
  verify(answer, token).then(
    () => Promise.reject(new Error('was taken')),
    (error: Error) => error,
  );

const jwks =
  (...keys: readonly unknown[]) =>
  async () =>
    Response.json({ keys });

const KEYS_INVALID = { name: 'ProtocolError', code: 'KEYS_INVALID', recovery: 'fix-configuration' };
const NETWORK_FAILED = { name: 'ProtocolError', code: 'NETWORK_FAILED', recovery: 'try-later' };
const TOKEN_INVALID = { name: 'ProtocolError', code: 'TOKEN_INVALID' };

test('a key of 2048 bits verifies a token that it has signed', async () => {
  expect(await verify(jwks(jwkOf(LONG.publicKey)))).toMatchObject({ username: 'alice' });
});

test('an RSA key of 1024 bits is KEYS_INVALID, and the message says how long it must be', async () => {
  const error = await errorOf(jwks(jwkOf(SHORT.publicKey)), tokenOf(SHORT.privateKey));
  expect(error).toMatchObject(KEYS_INVALID);
  expect(error.message).toMatch(/2048 bits/);
});

test.each<[string, () => Promise<Response>, RegExp]>([
  ['another object', async () => Response.json({ hello: 'world' }), /malformed/],
  ['without real keys', jwks('key'), /malformed/],
  ['an array', async () => Response.json([]), /malformed/],
  ['HTML', async () => new Response('<html>'), /not JSON/],
  ['a key without its number', jwks(jwkOf(LONG.publicKey, { n: undefined })), /./],
  ['a key for RS512', jwks(jwkOf(LONG.publicKey, { alg: 'RS512' })), /not a key for RS256/],
  ['a key of an elliptic curve', jwks(jwkOf(CURVE.publicKey, { alg: 'ES256' })), /not a key for RS256/],
  ['a key for encryption', jwks(jwkOf(LONG.publicKey, { use: 'enc' })), /not a key for RS256/],
  ['two keys of one name', jwks(jwkOf(LONG.publicKey), jwkOf(LONG.publicKey)), /multiple/],
  ['not there', async () => new Response('{"message":"no such pool"}', { status: 404 }), /HTTP 404/],
  ['larger than 1 MiB', jwks({ kid: 'x'.repeat(1024 * 1024) }), /larger than 1048576 bytes/],
  ['a redirect', async () => new Response(null, { status: 302 }), /HTTP 302/],
])('a JWKS that is %s is KEYS_INVALID, and the message says why', async (_, answer, reason) => {
  const error = await errorOf(answer);
  expect(error).toMatchObject(KEYS_INVALID);
  expect(error.message).toMatch(/^The public keys of the user pool cannot be used: /);
  expect(error.message).toMatch(reason);
});

test.each<[string, () => Promise<Response>, object]>([
  ['a lost connection', () => Promise.reject(new TypeError('fetch failed')), {}],
  ['a time limit', () => Promise.reject(new DOMException('timed out', 'TimeoutError')), {}],
  [
    'a reply that breaks off',
    async () =>
      new Response(new ReadableStream({ start: (stream) => stream.error(new TypeError('terminated')) })),
    {},
  ],
  ['HTTP 500', async () => new Response('<html>', { status: 500 }), { status: 500 }],
  ['HTTP 503', async () => Response.json({}, { status: 503 }), { status: 503 }],
  ['HTTP 429', async () => Response.json({}, { status: 429 }), { status: 429 }],
])('%s is NETWORK_FAILED', async (_, answer, details) => {
  expect(await errorOf(answer)).toMatchObject({ ...NETWORK_FAILED, ...details });
});

test.each<[string, string]>([
  ['signed by an elliptic curve', tokenOf(CURVE.privateKey, { alg: 'ES256' })],
  ['that names RS512', tokenOf(LONG.privateKey, { alg: 'RS512' })],
  ['without a signature', `${tokenOf(LONG.privateKey, { alg: 'none' }).split('.', 2).join('.')}.`],
  ['by HMAC with the public key as PEM', tokenByHmac(LONG.publicKey.export({ type: 'spki', format: 'pem' }))],
  ['by HMAC with the public key as DER', tokenByHmac(LONG.publicKey.export({ type: 'spki', format: 'der' }))],
  ['by HMAC with the JWK', tokenByHmac(JSON.stringify(jwkOf(LONG.publicKey)))],
  ['that brings a key of its own', tokenOf(SHORT.privateKey, { jwk: jwkOf(SHORT.publicKey) })],
  ['of a key that is not in the JWKS', tokenOf(LONG.privateKey, { kid: 'two' })],
  ['signed by another key of that name', tokenOf(SHORT.privateKey)],
])('a token %s is TOKEN_INVALID', async (_, token) => {
  expect(await errorOf(jwks(jwkOf(LONG.publicKey)), token)).toMatchObject(TOKEN_INVALID);
});

test('a token that names no key is TOKEN_INVALID where the pool has two', async () => {
  const answer = jwks(jwkOf(LONG.publicKey), jwkOf(LONG.publicKey, { kid: 'two' }));
  const error = await errorOf(answer, tokenOf(LONG.privateKey, { kid: undefined }));
  expect(error).toMatchObject(TOKEN_INVALID);
  expect(error.message).toMatch(/does not name the key/);
});

test('a flood of tokens with unknown keys fetches the keys once', async () => {
  let fetched = 0;
  const fetch = async () => {
    fetched += 1;
    return Response.json({ keys: [jwkOf(LONG.publicKey)] });
  };
  const verifier = createTokenVerifier(pool, { fetch });
  for (let kid = 0; kid < 50; kid++) {
    const token = tokenOf(LONG.privateKey, { kid: `unknown ${kid}` });
    await expect(verifier.verify(token, 'access')).rejects.toMatchObject(TOKEN_INVALID);
  }
  expect(fetched).toBe(1);
});

test('a verifier that had no network fetches the keys at the next call', async () => {
  let online = false;
  const fetch = async () => {
    if (!online) throw new TypeError('fetch failed');
    return Response.json({ keys: [jwkOf(LONG.publicKey)] });
  };
  const verifier = createTokenVerifier(pool, { fetch });
  const token = tokenOf(LONG.privateKey);
  await expect(verifier.verify(token, 'access')).rejects.toMatchObject(NETWORK_FAILED);
  online = true;
  expect(await verifier.verify(token, 'access')).toMatchObject({ username: 'alice' });
});

describe('eleven minutes after the keys were fetched', () => {
  afterEach(() => jest.restoreAllMocks());

  async function later() {
    const endpoint = { answer: jwks(jwkOf(LONG.publicKey)), fetched: 0 };
    const fetch = () => {
      endpoint.fetched += 1;
      return endpoint.answer();
    };
    const verifier = createTokenVerifier(pool, { fetch });
    const token = tokenOf(LONG.privateKey);
    await verifier.verify(token, 'access');
    const start = Date.now();
    // jose reads this clock
    jest.spyOn(Date, 'now').mockImplementation(() => start + 11 * 60_000);
    return { endpoint, verifier, token };
  }

  test('a token of a key at hand is verified, and nothing is fetched', async () => {
    const { endpoint, verifier, token } = await later();
    endpoint.answer = () => Promise.reject(new TypeError('fetch failed'));
    expect(await verifier.verify(token, 'access')).toMatchObject({ username: 'alice' });
    expect(endpoint.fetched).toBe(1);
  });

  test('fetchKeys that fails leaves the keys at hand, and one that succeeds removes those that the pool has withdrawn', async () => {
    const { endpoint, verifier, token } = await later();
    endpoint.answer = () => Promise.reject(new TypeError('fetch failed'));
    await expect(verifier.fetchKeys()).rejects.toMatchObject(NETWORK_FAILED);
    expect(await verifier.verify(token, 'access')).toMatchObject({ username: 'alice' });
    endpoint.answer = jwks(jwkOf(LONG.publicKey, { kid: 'two' }));
    await verifier.fetchKeys();
    await expect(verifier.verify(token, 'access')).rejects.toMatchObject(TOKEN_INVALID);
    const fresh = tokenOf(LONG.privateKey, { kid: 'two' });
    expect(await verifier.verify(fresh, 'access')).toMatchObject({ username: 'alice' });
  });
});
