/** One process has a data folder at a time, and a process that is gone has none. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import * as nodeFiles from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { DataFolder } from '../../src/store/data-folder.ts';
import { openFolder, openPool, temporaryFolder } from './kept-pool.ts';

let path = '';
let remove = () => {};
let lines: string[] = [];
const opened: DataFolder[] = [];
beforeEach(() => {
  ({ path, remove } = temporaryFolder());
  lines = [];
});
afterEach(async () => {
  for (const folder of opened.splice(0)) await folder.close().catch(() => {});
  remove();
});

async function open(): Promise<DataFolder> {
  const folder = await openFolder(path, { log: (line) => lines.push(line) });
  opened.push(folder);
  return folder;
}
const lockPath = () => join(path, 'lock');
const readLock = (): Record<string, unknown> => JSON.parse(readFileSync(lockPath(), 'utf8'));

/** Writes the lock that a process of another kind would have. */
function layLock(owner: Readonly<Record<string, unknown>> | string): void {
  mkdirSync(path, { recursive: true });
  writeFileSync(lockPath(), typeof owner === 'string' ? owner : `${JSON.stringify(owner)}\n`);
}

/** The id of a process that has ended. */
const endedPid = () => spawnSync(process.execPath, ['--version']).pid;

test('a second process is refused, and the message names the first', async () => {
  await open();
  await expect(openFolder(path)).rejects.toThrow(
    `${lockPath()} says that the data folder is in use by process ${process.pid} on ${hostname()}`,
  );
  // It left nothing behind
  expect(readdirSync(path)).toEqual(['lock']);
});

test('a folder that was closed can be opened again', async () => {
  await (await open()).close();
  expect(readdirSync(path)).toEqual([]);
  await open();
});

test('a folder with a damaged file is not kept locked', async () => {
  mkdirSync(path);
  writeFileSync(join(path, 'eu-west-1_Bad.json'), '{');
  await expect(openFolder(path)).rejects.toThrow('is damaged');
  expect(readdirSync(path)).toEqual(['eu-west-1_Bad.json']);
});

test('the lock of a process that is gone is taken over, and a line says so', async () => {
  const pid = endedPid();
  await (await open()).close();
  await open();
  const owner = readLock();
  await opened.pop()?.close();
  layLock({ ...owner, pid });
  await open();
  expect(lines).toEqual([`${lockPath()} was left by process ${pid} on ${hostname()}, which is gone`]);
  expect(readLock()['pid']).toBe(process.pid);
});

test('the lock of a process whose id another one has got is taken over', async () => {
  await open();
  const owner = readLock();
  await opened.pop()?.close();
  // Only Linux says when a process began
  const isKnown = owner['startTime'] !== '';
  layLock({ ...owner, startTime: '1' });
  if (isKnown) await open();
  else await expect(openFolder(path)).rejects.toThrow('is in use by process');
});

test('of many that take over at once one has the folder, and the others are refused', async () => {
  await open();
  const owner = readLock();
  await opened.pop()?.close();
  const pid = endedPid();
  for (let round = 0; round < 10; round += 1) {
    layLock({ ...owner, pid });
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => openFolder(path)));
    const folders = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(folders).toHaveLength(1);
    await folders[0]?.close();
    expect(readdirSync(path)).toEqual([]);
  }
});

test('a process that is late to take over does not remove the lock of the one that was faster', async () => {
  await open();
  const owner = readLock();
  await opened.pop()?.close();
  layLock({ ...owner, pid: endedPid() });
  let goOn = () => {};
  const isFasterDone = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  // It has read that the owner is gone, and is paused before it makes its breaker
  const writeFile: typeof nodeFiles.writeFile = async (file, ...rest) => {
    if (String(file).includes('.breaker.')) await isFasterDone;
    return nodeFiles.writeFile(file, ...rest);
  };
  const late = openFolder(path, { files: { ...nodeFiles, writeFile } });
  const isRefused = expect(late).rejects.toThrow(`in use by process ${process.pid}`);
  await new Promise((resolve) => setTimeout(resolve, 50));
  await open();
  const taken = readLock();
  goOn();
  await isRefused;
  expect(readLock()).toEqual(taken);
});

