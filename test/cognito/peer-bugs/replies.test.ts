/** Other clients get lost and broken replies wrong in these ways (see README.md). */
import {
  createTokenKeeper,
  createUserStore,
  memoryStorage,
  ProtocolError,
  refreshTokens,
  respond,
  signIn,
} from '../../../src/index.ts';
import {
  alice,
  challengeOf,
  client,
  errorOf,
  type Fetch,
  kept,
  localPool,
  Refusal,
  result,
  service,
  tokensOf,
} from './service.ts';

describe('lost and broken replies', () => {
  test('RespondToAuthChallenge is not sent twice after a lost reply', async () => {
    const { pool, fetch, calls } = localPool({ users: [{ ...alice, mfa: { sms: '+15550000001' } }] });
    const challenge = challengeOf(await signIn(client, alice, { fetch }), 'SMS_MFA');
    const before = calls.length;
    pool.faults.add({ name: 'reset-after', operation: 'RespondToAuthChallenge' });
    const code = pool.outbox[0]?.code ?? '';
    const error = await errorOf(respond(client, challenge, { code }, { fetch, retryDelayMs: 1 }));
    expect(error).toBeInstanceOf(ProtocolError);
    expect(error).toMatchObject({ code: 'NETWORK_FAILED', recovery: 'start-again' });
    expect(calls.length - before).toBe(1);
  });

  test.each(['internal-error', 'html', 'truncated-body'] as const)(
    'RespondToAuthChallenge is not sent twice after %s',
    async (name) => {
      const { fetch, calls } = localPool({ faults: [{ name, operation: 'RespondToAuthChallenge' }] });
      await errorOf(signIn(client, alice, { fetch, retryDelayMs: 1 }));
      expect(calls.map(({ operation }) => operation)).toEqual(['InitiateAuth', 'RespondToAuthChallenge']);
    },
  );

  test.each([200, 404, 502])('an HTML body is a ProtocolError, with HTTP %d', async (status) => {
    const { fetch } = localPool({ faults: [{ name: 'html', status }] });
    for (const call of [
      signIn(client, alice, { fetch, maxAttempts: 1 }),
      respond(client, kept('SMS_MFA'), { code: '123456' }, { fetch }),
    ]) {
      const error = await errorOf(call);
      expect(error).toBeInstanceOf(ProtocolError);
      expect(error).toMatchObject({ code: 'BODY_NOT_JSON', status });
    }
  });

  test('a refresh token that is refused is sent once', async () => {
    const played = service(new Refusal('NotAuthorizedException', 'Refresh Token has expired'));
    await expect(
      refreshTokens(client, { refreshToken: 'refresh-alice-0' }, { ...played, retryDelayMs: 1 }),
    ).rejects.toMatchObject({ code: 'REFRESH_TOKEN_REFUSED', recovery: 'start-again' });
    expect(played.calls).toHaveLength(1);
  });

  test('a refresh that got lost does not end the refresh token, and no error shows it', async () => {
    const played = service(new TypeError('fetch failed'), { AuthenticationResult: result('alice', 2) });
    const keeper = createTokenKeeper(
      client,
      { username: 'alice', tokens: tokensOf('alice', 0) },
      { ...played, maxAttempts: 1 },
    );
    const error = await errorOf(keeper.get());
    expect(error).toMatchObject({ code: 'NETWORK_FAILED', recovery: 'try-later' });
    const everything = [error.message, error.stack, String(error.cause), JSON.stringify(error)].join();
    expect(everything).not.toContain('refresh-alice-0');
    expect((await keeper.get()).accessToken).toBe(result('alice', 2).AccessToken);
    expect(played.calls[1]?.input.RefreshToken).toBe('refresh-alice-0');
  });

  test('a rotated refresh token is kept, stored and sent from then on', async () => {
    const store = createUserStore(memoryStorage(), client);
    const played = service(
      { AuthenticationResult: { ...result('alice', 2), RefreshToken: 'refresh-alice-2' } },
      { AuthenticationResult: result('alice', 3) },
    );
    const keeper = createTokenKeeper(
      client,
      {
        username: 'alice',
        tokens: tokensOf('alice', 0),
        onTokens: (tokens) => store.saveTokens('alice', tokens),
      },
      played,
    );
    await keeper.get();
    expect((await store.load('alice'))?.tokens.refreshToken).toBe('refresh-alice-2');
    expect((await keeper.get({ refresh: true })).refreshToken).toBe('refresh-alice-2');
    expect(played.calls.map(({ input }) => input.RefreshToken)).toEqual([
      'refresh-alice-0',
      'refresh-alice-2',
    ]);
  });

  test('what the application’s callback throws does not call it again', async () => {
    const played = service({ AuthenticationResult: result('alice', 2) });
    const thrown = new Error('the application’s own');
    const onTokens = jest.fn(() => {
      throw thrown;
    });
    const keeper = createTokenKeeper(
      client,
      { username: 'alice', tokens: tokensOf('alice', 0), onTokens },
      played,
    );
    await expect(keeper.get()).rejects.toBe(thrown);
    expect(onTokens).toHaveBeenCalledTimes(1);
  });

  test('a failure before the first request is told once, and nothing is sent', async () => {
    const played = service();
    const thrown = new Error('no entropy');
    const told = jest.fn();
    const rng = () => {
      throw thrown;
    };
    await signIn(client, alice, { ...played, rng }).catch(told);
    expect(told.mock.calls).toEqual([[thrown]]);
    expect(played.calls).toEqual([]);
  });

  test('an abort ends the InitiateAuth of USER_PASSWORD_AUTH', async () => {
    const { fetch } = localPool({ faults: [{ name: 'slow', delay: 20_000 }] });
    const controller = new AbortController();
    const reason = new Error('the user went away');
    const pending = signIn(
      client,
      { ...alice, flow: 'USER_PASSWORD_AUTH' },
      { fetch, signal: controller.signal },
    );
    controller.abort(reason);
    await expect(pending).rejects.toBe(reason);
  });

  test('an exception’s name is told without namespace and address', async () => {
    const fetch: Fetch = async () =>
      Response.json(
        {
          __type: 'com.amazonaws.cognito#NotAuthorizedException:http://internal',
          Message: 'User is disabled.',
        },
        { status: 400 },
      );
    await expect(signIn(client, alice, { fetch })).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'User is disabled.',
      code: 'USER_DISABLED',
    });
  });
});
