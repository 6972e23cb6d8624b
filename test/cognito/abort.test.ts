/** An aborted sign-in rejects with the reason, sends nothing more, and leaves no listener and no timer. */

import { createUserPool } from '../../pool/src/index.ts';
import { signIn } from '../../src/index.ts';
import { alice, client, recorder, refusal } from '../support/client.ts';
import { withGlobal } from '../support/with-global.ts';

const pool = createUserPool({ users: [alice] });

/** A signal that counts the listeners it has. */
function countedSignal() {
  const controller = new AbortController();
  const { signal } = controller;
  const listeners = new Set<unknown>();
  let added = 0;
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = ((type: string, listener: EventListener, options?: AddEventListenerOptions) => {
    listeners.add(listener);
    added += 1;
    if (options?.once) add(type, () => listeners.delete(listener), { once: true });
    add(type, listener, options);
  }) as typeof signal.addEventListener;
  signal.removeEventListener = ((type: string, listener: EventListener) => {
    listeners.delete(listener);
    remove(type, listener);
  }) as typeof signal.removeEventListener;
  return { controller, signal, left: () => listeners.size, added: () => added };
}

/** Runs with every timer counted; gives those that neither ran out nor were cleared. */
async function timersLeft(run: () => Promise<unknown>): Promise<number> {
  const { setTimeout: set, clearTimeout: clear } = globalThis;
  const open = new Set<unknown>();
  let made = 0;
  globalThis.setTimeout = ((callback: () => void, ms: number) => {
    const timer = set(() => {
      open.delete(timer);
      callback();
    }, ms);
    open.add(timer);
    made += 1;
    return timer;
  }) as typeof setTimeout;
  globalThis.clearTimeout = ((timer: NodeJS.Timeout) => {
    open.delete(timer);
    clear(timer);
  }) as typeof clearTimeout;
  try {
    await run();
    // Whoever cleans up after the promise has settled does it now
    await new Promise((resolve) => setImmediate(resolve));
    expect(made).toBeGreaterThan(0);
    return open.size;
  } finally {
    globalThis.setTimeout = set;
    globalThis.clearTimeout = clear;
  }
}

/** What a promise rejects with, of any type. */
const reasonOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => Promise.reject(new Error('It did not reject')),
    (reason: unknown) => reason,
  );
const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe.each<[string, unknown]>([
  ['an Error', new Error('the user left')],
  ['a text', 'changed my mind'],
  ['an object', { code: 7 }],
])('aborted with %s', (_title, reason) => {
  test('before the call: nothing is sent', async () => {
    const { controller, signal, left } = countedSignal();
    const { fetch, sent } = recorder(({ url }, init) => pool.fetch(url, init));
    controller.abort(reason);
    expect(await reasonOf(signIn(client, alice, { fetch, signal }))).toBe(reason);
    expect(sent).toEqual([]);
    expect(left()).toBe(0);
  });

  test('during the first request: the second is not sent', async () => {
    const { controller, signal, left, added } = countedSignal();
    const { fetch, operations } = recorder(async ({ url }, init) => {
      controller.abort(reason);
      return pool.fetch(url, { ...init, signal: null });
    });
    expect(await reasonOf(signIn(client, alice, { fetch, signal }))).toBe(reason);
    await later(60);
    expect(operations()).toEqual(['InitiateAuth']);
    expect(added()).toBeGreaterThan(0);
    expect(left()).toBe(0);
  });

  test('during the second request: the sign-in rejects with it', async () => {
    const { controller, signal, left } = countedSignal();
    const { fetch, operations } = recorder(({ url, operation }, init) => {
      if (operation === 'RespondToAuthChallenge') controller.abort(reason);
      return pool.fetch(url, { ...init, signal: null });
    });
    expect(await reasonOf(signIn(client, alice, { fetch, signal }))).toBe(reason);
    expect(operations()).toEqual(['InitiateAuth', 'RespondToAuthChallenge']);
    expect(left()).toBe(0);
  });

  test('between the two requests: the second is not sent', async () => {
    const { controller, signal, left } = countedSignal();
    const { fetch, operations } = recorder(({ url }, init) => pool.fetch(url, { ...init, signal: null }));
    // The clock is read once the reply is there and before the answer is sent
    const now = () => {
      if (operations().length > 0) controller.abort(reason);
      return Date.now();
    };
    expect(await reasonOf(signIn(client, alice, { fetch, signal, now }))).toBe(reason);
    await later(60);
    expect(operations()).toEqual(['InitiateAuth']);
    expect(left()).toBe(0);
  });

  test('during the pause before a repetition: nothing more is sent', async () => {
    const { controller, signal, left } = countedSignal();
    const { fetch, operations } = recorder(() => refusal('TooManyRequestsException', 'Too many requests'));
    const rng = (length: number) => new Uint8Array(length).fill(255);
    setTimeout(() => controller.abort(reason), 50);
    const start = performance.now();
    const open = await timersLeft(async () => {
      const promise = signIn(client, alice, { fetch, signal, rng, retryDelayMs: 20_000 });
      expect(await reasonOf(promise)).toBe(reason);
    });
    expect(performance.now() - start).toBeLessThan(5_000);
    expect(operations()).toEqual(['InitiateAuth']);
    expect([left(), open]).toEqual([0, 0]);
  });

  test('a fetch that ignores the signal does not delay the rejection', async () => {
    const { controller, signal, left } = countedSignal();
    const { fetch } = recorder(() => new Promise<Response>(() => {}));
    setTimeout(() => controller.abort(reason), 20);
    const open = await timersLeft(async () => {
      expect(await reasonOf(signIn(client, alice, { fetch, signal }))).toBe(reason);
    });
    expect(open).toBe(0);
    expect(left()).toBe(0);
  });
});

