/** A disk that is full, or a folder that cannot be written, is an error that is told and tried again. */
import { readFileSync } from 'node:fs';
import * as nodeFiles from 'node:fs/promises';
import { join } from 'node:path';
import type { DataFolder } from '../../src/store/data-folder.ts';
import type { FileSystem } from '../../src/store/file-system.ts';
import { openFolder, openPool, POOL_ID, readKept, type TestPool, temporaryFolder } from './kept-pool.ts';

let path = '';
let remove = () => {};
let lines: string[] = [];
beforeEach(() => {
  ({ path, remove } = temporaryFolder());
  lines = [];
});
afterEach(() => remove());

/** The bytes that still fit on the disk, and what its file system says. */
interface Disk {
  freeBytes: number;
  code: 'ENOSPC' | 'EACCES' | 'EIO';
  /** Called right before a write is refused. */
  beforeRefusal: () => void;
  readonly files: FileSystem;
}

/** A file system whose disk can be filled. As a real one does, it writes the part that still fits. */
function createDisk(): Disk {
  const fail = (deed: string) => Object.assign(new Error(`${disk.code}: ${deed}`), { code: disk.code });
  const disk: Disk = {
    freeBytes: Number.POSITIVE_INFINITY,
    code: 'ENOSPC',
    beforeRefusal: () => {},
    files: {
      ...nodeFiles,
      open: async (name, flags, mode) => {
        if (disk.code === 'EACCES' && flags !== 'r') throw fail('open');
        const file = await nodeFiles.open(name, flags, mode);
        const write = async (bytes: Uint8Array, offset: number, length: number, position: number) => {
          if (disk.freeBytes === 0) {
            disk.beforeRefusal();
            throw fail('write');
          }
          const fitting = Math.min(length, disk.freeBytes);
          disk.freeBytes -= fitting;
          return nodeFilesWrite(bytes, offset, fitting, position);
        };
        const nodeFilesWrite = file.write.bind(file);
        const datasync = async () => {
          if (disk.code === 'EIO') throw fail('fdatasync');
        };
        return Object.assign(file, { write, datasync });
      },
    },
  };
  return disk;
}

async function start(disk: Disk): Promise<{ readonly folder: DataFolder; readonly pool: TestPool }> {
  const folder = await openFolder(path, { files: disk.files, log: (line) => lines.push(line) });
  const pool = openPool(folder);
  await pool.begun;
  return { folder, pool };
}

const putUser = (pool: TestPool, count: number) => {
  const username = `user-${count}`;
  pool.users.put(username, { username, count, note: 'x'.repeat(100) });
};

test('on a full disk a flush is rejected, a line says so, and the changes are written when there is space', async () => {
  const disk = createDisk();
  const { folder, pool } = await start(disk);
  putUser(pool, 1);
  await pool.store.flush();
  disk.freeBytes = 250;
  putUser(pool, 2);
  putUser(pool, 3);
  await expect(pool.store.flush()).rejects.toThrow(/\.1\.journal cannot be written: ENOSPC: write$/);
  expect(pool.store.problem?.message).toContain('ENOSPC');
  // The first two users whole, and nothing of the torn rest
  putUser(pool, 2);
  await expect(pool.store.flush()).rejects.toThrow('ENOSPC');
  expect(lines).toEqual([expect.stringMatching(/ENOSPC: write\. The changes are kept in memory\.$/)]);
  disk.freeBytes = Number.POSITIVE_INFINITY;
  await pool.store.flush();
  expect(pool.store.problem).toBe(undefined);
  expect(lines.at(-1)).toMatch(/\.1\.journal is written again$/);
  await folder.close();
  expect(await readKept(path)).toMatchObject({ users: [{ count: 1 }, { count: 2 }, { count: 3 }] });
});

test('without a flush the changes are tried again by themselves', async () => {
  const disk = createDisk();
  const { folder, pool } = await start(disk);
  disk.freeBytes = 20;
  putUser(pool, 1);
  await waitFor(() => pool.store.problem !== undefined);
  disk.freeBytes = Number.POSITIVE_INFINITY;
  await waitFor(() => pool.store.problem === undefined);
  await folder.close();
  expect(await readKept(path)).toMatchObject({ users: [{ count: 1 }] });
});

