/** REFRESH_TOKEN_AUTH and GetTokensFromRefreshToken give new tokens, rotate, and refuse. */

import { secretHash } from '../../src/srp/index.ts';
import { createGrants } from '../src/domain/grants.ts';
import { createRandom } from '../src/domain/randomness.ts';
import { createUserPool, type UserPool, type UserPoolOptions } from '../src/index.ts';
import {
  ALICE,
  call,
  claimsOf,
  notAuthorized,
  type Reply,
  refreshTokenOf,
  refusal,
  resultOf,
  signInByPassword,
} from './raw-calls.ts';

const FLOWS = ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'];
const START = Date.UTC(2026, 8, 24, 13, 50, 15);
const DAY = 86_400_000;

/** A pool whose clock the test turns. */
function newPool(options: UserPoolOptions = {}) {
  const clock = { now: START };
  const pool = createUserPool({
    users: [ALICE],
    clients: [
      { clientId: 'web', explicitAuthFlows: FLOWS },
      { clientId: 'other', explicitAuthFlows: FLOWS },
      { clientId: 'server', clientSecret: 'shh', explicitAuthFlows: FLOWS },
      {
        clientId: 'rotating',
        explicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
        refreshTokenRotation: { gracePeriodSeconds: 10 },
      },
      {
        clientId: 'strict',
        explicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
        refreshTokenRotation: { gracePeriodSeconds: 0 },
      },
    ],
    now: () => clock.now,
    ...options,
  });
  return { pool, clock };
}

/** RSA keys take their time: tests that need no other pool share one, each with an alice of its own. */
const shared = newPool();
const poolWithClock = () => {
  shared.pool.users.add(ALICE);
  return { ...shared, start: shared.clock.now };
};

const byFlow = (pool: UserPool, token: string, ClientId = 'web', AuthFlow = 'REFRESH_TOKEN_AUTH') =>
  call(pool, 'InitiateAuth', { ClientId, AuthFlow, AuthParameters: { REFRESH_TOKEN: token } });
const byOperation = (pool: UserPool, RefreshToken: string, ClientId = 'web', more: object = {}) =>
  call(pool, 'GetTokensFromRefreshToken', { RefreshToken, ClientId, ...more });

const WAYS: readonly (readonly [
  name: string,
  refresh: (pool: UserPool, token: string, clientId?: string) => Promise<Reply>,
  revokedText: string | undefined,
])[] = [
  ['REFRESH_TOKEN_AUTH', byFlow, 'Refresh Token has been revoked'],
  [
    'REFRESH_TOKEN',
    (pool, token, clientId) => byFlow(pool, token, clientId, 'REFRESH_TOKEN'),
    'Refresh Token has been revoked',
  ],
  ['GetTokensFromRefreshToken', byOperation, undefined],
];

