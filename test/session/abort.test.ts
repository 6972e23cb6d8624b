/** `fetch` of a session hears its signal while it waits for tokens, and the refresh goes on for others. */
import type { UserPool } from '../../pool/src/index.ts';
import { gate, HOUR, open, type World, world } from './session-world.ts';

const url = 'https://api.example.com/orders';
const reason = new Error('The user has left the page');

/** A session of alice whose refresh waits until the test lets it through, and a server that takes her new token alone. */
async function heldWorld() {
  const all = await world();
  const refresh = gate();
  const fetch: UserPool['fetch'] = async (...request) => {
    refresh.arrive();
    await refresh.opened;
    return all.options.fetch(...request);
  };
  const held: World = { ...all, options: { ...all.options, fetch } };
  const tokens: (string | null)[] = [];
  const server = async (input: string | URL | Request) => {
    const token = (input as Request).headers.get('authorization');
    tokens.push(token);
    return new Response('an order', { status: token?.includes(all.step.tokens.accessToken) ? 401 : 200 });
  };
  const { session } = open(held, { fetch: server });
  await session.begin(all.step);
  return { all, session, refresh, tokens };
}

test('a signal that has aborted before sends nothing', async () => {
  const { all, session, tokens } = await heldWorld();
  all.clock.ms += HOUR;
  const signal = AbortSignal.abort(reason);
  await expect(session.fetch(url, { signal })).rejects.toBe(reason);
  await expect(session.fetch(new Request(url, { signal }))).rejects.toBe(reason);
  expect([all.sent, tokens]).toEqual([[], []]);
});

test('a signal that aborts during a refresh ends this call at once, and the refresh is shared by the others', async () => {
  const { all, session, refresh, tokens } = await heldWorld();
  all.clock.ms += HOUR;
  const controller = new AbortController();
  const left = session.fetch(url, { method: 'POST', body: 'an order', signal: controller.signal });
  const stays = session.fetch(url);
  await refresh.arrived;
  controller.abort(reason);
  await expect(left).rejects.toBe(reason);
  refresh.open();
  expect((await stays).status).toBe(200);
  expect(tokens).toHaveLength(1);
  expect(all.sent).toEqual(['GetTokensFromRefreshToken']);
});

test('a time limit ends a call that waits for a refresh', async () => {
  const { all, session, refresh, tokens } = await heldWorld();
  all.clock.ms += HOUR;
  await expect(session.fetch(url, { signal: AbortSignal.timeout(20) })).rejects.toMatchObject({
    name: 'TimeoutError',
  });
  refresh.open();
  await session.tokens();
  expect(tokens).toEqual([]);
});

test('a signal that aborts during the refresh after a 401 is not answered by the 401', async () => {
  const { session, refresh, tokens } = await heldWorld();
  const controller = new AbortController();
  const left = session.fetch(url, { method: 'POST', body: 'an order', signal: controller.signal });
  await refresh.arrived;
  controller.abort(reason);
  await expect(left).rejects.toBe(reason);
  expect(tokens).toHaveLength(1);
  refresh.open();
  expect((await session.fetch(url)).status).toBe(200);
});

test('a body that the server does not read keeps nobody waiting', async () => {
  const all = await world();
  const { session } = open(all, { fetch: async () => new Response(null, { status: 204 }) });
  await session.begin(all.step);
  expect((await session.fetch(url, { method: 'POST', body: 'an order' })).status).toBe(204);
});

describe('a body stream is cancelled', () => {
  const failure = new Error('away');

  /** A request whose body is a stream that never ends, and what the stream was cancelled with. */
  function streaming(signal?: AbortSignal) {
    const cancelled: unknown[] = [];
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(1024)),
      cancel: (given) => void cancelled.push(given),
    });
    const init = { method: 'POST', body, duplex: 'half', ...(signal && { signal }) };
    return { request: new Request(url, init as RequestInit), cancelled };
  }
  const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

  test('where nobody is signed in', async () => {
    const { session } = open(await world());
    const { request, cancelled } = streaming();
    await expect(session.fetch(request)).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
    await settled();
    expect(cancelled).toHaveLength(1);
  });

  test('where the signal ends the wait for a token', async () => {
    const { all, session, refresh, tokens } = await heldWorld();
    all.clock.ms += HOUR;
    const controller = new AbortController();
    const { request, cancelled } = streaming(controller.signal);
    const left = session.fetch(request);
    await refresh.arrived;
    controller.abort(reason);
    await expect(left).rejects.toBe(reason);
    await settled();
    expect([cancelled.length, tokens.length]).toEqual([1, 0]);
    refresh.open();
  });

  test('where a `fetch` that has not read it rejects, and the failure is told', async () => {
    const all = await world();
    const { session } = open(all, { fetch: () => Promise.reject(failure) });
    await session.begin(all.step);
    const { request, cancelled } = streaming();
    await expect(session.fetch(request)).rejects.toBe(failure);
    await settled();
    expect(cancelled).toHaveLength(1);
  });

  test('where a `fetch` rejects that still reads it, and the failure is told', async () => {
    const all = await world();
    const { session } = open(all, {
      fetch: async (input) => {
        const reader = (input as Request).body?.getReader();
        await reader?.read();
        void reader?.cancel();
        throw failure;
      },
    });
    await session.begin(all.step);
    const { request, cancelled } = streaming();
    await expect(session.fetch(request)).rejects.toBe(failure);
    await settled();
    expect(cancelled).toHaveLength(1);
  });
});
