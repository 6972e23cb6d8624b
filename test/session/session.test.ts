/** A session keeps one user signed in, and an application can follow it. */
import type { IncomingHttpHeaders, RequestListener } from 'node:http';
import type { UserPool } from '../../pool/src/index.ts';
import { createUserStore, type KeyValueStorage, memoryStorage } from '../../src/index.ts';
import { createSession, type SessionInput } from '../../src/session/index.ts';
import { claimsOf, withServer } from '../support/client.ts';
import { withGlobal } from '../support/with-global.ts';
import {
  channel,
  gate,
  HOUR,
  nextEvent,
  open,
  signInAs,
  typesOf,
  web,
  withoutLock,
  withoutPauses,
  world,
} from './session-world.ts';

test('an engine without BigInt refreshes the tokens, because nothing is computed for that', async () => {
  const all = await world();
  const { session } = open(all);
  await session.begin(all.step);
  all.clock.ms += HOUR;
  await withGlobal('BigInt', undefined, () => session.tokens());
  expect(all.sent).toEqual(['GetTokensFromRefreshToken']);
});

test('nobody is signed in before somebody was', async () => {
  const { session, events } = open(await world());
  expect(session.getSnapshot()).toEqual({ status: 'loading' });
  expect(await session.restore()).toEqual({ status: 'signed-out', reason: 'nobody' });
  expect(events).toEqual([{ type: 'restored' }]);
  await expect(session.tokens()).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
});

test('a sign-in begins the session, and another session of the same store restores it', async () => {
  const all = await world();
  const first = open(all);
  const snapshot = await first.session.begin(all.step);
  expect(snapshot).toMatchObject({
    status: 'signed-in',
    expiresAt: all.step.tokens.expiresAt,
    user: {
      username: 'alice',
      displayName: 'Alice A.',
      email: 'alice@example.com',
      phoneNumber: undefined,
      groups: [],
      scopes: ['aws.cognito.signin.user.admin'],
      sub: claimsOf(all.step.tokens.idToken)['sub'],
    },
  });
  expect(first.events).toEqual([{ type: 'signed-in', username: 'alice' }]);
  const second = open(all);
  expect(await second.session.restore()).toEqual(snapshot);
  expect(await second.session.tokens()).toEqual(all.step.tokens);
  expect(all.sent).toEqual([]);
});

test('the snapshot is the same object until something changes, and holds no token', async () => {
  const all = await world();
  const { session } = open(all);
  await session.begin(all.step);
  const snapshot = session.getSnapshot();
  await session.tokens();
  expect(session.getSnapshot()).toBe(snapshot);
  const text = JSON.stringify(snapshot);
  for (const token of [
    all.step.tokens.accessToken,
    all.step.tokens.idToken,
    all.step.tokens.refreshToken ?? '',
  ]) {
    expect(text).not.toContain(token);
  }
});

test('callers at the same time share one refresh, which shows the new groups and is told once', async () => {
  const all = await world();
  const { session, events } = open(all);
  await session.begin(all.step);
  all.pool.users.update('alice', { groups: ['writers'] });
  all.clock.ms += HOUR;
  const all10 = await Promise.all(Array.from({ length: 10 }, () => session.tokens()));
  expect(new Set(all10.map(({ accessToken }) => accessToken)).size).toBe(1);
  expect(all.sent).toEqual(['GetTokensFromRefreshToken']);
  expect(typesOf(events)).toEqual(['signed-in', 'refreshed']);
  expect(session.getSnapshot()).toMatchObject({ user: { groups: ['writers'] } });
});

test('a listener hears the snapshot at once and with each event, until it has ended its subscription', async () => {
  const all = await world();
  const { session } = open(all);
  const heard: string[] = [];
  const end = session.subscribe(({ status }, event) => heard.push(`${status} ${event?.type}`));
  await session.begin(all.step);
  end();
  await session.signOut();
  expect(heard).toEqual(['loading undefined', 'signed-in signed-in']);
});

