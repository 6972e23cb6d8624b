/** The claims of tokens: their types, what the client and the scopes show, and what a refresh keeps. */
import { createHash } from 'node:crypto';
import { claimsOf } from '../../test/support/client.ts';
import { createUserPool } from '../src/index.ts';
import { createAdmin } from './admin-calls.ts';
import { createWire, PASSWORD } from './wire.ts';

const ATTRIBUTES = {
  email: 'alice@example.com',
  email_verified: 'false',
  phone_number: '+4912345678',
  phone_number_verified: 'true',
  name: 'Alice',
  given_name: 'Alice',
  address: '1 Main Street\nBerlin',
  updated_at: '1782000000',
  'custom:tier': 'gold',
  'custom:seats': '7',
  'custom:trial': 'true',
  'dev:custom:note': 'hidden',
};
const alice = { username: 'alice', password: PASSWORD, attributes: ATTRIBUTES };
const without = (...names: readonly string[]) =>
  Object.keys(ATTRIBUTES).filter((name) => !names.includes(name));

const idClaims = async (scopes?: readonly string[], clients = [{ clientId: 'web' }]) => {
  const pool = createUserPool({ users: [alice], clients });
  const { idToken } = await pool.issueTokens('alice', scopes && { scopes });
  return idToken === undefined ? undefined : claimsOf(idToken);
};

const shown = async (scopes?: readonly string[]) => {
  const claims = await idClaims(scopes);
  return claims && Object.keys(ATTRIBUTES).filter((name) => name in claims);
};

describe('attributes in the ID token', () => {
  test('flags are booleans, address is an object, updated_at a number, and custom attributes are texts', async () => {
    expect(await idClaims()).toMatchObject({
      email_verified: false,
      phone_number_verified: true,
      address: { formatted: '1 Main Street\nBerlin' },
      updated_at: 1_782_000_000,
      'custom:tier': 'gold',
      'custom:seats': '7',
      'custom:trial': 'true',
    });
  });

  test('are those that the client may read', async () => {
    const readAttributes = ['email', 'custom:tier'];
    const claims = await idClaims(undefined, [{ clientId: 'web', readAttributes } as { clientId: string }]);
    expect(Object.keys(ATTRIBUTES).filter((name) => claims && name in claims)).toEqual(readAttributes);
  });

  test.each<[readonly string[] | undefined, readonly string[]]>([
    [undefined, without('dev:custom:note')],
    [['openid'], without('dev:custom:note')],
    [['openid', 'orders/read'], without('dev:custom:note')],
    [
      ['openid', 'email'],
      ['email', 'email_verified'],
    ],
    [
      ['phone', 'openid'],
      ['phone_number', 'phone_number_verified'],
    ],
    [
      ['openid', 'profile'],
      ['name', 'given_name', 'updated_at', 'custom:tier', 'custom:seats', 'custom:trial'],
    ],
    [
      ['openid', 'profile', 'email'],
      [
        'email',
        'email_verified',
        'name',
        'given_name',
        'updated_at',
        'custom:tier',
        'custom:seats',
        'custom:trial',
      ],
    ],
  ])('with the scopes %j are %j', async (scopes, names) => {
    expect(await shown(scopes)).toEqual(names);
  });
});