test('of a record that changes while its flush fails the newer state is kept', async () => {
  const disk = createDisk();
  const { folder, pool } = await start(disk);
  disk.freeBytes = 0;
  pool.users.put('ann', { username: 'ann', count: 1 });
  pool.users.put('bob', { username: 'bob', count: 1 });
  disk.beforeRefusal = () => {
    pool.users.put('ann', { username: 'ann', count: 2 });
    pool.users.delete('bob');
    disk.freeBytes = Number.POSITIVE_INFINITY;
  };
  await expect(pool.store.flush()).rejects.toThrow('ENOSPC');
  await pool.store.flush();
  // The journal itself, since closing the folder writes a snapshot of what is in memory
  const [, ...changes] = readFileSync(join(path, `${POOL_ID}.1.journal`), 'utf8')
    .trimEnd()
    .split('\n');
  expect(changes.map((line) => JSON.parse(line))).toEqual([
    { collection: 'users', key: 'ann', value: { username: 'ann', count: 2 } },
    { collection: 'users', key: 'bob', end: true },
  ]);
  await folder.close();
});

test('a disk that does not confirm what it wrote is a failed flush', async () => {
  const disk = createDisk();
  const { folder, pool } = await start(disk);
  disk.code = 'EIO';
  putUser(pool, 1);
  await expect(pool.store.flush()).rejects.toThrow('EIO: fdatasync');
  disk.code = 'ENOSPC';
  await folder.close();
  expect(await readKept(path)).toMatchObject({ users: [{ count: 1 }] });
});

test('a process that is stopped after a failed write has what it kept before', async () => {
  const disk = createDisk();
  const { folder, pool } = await start(disk);
  putUser(pool, 1);
  await pool.store.flush();
  disk.freeBytes = 60;
  putUser(pool, 2);
  await expect(folder.close()).rejects.toThrow('ENOSPC');
  expect(await readKept(path)).toMatchObject({ users: [{ count: 1 }] });
});

test('a snapshot that does not fit is a line in the log, and the journal goes on', async () => {
  const disk = createDisk();
  const { folder, pool } = await start(disk);
  for (let count = 0; count < 100; count += 1) putUser(pool, count);
  await pool.store.flush();
  disk.freeBytes = 1000;
  await folder.close();
  expect(lines).toEqual([
    expect.stringMatching(
      /\.json cannot be written: ENOSPC: write\. The journal has everything and is kept\.$/,
    ),
  ]);
  const kept = await readKept(path);
  expect(kept['users']).toHaveLength(100);
  const again = await start(createDisk());
  await again.folder.close();
  expect((await readKept(path))['users']).toHaveLength(100);
});

test('a new pool on a full disk is refused', async () => {
  const disk = createDisk();
  disk.freeBytes = 1000;
  const folder = await openFolder(path, { files: disk.files });
  disk.freeBytes = 10;
  await expect(openPool(folder).begun).rejects.toThrow('ENOSPC');
  await folder.close();
  expect(await readKept(path)).toEqual({});
});

test('a folder that cannot be written is an error, and its process goes on', async () => {
  const disk = createDisk();
  const { folder, pool } = await start(disk);
  disk.code = 'EACCES';
  putUser(pool, 1);
  await expect(pool.store.flush()).rejects.toThrow('cannot be written: EACCES: open');
  expect(pool.users.get('user-1')?.count).toBe(1);
  disk.code = 'ENOSPC';
  await folder.close();
  expect(await readKept(path)).toMatchObject({ users: [{ count: 1 }] });
});

test('a folder that cannot be made is named', async () => {
  await nodeFiles.writeFile(path, 'a file');
  await expect(openFolder(path)).rejects.toThrow(`${path} cannot be created: EEXIST`);
});

async function waitFor(condition: () => boolean): Promise<void> {
  const giveUpAt = Date.now() + 10_000;
  while (!condition()) {
    if (Date.now() > giveUpAt) throw new Error(`not within 10 s: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
