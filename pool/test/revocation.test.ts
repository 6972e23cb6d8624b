/** RevokeToken and GlobalSignOut end the right tokens, and no others. */

import { secretHash } from '../../src/srp/index.ts';
import { createUserPool, type UserPool } from '../src/index.ts';
import {
  ALICE,
  call,
  claimsOf,
  notAuthorized,
  refreshTokenOf,
  refusal,
  resultOf,
  signInByPassword,
} from './raw-calls.ts';

const FLOWS = ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'];

/** RSA keys take their time: the tests share a pool, each with an alice of its own. */
const shared = createUserPool({
  users: [{ username: 'bob', password: ALICE.password }],
  clients: [
    { clientId: 'web', explicitAuthFlows: FLOWS },
    { clientId: 'other', explicitAuthFlows: FLOWS },
    { clientId: 'server', clientSecret: 'shh', explicitAuthFlows: FLOWS },
    { clientId: 'irrevocable', explicitAuthFlows: FLOWS, enableTokenRevocation: false },
    {
      clientId: 'rotating',
      explicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
      refreshTokenRotation: { gracePeriodSeconds: 10 },
    },
  ],
});
const poolWithAlice = () => {
  shared.users.add(ALICE);
  return shared;
};

const revoke = (pool: UserPool, Token: string, ClientId = 'web', more: object = {}) =>
  call(pool, 'RevokeToken', { ClientId, Token, ...more });
const getUser = (pool: UserPool, AccessToken: string) => call(pool, 'GetUser', { AccessToken });
const refresh = (pool: UserPool, RefreshToken: string, ClientId = 'web') =>
  call(pool, 'GetTokensFromRefreshToken', { ClientId, RefreshToken });

const REVOKED = notAuthorized('Access Token has been revoked');

describe('RevokeToken', () => {
  test('ends the refresh token and the access tokens of its sign-in, and no other', async () => {
    const pool = poolWithAlice();
    const first = await signInByPassword(pool);
    const refreshed = resultOf(await refresh(pool, refreshTokenOf(first)));
    const second = await signInByPassword(pool);
    expect(await revoke(pool, refreshTokenOf(first))).toEqual({});
    expect(await getUser(pool, resultOf(first).AccessToken)).toEqual(REVOKED);
    expect(await getUser(pool, refreshed.AccessToken)).toEqual(REVOKED);
    expect(await refresh(pool, refreshTokenOf(first))).toEqual(notAuthorized(undefined));
    expect(await getUser(pool, resultOf(second).AccessToken)).toMatchObject({ Username: 'alice' });
    expect(await refresh(pool, refreshTokenOf(second))).toHaveProperty('AuthenticationResult');
  });

  test('takes a rotated-out token for its whole family', async () => {
    const pool = poolWithAlice();
    const first = refreshTokenOf(await signInByPassword(pool, 'rotating'));
    const second = await refresh(pool, first, 'rotating');
    expect(await revoke(pool, first, 'rotating')).toEqual({});
    expect(await refresh(pool, refreshTokenOf(second), 'rotating')).toEqual(notAuthorized(undefined));
    expect(await getUser(pool, resultOf(second).AccessToken)).toEqual(REVOKED);
  });

  test('says nothing about a token that is unknown, revoked already, or another client’s', async () => {
    const pool = poolWithAlice();
    const reply = await signInByPassword(pool);
    expect(await revoke(pool, 'unknown')).toEqual({});
    expect(await revoke(pool, refreshTokenOf(reply), 'other')).toEqual({});
    expect(await getUser(pool, resultOf(reply).AccessToken)).toMatchObject({ Username: 'alice' });
    await revoke(pool, refreshTokenOf(reply));
    expect(await revoke(pool, refreshTokenOf(reply))).toEqual({});
  });

  test('refuses access and ID tokens, which stay valid', async () => {
    const pool = poolWithAlice();
    const { AccessToken, IdToken } = resultOf(await signInByPassword(pool));
    for (const token of [AccessToken, IdToken]) {
      expect(await revoke(pool, token)).toMatchObject({ __type: 'UnsupportedTokenTypeException' });
    }
    expect(await getUser(pool, AccessToken)).toMatchObject({ Username: 'alice' });
  });

  test('requires the client and its secret', async () => {
    const pool = poolWithAlice();
    const refused = refusal('UnauthorizedException', 'Invalid client or secret');
    const hash = { SECRET_HASH: secretHash('alice', 'server', 'shh') };
    const reply = await signInByPassword(pool, 'server', hash);
    const token = refreshTokenOf(reply);
    expect(await revoke(pool, token, 'server')).toEqual(refused);
    expect(await revoke(pool, token, 'server', { ClientSecret: 'wrong' })).toEqual(refused);
    expect(await revoke(pool, token, 'nobody')).toEqual(refused);
    expect(await getUser(pool, resultOf(reply).AccessToken)).toMatchObject({ Username: 'alice' });
    expect(await revoke(pool, token, 'server', { ClientSecret: 'shh' })).toEqual({});
    expect(await getUser(pool, resultOf(reply).AccessToken)).toEqual(REVOKED);
  });

  test('is refused to a client that has it turned off, whose tokens have no origin_jti', async () => {
    const pool = poolWithAlice();
    const reply = await signInByPassword(pool, 'irrevocable');
    expect(await revoke(pool, refreshTokenOf(reply), 'irrevocable')).toMatchObject({
      __type: 'UnsupportedOperationException',
    });
    for (const token of [resultOf(reply).AccessToken, resultOf(reply).IdToken]) {
      expect(claimsOf(token)).not.toHaveProperty('origin_jti');
      expect(claimsOf(token)).not.toHaveProperty('jti');
    }
  });
});

describe('GlobalSignOut', () => {
  test('ends every token of the user, at every client, and of nobody else', async () => {
    const pool = poolWithAlice();
    const replies = [
      await signInByPassword(pool),
      await signInByPassword(pool, 'other'),
      await signInByPassword(pool, 'irrevocable'),
    ] as const;
    const bob = resultOf(await signInByPassword(pool, 'web', { USERNAME: 'bob' }));
    const { AccessToken } = resultOf(replies[0]);
    expect(await call(pool, 'GlobalSignOut', { AccessToken })).toEqual({});
    for (const reply of replies) expect(await getUser(pool, resultOf(reply).AccessToken)).toEqual(REVOKED);
    expect(await call(pool, 'GlobalSignOut', { AccessToken })).toEqual(REVOKED);
    const AuthParameters = { REFRESH_TOKEN: refreshTokenOf(replies[0]) };
    expect(
      await call(pool, 'InitiateAuth', { ClientId: 'web', AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters }),
    ).toEqual(notAuthorized('Refresh Token has been revoked'));
    expect(await getUser(pool, bob.AccessToken)).toMatchObject({ Username: 'bob' });
  });

  test('does not keep the user from signing in again', async () => {
    const pool = poolWithAlice();
    const { AccessToken } = resultOf(await signInByPassword(pool));
    await call(pool, 'GlobalSignOut', { AccessToken });
    const again = resultOf(await signInByPassword(pool));
    expect(await getUser(pool, again.AccessToken)).toMatchObject({ Username: 'alice' });
  });

  test('requires an access token', async () => {
    const pool = poolWithAlice();
    const { IdToken } = resultOf(await signInByPassword(pool));
    expect(await call(pool, 'GlobalSignOut', { AccessToken: IdToken })).toEqual(
      notAuthorized('Invalid Access Token'),
    );
  });
});