describe('tokens with OAuth scopes', () => {
  const { issueTokens } = createUserPool({
    users: [{ ...alice, groups: ['writers'] }],
    groups: [{ name: 'writers' }],
  });

  test('have the scopes as they were asked for, and version 2, in the order of the guide', async () => {
    const { accessToken } = await issueTokens('alice', { scopes: ['phone', 'openid', 'orders/read'] });
    const claims = claimsOf(accessToken);
    expect(claims).toMatchObject({ scope: 'phone openid orders/read', version: 2 });
    expect(Object.keys(claims)).toEqual([
      'sub',
      'cognito:groups',
      'iss',
      'version',
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
  });

  test('have the hash of the access token in the ID token', async () => {
    const { accessToken, idToken = '' } = await issueTokens('alice', { scopes: ['openid'] });
    const half = createHash('sha256').update(accessToken).digest().subarray(0, 16);
    expect(claimsOf(idToken)['at_hash']).toBe(half.toString('base64url'));
  });

  test('have no ID token without openid', async () => {
    const tokens = await issueTokens('alice', { scopes: ['email', 'orders/read'] });
    expect(tokens).toMatchObject({ accessToken: expect.any(String), idToken: undefined });
  });

  test('of a sign-in by the API have neither version nor at_hash', async () => {
    const { accessToken, idToken = '' } = await issueTokens('alice');
    expect(claimsOf(accessToken)).not.toHaveProperty('version');
    expect(claimsOf(idToken)).not.toHaveProperty('at_hash');
  });
});

test('a refresh keeps scopes, resource and auth_time, and leaves the nonce out', async () => {
  const sub = '00000000-0000-4000-8000-000000000001';
  const refreshToken = 'a-refresh-token-of-an-oauth-grant';
  const { call, now } = createWire({
    users: [{ ...alice, attributes: { sub } }],
    grants: [
      {
        clientId: 'web',
        username: 'alice',
        sub,
        deviceKey: undefined,
        methods: [],
        hasLevel: false,
        authTime: 1_700_000_000,
        oauth: { scopes: ['openid', 'orders/read'], nonce: 'n-1', resource: 'https://orders.example.com' },
        originJti: '00000000-0000-4000-8000-000000000002',
        eventId: '00000000-0000-4000-8000-000000000003',
        sessionId: 'tkn0123456789012345678901234',
        expires: Date.UTC(2027, 0, 1),
        lastActiveAt: 1_700_000_000_000,
        revoked: false,
      },
    ],
    refreshTokens: [
      {
        token: createHash('sha256').update(refreshToken).digest('base64'),
        eventId: '00000000-0000-4000-8000-000000000003',
      },
    ],
  });
  const { AuthenticationResult } = await call('GetTokensFromRefreshToken', {
    ClientId: 'web',
    RefreshToken: refreshToken,
  });
  expect(claimsOf(AuthenticationResult.AccessToken)).toMatchObject({
    scope: 'openid orders/read',
    aud: 'https://orders.example.com',
    client_id: 'web',
    auth_time: 1_700_000_000,
    iat: now() / 1000,
    event_id: '00000000-0000-4000-8000-000000000003',
    origin_jti: '00000000-0000-4000-8000-000000000002',
  });
  expect(claimsOf(AuthenticationResult.IdToken)).toMatchObject({ aud: 'web', auth_time: 1_700_000_000 });
  expect(claimsOf(AuthenticationResult.IdToken)).not.toHaveProperty('nonce');
});

test('a client without revocation has tokens without jti and origin_jti', async () => {
  const pool = createUserPool({
    users: [alice],
    clients: [{ clientId: 'web', enableTokenRevocation: false }],
  });
  const { accessToken, idToken = '' } = await pool.issueTokens('alice', { scopes: ['openid'] });
  for (const token of [accessToken, idToken]) {
    expect(claimsOf(token)).not.toHaveProperty('jti');
    expect(claimsOf(token)).not.toHaveProperty('origin_jti');
  }
});

test('a token of a user who is linked to a provider has identities, with texts where the attribute has other types', async () => {
  const identity = { userId: '42', providerName: 'Google', providerType: 'Google', issuer: null };
  const identities = JSON.stringify([{ ...identity, primary: true, dateCreated: 1_700_000_000_000 }]);
  const pool = createUserPool({ users: [{ ...alice, attributes: { identities } }] });
  const { idToken = '' } = await pool.issueTokens('alice', { scopes: ['openid', 'email'] });
  expect(claimsOf(idToken)['identities']).toEqual([
    { ...identity, primary: 'true', dateCreated: '1700000000000' },
  ]);
});

test.each([
  ['ORIGINAL', 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Issuer1'],
  ['UPDATED', 'https://issuer-cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Issuer1'],
] as const)('IssuerConfiguration %s makes the issuer %s', async (Type, issuer) => {
  const userPool = { IssuerConfiguration: { Type } };
  const pool = createUserPool({ userPoolId: 'eu-west-1_Issuer1', users: [alice], userPool });
  expect(claimsOf((await pool.issueTokens('alice')).accessToken)['iss']).toBe(issuer);
});

describe('AcrConfiguration', () => {
  const userPool = { AcrConfiguration: { Level1: { AcrValue: 'basic' } } };
  const signIn = (TARGET_ACR_VALUES: string) =>
    createWire({ users: [alice], userPool }).initiate('USER_AUTH', {
      USERNAME: 'alice',
      PREFERRED_CHALLENGE: 'PASSWORD',
      PASSWORD,
      TARGET_ACR_VALUES,
    });

  test('names a level in both tokens, and in TARGET_ACR_VALUES', async () => {
    const { AuthenticationResult } = await signIn('basic');
    for (const token of [AuthenticationResult.AccessToken, AuthenticationResult.IdToken]) {
      expect(claimsOf(token)).toMatchObject({ acr: 'basic', amr: ['pwd'] });
    }
  });

  test('takes the place of the default name', async () => {
    expect(await signIn('urn:cognito:loa:1')).toMatchObject({ status: 400 });
  });
});

test('UpdateUserPoolClient changes what the next tokens have', async () => {
  const { admin, signIn, pool } = createAdmin({ users: [alice] });
  const [ClientId] = pool.clientIds;
  const changed = await admin('UpdateUserPoolClient', {
    ClientId,
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
    ReadAttributes: ['name'],
    AccessTokenValidity: 10,
    IdTokenValidity: 900,
    TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'seconds' },
    EnableTokenRevocation: false,
  });
  expect(changed.status).toBe(200);
  const { AuthenticationResult } = await signIn();
  expect(AuthenticationResult).toMatchObject({ ExpiresIn: 600 });
  const [access, id] = [claimsOf(AuthenticationResult.AccessToken), claimsOf(AuthenticationResult.IdToken)];
  expect(Number(access['exp']) - Number(access['iat'])).toBe(600);
  expect(Number(id['exp']) - Number(id['iat'])).toBe(900);
  expect(Object.keys(ATTRIBUTES).filter((name) => name in id)).toEqual(['name']);
  expect(access).not.toHaveProperty('jti');
});
