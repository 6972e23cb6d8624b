/** A message to other tabs that cannot be sent changes nothing about the session. */
import type { TabChannel } from '../../src/session/index.ts';
import { channel, HOUR, open, world } from './session-world.ts';

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
    await expect(session.tokens({ refresh: true })).rejects.toMatchObject({ code: 'USER_DISABLED' });
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