describe.each(WAYS)('%s', (name, refresh, revokedText) => {
  test('gives an access and an ID token, and no refresh token', async () => {
    const { pool } = poolWithClock();
    const reply = await refresh(pool, refreshTokenOf(await signInByPassword(pool)));
    expect(reply).toEqual({
      ...(name !== 'GetTokensFromRefreshToken' && { ChallengeParameters: {} }),
      AuthenticationResult: {
        AccessToken: expect.stringMatching(/^eyJ/),
        IdToken: expect.stringMatching(/^eyJ/),
        ExpiresIn: 3600,
        TokenType: 'Bearer',
      },
    });
    const { AccessToken } = resultOf(reply);
    expect(await call(pool, 'GetUser', { AccessToken })).toMatchObject({ Username: 'alice' });
  });

  test('keeps auth_time, origin_jti and event_id; jti, iat and exp are new', async () => {
    const { pool, clock, start } = poolWithClock();
    const first = await signInByPassword(pool);
    clock.now += 600_000;
    const second = await refresh(pool, refreshTokenOf(first));
    for (const token of ['AccessToken', 'IdToken'] as const) {
      const before = claimsOf(resultOf(first)[token]);
      const after = claimsOf(resultOf(second)[token]);
      const { jti, iat, exp, ...kept } = before;
      expect(after).toMatchObject(kept);
      expect(after['auth_time']).toBe(start / 1000);
      expect(after['iat']).toBe(start / 1000 + 600);
      expect(after['exp']).toBe(start / 1000 + 4200);
      expect(after['jti']).not.toBe(jti);
      expect([iat, exp]).toEqual([start / 1000, start / 1000 + 3600]);
    }
  });

  test('shows attributes that have changed since', async () => {
    const { pool } = poolWithClock();
    const token = refreshTokenOf(await signInByPassword(pool));
    pool.users.update('alice', { attributes: { name: 'Alice' } });
    expect(claimsOf(resultOf(await refresh(pool, token)).IdToken)['name']).toBe('Alice');
  });

  test('refuses what is not a refresh token of this pool', async () => {
    const { pool } = poolWithClock();
    const elsewhere = refreshTokenOf(await signInByPassword(newPool().pool));
    expect(await refresh(pool, 'garbage')).toEqual(notAuthorized('Invalid Refresh Token'));
    expect(await refresh(pool, elsewhere)).toEqual(notAuthorized('Invalid Refresh Token'));
  });

  test("refuses another client's token", async () => {
    const { pool } = poolWithClock();
    const token = refreshTokenOf(await signInByPassword(pool));
    expect(await refresh(pool, token, 'other')).toEqual(notAuthorized('Refresh Token has different Client'));
  });

  test('refuses a revoked token', async () => {
    const { pool } = poolWithClock();
    const Token = refreshTokenOf(await signInByPassword(pool));
    await call(pool, 'RevokeToken', { ClientId: 'web', Token });
    expect(await refresh(pool, Token)).toEqual(notAuthorized(revokedText));
  });

  test('refuses an expired token: after 30 days, or what the client says', async () => {
    const { pool, clock, start } = poolWithClock();
    const token = refreshTokenOf(await signInByPassword(pool));
    clock.now = start + 30 * DAY - 1;
    expect(await refresh(pool, token)).toHaveProperty('AuthenticationResult');
    clock.now = start + 30 * DAY;
    expect(await refresh(pool, token)).toEqual(notAuthorized('Refresh Token has expired'));
    // Kept for as long again, and then forgotten with the next sign-in
    clock.now = start + 60 * DAY - 1;
    await signInByPassword(pool);
    expect(await refresh(pool, token)).toEqual(notAuthorized('Refresh Token has expired'));
    clock.now = start + 61 * DAY;
    const later = refreshTokenOf(await signInByPassword(pool));
    expect(await refresh(pool, token)).toEqual(notAuthorized('Invalid Refresh Token'));
    expect(await refresh(pool, later)).toHaveProperty('AuthenticationResult');

    const short = newPool({
      clients: [{ clientId: 'web', explicitAuthFlows: FLOWS, refreshTokenValidity: 1 }],
    });
    const shortToken = refreshTokenOf(await signInByPassword(short.pool));
    short.clock.now += DAY;
    expect(await refresh(short.pool, shortToken)).toEqual(notAuthorized('Refresh Token has expired'));
  });

  test('refuses for a user who is disabled, deleted, or deleted and there again', async () => {
    const { pool } = poolWithClock();
    const token = refreshTokenOf(await signInByPassword(pool));
    pool.users.update('alice', { enabled: false });
    expect(await refresh(pool, token)).toEqual(notAuthorized('User is disabled.'));
    pool.users.remove('alice');
    const deleted = notAuthorized('The user has been deleted for the associated refresh token');
    expect(await refresh(pool, token)).toEqual(deleted);
    pool.users.add(ALICE);
    expect(await refresh(pool, token)).toEqual(deleted);
  });
});

describe('REFRESH_TOKEN_AUTH', () => {
  test('is refused to a client that has not enabled it', async () => {
    const { pool } = newPool({
      clients: [{ clientId: 'web', explicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] }],
    });
    const token = refreshTokenOf(await signInByPassword(pool));
    expect(await byFlow(pool, token)).toEqual(
      refusal('InvalidParameterException', 'REFRESH_TOKEN_AUTH flow not enabled for this client'),
    );
  });

  test('needs REFRESH_TOKEN', async () => {
    const { pool } = poolWithClock();
    const input = { ClientId: 'web', AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: {} };
    expect(await call(pool, 'InitiateAuth', input)).toEqual(
      refusal('InvalidParameterException', 'Missing required parameter REFRESH_TOKEN'),
    );
  });

  test('needs the secret hash of the canonical name', async () => {
    const { pool } = poolWithClock();
    const hash = (username: string) => ({ SECRET_HASH: secretHash(username, 'server', 'shh') });
    const REFRESH_TOKEN = refreshTokenOf(await signInByPassword(pool, 'server', hash('alice')));
    const refresh = (parameters: object) =>
      call(pool, 'InitiateAuth', {
        ClientId: 'server',
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        AuthParameters: { REFRESH_TOKEN, ...parameters },
      });
    expect(await refresh({})).toEqual(
      notAuthorized('Client server is configured with secret but SECRET_HASH was not received'),
    );
    expect(await refresh(hash('bob'))).toEqual(
      notAuthorized('Unable to verify secret hash for client server'),
    );
    expect(await refresh(hash('alice'))).toHaveProperty('AuthenticationResult');
    expect(await refresh({ ...hash('alice'), REFRESH_TOKEN: 'garbage' })).toEqual(
      notAuthorized('Invalid Refresh Token'),
    );
  });

  test('is refused to a client with rotation', async () => {
    const { pool } = poolWithClock();
    const token = refreshTokenOf(await signInByPassword(pool, 'rotating'));
    expect(await byFlow(pool, token, 'rotating')).toEqual(
      refusal('UnsupportedOperationException', 'This API does not support refresh token rotation'),
    );
  });

  test('works through the admin operation, too', async () => {
    const { pool } = poolWithClock();
    const REFRESH_TOKEN = refreshTokenOf(await signInByPassword(pool));
    const reply = await call(
      pool,
      'AdminInitiateAuth',
      {
        UserPoolId: pool.userPoolId,
        ClientId: 'web',
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        AuthParameters: { REFRESH_TOKEN },
      },
      { Authorization: 'AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=00' },
    );
    expect(reply).toHaveProperty('AuthenticationResult.AccessToken');
  });
});

