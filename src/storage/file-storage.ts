/** Keeps strings in one JSON file: for the command line, devices and servers. */
import { randomUUID } from 'node:crypto';
import { chmod, link, open, readdir, readFile, readlink, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { KeyValueStorage } from '../cognito/tokens/key-value-storage.ts';
import { type HeldLock, removeLockLeftovers, withFileLock } from './file-lock.ts';

/**
 * A {@link KeyValueStorage} in a file that only its owner can read (0600). It is replaced whole, so that a
 * process stopped at any moment leaves the old or the new content; and locked while it is changed, so that two
 * processes lose nothing of each other's.
 *
 * What it did not write stays: members that are no strings, and as `PATH.damaged` a file that is no JSON object.
 *
 * @param path the file, or a link to it; its folder has to exist. A file that is no JSON object counts as empty.
 */
export function fileStorage(path: string): KeyValueStorage {
  let last: Promise<unknown> = Promise.resolve();
  let isTidy = false;
  const change = (edit: (members: Map<string, unknown>) => void): Promise<void> => {
    // One at a time from here: a hundred that wait for the lock would keep each other from it
    const turn = last.then(async () => {
      const file = await targetOf(path);
      const lockPath = `${file}.lock`;
      await withFileLock(lockPath, async (lock) => {
        if (lock.wasStale) await removeLeftovers(file);
        if (lock.wasStale || !isTidy) await removeLockLeftovers(lockPath);
        isTidy = true;
        const { members, isForeign } = await read(file);
        edit(members);
        const text = `${JSON.stringify(Object.fromEntries(members), null, 2)}\n`;
        await replace(file, text, lock, isForeign);
      });
    });
    last = turn.catch(() => {});
    return turn;
  };
  return {
    getItem: async (key) => {
      const value = (await read(path)).members.get(key);
      return typeof value === 'string' ? value : undefined;
    },
    setItem: (key, value) => change((members) => void members.set(key, value)),
    removeItem: (key) =>
      change((members) => {
        if (typeof members.get(key) === 'string') members.delete(key);
      }),
  };
}

/** The file itself, where the path is a link: the link stays one, and both names have one lock. */
async function targetOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const target = await readlink(path).catch(() => undefined);
    return target === undefined ? path : targetOf(resolve(dirname(path), target));
  }
}

interface Content {
  readonly members: Map<string, unknown>;
  /** Whether there is something in the file that these members are not. */
  readonly isForeign: boolean;
}

async function read(path: string): Promise<Content> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return { members: new Map(), isForeign: false };
  }
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return { members: new Map(Object.entries(value)), isForeign: false };
    }
  } catch {
    // Neither UTF-8 nor JSON
  }
  return { members: new Map(), isForeign: bytes.length > 0 };
}

async function replace(path: string, text: string, lock: HeldLock, keepsOld: boolean): Promise<void> {
  const next = `${path}.${randomUUID()}`;
  try {
    const file = await open(next, 'wx', 0o600);
    try {
      await file.writeFile(text);
      // On disk before it takes the name: a power cut must not leave an empty file
      await file.sync();
    } finally {
      await file.close();
    }
    await lock.assertHeld();
    if (keepsOld) await keepAside(path);
    await rename(next, path);
  } catch (error) {
    await rm(next, { force: true });
    throw error;
  }
}

/** Gives a file a second name, the first that is free: `PATH.damaged`, `PATH.damaged-2`, … */
async function keepAside(path: string): Promise<void> {
  for (let count = 1; ; count++) {
    const aside = `${path}.damaged${count === 1 ? '' : `-${count}`}`;
    try {
      await link(path, aside);
      // It may hold tokens
      return await chmod(aside, 0o600);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** What a process wrote that was stopped before it could give it the name: it holds tokens and devices, too. */
async function removeLeftovers(path: string): Promise<void> {
  const begin = `${basename(path)}.`;
  for (const name of await readdir(dirname(path))) {
    const isLeftover = name.startsWith(begin) && UUID.test(name.slice(begin.length));
    if (isLeftover) await rm(join(dirname(path), name), { force: true });
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
