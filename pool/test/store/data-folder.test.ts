/** The data folder keeps what a pool was told, in files that can be read. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Change } from '../../src/store/collection.ts';
import { createCollection } from '../../src/store/collection.ts';
import type { DataFolder } from '../../src/store/data-folder.ts';
import { openFolder, openPool, POOL_ID, readKept, temporaryFolder } from './kept-pool.ts';

let path = '';
let remove = () => {};
const opened: DataFolder[] = [];
beforeEach(() => {
  ({ path, remove } = temporaryFolder());
});
afterEach(async () => {
  for (const folder of opened.splice(0)) await folder.close().catch(() => {});
  remove();
});

async function open(options: Parameters<typeof openFolder>[1] = {}): Promise<DataFolder> {
  const folder = await openFolder(path, options);
  opened.push(folder);
  return folder;
}
const namesOf = () => readdirSync(path).sort();
const read = (name: string) => readFileSync(join(path, name), 'utf8');
const SNAPSHOT = `${POOL_ID}.json`;
const firstJournal = `${POOL_ID}.1.journal`;

test('a collection tells each put and each delete of a record that was there', () => {
  const told: Change[] = [];
  const users = createCollection<number>('users', (change) => told.push(change), [['ann', 1]]);
  users.put('bob', 2);
  expect([users.delete('ann'), users.delete('nobody')]).toEqual([true, false]);
  expect(told).toEqual([
    { collection: 'users', key: 'bob', value: 2 },
    { collection: 'users', key: 'ann', value: undefined },
  ]);
  expect([users.size, users.get('bob'), users.get('ann'), [...users.values()]]).toEqual([
    1,
    2,
    undefined,
    [2],
  ]);
});

test('what was put is there after a restart, in the order in which it was first put', async () => {
  const folder = await open();
  const pool = openPool(folder);
  await pool.begun;
  pool.settings.put('settings', { name: 'first' });
  pool.users.put('zoe', { username: 'zoe', count: 1 });
  pool.users.put('ann', { username: 'ann', count: 1 });
  pool.groups.put('gone', { name: 'gone', count: 1 });
  await pool.store.flush();
  pool.users.put('zoe', { username: 'zoe', count: 2 });
  pool.groups.delete('gone');
  await folder.close();
  expect(await readKept(path)).toEqual({
    settings: [{ name: 'first' }],
    users: [
      { username: 'zoe', count: 2 },
      { username: 'ann', count: 1 },
    ],
    groups: [],
  });
});

test('the snapshot is JSON with a record a line, and only its owner can read it', async () => {
  const folder = await open();
  const pool = openPool(folder);
  pool.settings.put('settings', { name: 'mine' });
  pool.users.put('ann', { username: 'ann', count: 1 });
  pool.users.put('bob', { username: 'bob', count: 1 });
  await pool.begun;
  expect(read(SNAPSHOT)).toBe(`{
"userPoolId": "${POOL_ID}",
"generation": 1,
"settings": {"name":"mine"},
"users": [
{"username":"ann","count":1},
{"username":"bob","count":1}
],
"groups": [
]
}
`);
  expect(namesOf().map((name) => statSync(join(path, name)).mode & 0o777)).toEqual([0o600, 0o600, 0o600]);
  expect(statSync(path).mode & 0o777).toBe(0o700);
});

test('several changes of a record within a flush are one line, which has its last state', async () => {
  const folder = await open();
  const pool = openPool(folder);
  await pool.begun;
  const ann = { username: 'ann', count: 0 };
  for (let count = 1; count <= 50; count++) {
    ann.count = count;
    pool.users.put('ann', ann);
  }
  pool.users.put('bob', { username: 'bob', count: 1 });
  pool.users.delete('bob');
  await pool.store.flush();
  expect(read(firstJournal)).toBe(
    [
      `{"userPoolId":"${POOL_ID}","generation":1}\n`,
      '{"collection":"users","key":"ann","value":{"username":"ann","count":50}}\n',
      '{"collection":"users","key":"bob","end":true}\n',
    ].join(''),
  );
});

test('a change is in the journal 100 ms later, without a flush', async () => {
  const folder = await open();
  const pool = openPool(folder);
  await pool.begun;
  pool.users.put('ann', { username: 'ann', count: 1 });
  expect(read(firstJournal)).not.toContain('ann');
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(read(firstJournal)).toContain('"key":"ann"');
});

test('flushes that are asked for at once are one write', async () => {
  const folder = await open();
  const pool = openPool(folder);
  await pool.begun;
  const flushes = Array.from({ length: 20 }, (_, count) => {
    pool.users.put(`user-${count}`, { username: `user-${count}`, count });
    return pool.store.flush();
  });
  await Promise.all(flushes);
  expect(read(firstJournal).match(/"end":true/g)).toHaveLength(1);
});

test('the journal is folded into the snapshot when the folder is closed', async () => {
  const folder = await open();
  const pool = openPool(folder);
  await pool.begun;
  pool.users.put('ann', { username: 'ann', count: 1 });
  await folder.close();
  expect(namesOf()).toEqual([`${POOL_ID}.2.journal`, SNAPSHOT]);
  expect(JSON.parse(read(SNAPSHOT))).toMatchObject({ generation: 2, users: [{ username: 'ann' }] });
});

test('a folder in which nothing changed stays as it is', async () => {
  const folder = await open();
  await openPool(folder).begun;
  await folder.close();
  const before = namesOf().map((name) => [name, read(name)]);
  const again = await open();
  await openPool(again).begun;
  await again.close();
  expect(namesOf().map((name) => [name, read(name)])).toEqual(before);
});

test('the journal is folded when it has outgrown the snapshot and a megabyte', async () => {
  const folder = await open();
  const pool = openPool(folder);
  await pool.begun;
  const note = 'x'.repeat(10_000);
  for (let count = 0; count < 120; count++) {
    pool.users.put('ann', { username: 'ann', count, note });
    await pool.store.flush();
  }
  await waitFor(() => namesOf().join() === ['lock', `${POOL_ID}.2.journal`, SNAPSHOT].sort().join());
  expect(JSON.parse(read(SNAPSHOT)).users[0].count).toBeGreaterThan(90);
  await folder.close();
  expect(await readKept(path)).toMatchObject({ users: [{ count: 119 }] });
});

test('changes during a fold are kept, and a record that is made anew meanwhile stands once in the snapshot', async () => {
  const folder = await open();
  const pool = openPool(folder);
  await pool.begun;
  const note = 'x'.repeat(1000);
  for (let count = 0; count < 3000; count++) {
    pool.users.put(`user-${count}`, { username: `user-${count}`, count, note });
  }
  await pool.store.flush();
  // The fold is on: it outgrew the megabyte
  for (let count = 0; count < 300; count++) {
    pool.users.delete(`user-${count}`);
    pool.users.put(`user-${count}`, { username: `user-${count}`, count: -1 });
    pool.users.delete(`user-${2999 - count}`);
    if (count % 10 === 0) await pool.store.flush();
  }
  await waitFor(() => namesOf().includes(`${POOL_ID}.2.journal`) && !namesOf().includes(firstJournal));
  const users: { username: string }[] = JSON.parse(read(SNAPSHOT)).users;
  expect(new Set(users.map(({ username }) => username)).size).toBe(users.length);
  await pool.store.flush();
  // A copy of the files is what a stopped process leaves
  const expected = [...pool.users.values()].sort(byName);
  await folder.close();
  const kept = await readKept(path);
  expect((kept['users'] as typeof expected).sort(byName)).toEqual(expected);
  expect(kept['users']).toHaveLength(2700);
});

test('a pool that is removed leaves no file, and can be made anew', async () => {
  const folder = await open();
  const pool = openPool(folder);
  await pool.begun;
  pool.users.put('ann', { username: 'ann', count: 1 });
  await folder.removePool(POOL_ID);
  pool.users.put('late', { username: 'late', count: 1 });
  expect(namesOf()).toEqual(['lock']);
  const again = openPool(folder);
  await again.begun;
  again.users.put('bob', { username: 'bob', count: 1 });
  await folder.close();
  expect(await readKept(path)).toMatchObject({ users: [{ username: 'bob' }] });
});

test('several pools have files of their own', async () => {
  const folder = await open();
  const other = 'eu-west-1_Other1234';
  const pools = [openPool(folder), openPool(folder, other)];
  for (const [index, pool] of pools.entries()) pool.users.put('ann', { username: 'ann', count: index });
  await folder.close();
  expect(await readKept(path)).toMatchObject({ users: [{ count: 0 }] });
  expect(await readKept(path, other)).toMatchObject({ users: [{ count: 1 }] });
});

test('a snapshot that was written by hand needs no generation and not every section', async () => {
  await (await open()).close();
  writeFileSync(
    join(path, SNAPSHOT),
    JSON.stringify({ userPoolId: POOL_ID, users: [{ username: 'ann', count: 7 }] }),
  );
  const folder = await open();
  const pool = openPool(folder);
  await pool.begun;
  pool.users.put('bob', { username: 'bob', count: 8 });
  await folder.close();
  expect(await readKept(path)).toEqual({
    settings: [],
    users: [
      { username: 'ann', count: 7 },
      { username: 'bob', count: 8 },
    ],
    groups: [],
  });
});

const BY_HAND = {
  userPoolId: POOL_ID,
  settings: { name: 'mine' },
  users: [
    { username: 'ann', count: 7, note: '\u2028 "é" \0' },
    { username: 'bob', count: 8 },
  ],
};

const indented = JSON.stringify(BY_HAND, undefined, 2);

test.each([
  ['is indented', indented],
  ['is one line', JSON.stringify(BY_HAND)],
  [
    'has a byte order mark and Windows line ends',
    `\uFEFF${JSON.stringify(BY_HAND, undefined, 1).replaceAll('\n', '\r\n')}`,
  ],
  ['has a member a line', `{\n${JSON.stringify(BY_HAND).slice(1, -1).replaceAll('},{', '},\n{')}\n}`],
  ['has no indentation', indented.replaceAll(/\n +/g, '\n')],
])('a snapshot that %s is read', async (_layout, text) => {
  await (await open()).close();
  writeFileSync(join(path, SNAPSHOT), text);
  expect(await readKept(path)).toEqual({ settings: [BY_HAND.settings], users: BY_HAND.users, groups: [] });
});

test('a record that is encoded with another key than it is put with is an error', async () => {
  const folder = await open();
  const pool = openPool(folder);
  await pool.begun;
  pool.users.put('ann', { username: 'bob', count: 1 });
  await expect(pool.store.flush()).rejects.toThrow(
    'The record "ann" of "users" is encoded with the key "bob"',
  );
});

test.each(['../outside', '../../etc/passwd', 'a/b', 'a\\b', 'a\0b', 'a.b', '', 'x'.repeat(56)])(
  '%j is not a pool id, and no file of that name is opened or removed',
  async (poolId) => {
    const folder = await open();
    writeFileSync(join(path, '../outside.json'), '{}');
    const before = readdirSync(join(path, '..')).sort();
    expect(() => folder.openPool(poolId)).toThrow('is not a pool id');
    await expect(folder.removePool(poolId)).rejects.toThrow('is not a pool id');
    expect([readdirSync(join(path, '..')).sort(), namesOf()]).toEqual([before, ['lock']]);
  },
);

const byName = (a: { readonly username: string }, b: { readonly username: string }) =>
  a.username < b.username ? -1 : 1;

async function waitFor(condition: () => boolean): Promise<void> {
  const giveUpAt = Date.now() + 10_000;
  while (!condition()) {
    if (Date.now() > giveUpAt) throw new Error(`not within 10 s: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
