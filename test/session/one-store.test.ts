/** Sessions over one store, as two processes of a device have them: without a lock, and without a channel between them. */
import { createUserStore, type UserStore } from '../../src/index.ts';
import { createSession, type SessionEvent } from '../../src/session/index.ts';
import {
  gate,
  HOUR,
  nextEvent,
  signInAs,
  typesOf,
  type World,
  web,
  withoutLock,
  withoutPauses,
  world,
} from './session-world.ts';

/** @param change what is different about the store of this session */
function openOver(
  { storage, clock, options }: World,
  change: (store: UserStore) => Partial<UserStore> = () => ({}),
) {
  const store = createUserStore(storage, web, { now: () => clock.ms });
  const input = { store: { ...store, ...change(store) }, exclusive: withoutLock };
  const session = createSession(web, input, options);
  const events: SessionEvent[] = [];
  session.subscribe((_, event) => event && events.push(event));
  return { session, events, store };
}

test('of two who refresh at once the refused one gives the tokens of the other, which stay in the store', async () => {
  const all = await world(true);
  const write = gate();
  const here = openOver(all, (store) => ({
    saveTokens: async (username, tokens) => {
      write.arrive();
      await write.opened;
      return store.saveTokens(username, tokens);
    },
  }));
  const there = openOver(all);
  await here.session.begin(all.step);
  await there.session.restore();
  const refused = nextEvent(there.session);
  const [mine, yours] = await withoutPauses(async () => {
    const first = here.session.tokens({ refresh: true });
    await write.arrived;
    const second = there.session.tokens({ refresh: true });
    expect(await refused).toMatchObject({ error: { code: 'REFRESH_TOKEN_REUSED' } });
    write.open();
    return Promise.all([first, second]);
  });
  expect(yours.refreshToken).toBe(mine.refreshToken);
  expect(typesOf(there.events)).toEqual(['restored', 'refresh-failed', 'changed-elsewhere']);
  expect(await there.store.load()).toMatchObject({ tokens: { refreshToken: mine.refreshToken } });
  expect(all.sent).toEqual(['GetTokensFromRefreshToken', 'GetTokensFromRefreshToken']);
});

test('a sign-in of the same user elsewhere is taken after a refusal, although its tokens seem to end before', async () => {
  const all = await world(true);
  const { session, store, events } = openOver(all);
  await session.begin(all.step);
  await all.pool.fetch(web.endpoint ?? '', {
    method: 'POST',
    headers: { 'x-amz-target': 'AWSCognitoIdentityProviderService.RevokeToken' },
    body: JSON.stringify({ ClientId: web.clientId, Token: all.step.tokens.refreshToken }),
  });
  const { tokens } = await signInAs('alice', all.options);
  await store.saveTokens('alice', { ...tokens, expiresAt: tokens.expiresAt - HOUR / 2 });
  all.sent.length = 0;
  const fresh = await withoutPauses(() => session.tokens({ refresh: true }));
  expect(typesOf(events)).toEqual(['signed-in', 'refresh-failed', 'changed-elsewhere', 'refreshed']);
  expect(await store.load()).toMatchObject({ tokens: { refreshToken: fresh.refreshToken } });
});