test('abort() without a reason rejects with an AbortError', async () => {
  const { controller, signal } = countedSignal();
  controller.abort();
  const reason = await reasonOf(signIn(client, alice, { fetch: pool.fetch, signal }));
  expect(reason).toBe(signal.reason);
  expect(reason).toMatchObject({ name: 'AbortError' });
});

test('a signal without a reason, as older versions of React Native have it, rejects with an AbortError', async () => {
  const { controller, signal } = countedSignal();
  controller.abort();
  Object.defineProperty(signal, 'reason', { value: undefined });
  const { fetch, sent } = recorder(({ url }, init) => pool.fetch(url, init));
  const reason = await reasonOf(signIn(client, alice, { fetch, signal }));
  expect(reason).toMatchObject({ name: 'AbortError', message: 'This operation was aborted' });
  expect(sent).toEqual([]);
});

test("the request's own signal is aborted with the reason", async () => {
  const controller = new AbortController();
  const reason = new Error('the user left');
  let seen: AbortSignal | null | undefined;
  const { fetch } = recorder((_sent, { signal }) => {
    seen = signal;
    return new Promise<Response>(() => {});
  });
  setTimeout(() => controller.abort(reason), 20);
  await reasonOf(signIn(client, alice, { fetch, signal: controller.signal }));
  expect(seen?.aborted).toBe(true);
  expect(seen?.reason).toBe(reason);
});

test('a body that is still arriving is cancelled', async () => {
  const controller = new AbortController();
  const reason = new Error('the user left');
  let cancelled = false;
  const body = new ReadableStream({
    pull: () => new Promise(() => {}),
    cancel: () => {
      cancelled = true;
    },
  });
  const { fetch } = recorder(() => {
    setTimeout(() => controller.abort(reason), 20);
    return new Response(body);
  });
  expect(await reasonOf(signIn(client, alice, { fetch, signal: controller.signal }))).toBe(reason);
  await later(0);
  expect(cancelled).toBe(true);
});

test("the request's own signal is aborted once the request has ended", async () => {
  const signals: unknown[] = [];
  const { fetch } = recorder(({ url }, init) => {
    signals.push(init.signal);
    return pool.fetch(url, { ...init, signal: null });
  });
  await signIn(client, alice, { fetch });
  expect(signals).toEqual([
    expect.objectContaining({ aborted: true }),
    expect.objectContaining({ aborted: true }),
  ]);
});

describe('an engine without', () => {
  test.each(['AbortController', 'setTimeout'])('%s signs in', async (name) => {
    const { fetch, operations } = recorder(({ url }, init) => pool.fetch(url, init));
    const step = await withGlobal(name, undefined, () => signIn(client, alice, { fetch }));
    expect([step.status, operations()]).toEqual(['signed-in', ['InitiateAuth', 'RespondToAuthChallenge']]);
  });

  test('setTimeout repeats a throttled request without a pause', async () => {
    const { fetch, operations } = recorder(({ url }, init, index) =>
      index === 0 ? refusal('TooManyRequestsException', 'Too many requests') : pool.fetch(url, init),
    );
    const step = await withGlobal('setTimeout', undefined, () => signIn(client, alice, { fetch }));
    expect([step.status, operations().length]).toEqual(['signed-in', 3]);
  });
});

test('a sign-in that succeeds, and one that is refused, leave no listener and no timer', async () => {
  for (const password of [alice.password, 'wrong-password']) {
    const { signal, left, added } = countedSignal();
    const open = await timersLeft(() =>
      signIn(client, { ...alice, password }, { fetch: pool.fetch, signal }).catch(() => {}),
    );
    expect(added()).toBeGreaterThan(1);
    expect([left(), open]).toEqual([0, 0]);
  }
});