describe('a refresh that fails', () => {
  test('because the network is away, leaves the user signed in', async () => {
    const all = await world();
    const { session, events } = open({
      ...all,
      options: { ...all.options, fetch: () => Promise.reject(new TypeError('away')) },
    });
    await session.begin(all.step);
    all.clock.ms += HOUR;
    await expect(session.tokens()).rejects.toMatchObject({ code: 'NETWORK_FAILED' });
    expect(events.at(-1)).toMatchObject({ type: 'refresh-failed', error: { code: 'NETWORK_FAILED' } });
    expect(session.getSnapshot().status).toBe('signed-in');
  });

  test('because the service refuses the refresh token, ends the session and empties the store', async () => {
    const all = await world();
    const { session, events } = open(all);
    await session.begin(all.step);
    all.pool.users.update('alice', { enabled: false });
    all.clock.ms += HOUR;
    const both = await withoutPauses(() => Promise.allSettled([session.tokens(), session.tokens()]));
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(typesOf(events)).toEqual(['signed-in', 'refresh-failed', 'signed-out']);
    expect(session.getSnapshot()).toEqual({ status: 'signed-out', reason: 'ended' });
    expect(await open(all).session.restore()).toEqual({ status: 'signed-out', reason: 'nobody' });
  });
});

describe('fetch', () => {
  const url = 'https://api.example.com/orders';
  const serverThatTakes = (isGood: (token: string) => boolean) => {
    const requests: { readonly token: string; readonly body: string }[] = [];
    const fetch = async (input: string | URL | Request) => {
      const request = input as Request;
      const token = request.headers.get('authorization')?.replace('Bearer ', '') ?? '';
      requests.push({ token, body: await request.text() });
      return new Response(null, { status: isGood(token) ? 204 : 401 });
    };
    return { fetch, requests };
  };

  test('sends the access token', async () => {
    const all = await world();
    const server = serverThatTakes(() => true);
    const { session } = open(all, { fetch: server.fetch });
    await session.begin(all.step);
    expect((await session.fetch(url)).status).toBe(204);
    expect(server.requests).toEqual([{ token: all.step.tokens.accessToken, body: '' }]);
  });

  test('answers 401 by one refresh and one repetition, with the same body', async () => {
    const all = await world();
    const server = serverThatTakes((token) => token !== all.step.tokens.accessToken);
    const { session } = open(all, { fetch: server.fetch });
    await session.begin(all.step);
    expect((await session.fetch(url, { method: 'POST', body: 'an order' })).status).toBe(204);
    expect(server.requests.map(({ body }) => body)).toEqual(['an order', 'an order']);
    expect(all.sent).toEqual(['GetTokensFromRefreshToken']);
  });

  test('answers ten 401 that come one after the other to one token by one refresh', async () => {
    const all = await world();
    const replies = Array.from({ length: 10 }, gate);
    const refused = `Bearer ${all.step.tokens.accessToken}`;
    const fetch = async (input: string | URL | Request) => {
      const request = input as Request;
      if (request.headers.get('authorization') !== refused) return new Response(null, { status: 204 });
      await replies[Number(request.url.at(-1))]?.opened;
      return new Response(null, { status: 401 });
    };
    const { session } = open(all, { fetch });
    await session.begin(all.step);
    const responses = replies.map((_, i) => session.fetch(`${url}/${i}`));
    for (const [i, reply] of replies.entries()) {
      reply.open();
      expect((await responses[i])?.status).toBe(204);
    }
    expect(all.sent).toEqual(['GetTokensFromRefreshToken']);
  });

  test('gives the second 401 to its caller', async () => {
    const all = await world();
    const server = serverThatTakes(() => false);
    const { session } = open(all, { fetch: server.fetch });
    await session.begin(all.step);
    expect((await session.fetch(url)).status).toBe(401);
    expect(server.requests).toHaveLength(2);
  });

  test('sends no token in clear, except to this machine', async () => {
    const all = await world();
    const server = serverThatTakes(() => true);
    const { session } = open(all, { fetch: server.fetch });
    await session.begin(all.step);
    await expect(session.fetch('http://api.example.com/')).rejects.toMatchObject({
      code: 'ENDPOINT_INSECURE',
      field: 'input',
    });
    expect((await session.fetch('http://127.0.0.1:3000/')).status).toBe(204);
    expect(server.requests).toHaveLength(1);
  });

  test('gives the 401 back if there is no new token', async () => {
    const all = await world();
    const server = serverThatTakes(() => false);
    const away = { ...all.options, fetch: () => Promise.reject(new TypeError('away')) };
    const { session } = open({ ...all, options: away }, { fetch: server.fetch });
    await session.begin(all.step);
    expect((await session.fetch(url)).status).toBe(401);
    expect(server.requests).toHaveLength(1);
  });

  test('sends the token to the given origins alone', async () => {
    const all = await world();
    const server = serverThatTakes(() => true);
    const { session } = open(all, { fetch: server.fetch, origins: ['https://api.example.com'] });
    await session.begin(all.step);
    expect((await session.fetch(url)).status).toBe(204);
    await expect(session.fetch('https://other.example.com/')).rejects.toMatchObject({
      code: 'OPTION_INVALID',
      field: 'input',
    });
    expect(server.requests).toHaveLength(1);
  });

  test('sends no token where a redirect leads to another origin', async () => {
    const all = await world();
    const headers: IncomingHttpHeaders[] = [];
    const end: RequestListener = (request, response) => {
      headers.push(request.headers);
      response.end();
    };
    await withServer(end, (other) =>
      withServer(
        (_, response) => response.writeHead(307, { location: `${other}/orders` }).end(),
        async (endpoint) => {
          const { session } = open(all);
          await session.begin(all.step);
          expect((await session.fetch(`${endpoint}/orders`)).status).toBe(200);
        },
      ),
    );
    expect(headers).toHaveLength(1);
    expect(headers[0]).not.toHaveProperty('authorization');
  });

  test('sends nothing where nobody is signed in', async () => {
    const server = serverThatTakes(() => true);
    const { session } = open(await world(), { fetch: server.fetch });
    await expect(session.fetch(url)).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
    expect(server.requests).toEqual([]);
  });
});

