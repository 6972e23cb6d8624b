/** Whoever begins a session takes the place of every user before, also where nobody has read the store yet. */
import { createUserStore, type KeyValueStorage } from '../../src/index.ts';
import { open, signInAs, typesOf, type World, web, world } from './session-world.ts';

/** A pool with a store, and sign-ins of alice and bob. */
async function twoUsers() {
  const all = await world();
  const bob = await signInAs('bob', all.options);
  all.sent.length = 0;
  return { all, alice: all.step, bob };
}

const load = ({ storage }: World, username?: string) => createUserStore(storage, web).load(username);

test('a stored user whom nobody has read yet is signed out when another begins, and is never shown', async () => {
  const { all, alice, bob } = await twoUsers();
  await createUserStore(all.storage, web).save(alice);
  const { session, events } = open(all);
  expect(await session.begin(bob)).toMatchObject({ user: { username: 'bob' } });
  expect(all.sent).toEqual(['RevokeToken']);
  expect(await load(all, 'alice')).toBeUndefined();
  expect(await load(all)).toMatchObject({ username: 'bob' });
  expect(typesOf(events)).toEqual(['signed-in']);
});

test('a stored user who begins anew is not signed out', async () => {
  const { all, alice } = await twoUsers();
  await createUserStore(all.storage, web).save(alice);
  const { session } = open(all);
  const anew = await signInAs('alice', all.options);
  all.sent.length = 0;
  await session.begin(anew);
  expect(all.sent).toEqual([]);
  expect(await load(all)).toMatchObject({ tokens: { accessToken: anew.tokens.accessToken } });
});

test('a user who is just being restored is signed out once', async () => {
  const { all, alice, bob } = await twoUsers();
  await createUserStore(all.storage, web).save(alice);
  const { session } = open(all);
  await Promise.all([session.restore(), session.begin(bob)]);
  expect(session.getSnapshot()).toMatchObject({ user: { username: 'bob' } });
  expect(all.sent).toEqual(['RevokeToken']);
  expect(await load(all, 'alice')).toBeUndefined();
});

test('of two who begin at once the second stays, and the first leaves the store and is revoked', async () => {
  const { all, alice, bob } = await twoUsers();
  const { session, events } = open(all);
  const both = await Promise.all([session.begin(alice), session.begin(bob)]);
  expect(both[1]).toMatchObject({ user: { username: 'bob' } });
  expect(session.getSnapshot()).toBe(both[1]);
  expect(all.sent).toEqual(['RevokeToken']);
  expect(await load(all, 'alice')).toBeUndefined();
  expect(await load(all)).toMatchObject({ username: 'bob' });
  expect(events).toEqual([
    { type: 'signed-in', username: 'alice' },
    { type: 'signed-in', username: 'bob' },
  ]);
});

test('a user who begins again at once stays in the store', async () => {
  const { all, alice, bob } = await twoUsers();
  const { session } = open(all);
  const anew = await signInAs('alice', all.options);
  await Promise.all([session.begin(alice), session.begin(bob), session.begin(anew)]);
  expect(session.getSnapshot()).toMatchObject({ user: { username: 'alice' } });
  expect(await load(all)).toMatchObject({ tokens: { accessToken: anew.tokens.accessToken } });
  expect(await load(all, 'bob')).toBeUndefined();
});

test('a sign-in does not wait for the service to revoke the refresh token of a user before', async () => {
  const { all, alice, bob } = await twoUsers();
  let revoke = () => {};
  const revoked = new Promise<void>((resolve) => {
    revoke = resolve;
  });
  const fetch: World['options']['fetch'] = async (url, init) => {
    await revoked;
    return all.options.fetch(url, init);
  };
  const { session } = open({ ...all, options: { ...all.options, fetch } });
  await session.begin(alice);
  const begun = session.begin(bob);
  expect(await session.begin(bob)).toMatchObject({ user: { username: 'bob' } });
  revoke();
  await begun;
  expect(all.sent).toEqual(['RevokeToken']);
});

test('a sign-in that could not be stored does not keep the next from being stored', async () => {
  const { all, alice, bob } = await twoUsers();
  let writes = 0;
  const storage: KeyValueStorage = {
    getItem: (key) => all.storage.getItem(key),
    removeItem: (key) => all.storage.removeItem(key),
    setItem: (key, value) => {
      writes += 1;
      if (writes === 1) throw new Error('the storage is full');
      return all.storage.setItem(key, value);
    },
  };
  const { session } = open({ ...all, storage });
  const [first, second] = await Promise.allSettled([session.begin(alice), session.begin(bob)]);
  expect(first).toMatchObject({ status: 'rejected', reason: { message: 'the storage is full' } });
  expect(second).toMatchObject({ status: 'fulfilled', value: { user: { username: 'bob' } } });
  expect(await load(all)).toMatchObject({ username: 'bob' });
  expect(all.sent).toEqual(['RevokeToken']);
});
