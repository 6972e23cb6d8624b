/** When a token keeper refreshes, what it passes on, and which tokens it gives, with a refresh that is written down. */
import {
  createTokenKeeper,
  ProtocolError,
  ServiceError,
  type TokenKeeperInput,
  type Tokens,
} from '../../src/index.ts';
import { client } from '../support/client.ts';
import { NOW, tokensOf } from '../support/ending-tokens.ts';
import { errorOf } from '../support/secrets.ts';

const token = (claims: object) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`;
const good = tokensOf('good', 3_600_000);
const stale = tokensOf('stale', 30_000);
const ended = tokensOf('ended', 0);
const fresh = tokensOf('fresh', 3_600_000);

/** A keeper whose refresh gives or throws these one after the other. */
function keeperOf(
  tokens: Tokens,
  results: readonly (Tokens | Error)[],
  more: Partial<TokenKeeperInput> = {},
) {
  const requests: unknown[] = [];
  const refresh = async (request: unknown) => {
    const result = results[requests.length];
    requests.push(request);
    if (result === undefined) throw new Error('No result is written down');
    if (result instanceof Error) throw result;
    return result;
  };
  const keeper = createTokenKeeper(
    client,
    { username: 'alice', tokens, refresh, ...more },
    { now: () => NOW },
  );
  return { keeper, requests };
}

const refused = (code: ServiceError['code']) =>
  new ServiceError(code, 'start-again', 'NotAuthorizedException', 'refused');
const lost = new ProtocolError('NETWORK_FAILED', 'lost', { recovery: 'try-later' });
const throttled = new ServiceError('THROTTLED', 'try-later', 'TooManyRequestsException', 'throttled');

describe('get', () => {
  test.each<[string, number, number | undefined, boolean]>([
    ['a minute and a millisecond before their end', 60_001, undefined, false],
    ['a minute before their end', 60_000, undefined, true],
    ['a second and a millisecond before their end, with a margin of a second', 1001, 1000, false],
    ['a second before their end, with that margin', 1000, 1000, true],
  ])('of tokens %s', async (_, endsInMs, marginMs, isRefreshed) => {
    const tokens = tokensOf('some', endsInMs);
    const { keeper } = keeperOf(tokens, [fresh], marginMs === undefined ? {} : { marginMs });
    expect(await keeper.get()).toBe(isRefreshed ? fresh : tokens);
    expect(keeper.current()).toBe(isRefreshed ? fresh : tokens);
  });

  test('asks with the name, the method, the device and the refresh token', async () => {
    const { keeper, requests } = keeperOf(ended, [fresh], { method: 'REFRESH_TOKEN_AUTH', deviceKey: 'd' });
    await keeper.get();
    expect(requests).toEqual([
      { username: 'alice', method: 'REFRESH_TOKEN_AUTH', deviceKey: 'd', refreshToken: ended.refreshToken },
    ]);
  });

  test.each([
    [{ device_key: 'd' }, 'd'],
    [{ device_key: '' }, undefined],
    [{ device_key: 7 }, undefined],
    [{}, undefined],
  ])('reads the device from the claims %j', async (claims, deviceKey) => {
    const { keeper, requests } = keeperOf({ ...ended, accessToken: token(claims) }, [fresh]);
    await keeper.get();
    expect(requests).toMatchObject([{ deviceKey }]);
  });

  test('is one refresh for all who want new tokens at once, inside one `exclusive`', async () => {
    let runs = 0;
    const exclusive = <Result>(work: () => Promise<Result>) => {
      runs++;
      return work();
    };
    const { keeper, requests } = keeperOf(good, [fresh], { exclusive });
    const demands = [{ refresh: true }, { refresh: true }, {}] as const;
    const all = await Promise.all(demands.map((demand) => keeper.get(demand)));
    expect(all).toEqual([fresh, fresh, fresh]);
    expect([requests.length, runs]).toEqual([1, 1]);
  });

  test('tells that there is no refresh token', async () => {
    const { keeper } = keeperOf({ ...ended, refreshToken: undefined }, []);
    const message = 'There is no refresh token: sign in again';
    expect(await errorOf(() => keeper.get())).toMatchObject({ code: 'TOKEN_INVALID', message });
  });
});

describe('a refresh that fails', () => {
  test.each<[string, Error]>([
    ['a lost reply', lost],
    ['throttling', throttled],
  ])('by %s: the tokens are given as long as they have not ended', async (_, failure) => {
    expect(await keeperOf(stale, [failure]).keeper.get()).toBe(stale);
    expect(await keeperOf(tokensOf('last', 1), [failure]).keeper.get()).toMatchObject({
      accessToken: 'last',
    });
    await expect(keeperOf(ended, [failure]).keeper.get()).rejects.toBe(failure);
    await expect(keeperOf(stale, [failure]).keeper.get({ refresh: true })).rejects.toBe(failure);
  });

  test.each<[string, Error]>([
    ['a refusal', refused('REFRESH_TOKEN_REFUSED')],
    ['a reply that breaks the protocol', new ProtocolError('REPLY_MALFORMED', 'x')],
    ['an error of another kind', Object.assign(new Error('x'), { recovery: 'try-later' })],
  ])('by %s: it is told, though the tokens have not ended', async (_, failure) => {
    await expect(keeperOf(stale, [failure]).keeper.get()).rejects.toBe(failure);
  });

  test('is not hidden where the tokens at hand could not be stored', async () => {
    let full = true;
    const onTokens = () => {
      if (full) throw lost;
    };
    const { keeper, requests } = keeperOf(ended, [tokensOf('soon', 30_000), lost], { onTokens });
    await expect(keeper.get()).rejects.toBe(lost);
    await expect(keeper.get()).rejects.toBe(lost);
    full = false;
    expect(keeper.current()).toMatchObject({ accessToken: 'soon' });
    expect(requests).toHaveLength(2);
  });
});

describe('tokens that another tab has stored', () => {
  test.each<[string, Tokens | undefined, boolean]>([
    ['none', undefined, false],
    ['the same ones', { ...stale }, false],
    ['later ones', fresh, true],
    ['ones that end a second before', tokensOf('other', 29_000), true],
    ['ones that end a second and a millisecond before', tokensOf('other', 28_999), false],
    ['ones without an end', { ...fresh, expiresAt: Number.NaN }, false],
  ])('%s: reload tells whether they were newer', async (_, stored, isNewer) => {
    const { keeper } = keeperOf(stale, [], { load: async () => stored });
    expect(await keeper.reload()).toBe(isNewer);
    expect(keeper.current()).toBe(isNewer ? stored : stale);
  });

  test('without `load`, and where it fails, there are none', async () => {
    expect(await keeperOf(stale, []).keeper.reload()).toBe(false);
    const load = async () => {
      throw new Error('disk');
    };
    expect(await keeperOf(stale, [], { load }).keeper.reload()).toBe(false);
  });

  test.each(['REFRESH_TOKEN_REFUSED', 'REFRESH_TOKEN_REUSED'] as const)(
    '%s: those that came meanwhile are given if they are good, and refreshed if not',
    async (code) => {
      for (const [stored, results, given] of [
        [fresh, [refused(code)], fresh],
        [tokensOf('short', 40_000), [refused(code), fresh], fresh],
      ] as const) {
        let loads = 0;
        const load = async () => (loads++ === 0 ? undefined : stored);
        const { keeper, requests } = keeperOf(stale, results, { load });
        expect(await keeper.get()).toBe(given);
        expect(requests).toHaveLength(results.length);
      }
    },
  );

  test('any other refusal is told, whatever was stored meanwhile', async () => {
    const failure = refused('USER_DISABLED');
    let loads = 0;
    const load = async () => (loads++ === 0 ? undefined : fresh);
    await expect(keeperOf(stale, [failure], { load }).keeper.get()).rejects.toBe(failure);
    const nothingNew = refused('REFRESH_TOKEN_REUSED');
    await expect(keeperOf(stale, [nothingNew], { load: async () => stale }).keeper.get()).rejects.toBe(
      nothingNew,
    );
  });

  test('are taken before a refresh, and refreshed all the same where new ones are wanted', async () => {
    const load = async () => good;
    expect(await keeperOf(stale, [], { load }).keeper.get()).toBe(good);
    const { keeper, requests } = keeperOf(stale, [fresh], { load });
    expect(await keeper.get({ refresh: true })).toBe(fresh);
    expect(requests).toMatchObject([{ refreshToken: good.refreshToken }]);
  });
});

describe('new tokens', () => {
  test('are handed to `onTokens`, and again at the next call if that has failed', async () => {
    const handed: Tokens[] = [];
    const onTokens = (tokens: Tokens) => {
      handed.push(tokens);
      if (handed.length === 1) throw new Error('disk full');
    };
    const { keeper, requests } = keeperOf(ended, [fresh], { onTokens, load: async () => good });
    await keeper.reload();
    expect(await keeper.get()).toBe(good);
    await expect(keeper.get({ refresh: true })).rejects.toThrow('disk full');
    // What is not stored yet is not given up for what is
    expect(await keeper.reload()).toBe(false);
    expect(await keeper.get()).toBe(fresh);
    expect(await keeper.get()).toBe(fresh);
    expect([handed, requests.length]).toEqual([[fresh, fresh], 1]);
  });
});
