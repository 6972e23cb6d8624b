/** A message to other tabs that cannot be sent changes nothing about the session. */
import { createUserStore, type UserStore } from '../../src/index.ts';
import { createSession, type SessionEvent, type TabChannel } from '../../src/session/index.ts';
import { channel, gate, HOUR, open, web, withoutPauses, world } from './session-world.ts';

/** What a BroadcastChannel does after `close()`. */
const closedChannel: TabChannel = {
  postMessage: () => {
    throw new DOMException('Channel is closed', 'InvalidStateError');
  },
  addEventListener: () => {},
  removeEventListener: () => {},
};

describe('where the channel is closed', () => {
  test('a sign-in and a refresh succeed', async () => {
    const all = await world();
    const { session, events } = open(all, { tabs: closedChannel });
    expect((await session.begin(all.step)).status).toBe('signed-in');
    all.clock.ms += HOUR;
    expect((await session.tokens()).accessToken).not.toBe(all.step.tokens.accessToken);
    expect(events.map(({ type }) => type)).toEqual(['signed-in', 'refreshed']);
  });

  test('a sign-out revokes the refresh token', async () => {
    const all = await world();
    const { session, events } = open(all, { tabs: closedChannel });
    await session.begin(all.step);
    expect(await session.signOut()).toEqual({ problem: undefined });
    expect(all.sent).toEqual(['RevokeToken']);
    expect(events.at(-1)).toMatchObject({ type: 'signed-out', reason: 'signed-out' });
  });

  test('a user whose refresh token is refused is signed out', async () => {
    const all = await world();
    const { session } = open(all, { tabs: closedChannel });
    await session.begin(all.step);
    all.pool.users.update('alice', { enabled: false });
    const refused = withoutPauses(() => session.tokens({ refresh: true }));
    await expect(refused).rejects.toMatchObject({ code: 'USER_DISABLED' });
    expect(session.getSnapshot()).toEqual({ status: 'signed-out', reason: 'ended' });
  });
});

test('a closed session tells other tabs nothing, and goes on', async () => {
  const all = await world();
  const messages: unknown[] = [];
  const [one, other] = channel();
  other.addEventListener('message', ({ data }) => void messages.push(data));
  const { session } = open(all, { tabs: one });
  session.close();
  await session.begin(all.step);
  await session.tokens({ refresh: true });
  expect(await session.signOut()).toEqual({ problem: undefined });
  await new Promise((resolve) => setImmediate(resolve));
  expect(messages).toEqual([]);
  expect(all.sent).toEqual(['GetTokensFromRefreshToken', 'RevokeToken']);
});

describe('close while the store is read because of another tab', () => {
  /** @param held the call of `load` after the message that waits until the test lets it go on, from 1 */
  async function closedDuring(held: number, change: (store: UserStore) => Promise<void>) {
    const all = await world();
    const [one, other] = channel();
    const reading = gate();
    const store = createUserStore(all.storage, web, { now: () => all.clock.ms });
    let loads = Number.NEGATIVE_INFINITY;
    const load: UserStore['load'] = async (username) => {
      loads += 1;
      if (loads === held) {
        reading.arrive();
        await reading.opened;
      }
      return store.load(username);
    };
    const session = createSession(web, { store: { ...store, load }, tabs: one }, all.options);
    await session.begin(all.step);
    loads = 0;
    const before = session.getSnapshot();
    const events: (SessionEvent | undefined)[] = [];
    session.subscribe((_, event) => void events.push(event));
    await change(store);
    const { userPoolId, clientId } = web;
    other.postMessage({ type: 'cognito-session-changed', userPoolId, clientId });
    await reading.arrived;
    session.close();
    reading.open();
    await new Promise((resolve) => setTimeout(resolve, 20));
    // The first call is made when the listener is added
    expect(events).toEqual([undefined]);
    expect(session.getSnapshot()).toBe(before);
  }

  test('tells nobody of a sign-out', () => closedDuring(1, (store) => store.signOut('alice')));

  test('tells nobody of newer tokens', async () => {
    const all = await world();
    const tokens = { ...all.step.tokens, expiresAt: all.step.tokens.expiresAt + HOUR };
    const accessToken = `${tokens.accessToken}x`;
    await closedDuring(2, (store) => store.saveTokens('alice', { ...tokens, accessToken }));
  });
});