test('a breaker that was left is no obstacle', async () => {
  await open();
  const owner = readLock();
  await opened.pop()?.close();
  const gone = { ...owner, pid: endedPid() };
  layLock(gone);
  writeFileSync(`${lockPath()}.${owner['id']}.breaker`, JSON.stringify({ ...gone, id: 'f'.repeat(36) }));
  await open();
  expect(readdirSync(path)).toEqual(['lock']);
});

test('the lock of another container that is still touched is respected', async () => {
  layLock({ pid: 1, host: 'other', place: 'other', startTime: '1', id: 'a'.repeat(36) });
  const touch = setInterval(() => utimesSync(lockPath(), new Date(), new Date()), 300);
  try {
    await expect(openFolder(path)).rejects.toThrow('in use by process 1 on other');
  } finally {
    clearInterval(touch);
  }
});

test('the lock of another container that is not touched is taken over', async () => {
  layLock({ pid: 1, host: 'other', place: 'other', startTime: '1', id: 'a'.repeat(36) });
  await open();
  expect(lines).toEqual([
    `${lockPath()} is of process 1 on other. Whether that still runs is seen within 5 s.`,
    `${lockPath()} was left by process 1 on other, which is gone`,
  ]);
});

test.each(['', 'not JSON', '{"pid":1,"host":"h","place":"p","startTime":"1","id":"../../x"}'])(
  'an old lock that says %j is taken over',
  async (content) => {
    layLock(content);
    const longAgo = new Date(Date.now() - 3_600_000);
    utimesSync(lockPath(), longAgo, longAgo);
    await open();
    expect(readLock()['pid']).toBe(process.pid);
  },
);

describe('a file system without hard links', () => {
  const link: typeof nodeFiles.link = async () => {
    throw Object.assign(new Error('no links here'), { code: 'EPERM' });
  };
  const withoutLinks = async (files: Partial<typeof nodeFiles> = {}): Promise<DataFolder> => {
    const log = (line: string) => lines.push(line);
    const folder = await openFolder(path, { log, files: { ...nodeFiles, link, ...files } });
    opened.push(folder);
    return folder;
  };

  test('one process has the folder, and it can be opened again when it was closed', async () => {
    const folder = await withoutLinks();
    expect(readLock()['pid']).toBe(process.pid);
    await expect(withoutLinks()).rejects.toThrow(`in use by process ${process.pid} on ${hostname()}`);
    await expect(openFolder(path)).rejects.toThrow(`in use by process ${process.pid} on ${hostname()}`);
    expect(readdirSync(path)).toEqual(['lock']);
    await folder.close();
    expect(readdirSync(path)).toEqual([]);
    await withoutLinks();
  });

  test('of many that take over at once one has the folder, and the others are refused', async () => {
    await withoutLinks();
    const owner = readLock();
    await opened.pop()?.close();
    layLock({ ...owner, pid: endedPid() });
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => withoutLinks()));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(readdirSync(path)).toEqual(['lock']);
  });

  test('a lock whose owner is about to write its name is respected', async () => {
    layLock('');
    const writes = setTimeout(
      () => layLock({ pid: 1, host: 'other', place: 'other', startTime: '1', id: 'a'.repeat(36) }),
      300,
    );
    try {
      await expect(withoutLinks()).rejects.toThrow('in use by a process that does not say which');
    } finally {
      clearTimeout(writes);
    }
  });

  test('a lock that could not be written is removed again, and the message says why', async () => {
    const open: typeof nodeFiles.open = async (name, ...rest) => {
      const file = await nodeFiles.open(name, ...rest);
      file.writeFile = async () => {
        throw Object.assign(new Error('the disk is full'), { code: 'ENOSPC' });
      };
      return file;
    };
    await expect(withoutLinks({ open })).rejects.toThrow(`${lockPath()} cannot be created: the disk is full`);
    expect(readdirSync(path)).toEqual([]);
  });
});

test('an owner whose lock was taken writes nothing any more', async () => {
  const folder = await open();
  const pool = openPool(folder);
  await pool.begun;
  const files = () => readdirSync(path).map((name) => readFileSync(join(path, name), 'utf8'));
  layLock({ ...readLock(), pid: 4711, id: 'b'.repeat(36) });
  const before = files();
  pool.users.put('ann', { username: 'ann', count: 1 });
  await expect(pool.store.flush()).rejects.toThrow('was taken by process 4711');
  await expect(folder.close()).rejects.toThrow('was taken by process 4711');
  expect(files()).toEqual(before);
});
