/** A damaged file is named and left as it is. What a stopped process left is put right. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openFolder, openPool, POOL_ID, readKept, temporaryFolder } from './kept-pool.ts';

let path = '';
let remove = () => {};
beforeEach(() => {
  ({ path, remove } = temporaryFolder());
});
afterEach(() => remove());

const SNAPSHOT = `${POOL_ID}.json`;
const JOURNAL = `${POOL_ID}.3.journal`;
const headOf = (generation: number) => `{"userPoolId":"${POOL_ID}","generation":${generation}}\n`;
const HEAD = headOf(3);
const ANN = '{"collection":"users","key":"ann","value":{"username":"ann","count":1},"end":true}\n';
const BOB = '{"collection":"users","key":"bob","value":{"username":"bob","count":1},"end":true}\n';

/** A folder with these files. */
function lay(files: Readonly<Record<string, string | Buffer>>): void {
  mkdirSync(path, { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), content);
}
const snapshot = (members: object = {}) =>
  JSON.stringify({ userPoolId: POOL_ID, generation: 3, users: [{ username: 'zoe', count: 1 }], ...members });
const contents = () =>
  readdirSync(path)
    .sort()
    .map((name) => [name, readFileSync(join(path, name), 'latin1')]);

interface Damage {
  readonly what: string;
  readonly files: Readonly<Record<string, string | Buffer>>;
  /** The file that is named, and what is said of it. */
  readonly said: string;
}

const DAMAGES: readonly Damage[] = [
  {
    what: 'a snapshot that ends early',
    files: { [SNAPSHOT]: snapshot().slice(0, -5) },
    said: `${SNAPSHOT} is damaged: it is not JSON`,
  },
  { what: 'an empty snapshot', files: { [SNAPSHOT]: '' }, said: `${SNAPSHOT} is damaged: it is not JSON` },
  {
    what: 'a snapshot that is not UTF-8',
    files: { [SNAPSHOT]: Buffer.from(snapshot({ users: [{ username: 'é', count: 1 }] }), 'latin1') },
    said: `${SNAPSHOT} is damaged: it is not JSON`,
  },
  {
    what: 'a snapshot that is an array',
    files: { [SNAPSHOT]: '[]' },
    said: `${SNAPSHOT} is damaged: it is not a JSON object`,
  },
  {
    what: "another pool's snapshot",
    files: { [SNAPSHOT]: snapshot({ userPoolId: 'eu-west-1_Other' }) },
    said: `${SNAPSHOT} is damaged: it has not the "userPoolId" of its name`,
  },
  {
    what: 'a generation that is a text',
    files: { [SNAPSHOT]: snapshot({ generation: '3' }) },
    said: '"generation" that is not a whole number',
  },
  {
    what: 'a section of another version',
    files: { [SNAPSHOT]: snapshot({ shapes: [] }) },
    said: 'it has the member "shapes", which this version does not know',
  },
  {
    what: 'users that are an object',
    files: { [SNAPSHOT]: snapshot({ users: {} }) },
    said: 'it has a "users" that is not an array',
  },
  {
    what: 'a user that is a text',
    files: { [SNAPSHOT]: snapshot({ users: ['ann'] }) },
    said: 'it has a record in "users" that is not an object',
  },
  {
    what: 'a user without a name',
    files: { [SNAPSHOT]: snapshot({ users: [{}] }) },
    said: 'it has a record without a key in "users"',
  },
  {
    what: 'a user that stands twice',
    files: { [SNAPSHOT]: snapshot({ users: [{ username: 'ann' }, { username: 'ann' }] }) },
    said: 'it has two records with the key "ann" in "users"',
  },
  {
    what: 'a journal without its snapshot',
    files: { [JOURNAL]: HEAD + ANN },
    said: `${SNAPSHOT} is missing, but there is a journal of this pool`,
  },
  {
    what: 'a gap before a journal',
    files: { [SNAPSHOT]: snapshot({ generation: 2 }), [JOURNAL]: HEAD + ANN },
    said: `${POOL_ID}.2.journal is missing, but there is a later journal`,
  },
  {
    what: 'a journal with the head of another',
    files: { [SNAPSHOT]: snapshot(), [JOURNAL]: headOf(4) + ANN },
    said: `${JOURNAL} is damaged: line 1 `,
  },
  {
    what: 'a line that is not JSON before others',
    files: { [SNAPSHOT]: snapshot(), [JOURNAL]: `${HEAD}${ANN.slice(4)}${BOB}` },
    said: `${JOURNAL} is damaged: line 2 is not JSON`,
  },
  {
    what: 'a whole last line that is not JSON',
    files: { [SNAPSHOT]: snapshot(), [JOURNAL]: `${HEAD}${ANN}${BOB.replace('{', '[')}` },
    said: `${JOURNAL} is damaged: line 3 is not JSON`,
  },
  {
    what: 'a collection of another version',
    files: { [SNAPSHOT]: snapshot(), [JOURNAL]: HEAD + ANN.replace('users', 'shapes') },
    said: `${JOURNAL} is damaged: line 2 has a "collection" that this version does not know`,
  },
  {
    what: 'a line without a key',
    files: { [SNAPSHOT]: snapshot(), [JOURNAL]: `${HEAD}{"collection":"users","end":true}\n` },
    said: `${JOURNAL} is damaged: line 2 has no "key"`,
  },
  {
    what: 'a line with the key of another record',
    files: { [SNAPSHOT]: snapshot(), [JOURNAL]: HEAD + ANN.replace('"key":"ann"', '"key":"bob"') },
    said: `${JOURNAL} is damaged: line 2 has another "key" than its record`,
  },
  {
    what: 'a torn line before a later journal',
    files: {
      [SNAPSHOT]: snapshot(),
      [JOURNAL]: HEAD + ANN + BOB.slice(0, 9),
      [`${POOL_ID}.4.journal`]: headOf(4),
    },
    said: `${JOURNAL} is damaged: it ends in the middle of a flush`,
  },
  {
    what: 'an emptied journal before a later one',
    files: { [SNAPSHOT]: snapshot(), [JOURNAL]: '', [`${POOL_ID}.4.journal`]: headOf(4) },
    said: `${JOURNAL} is damaged: it ends in the middle of a flush`,
  },
];