describe('signOut', () => {
  test('empties the store, revokes the refresh token, and says so', async () => {
    const all = await world();
    const { session, events } = open(all);
    await session.begin(all.step);
    expect(await session.signOut()).toEqual({ problem: undefined });
    expect(session.getSnapshot()).toEqual({ status: 'signed-out', reason: 'signed-out' });
    expect(events.at(-1)).toEqual({ type: 'signed-out', username: 'alice', reason: 'signed-out' });
    expect(all.sent).toEqual(['RevokeToken']);
    expect(await open(all).session.restore()).toEqual({ status: 'signed-out', reason: 'nobody' });
  });

  test('everywhere ends every sign-in of the user', async () => {
    const all = await world();
    const { session } = open(all);
    await session.begin(all.step);
    await session.signOut({ everywhere: true });
    expect(all.sent).toEqual(['GlobalSignOut']);
  });

  test('signs out here even if the service cannot be told, and gives the reason', async () => {
    const all = await world();
    const { session } = open({
      ...all,
      options: { ...all.options, fetch: () => Promise.reject(new TypeError('away')) },
    });
    await session.begin(all.step);
    expect(await session.signOut()).toMatchObject({ problem: { code: 'NETWORK_FAILED' } });
    expect(session.getSnapshot().status).toBe('signed-out');
    expect(await open(all).session.restore()).toMatchObject({ status: 'signed-out' });
  });

  test('during a refresh stores nothing, and revokes what the refresh brought', async () => {
    const all = await world(true);
    const { session } = open(all);
    await session.begin(all.step);
    all.clock.ms += HOUR;
    const refreshed = session.tokens();
    const signedOut = session.signOut();
    await expect(refreshed).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
    expect(await signedOut).toEqual({ problem: undefined });
    expect(all.sent).toEqual(['GetTokensFromRefreshToken', 'RevokeToken']);
    expect(await open(all).session.restore()).toEqual({ status: 'signed-out', reason: 'nobody' });
  });

  test('where nobody is signed in sends nothing', async () => {
    const all = await world();
    expect(await open(all).session.signOut()).toEqual({ problem: undefined });
    expect(all.sent).toEqual([]);
  });
});

