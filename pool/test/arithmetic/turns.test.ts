/** A listening pool takes requests in turn, so that no client waits while others are answered again and again. */
import { bigintHost, runBy } from '../../src/arithmetic/arithmetic.ts';
import { createTurns } from '../../src/http/one-at-a-time.ts';
import { createUserPool } from '../../src/index.ts';

/** An event loop whose turns the test makes. */
function createLoop() {
  const callbacks: (() => void)[] = [];
  return {
    afterIo: (callback: () => void) => void callbacks.push(callback),
    /** Runs what waits for the next turn, and everything that follows from it at once. */
    turn: async () => {
      for (const callback of callbacks.splice(0)) callback();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

test('one request is taken in a turn, the first first', async () => {
  const { afterIo, turn } = createLoop();
  const turns = createTurns(afterIo);
  const taken: string[] = [];
  for (const name of ['one', 'two', 'three']) void turns.next().then(() => taken.push(name));
  const seen: number[] = [];
  for (let i = 0; i < 4; i++) {
    await turn();
    seen.push(taken.length);
  }
  expect(taken).toEqual(['one', 'two', 'three']);
  expect(seen).toEqual([1, 2, 3, 3]);
});

test('what arrives during a request queues before the next is taken', async () => {
  const { afterIo, turn } = createLoop();
  const turns = createTurns(afterIo);
  const taken: string[] = [];
  const ask = (name: string) => void turns.next().then(() => taken.push(name));
  ask('one');
  ask('two');
  await turn();
  turns.arrived();
  await turn();
  expect(taken).toEqual(['one']);
  await turn();
  expect(taken).toEqual(['one', 'two']);
});

test('connections that arrive without end do not stop it', async () => {
  const { afterIo, turn } = createLoop();
  const turns = createTurns(afterIo);
  const taken: string[] = [];
  for (const name of ['one', 'two']) void turns.next().then(() => taken.push(name));
  for (let i = 0; i < 110; i++) {
    turns.arrived();
    await turn();
  }
  expect(taken).toEqual(['one', 'two']);
});

test('of clients that come at once, nobody is answered twice before all were answered once', async () => {
  // Longer than a connection takes, so that most of them arrive while the first request is computed
  const slow = runBy({
    ...bigintHost,
    answerA: (...parameters) => {
      const end = performance.now() + 15;
      while (performance.now() < end);
      return bigintHost.answerA(...parameters);
    },
  });
  const pool = createUserPool({
    users: [{ username: 'alice', password: 'Correct-Horse-9' }],
    arithmetic: slow,
  });
  const { endpoint, close } = await pool.listen();
  const clients = 12;
  const answered: number[] = [];
  const body = JSON.stringify({
    ClientId: 'web',
    AuthFlow: 'USER_SRP_AUTH',
    AuthParameters: { USERNAME: 'alice', SRP_A: '2' },
  });
  const headers = { 'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth' };
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (let i = 0; i < 3; i++) {
        const response = await fetch(endpoint, { method: 'POST', headers, body });
        await response.text();
        if (response.ok) answered.push(client);
      }
    }),
  );
  await close();
  expect(answered).toHaveLength(3 * clients);
  expect(new Set(answered.slice(0, clients)).size).toBe(clients);
});
