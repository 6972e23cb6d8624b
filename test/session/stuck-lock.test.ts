/** A tab that a browser has frozen in the middle of a refresh holds the lock, and the other tabs go on without it. */
import type { SessionInput } from '../../src/session/index.ts';
import { withGlobal } from '../support/with-global.ts';
import { gate, HOUR, open, signInAs, typesOf, withoutLock, world } from './session-world.ts';

const never = () => new Promise<never>(() => {});

/** Runs where the wait for the lock is over at once: five seconds, or 20 for those who need new tokens. */
function withoutWait<T>(run: () => T | Promise<T>): Promise<T> {
  const { setTimeout } = globalThis;
  const shortened = (work: () => void, ms: number) => setTimeout(work, ms === 5000 || ms === 20_000 ? 0 : ms);
  return withGlobal('setTimeout', shortened, run);
}

/** A session of alice whose tokens are good for 30 more seconds, so that they should be refreshed. */
async function stuckWorld(exclusive: NonNullable<SessionInput['exclusive']> = never) {
  const all = await world();
  const tokens: (string | null)[] = [];
  const fetch = async (input: string | URL | Request) => {
    tokens.push((input as Request).headers.get('authorization'));
    return new Response('an order');
  };
  const opened = open(all, { exclusive, fetch });
  await opened.session.begin(all.step);
  all.clock.ms += HOUR - 30_000;
  return { all, tokens, ...opened };
}

test('`tokens` and `fetch` go on with the tokens at hand until these end, and nothing is sent', async () => {
  const { all, session, events, tokens } = await stuckWorld();
  expect(await withoutWait(() => session.tokens())).toEqual(all.step.tokens);
  const response = await withoutWait(() => session.fetch('https://api.example.com/orders'));
  expect(await response.text()).toBe('an order');
  expect(tokens).toEqual([`Bearer ${all.step.tokens.accessToken}`]);
  expect(typesOf(events)).toEqual(['signed-in']);
  expect(all.sent).toEqual([]);
});

test('tokens that have ended, and new ones, are refused after a while, and the user stays signed in', async () => {
  const { all, session, events } = await stuckWorld();
  const timedOut = { name: 'ProtocolError', code: 'TIMED_OUT', recovery: 'try-later' };
  await expect(withoutWait(() => session.tokens({ refresh: true }))).rejects.toMatchObject(timedOut);
  all.clock.ms += HOUR;
  await expect(withoutWait(() => session.tokens())).rejects.toMatchObject(timedOut);
  expect(typesOf(events)).toEqual(['signed-in', 'refresh-failed', 'refresh-failed']);
  expect(session.getSnapshot().status).toBe('signed-in');
});

test('a call for new tokens does not keep the tokens at hand from other callers', async () => {
  const { all, session } = await stuckWorld();
  const both = await withoutWait(() =>
    Promise.allSettled([session.tokens({ refresh: true }), session.tokens()]),
  );
  expect(both).toMatchObject([{ status: 'rejected' }, { status: 'fulfilled', value: all.step.tokens }]);
});

test('work whose turn comes too late sends nothing, and the next call refreshes', async () => {
  const lock = gate();
  const results: Promise<unknown>[] = [];
  const { all, session } = await stuckWorld((work) => {
    const result = lock.opened.then(work);
    results.push(result);
    return result;
  });
  expect(await withoutWait(() => session.tokens())).toEqual(all.step.tokens);
  lock.open();
  expect(await Promise.allSettled(results)).toMatchObject([{ status: 'rejected' }]);
  expect(all.sent).toEqual([]);
  expect(await session.tokens()).not.toEqual(all.step.tokens);
  expect(all.sent).toEqual(['GetTokensFromRefreshToken']);
});

test.each([
  [{}, 'RevokeToken'],
  [{ everywhere: true }, 'GlobalSignOut'],
])('signOut(%j) sends %s', async (input, operation) => {
  const { all, session } = await stuckWorld();
  expect(await session.signOut(input)).toEqual({ problem: undefined });
  expect(all.sent).toEqual([operation]);
});

test('the user in whose place another signs in is signed out of the service', async () => {
  const { all, session } = await stuckWorld();
  const bob = await signInAs('bob', all.options);
  all.sent.length = 0;
  expect(await session.begin(bob)).toMatchObject({ user: { username: 'bob' } });
  expect(all.sent).toEqual(['RevokeToken']);
});

test('a sign-out begins no refresh, because the refresh token that is revoked is good without one', async () => {
  const { all, session } = await stuckWorld(withoutLock);
  all.clock.ms += HOUR;
  expect(await session.signOut()).toEqual({ problem: undefined });
  expect(all.sent).toEqual(['RevokeToken']);
});

test('a sign-out everywhere after the end of the access token gets a new one, without which it is refused', async () => {
  const { all, session } = await stuckWorld(withoutLock);
  all.clock.ms += HOUR;
  expect(await session.signOut({ everywhere: true })).toEqual({ problem: undefined });
  expect(all.sent).toEqual(['GetTokensFromRefreshToken', 'GlobalSignOut']);
});