describe('two tabs', () => {
  test('a sign-in, a refresh and a sign-out of one are seen by the other', async () => {
    const all = await world();
    const [one, other] = channel();
    const here = open(all, { tabs: one });
    const there = open(all, { tabs: other });
    await there.session.restore();

    let next = nextEvent(there.session);
    await here.session.begin(all.step);
    expect(await next).toEqual({ type: 'changed-elsewhere', username: 'alice' });
    expect(there.session.getSnapshot()).toEqual(here.session.getSnapshot());

    all.clock.ms += HOUR;
    next = nextEvent(there.session);
    const fresh = await here.session.tokens();
    expect(await next).toEqual({ type: 'changed-elsewhere', username: 'alice' });
    expect(await there.session.tokens()).toEqual(fresh);

    next = nextEvent(there.session);
    await here.session.signOut();
    expect(await next).toEqual({ type: 'signed-out', username: 'alice', reason: 'elsewhere' });
    expect(all.sent).toEqual(['GetTokensFromRefreshToken', 'RevokeToken']);
  });

  test('a refresh that the other has overtaken goes on with the tokens of the other', async () => {
    const all = await world(true);
    const [one, other] = channel();
    const request = gate();
    const fetch: UserPool['fetch'] = async (url, init) => {
      request.arrive();
      await request.opened;
      return all.pool.fetch(url, init);
    };
    const here = open({ ...all, options: { ...all.options, fetch } }, { tabs: one, exclusive: withoutLock });
    const there = open(all, { tabs: other, exclusive: withoutLock });
    await here.session.begin(all.step);

    const refreshed = here.session.tokens({ refresh: true });
    await request.arrived;
    const heard = nextEvent(here.session);
    const fresh = await there.session.tokens({ refresh: true });
    expect(await heard).toEqual({ type: 'changed-elsewhere', username: 'alice' });
    request.open();
    expect(await refreshed).toEqual(fresh);
    expect(here.session.getSnapshot().status).toBe('signed-in');
    expect((await open(all).session.restore()).status).toBe('signed-in');
  });

  test('another user who signs in there is the user here', async () => {
    const all = await world();
    const [one, other] = channel();
    const here = open(all, { tabs: one });
    const there = open(all, { tabs: other });
    await here.session.begin(all.step);
    const next = nextEvent(here.session);
    await there.session.begin(await signInAs('bob', all.options));
    expect(await next).toEqual({ type: 'changed-elsewhere', username: 'bob' });
    expect(here.session.getSnapshot()).toMatchObject({ user: { username: 'bob' } });
  });

  test('messages of another app client, and of the application itself, change nothing', async () => {
    const all = await world();
    const [one, other] = channel();
    const { session } = open(all, { tabs: one });
    await session.begin(all.step);
    await open(all).session.signOut();
    const message = { type: 'cognito-session-changed', userPoolId: web.userPoolId, clientId: 'another' };
    for (const foreign of [message, null, 'changed', { type: 'changed' }]) other.postMessage(foreign);
    await new Promise((resolve) => setImmediate(resolve));
    expect(session.getSnapshot().status).toBe('signed-in');
  });

  test('no message holds a token or a name, and one that does changes nothing', async () => {
    const all = await world();
    const messages: unknown[] = [];
    const [one, other] = channel();
    other.addEventListener('message', ({ data }) => void messages.push(data));
    const { session } = open(all, { tabs: one });
    await session.begin(all.step);
    all.clock.ms += HOUR;
    await session.tokens();
    const before = session.getSnapshot();
    const type = 'cognito-session-changed';
    const { userPoolId, clientId } = web;
    const tokens = { ...all.step.tokens, accessToken: 'forged' };
    other.postMessage({ type, userPoolId, clientId, username: 'mallory', tokens, status: 'signed-out' });
    await new Promise((resolve) => setImmediate(resolve));
    expect(session.getSnapshot()).toEqual(before);
    expect((await session.tokens()).accessToken).not.toBe('forged');
    await session.signOut();
    await new Promise((resolve) => setImmediate(resolve));
    expect(messages.length).toBeGreaterThanOrEqual(3);
    for (const message of messages) expect(message).toEqual({ type, userPoolId, clientId });
  });

  test('without a channel, a sign-out of the other is seen at the next refresh', async () => {
    const all = await world();
    const here = open(all);
    await here.session.begin(all.step);
    await open({
      ...all,
      options: { ...all.options, fetch: () => Promise.reject(new TypeError('away')) },
    }).session.signOut();
    all.clock.ms += HOUR;
    await expect(here.session.tokens()).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
    expect(here.session.getSnapshot()).toEqual({ status: 'signed-out', reason: 'elsewhere' });
  });

  test('a closed session hears no other', async () => {
    const all = await world();
    const [one, other] = channel();
    const here = open(all, { tabs: one });
    await here.session.begin(all.step);
    here.session.close();
    await open(all, { tabs: other }).session.signOut();
    await new Promise((resolve) => setImmediate(resolve));
    expect(here.session.getSnapshot().status).toBe('signed-in');
  });
});

