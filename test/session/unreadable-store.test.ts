/** A session that has begun does without a storage that cannot be read. */
import { createUserStore, type KeyValueStorage } from '../../src/index.ts';
import { createSession } from '../../src/session/index.ts';
import { gate, HOUR, open, typesOf, web, world } from './session-world.ts';

const fail = () => {
  throw new Error('the storage is forbidden');
};
const forbidden: KeyValueStorage = { getItem: fail, setItem: fail, removeItem: fail };

test('a session that began gives tokens, and refreshes them', async () => {
  const all = await world();
  const { session, events } = open({ ...all, storage: forbidden });
  await expect(session.begin(all.step)).rejects.toThrow('the storage is forbidden');
  expect(await session.tokens()).toEqual(all.step.tokens);
  expect((await session.restore()).status).toBe('signed-in');
  all.clock.ms += HOUR;
  expect((await session.tokens()).accessToken).not.toBe(all.step.tokens.accessToken);
  expect(typesOf(events)).toEqual(['signed-in', 'refreshed']);
});

test('a session that began is signed out, its refresh token is revoked, and the failure is told', async () => {
  const all = await world();
  const { session, events } = open({ ...all, storage: forbidden });
  await expect(session.begin(all.step)).rejects.toThrow('the storage is forbidden');
  expect(await session.signOut()).toMatchObject({ problem: { message: 'the storage is forbidden' } });
  expect(session.getSnapshot()).toEqual({ status: 'signed-out', reason: 'signed-out' });
  expect(typesOf(events)).toEqual(['signed-in', 'signed-out']);
  expect(all.sent).toEqual(['RevokeToken']);
});

test('a sign-out before the store could be read tells why, and the next call reads it again', async () => {
  const all = await world();
  await open(all).session.begin(all.step);
  let fails = true;
  const getItem = (key: string) => (fails ? fail() : all.storage.getItem(key));
  const { session } = open({ ...all, storage: { ...all.storage, getItem } });
  expect(await session.signOut()).toMatchObject({ problem: { message: 'the storage is forbidden' } });
  expect(session.getSnapshot()).toEqual({ status: 'loading' });
  fails = false;
  expect(await session.signOut()).toEqual({ problem: undefined });
  expect(session.getSnapshot()).toEqual({ status: 'signed-out', reason: 'signed-out' });
  expect(all.sent).toEqual(['RevokeToken']);
});

test('a call that waits for the store goes on if somebody signs in before the store fails', async () => {
  const all = await world();
  const reading = gate();
  const store = createUserStore(all.storage, web);
  let loads = 0;
  const load = async () => {
    loads += 1;
    if (loads > 1) return undefined;
    await reading.opened;
    return fail();
  };
  const session = createSession(web, { store: { ...store, load } }, all.options);
  const tokens = session.tokens();
  await session.begin(all.step);
  reading.open();
  expect(await tokens).toEqual(all.step.tokens);
});