describe('GetTokensFromRefreshToken', () => {
  test('takes the secret itself, and ignores one that the client does not have', async () => {
    const { pool } = poolWithClock();
    const hash = { SECRET_HASH: secretHash('alice', 'server', 'shh') };
    const token = refreshTokenOf(await signInByPassword(pool, 'server', hash));
    expect(await byOperation(pool, token, 'server')).toEqual(
      notAuthorized('Client server is configured for secret but secret was not received'),
    );
    expect(await byOperation(pool, token, 'server', { ClientSecret: 'wrong' })).toEqual(
      notAuthorized('Unable to verify secret hash for client server'),
    );
    expect(await byOperation(pool, token, 'server', { ClientSecret: 'shh' })).toHaveProperty(
      'AuthenticationResult',
    );
    const publicToken = refreshTokenOf(await signInByPassword(pool));
    expect(await byOperation(pool, publicToken, 'web', { ClientSecret: 'any' })).toHaveProperty(
      'AuthenticationResult',
    );
  });

  test('does not know a client that is not there', async () => {
    const { pool } = poolWithClock();
    expect(await byOperation(pool, 'token', 'nobody')).toEqual(
      refusal('ResourceNotFoundException', 'User pool client nobody does not exist.'),
    );
  });
});

describe('rotation', () => {
  const REUSED = refusal('RefreshTokenReuseException', 'Refresh token reuse detected');

  test('gives a new refresh token each time, of the same sign-in', async () => {
    const { pool, clock } = poolWithClock();
    const first = await signInByPassword(pool, 'rotating');
    const second = await byOperation(pool, refreshTokenOf(first), 'rotating');
    clock.now += DAY;
    const third = await byOperation(pool, refreshTokenOf(second), 'rotating');
    const tokens = [first, second, third].map(refreshTokenOf);
    expect(new Set(tokens).size).toBe(3);
    const origins = [first, second, third].map(
      (reply) => claimsOf(resultOf(reply).AccessToken)['origin_jti'],
    );
    expect(new Set(origins).size).toBe(1);
  });

  test('takes the old token during the grace period, and then says it is reused', async () => {
    const { pool, clock } = poolWithClock();
    const old = refreshTokenOf(await signInByPassword(pool, 'rotating'));
    await byOperation(pool, old, 'rotating');
    clock.now += 9_999;
    const again = await byOperation(pool, old, 'rotating');
    expect(again).toHaveProperty('AuthenticationResult.RefreshToken');
    clock.now += 1;
    expect(await byOperation(pool, old, 'rotating')).toEqual(REUSED);
    // The family is not revoked
    expect(await byOperation(pool, refreshTokenOf(again), 'rotating')).toHaveProperty('AuthenticationResult');
  });

  test('a retry within the grace period replaces the token that the first try gave', async () => {
    const { pool } = poolWithClock();
    const old = refreshTokenOf(await signInByPassword(pool, 'rotating'));
    const lost = refreshTokenOf(await byOperation(pool, old, 'rotating'));
    const kept = refreshTokenOf(await byOperation(pool, old, 'rotating'));
    expect(await byOperation(pool, lost, 'rotating')).toEqual(REUSED);
    expect(await byOperation(pool, kept, 'rotating')).toHaveProperty('AuthenticationResult');
  });

  test('without a grace period the old token is reused at once', async () => {
    const { pool } = poolWithClock();
    const old = refreshTokenOf(await signInByPassword(pool, 'strict'));
    const next = await byOperation(pool, old, 'strict');
    expect(await byOperation(pool, old, 'strict')).toEqual(REUSED);
    expect(await byOperation(pool, refreshTokenOf(next), 'strict')).toHaveProperty('AuthenticationResult');
  });

  test('without a grace period one of several requests at once gets tokens', async () => {
    const { pool } = poolWithClock();
    const old = refreshTokenOf(await signInByPassword(pool, 'strict'));
    const replies = await Promise.all([1, 2, 3, 4].map(() => byOperation(pool, old, 'strict')));
    const served = replies.filter((reply) => !('__type' in reply));
    expect(served).toHaveLength(1);
    expect(replies.filter((reply) => '__type' in reply)).toEqual([REUSED, REUSED, REUSED]);
    expect(await byOperation(pool, refreshTokenOf(served[0] as Reply), 'strict')).toHaveProperty(
      'AuthenticationResult',
    );
  });

  // Signatures that are made at the same moment let two requests find the token before one of them replaces it
  test('a token that two requests have found is replaced once', () => {
    const { pool } = poolWithClock();
    const user = pool.users.find('alice');
    if (!user) throw new Error('no user');
    const grants = createGrants(createRandom());
    const signIn = { deviceKey: undefined, methods: [], hasLevel: false, tracked: false };
    const { token } = grants.open(user, { ClientId: 'strict', secrets: [] }, signIn, START);
    const found = [grants.find(token), grants.find(token)].flatMap((each) => each ?? []);
    const rotations = found.map((each) => () => grants.rotate(each, 0, START));
    expect(rotations[0]?.()).toMatchObject({ token: expect.any(String) });
    expect(rotations[1]).toThrow('Refresh token reuse detected');
  });

  test('without a grace period the slower of two requests is refused, although it came first', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let refreshes = 0;
    const { pool, clock } = newPool({
      triggers: {
        preTokenGeneration: async (event) => {
          if (event.triggerSource === 'TokenGeneration_RefreshTokens') refreshes += 1;
          if (refreshes === 1) await held;
          return event;
        },
      },
    });
    const old = refreshTokenOf(await signInByPassword(pool, 'strict'));
    const slower = byOperation(pool, old, 'strict');
    while (refreshes === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    clock.now += 1;
    const next = await byOperation(pool, old, 'strict');
    release();
    expect(await slower).toEqual(REUSED);
    expect(await byOperation(pool, refreshTokenOf(next), 'strict')).toHaveProperty('AuthenticationResult');
  });

  test('knows the last twenty replaced tokens, and earlier ones no more', async () => {
    const { pool } = poolWithClock();
    const tokens = [refreshTokenOf(await signInByPassword(pool, 'strict'))];
    const rotate = async (token = '') => byOperation(pool, token, 'strict');
    for (let i = 0; i < 20; i++) tokens.push(refreshTokenOf(await rotate(tokens.at(-1))));
    expect(await rotate(tokens[0])).toEqual(REUSED);
    tokens.push(refreshTokenOf(await rotate(tokens.at(-1))));
    expect(await rotate(tokens[0])).toEqual(notAuthorized('Invalid Refresh Token'));
    expect(await rotate(tokens[1])).toEqual(REUSED);
    expect(await rotate(tokens.at(-1))).toHaveProperty('AuthenticationResult');
  });

  test('a reused token does not count as activity', async () => {
    const { pool, clock } = newPool({ userSessionTracking: true });
    const signedIn = await signInByPassword(pool, 'strict');
    const old = refreshTokenOf(signedIn);
    const { AccessToken } = resultOf(await byOperation(pool, old, 'strict'));
    const sessions = () => call(pool, 'ListUserSessions', { AccessToken });
    const before = await sessions();
    expect(before).not.toHaveProperty('__type');
    clock.now += 60_000;
    expect(await byOperation(pool, old, 'strict')).toEqual(REUSED);
    expect(await sessions()).toEqual(before);
  });

  test('does not prolong the sign-in', async () => {
    const { pool, clock } = poolWithClock();
    const first = refreshTokenOf(await signInByPassword(pool, 'rotating'));
    clock.now += 29 * DAY;
    const second = refreshTokenOf(await byOperation(pool, first, 'rotating'));
    clock.now += DAY;
    expect(await byOperation(pool, second, 'rotating')).toEqual(notAuthorized('Refresh Token has expired'));
  });
});