describe('two tabs at once', () => {
  /** The locks of a browser, which all tabs share: one at a time. */
  function createLock(): <T>(work: () => Promise<T>) => Promise<T> {
    let last: Promise<unknown> = Promise.resolve();
    return (work) => {
      const result = last.then(work);
      last = result.catch(() => {});
      return result;
    };
  }

  test.each([
    ['with rotation', true],
    ['without rotation', false],
  ])('%s, one refreshes and both have the new tokens', async (_, rotates) => {
    const all = await world(rotates);
    const exclusive = createLock();
    const [one, other] = channel();
    const here = open(all, { tabs: one, exclusive });
    const there = open(all, { tabs: other, exclusive });
    await here.session.begin(all.step);
    await there.session.restore();
    all.clock.ms += HOUR;
    const [mine, yours] = await Promise.all([here.session.tokens(), there.session.tokens()]);
    expect(yours).toEqual(mine);
    expect(all.sent).toEqual(['GetTokensFromRefreshToken']);
    expect(there.session.getSnapshot()).toEqual(here.session.getSnapshot());
  });

  test('a refresh holds the lock of its user, and of no other user', async () => {
    const names: string[] = [];
    const request = <T>(name: string, work: () => Promise<T>) => {
      names.push(name);
      return work();
    };
    const before = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
    Object.defineProperty(globalThis, 'navigator', { configurable: true, value: { locks: { request } } });
    try {
      const all = await world();
      for (const username of ['alice', 'bob']) {
        const { session } = open({ ...all, storage: memoryStorage() });
        await session.begin(await signInAs(username, all.options));
        await session.tokens({ refresh: true });
      }
    } finally {
      if (before) Object.defineProperty(globalThis, 'navigator', before);
      else Reflect.deleteProperty(globalThis, 'navigator');
    }
    const prefix = `cognito-session.${web.userPoolId}.${web.clientId}`;
    expect(names).toEqual([`${prefix}.alice`, `${prefix}.bob`]);
  });

  test('forced refreshes of both succeed, and the store has the last tokens', async () => {
    const all = await world(true);
    const exclusive = createLock();
    const [one, other] = channel();
    const here = open(all, { tabs: one, exclusive });
    const there = open(all, { tabs: other, exclusive });
    await here.session.begin(all.step);
    await there.session.restore();
    const both = await Promise.all([
      here.session.tokens({ refresh: true }),
      there.session.tokens({ refresh: true }),
    ]);
    expect(new Set(both.map(({ refreshToken }) => refreshToken)).size).toBe(2);
    // With a grace period of 0, only the last refresh token is good
    const later = open(all).session;
    expect(both).toContainEqual(await later.tokens());
    expect((await later.tokens({ refresh: true })).refreshToken).toBeDefined();
  });

  test('without a lock, a token that the other has spent ends the session only if nobody has stored newer ones', async () => {
    const all = await world(true);
    const here = open(all, { exclusive: withoutLock });
    const there = open(all, { exclusive: withoutLock });
    await here.session.begin(all.step);
    await there.session.restore();
    all.clock.ms += HOUR;
    const fresh = await here.session.tokens();
    // The other tab did not see what was stored, and the service refuses the spent token
    expect(await there.session.tokens()).toEqual(fresh);
    expect(there.session.getSnapshot().status).toBe('signed-in');
    expect(await open(all).session.restore()).toMatchObject({ status: 'signed-in' });
  });
});

