/** A token keeper hears its signal and its time limit while it waits for its turn or for the store. */
import {
  createTokenKeeper,
  createUserStore,
  memoryStorage,
  ServiceError,
  type TokenKeeperInput,
  type Tokens,
} from '../../src/index.ts';
import { client } from '../support/client.ts';
import { NOW, tokensOf } from '../support/ending-tokens.ts';

const ended = tokensOf('ended', 0);
const fresh = tokensOf('fresh', 3_600_000);
const reason = new Error('The user has left the page');
const tick = () => new Promise((resolve) => setImmediate(resolve));
const never = () => new Promise<never>(() => {});

/** A keeper of tokens that have ended, whose signal counts its listeners. */
function keeperOf(input: Partial<TokenKeeperInput>, timeoutMs?: number) {
  const controller = new AbortController();
  const { signal } = controller;
  const listeners = new Set<unknown>();
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = ((type: string, listener: EventListener) => {
    listeners.add(listener);
    add(type, listener);
  }) as typeof signal.addEventListener;
  signal.removeEventListener = ((type: string, listener: EventListener) => {
    listeners.delete(listener);
    remove(type, listener);
  }) as typeof signal.removeEventListener;
  let refreshes = 0;
  const refresh = async () => {
    refreshes += 1;
    return fresh;
  };
  const keeper = createTokenKeeper(
    client,
    { username: 'alice', tokens: ended, refresh, ...input },
    { now: () => NOW, signal, ...(timeoutMs !== undefined && { timeoutMs }) },
  );
  return {
    keeper,
    abort: () => controller.abort(reason),
    refreshes: () => refreshes,
    listeners: () => listeners.size,
  };
}

/** A lock that somebody else holds until `release` is called. */
function heldLock() {
  let release = () => {};
  const free = new Promise<void>((resolve) => {
    release = resolve;
  });
  const results: Promise<unknown>[] = [];
  const exclusive: TokenKeeperInput['exclusive'] = (work) => {
    const result = free.then(work);
    results.push(result);
    return result;
  };
  return { exclusive, release: () => release(), results };
}

describe('a signal that aborts', () => {
  test('ends the wait for a lock, and the work does nothing when its turn comes', async () => {
    const lock = heldLock();
    const { keeper, abort, refreshes, listeners } = keeperOf(lock);
    const left = keeper.get();
    await tick();
    abort();
    await expect(left).rejects.toBe(reason);
    lock.release();
    expect(await Promise.allSettled(lock.results)).toEqual([{ status: 'rejected', reason }]);
    // An unhandled rejection would fail the test
    await tick();
    expect([refreshes(), listeners()]).toEqual([0, 0]);
    expect(keeper.current()).toBe(ended);
  });

  test('before the call does not ask for the lock', async () => {
    const lock = heldLock();
    const { keeper, abort } = keeperOf(lock);
    abort();
    await expect(keeper.get()).rejects.toBe(reason);
    expect(lock.results).toEqual([]);
  });

  test('ends the wait for a store that does not answer, and nothing is sent', async () => {
    const { keeper, abort, refreshes, listeners } = keeperOf({ load: never });
    const left = keeper.get();
    await tick();
    abort();
    await expect(left).rejects.toBe(reason);
    expect([refreshes(), listeners()]).toEqual([0, 0]);
  });

  test('after new tokens have come does not keep them from being stored and given', async () => {
    const stored: Tokens[] = [];
    const { keeper, abort, listeners } = keeperOf({
      exclusive: (work) => work(),
      onTokens: async (tokens) => {
        abort();
        await tick();
        stored.push(tokens);
      },
    });
    expect(await keeper.get()).toBe(fresh);
    expect([stored, listeners()]).toEqual([[fresh], 0]);
  });

  test('changes nothing about tokens that are good', async () => {
    const { keeper, abort } = keeperOf({ tokens: fresh, load: never });
    abort();
    expect(await keeper.get()).toBe(fresh);
    expect(await keeper.reload()).toBe(false);
  });
});

test('a lock that throws at once leaves no listener', async () => {
  const exclusive = () => {
    throw new Error('no locks');
  };
  const { keeper, listeners } = keeperOf({ exclusive });
  await expect(keeper.get()).rejects.toThrow('no locks');
  expect(listeners()).toBe(0);
});

