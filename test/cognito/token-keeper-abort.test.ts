/** A token keeper hears its signal and its time limit while it waits for its turn or for the store. */
import { createTokenKeeper, type TokenKeeperInput, type Tokens } from '../../src/index.ts';
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

test('a store that does not answer within `timeoutMs` does not prevent a refresh', async () => {
  const { keeper, refreshes, listeners } = keeperOf({ load: never }, 20);
  expect(await keeper.get()).toBe(fresh);
  expect(await keeper.reload()).toBe(false);
  expect([refreshes(), listeners()]).toEqual([1, 0]);
});