describe('a store that fails', () => {
  const failing = (storage: KeyValueStorage, method: 'setItem' | 'removeItem'): KeyValueStorage => ({
    getItem: (key) => storage.getItem(key),
    setItem: (key, value) => storage.setItem(key, value),
    removeItem: (key) => storage.removeItem(key),
    [method]: () => {
      throw new Error('the storage is full');
    },
  });

  test('at the sign-in rejects the call, and the user is signed in until the end of the page', async () => {
    const all = await world();
    const { session, events } = open({ ...all, storage: failing(all.storage, 'setItem') });
    await expect(session.begin(all.step)).rejects.toThrow('the storage is full');
    expect(session.getSnapshot()).toMatchObject({ status: 'signed-in', user: { username: 'alice' } });
    expect(typesOf(events)).toEqual(['signed-in']);
    all.clock.ms += HOUR;
    const fresh = await session.tokens();
    expect(fresh.accessToken).not.toBe(all.step.tokens.accessToken);
    expect(session.getSnapshot().status).toBe('signed-in');
  });

  test('at the sign-out is told in the result, and the refresh token is revoked all the same', async () => {
    const all = await world();
    await open(all).session.begin(all.step);
    const { session, events } = open({ ...all, storage: failing(all.storage, 'removeItem') });
    await session.restore();
    expect(await session.signOut()).toMatchObject({ problem: { message: 'the storage is full' } });
    expect(session.getSnapshot()).toEqual({ status: 'signed-out', reason: 'signed-out' });
    expect(typesOf(events)).toEqual(['restored', 'signed-out']);
    expect(all.sent).toEqual(['RevokeToken']);
  });
});

test('another user who begins signs the former one out, whose tokens leave the store and are revoked', async () => {
  const all = await world();
  const { session } = open(all);
  await session.begin(all.step);
  const bob = await signInAs('bob', all.options);
  all.sent.length = 0;
  await session.begin(bob);
  expect(all.sent).toEqual(['RevokeToken']);
  const store = createUserStore(all.storage, web);
  expect(await store.load('alice')).toBeUndefined();
  expect(await store.load()).toMatchObject({ username: 'bob' });
  await session.signOut();
  expect(await store.load()).toBeUndefined();
});