describe('a lock that is not free within `timeoutMs`', () => {
  const timedOut = { name: 'ProtocolError', code: 'TIMED_OUT', recovery: 'try-later' };

  test('changes nothing for tokens that have not ended, also beside a call for new ones', async () => {
    const stale = tokensOf('stale', 30_000);
    const lock = heldLock();
    const { keeper, refreshes, listeners } = keeperOf({ ...lock, tokens: stale }, 5);
    expect(await keeper.get()).toBe(stale);
    const both = await Promise.allSettled([keeper.get({ refresh: true }), keeper.get()]);
    expect(both).toMatchObject([
      { status: 'rejected', reason: timedOut },
      { status: 'fulfilled', value: stale },
    ]);
    lock.release();
    expect(await Promise.allSettled(lock.results)).toMatchObject([
      { status: 'rejected', reason: timedOut },
      { status: 'rejected', reason: timedOut },
    ]);
    expect([refreshes(), listeners()]).toEqual([0, 0]);
  });

  test('is waited for where the tokens have ended, but not for ever', async () => {
    const lock = heldLock();
    const { keeper, refreshes } = keeperOf(lock, 20);
    await expect(keeper.get()).rejects.toMatchObject(timedOut);
    const later = keeper.get();
    lock.release();
    expect(await later).toBe(fresh);
    expect(refreshes()).toBe(1);
  });
});

describe('a store that does not answer within `timeoutMs`', () => {
  const timedOut = { name: 'ProtocolError', code: 'TIMED_OUT', recovery: 'try-later' };

  test('keeps the refresh token from being spent, because new tokens could not be stored either', async () => {
    const { keeper, refreshes, listeners } = keeperOf({ load: never }, 20);
    await expect(keeper.get()).rejects.toMatchObject(timedOut);
    expect(await keeper.reload()).toBe(false);
    expect([refreshes(), listeners()]).toEqual([0, 0]);
    expect(keeper.current()).toBe(ended);
  });

  test('changes nothing for tokens that have not ended, unless new ones are wanted', async () => {
    const stale = tokensOf('stale', 30_000);
    const { keeper, refreshes } = keeperOf({ tokens: stale, load: never }, 20);
    expect(await keeper.get()).toBe(stale);
    await expect(keeper.get({ refresh: true })).rejects.toMatchObject(timedOut);
    expect(refreshes()).toBe(0);
  });

  test('is asked again at the next call, and then the tokens are refreshed', async () => {
    let isHung = true;
    const load = () => (isHung ? never() : undefined);
    const { keeper, refreshes } = keeperOf({ load }, 20);
    await expect(keeper.get()).rejects.toMatchObject(timedOut);
    isHung = false;
    expect(await keeper.get()).toBe(fresh);
    expect(refreshes()).toBe(1);
  });

  test('after a refused refresh does not end the session: another tab may have stored newer tokens', async () => {
    let loads = 0;
    const load = () => (loads++ === 0 ? undefined : never());
    const refresh = async () => {
      throw new ServiceError('REFRESH_TOKEN_REUSED', 'start-again', 'RefreshTokenReuseException', 'reused');
    };
    const { keeper } = keeperOf({ load, refresh }, 20);
    await expect(keeper.get()).rejects.toMatchObject(timedOut);
  });

  test('keeps no new tokens from anybody where it is a user store', async () => {
    const items = memoryStorage();
    const store = createUserStore({ ...items, getItem: never }, client);
    const load = async () => (await store.load('alice'))?.tokens;
    const onTokens = (tokens: Tokens) => store.saveTokens('alice', tokens);
    const { keeper, refreshes } = keeperOf({ load, onTokens }, 20);
    await expect(keeper.get()).rejects.toMatchObject(timedOut);
    expect(refreshes()).toBe(0);
  });
});

test('a store that fails does not prevent a refresh', async () => {
  const load = () => {
    throw new Error('disk');
  };
  const { keeper, refreshes } = keeperOf({ load });
  expect(await keeper.get()).toBe(fresh);
  expect(refreshes()).toBe(1);
});

test('`load` is called without arguments, so that a function with optional ones can be given', async () => {
  const counts: number[] = [];
  const load = (...given: unknown[]) => {
    counts.push(given.length);
    return undefined;
  };
  await keeperOf({ load }).keeper.get();
  expect(counts).toEqual([0]);
});
