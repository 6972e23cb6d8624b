/** Keeps strings in one JSON file: for the command line, devices and servers. */
import { randomUUID } from 'node:crypto';
import { open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { KeyValueStorage } from '../cognito/storage.ts';
import { withFileLock } from './file-lock.ts';

/**
 * A {@link KeyValueStorage} in a file that only its owner can read (0600). It is replaced whole, so that a
 * process stopped at any moment leaves the old or the new content; and locked while it is changed, so that two
 * processes lose nothing of each other's.
 *
 * @param path the file; its folder has to exist. A file that is no JSON object counts as empty.
 */
export function fileStorage(path: string): KeyValueStorage {
  let last: Promise<unknown> = Promise.resolve();
  const change = (edit: (items: Map<string, string>) => void): Promise<void> => {
    // One at a time from here: a hundred that wait for the lock would keep each other from it
    const turn = last.then(() =>
      withFileLock(`${path}.lock`, async (wasStale) => {
        if (wasStale) await removeLeftovers(path);
        const items = await read(path);
        edit(items);
        await replace(path, `${JSON.stringify(Object.fromEntries(items), null, 2)}\n`);
      }),
    );
    last = turn.catch(() => {});
    return turn;
  };
  return {
    getItem: async (key) => (await read(path)).get(key),
    setItem: (key, value) => change((items) => void items.set(key, value)),
    removeItem: (key) => change((items) => void items.delete(key)),
  };
}

async function read(path: string): Promise<Map<string, string>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map();
    throw error;
  }
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return new Map();
    return new Map(
      Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  } catch {
    return new Map();
  }
}

async function replace(path: string, text: string): Promise<void> {
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
    await rename(next, path);
  } catch (error) {
    await rm(next, { force: true });
    throw error;
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
