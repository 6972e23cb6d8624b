/** The tokens have the service's claims, headers and order, and verify against the pool's JWKS. */
import { generateKeyPairSync } from 'node:crypto';
import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import { alice, claimsOf } from '../../test/support/client.ts';
import { initiate } from '../../test/support/pool-calls.ts';
import { createUserPool, type UserPoolOptions } from '../src/index.ts';
import { createWire, NOT_THE_CODE, SESSION_EXPIRED } from './wire.ts';

const time = Date.UTC(2026, 8, 24, 13, 50, 15);
const attributes = { email: 'alice@example.org', email_verified: 'true', 'custom:team': 'blue' };
const pool = createUserPool({
  userPoolId: 'eu-west-1_AbCdEf123',
  users: [{ ...alice, attributes }],
  now: () => time,
});
const issuer = 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf123';
const result = async (from = pool) => {
  const parameters = { USERNAME: 'alice', PASSWORD: alice.password };
  const { body } = await initiate(from, parameters, 'web', 'USER_PASSWORD_AUTH');
  if (!body.AuthenticationResult) throw new Error(JSON.stringify(body));
  return body.AuthenticationResult as unknown as {
    readonly AccessToken: string;
    readonly IdToken: string;
    readonly RefreshToken: string;
    readonly ExpiresIn: number;
    readonly TokenType: string;
  };
};
const jwks = async (from = pool) =>
  (await (
    await from.fetch(`http://127.0.0.1/${from.userPoolId}/.well-known/jwks.json`)
  ).json()) as JSONWebKeySet;

test('AuthenticationResult says that a Bearer token expires in an hour', async () => {
  expect(await result()).toMatchObject({ ExpiresIn: 3600, TokenType: 'Bearer' });
});

test("the access token's claims, in the service's order", async () => {
  const { AccessToken } = await result();
  const claims = claimsOf(AccessToken);
  expect(Object.keys(claims)).toEqual([
    'sub',
    'iss',
    'client_id',
    'origin_jti',
    'event_id',
    'token_use',
    'scope',
    'auth_time',
    'exp',
    'iat',
    'jti',
    'username',
  ]);
  expect(claims).toMatchObject({
    sub: pool.users.find('alice')?.sub,
    iss: issuer,
    client_id: 'web',
    token_use: 'access',
    scope: 'aws.cognito.signin.user.admin',
    auth_time: time / 1000,
    iat: time / 1000,
    exp: time / 1000 + 3600,
    username: 'alice',
  });
});

test("the ID token's claims: the attributes, then the rest in the service's order", async () => {
  const { IdToken } = await result();
  const claims = claimsOf(IdToken);
  const names = Object.keys(claims);
  expect(new Set(names.slice(0, 3))).toEqual(new Set(Object.keys(attributes)));
  expect(names.slice(3)).toEqual([
    'origin_jti',
    'sub',
    'aud',
    'event_id',
    'token_use',
    'auth_time',
    'iss',
    'cognito:username',
    'exp',
    'iat',
    'jti',
  ]);
  expect(claims).toMatchObject({
    email: 'alice@example.org',
    email_verified: true,
    'custom:team': 'blue',
    aud: 'web',
    token_use: 'id',
    iss: issuer,
    'cognito:username': 'alice',
    iat: time / 1000,
    exp: time / 1000 + 3600,
  });
});

test('both tokens of one sign-in share sub, origin_jti and event_id, and no jti; the next has others', async () => {
  const [one, two] = [await result(), await result()];
  const [access, id] = [claimsOf(one.AccessToken), claimsOf(one.IdToken)];
  for (const name of ['sub', 'origin_jti', 'event_id']) expect(access[name]).toBe(id[name]);
  expect(access['jti']).not.toBe(id['jti']);
  expect(claimsOf(two.AccessToken)['origin_jti']).not.toBe(access['origin_jti']);
  expect(claimsOf(two.AccessToken)['sub']).toBe(access['sub']);
  expect(two.RefreshToken).not.toBe(one.RefreshToken);
});

test('the header has kid, then alg and no typ, and the tokens have two keys', async () => {
  const { AccessToken, IdToken } = await result();
  const headers = [IdToken, AccessToken].map((token) =>
    Buffer.from(token.split('.')[0] ?? '', 'base64url').toString(),
  );
  for (const header of headers) expect(header).toMatch(/^\{"kid":"[A-Za-z0-9+/]{43}=","alg":"RS256"\}$/);
  expect(headers[0]).not.toBe(headers[1]);
});

