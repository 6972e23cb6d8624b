/** Calls right after a sign-in act for the user who has signed in, whatever is under way for the one before. */
import type { UserPool } from '../../pool/src/index.ts';
import { gate, HOUR, nextEvent, open, signInAs, type World, withoutLock, world } from './session-world.ts';

/** A session of alice whose first refresh waits until the test lets it through. */
async function refreshing() {
  const all = await world();
  const request = gate();
  const fetch: UserPool['fetch'] = async (url, init) => {
    const target = new Headers(init?.headers).get('x-amz-target') ?? '';
    if (target.endsWith('GetTokensFromRefreshToken')) {
      request.arrive();
      await request.opened;
    }
    return all.options.fetch(url, init);
  };
  const held: World = { ...all, options: { ...all.options, fetch } };
  const { session } = open(held, { exclusive: withoutLock });
  await session.begin(all.step);
  all.clock.ms += HOUR;
  const refreshed = session.tokens().then(
    (tokens) => tokens,
    (error: unknown) => error,
  );
  await request.arrived;
  return { all, session, refreshed, request };
}

test('tokens of another user who has signed in come at once, and the call for the former one rejects', async () => {
  const { all, session, refreshed, request } = await refreshing();
  const bob = await signInAs('bob', all.options);
  const next = nextEvent(session);
  const begun = session.begin(bob);
  expect(await next).toEqual({ type: 'signed-in', username: 'bob' });
  expect(await session.tokens()).toEqual(bob.tokens);
  request.open();
  expect(await refreshed).toMatchObject({
    code: 'TOKEN_INVALID',
    message: 'The user has signed out meanwhile',
  });
  await begun;
  expect(session.getSnapshot()).toMatchObject({ status: 'signed-in', user: { username: 'bob' } });
});

test('tokens of the same user who has signed in anew come at once, and the call before gets them, too', async () => {
  const { all, session, refreshed, request } = await refreshing();
  const anew = await signInAs('alice', all.options);
  await session.begin(anew);
  expect(await session.tokens()).toEqual(anew.tokens);
  request.open();
  expect(await refreshed).toEqual(anew.tokens);
});

test('a call for the same user gets the new tokens where the refresh of those before is refused', async () => {
  const { all, session, refreshed, request } = await refreshing();
  await session.begin(await signInAs('alice', all.options));
  all.pool.users.update('alice', { enabled: false });
  request.open();
  expect(await refreshed).toEqual(await session.tokens());
  expect(session.getSnapshot().status).toBe('signed-in');
});

test('calls for a user who has signed out reject, and one that waited for its turn sends nothing', async () => {
  const { all, session, refreshed, request } = await refreshing();
  const forced = session.tokens({ refresh: true });
  const signedOut = session.signOut();
  request.open();
  await expect(forced).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
  expect(await refreshed).toMatchObject({ code: 'TOKEN_INVALID' });
  await signedOut;
  expect(all.sent).toEqual(['GetTokensFromRefreshToken', 'RevokeToken']);
});