describe('with a timer', () => {
  /** Timers that run when the test says so. */
  function manualTimers() {
    let waiting: { readonly run: () => void; readonly ms: number } | undefined;
    return {
      timers: {
        setTimeout: (run: () => void, ms: number) => {
          waiting = { run, ms };
          return 1;
        },
        clearTimeout: () => {
          waiting = undefined;
        },
      },
      delay: () => waiting?.ms,
      fire: () => waiting?.run(),
    };
  }

  test('timers are not called where none was set: those of Hermes refuse undefined', async () => {
    const all = await world();
    const refuse = () => {
      throw new TypeError('Argument to clearTimeout must be a number');
    };
    const timers = { setTimeout: refuse, clearTimeout: refuse };
    const { session } = open(all, { timers });
    expect(await session.restore()).toEqual({ status: 'signed-out', reason: 'nobody' });
    await session.begin(all.step);
    await session.signOut();
    session.close();
  });

  test('the tokens are refreshed a minute before their end', async () => {
    const all = await world();
    const { timers, delay, fire } = manualTimers();
    const { session } = open(all, { refreshOnTimer: true, timers });
    await session.begin(all.step);
    expect(delay()).toBe(HOUR - 60_000);
    all.clock.ms += HOUR - 60_000;
    const next = nextEvent(session);
    fire();
    expect(await next).toEqual({ type: 'refreshed', username: 'alice' });
    expect(delay()).toBe(HOUR - 60_000);
    await session.signOut();
    expect(delay()).toBeUndefined();
  });

  test('a refresh that failed for a moment is tried again after 30 seconds', async () => {
    const all = await world();
    const { timers, delay, fire } = manualTimers();
    let isAway = true;
    const fetch: UserPool['fetch'] = (url, init) =>
      isAway ? Promise.reject(new TypeError('away')) : all.options.fetch(url, init);
    const { session } = open(
      { ...all, options: { ...all.options, fetch } },
      { refreshOnTimer: true, timers },
    );
    await session.begin(all.step);
    all.clock.ms += HOUR;
    let next = nextEvent(session);
    fire();
    expect(await next).toMatchObject({ type: 'refresh-failed' });
    expect(delay()).toBe(30_000);
    // The event comes before the refresh has ended, and a call until then would share its failure
    await new Promise((resolve) => setImmediate(resolve));
    isAway = false;
    all.clock.ms += 30_000;
    next = nextEvent(session);
    fire();
    expect(await next).toMatchObject({ type: 'refreshed' });
  });

  test('a refresh that fails while the access token is still good is tried again, too', async () => {
    const all = await world();
    const { timers, delay, fire } = manualTimers();
    const fetch: UserPool['fetch'] = () => Promise.reject(new TypeError('away'));
    const { session } = open(
      { ...all, options: { ...all.options, fetch } },
      { refreshOnTimer: true, timers },
    );
    await session.begin(all.step);
    all.clock.ms += HOUR - 60_000;
    fire();
    // It shares the refresh of the timer, and gets the token at hand
    expect((await session.tokens()).accessToken).toBe(all.step.tokens.accessToken);
    expect(delay()).toBe(30_000);
  });

  test('a timer that fires too early is set again, and so is one whose refresh did not happen', async () => {
    const all = await world();
    const { timers, delay, fire } = manualTimers();
    const { session } = open(all, { refreshOnTimer: true, timers });
    await session.begin(all.step);
    all.clock.ms += HOUR - 60_100;
    fire();
    await new Promise((resolve) => setImmediate(resolve));
    expect(all.sent).toEqual([]);
    // The shortest delay of the timer
    expect(delay()).toBe(1000);
  });

  test('tokens that live shorter than the margin are refreshed at half their life', async () => {
    const all = await world();
    const { timers, delay } = manualTimers();
    const { session } = open(all, { refreshOnTimer: true, timers, marginMs: 2 * HOUR });
    await session.begin(all.step);
    expect(delay()).toBe(HOUR / 2);
  });

  test('a closed session sets no timer again', async () => {
    const all = await world();
    const { timers, delay } = manualTimers();
    const { session } = open(all, { refreshOnTimer: true, timers });
    await session.begin(all.step);
    session.close();
    await session.tokens({ refresh: true });
    expect(delay()).toBeUndefined();
  });

  test('a moment further away than a timer can wait is waited for in parts', async () => {
    const all = await world();
    const { timers, delay, fire } = manualTimers();
    const tokens = { ...all.step.tokens, expiresAt: all.clock.ms + 2 ** 32 };
    const { session } = open(all, { refreshOnTimer: true, timers });
    await session.begin({ ...all.step, tokens });
    expect(delay()).toBe(2 ** 31 - 1);
    all.clock.ms += 2 ** 31 - 1;
    fire();
    expect(delay()).toBe(2 ** 31 + 1 - 60_000);
    expect(all.sent).toEqual([]);
  });
});

test('a store that fails is an error of the call, and the next call reads it again', async () => {
  const all = await world();
  await open(all).session.begin(all.step);
  let fails = true;
  const storage: KeyValueStorage = {
    ...all.storage,
    getItem: (key) => {
      if (fails) throw new Error('the storage is locked');
      return all.storage.getItem(key);
    },
  };
  const { session } = open({ ...all, storage });
  await expect(session.restore()).rejects.toThrow('the storage is locked');
  expect(session.getSnapshot()).toEqual({ status: 'loading' });
  fails = false;
  expect(await session.restore()).toMatchObject({ status: 'signed-in', user: { username: 'alice' } });
});

test.each([
  ['a pool without a client', { ...web, clientId: '' }, {}, { code: 'CLIENT_ID_INVALID' }],
  ['no store', web, {}, { code: 'OPTION_INVALID', field: 'store' }],
  ['no input', web, undefined, { code: 'OPTION_INVALID', field: 'input' }],
])('refuses %s', (_, pool, input, expected) => {
  let error: unknown;
  try {
    createSession(pool, input as unknown as SessionInput);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toMatchObject({ name: 'ArgumentError', ...expected });
});