test.each(DAMAGES)('nothing starts with $what, and every file stays as it is', async ({ files, said }) => {
  const leftover = {
    'eu-west-1_Whole.json': '{"userPoolId":"eu-west-1_Whole"}',
    'eu-west-1_Whole.json.next': '{"us',
  };
  lay({ ...leftover, ...files });
  const before = contents();
  await expect(openFolder(path)).rejects.toThrow(said);
  await expect(openFolder(path)).rejects.toMatchObject({
    name: 'DataFolderError',
    message: expect.stringContaining(join(path, POOL_ID)),
  });
  expect(contents()).toEqual(before);
});

test('no message has a part of the damaged content', async () => {
  lay({ [SNAPSHOT]: `${snapshot()}"secret-verifier"` });
  const error: unknown = await openFolder(path).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(Error);
  expect(`${error} ${error instanceof Error ? error.cause : ''}`).not.toContain('secret');
});

interface Torn {
  readonly what: string;
  readonly journal: string;
  readonly kept: readonly string[];
}

const TORN: readonly Torn[] = [
  { what: 'ends in the middle of a line', journal: HEAD + ANN + BOB.slice(0, 30), kept: ['zoe', 'ann'] },
  {
    what: 'lacks only the newline of its last line',
    journal: HEAD + ANN + BOB.slice(0, -1),
    kept: ['zoe', 'ann'],
  },
  { what: 'ends in zeros', journal: `${HEAD}${ANN}${'\0'.repeat(4096)}`, kept: ['zoe', 'ann'] },
  {
    what: 'ends between two lines of a flush',
    journal: HEAD + ANN + BOB.replace(',"end":true', ''),
    kept: ['zoe', 'ann'],
  },
];