test('the JWKS has the public RSA-2048 key of the ID token, then that of the access token', async () => {
  const { AccessToken, IdToken } = await result();
  const { keys } = await jwks();
  expect(keys.map(({ kid }) => kid)).toEqual(
    [IdToken, AccessToken].map((token) => decodeProtectedHeader(token).kid),
  );
  for (const key of keys) {
    expect(Object.keys(key).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
    expect(key).toMatchObject({ alg: 'RS256', e: 'AQAB', kty: 'RSA', use: 'sig' });
    expect(Buffer.from(String(key['n']), 'base64url')).toHaveLength(256);
  }
});

test("tokens verify against the pool's JWKS, not against another pool's, and expire", async () => {
  const { AccessToken } = await result();
  const set = createLocalJWKSet(await jwks());
  const at = { issuer, currentDate: new Date(time + 1000) };
  expect((await jwtVerify(AccessToken, set, at)).payload['username']).toBe('alice');
  await expect(
    jwtVerify(AccessToken, set, { ...at, currentDate: new Date(time + 3_601_000) }),
  ).rejects.toMatchObject({ code: 'ERR_JWT_EXPIRED' });
  const others = createLocalJWKSet(await jwks(createUserPool()));
  await expect(jwtVerify(AccessToken, others, at)).rejects.toMatchObject({
    code: 'ERR_JWKS_NO_MATCHING_KEY',
  });
});

test('the refresh token is opaque, of five parts', async () => {
  const { RefreshToken } = await result();
  expect(RefreshToken).toMatch(/^eyJjdHkiOiJKV1Qi[\w-]+(\.[\w-]+){4}$/);
});

test('tokenValidity and issuer are options', async () => {
  const other = createUserPool({
    users: [alice],
    tokenValidity: 300,
    issuer: 'http://127.0.0.1:9/x',
    now: () => time,
  });
  const { AccessToken, ExpiresIn } = await result(other);
  expect(ExpiresIn).toBe(300);
  expect(claimsOf(AccessToken)).toMatchObject({ iss: 'http://127.0.0.1:9/x', exp: time / 1000 + 300 });
});

describe('a client of the options', () => {
  test('has validities in hours and days, as on AWS, or in its own units', async () => {
    const clients = [
      {
        clientId: 'web',
        accessTokenValidity: 2,
        idTokenValidity: 30,
        tokenValidityUnits: { idToken: 'minutes' },
      },
    ] as const;
    const { AccessToken, IdToken, ExpiresIn } = await result(
      createUserPool({
        users: [alice],
        clients: [{ ...clients[0], explicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] }],
        now: () => time,
      }),
    );
    expect(ExpiresIn).toBe(7200);
    expect([claimsOf(AccessToken)['exp'], claimsOf(IdToken)['exp']]).toEqual([
      time / 1000 + 7200,
      time / 1000 + 1800,
    ]);
  });

  test('has its own time to answer challenges', async () => {
    const {
      initiate: begin,
      respond,
      wait,
    } = createWire({
      users: [{ ...alice, attributes: { phone_number: '+4912345678' }, mfa: { sms: '+4912345678' } }],
      clients: [{ clientId: 'web', explicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'], authSessionValidity: 5 }],
    });
    const { Session } = await begin('USER_PASSWORD_AUTH', { USERNAME: 'alice', PASSWORD: alice.password });
    wait(299);
    expect(await respond('SMS_MFA', Session, { SMS_MFA_CODE: '000000' })).toEqual(NOT_THE_CODE);
    wait(1);
    expect(await respond('SMS_MFA', Session, { SMS_MFA_CODE: '000000' })).toEqual(SESSION_EXPIRED);
  });

  test('has refresh tokens that expire in the unit that it says', async () => {
    const clients = [
      { clientId: 'web', refreshTokenValidity: 90, tokenValidityUnits: { refreshToken: 'seconds' } },
    ] as const;
    const { pool: local, call, wait } = createWire({ clients });
    const { refreshToken: RefreshToken } = await local.issueTokens('alice');
    wait(90);
    expect(await call('GetTokensFromRefreshToken', { ClientId: 'web', RefreshToken })).toMatchObject({
      message: 'Refresh Token has expired',
    });
  });
});

describe('a signing key of a seed', () => {
  const use = 'id';
  const kid = 'k';

  test.each([
    [{ kty: 'EC', crv: 'P-256' }, 'signingKeys[0].privateJwk.kty must be RSA'],
    [
      { kty: 'RSA', n: 'AQAB', e: 'AQAB' },
      'signingKeys[0].privateJwk.n must be a modulus of 2048 bits or more',
    ],
    [{ kty: 'RSA', n: 'A'.repeat(342), e: 'AQAB' }, 'signingKeys[0].privateJwk.d must be a string'],
    ['key', 'signingKeys[0].privateJwk must be an object'],
  ])('%j is refused at once', (privateJwk, message) => {
    const signingKeys = [{ use, kid, privateJwk }] as unknown as NonNullable<UserPoolOptions['signingKeys']>;
    expect(() => createUserPool({ signingKeys })).toThrow(message);
  });

  const whole = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });

  test('that is whole is taken', () => {
    const signingKeys = [{ use, kid, privateJwk: { ...whole } }] as const;
    expect(() => createUserPool({ signingKeys })).not.toThrow();
  });

  test.each(['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'] as const)(
    'whose %s is another number is refused',
    (name) => {
      const text = whole[name] ?? '';
      // The first character stays, so that the number has the same length, and so does the last one
      const other = text.slice(0, 2) + (text[2] === 'A' ? 'B' : 'A') + text.slice(3);
      for (const damaged of [
        other,
        `${text.slice(0, -1)}AAAAA`.slice(0, Math.ceil(text.length / 4) * 4 + 1),
      ]) {
        const signingKeys = [{ use, kid, privateJwk: { ...whole, [name]: damaged } }] as const;
        expect(() => createUserPool({ signingKeys })).toThrow('signingKeys[0].privateJwk must be');
      }
    },
  );
});
