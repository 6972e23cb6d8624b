/** Other clients mix up users in these ways (see README.md). */
import {
  createTokenKeeper,
  createUserStore,
  getUser,
  memoryStorage,
  respond,
  type Step,
  secretHash,
  signIn,
} from '../../../src/index.ts';
import {
  alice,
  challengeOf,
  client,
  inAnHour,
  localPool,
  PASSWORD,
  recorded,
  result,
  service,
  signedInOf,
  tokensOf,
} from './service.ts';

describe('users do not mix', () => {
  test('a refresh of one user never writes another’s tokens', async () => {
    const storage = memoryStorage();
    const store = createUserStore(storage, client);
    const bobs = { status: 'signed-in', username: 'bob', tokens: tokensOf('bob', inAnHour()) } as const;
    const alices = { status: 'signed-in', username: 'alice', tokens: tokensOf('alice', inAnHour()) } as const;
    await store.save(alices);
    await store.save(bobs);
    const { fetch, calls } = service({ AuthenticationResult: result('alice', 2) });
    const keeper = createTokenKeeper(
      client,
      { ...alices, onTokens: (tokens) => store.saveTokens('alice', tokens) },
      { fetch },
    );
    const fresh = await keeper.get({ refresh: true });
    expect(calls[0]?.input.RefreshToken).toBe('refresh-alice-0');
    expect(fresh.accessToken).toBe(result('alice', 2).AccessToken);
    expect((await store.load('alice'))?.tokens.accessToken).toBe(fresh.accessToken);
    expect((await store.load('bob'))?.tokens).toMatchObject({
      accessToken: bobs.tokens.accessToken,
      refreshToken: 'refresh-bob-0',
    });
    expect((await store.load())?.username).toBe('bob');
  });

  test('two users in MFA at once, answered in the other order, each get their own tokens', async () => {
    const { pool, fetch, calls } = localPool({
      users: [
        { ...alice, mfa: { sms: '+15550000001' } },
        { username: 'bob', password: 'Other-Horse-9', mfa: { sms: '+15550000002' } },
      ],
    });
    const [alices, bobs] = await Promise.all([
      signIn(client, alice, { fetch }),
      signIn(client, { username: 'bob', password: 'Other-Horse-9' }, { fetch }),
    ]);
    const finish = async (step: Step, username: string) => {
      const code = pool.outbox.find((message) => message.username === username)?.code ?? '';
      return signedInOf(await respond(client, challengeOf(step, 'SMS_MFA'), { code }, { fetch }));
    };
    const bob = await finish(bobs, 'bob');
    const first = await finish(alices, 'alice');
    expect(calls.slice(-2).map(({ input }) => input.ChallengeResponses?.['USERNAME'])).toEqual([
      'bob',
      'alice',
    ]);
    // The pool says whose tokens these are
    for (const [step, username] of [
      [bob, 'bob'],
      [first, 'alice'],
    ] as const) {
      expect(step.username).toBe(username);
      const { accessToken } = step.tokens;
      expect(await getUser(client, { accessToken }, { fetch })).toMatchObject({ username });
    }
  });

  test('refreshes of two users at once do not share a result', async () => {
    const played = recorded(async (_, init) => {
      const { RefreshToken } = JSON.parse(String(init.body));
      await new Promise((resolve) => setTimeout(resolve, 10));
      return Response.json({ AuthenticationResult: result(RefreshToken.split('-')[1], 2) });
    });
    const keeper = (username: string) =>
      createTokenKeeper(client, { username, tokens: tokensOf(username, 0) }, played);
    const [a, b] = [keeper('alice'), keeper('bob')];
    const [alices, again, bobs] = await Promise.all([a.get(), a.get(), b.get()]);
    expect(alices.accessToken).toBe(result('alice', 2).AccessToken);
    expect(bobs.accessToken).toBe(result('bob', 2).AccessToken);
    // …but two calls for one user do
    expect(again).toBe(alices);
    expect(played.calls).toHaveLength(2);
  });

  test('an alias is typed: what follows is sent under the canonical name, and signed for it', async () => {
    const clientSecret = 'secret-of-the-app-client';
    const { pool, fetch, calls } = localPool({
      clients: [{ clientId: 'web', clientSecret }],
      users: [{ ...alice, aliases: ['alice@example.com'], mfa: { sms: '+15550000001' } }],
    });
    const secret = { ...client, clientSecret };
    const step = await signIn(secret, { username: 'alice@example.com', password: PASSWORD }, { fetch });
    const code = pool.outbox[0]?.code ?? '';
    const { username } = signedInOf(await respond(secret, challengeOf(step, 'SMS_MFA'), { code }, { fetch }));
    expect(username).toBe('alice');
    const sent = calls.map(({ input }) => input.AuthParameters ?? input.ChallengeResponses);
    expect(sent.map((parameters) => parameters?.['USERNAME'])).toEqual([
      'alice@example.com',
      'alice',
      'alice',
    ]);
    expect(sent.map((parameters) => parameters?.['SECRET_HASH'])).toEqual([
      secretHash('alice@example.com', 'web', clientSecret),
      secretHash('alice', 'web', clientSecret),
      secretHash('alice', 'web', clientSecret),
    ]);
  });
});