test.each(TORN)('a journal that $what is repaired, and a line says so', async ({ journal, kept }) => {
  lay({ [SNAPSHOT]: snapshot(), [JOURNAL]: journal });
  const lines: string[] = [];
  const folder = await openFolder(path, { log: (line) => lines.push(line) });
  expect([...(folder.pools.get(POOL_ID)?.get('users')?.keys() ?? [])]).toEqual(kept);
  const pool = openPool(folder);
  await pool.begun;
  const torn = Buffer.byteLength(journal) - Buffer.byteLength(HEAD + ANN);
  expect(lines).toEqual([
    `${join(path, JOURNAL)} ends in a flush that was not finished. Its ${torn} bytes are cut off.`,
  ]);
  pool.users.put('new', { username: 'new', count: 1 });
  await folder.close();
  expect(((await readKept(path))['users'] as { username: string }[]).map(({ username }) => username)).toEqual(
    [...kept, 'new'],
  );
});

test.each(['', HEAD.slice(0, 10)])('a journal that has only %j was never begun', async (journal) => {
  const earlier = HEAD + ANN + BOB.slice(0, 30);
  lay({ [SNAPSHOT]: snapshot(), [JOURNAL]: earlier, [`${POOL_ID}.4.journal`]: journal });
  const folder = await openFolder(path);
  const pool = openPool(folder);
  await pool.begun;
  await folder.close();
  expect(await readKept(path)).toMatchObject({ users: [{ username: 'zoe' }, { username: 'ann' }] });
});

test('a crash between the new snapshot and the end of the old journal applies no change twice', async () => {
  const old = '{"collection":"users","key":"zoe","end":true}\n';
  lay({
    [`${POOL_ID}.2.journal`]: headOf(2) + old,
    [SNAPSHOT]: snapshot(),
    [JOURNAL]: HEAD + ANN,
  });
  expect(await readKept(path)).toMatchObject({ users: [{ username: 'zoe' }, { username: 'ann' }] });
  const folder = await openFolder(path);
  await openPool(folder).begun;
  await folder.close();
  expect(readdirSync(path).filter((name) => name.includes('.2.'))).toEqual([]);
});

test('journals of several generations are applied one after the other', async () => {
  lay({
    [SNAPSHOT]: snapshot(),
    [JOURNAL]: HEAD + ANN + BOB,
    [`${POOL_ID}.4.journal`]: `${headOf(4)}{"collection":"users","key":"ann","end":true}\n`,
  });
  expect(await readKept(path)).toMatchObject({ users: [{ username: 'zoe' }, { username: 'bob' }] });
});

test('a snapshot that was not finished counts for nothing', async () => {
  lay({ [SNAPSHOT]: snapshot(), [`${SNAPSHOT}.next`]: '{"userPoolId":', 'eu-west-1_New.json.next': '{' });
  const folder = await openFolder(path);
  expect([...folder.pools.keys()]).toEqual([POOL_ID]);
  await folder.close();
  expect(readdirSync(path)).toEqual([SNAPSHOT]);
});

test('a removal that was not finished is finished', async () => {
  lay({ [`${SNAPSHOT}.removed`]: snapshot(), [JOURNAL]: HEAD + ANN });
  const folder = await openFolder(path);
  expect([...folder.pools.keys()]).toEqual([]);
  await folder.close();
  expect(readdirSync(path)).toEqual([]);
});

test('files that are not of a pool are left alone', async () => {
  lay({ [SNAPSHOT]: snapshot(), 'notes.txt': 'x', 'seed.old.json': 'x', '.gitignore': '*' });
  await (await openFolder(path)).close();
  expect(readdirSync(path).sort()).toEqual(['.gitignore', SNAPSHOT, 'notes.txt', 'seed.old.json']);
});

test('a journal that is removed or shortened under a running pool is an error, and no change is lost to it in silence', async () => {
  lay({ [SNAPSHOT]: snapshot(), [JOURNAL]: HEAD });
  const folder = await openFolder(path);
  const pool = openPool(folder);
  await pool.begun;
  pool.users.put('ann', { username: 'ann', count: 1 });
  writeFileSync(join(path, JOURNAL), '');
  await expect(pool.store.flush()).rejects.toThrow('was shortened by another program');
  rmSync(join(path, JOURNAL));
  await expect(pool.store.flush()).rejects.toThrow('ENOENT');
  expect(existsSync(join(path, JOURNAL))).toBe(false);
  await expect(folder.close()).rejects.toThrow(JOURNAL);
});
