/** Keeps strings in one JSON file: for the command line, devices and servers. */
import { randomUUID } from 'node:crypto';
import {
  chmod,
  constants,
  copyFile,
  link,
  open,
  readdir,
  readFile,
  readlink,
  realpath,
  rename,
  rm,
} from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { KeyValueStorage } from '../cognito/tokens/key-value-storage.ts';
import { type HeldLock, removeLockLeftovers, UUID, withFileLock } from './file-lock.ts';

/**
 * Makes a {@link KeyValueStorage} of a JSON file that only its owner can read (mode 0600).
 *
 * The file is replaced whole, so a process that is stopped at any moment leaves the old or the new content. It is locked
 * while it is changed, so no process loses what another one has written. A file system without hard links will do.
 *
 * What the storage did not write is kept: members that are not strings stay, and a file that is not a JSON object counts
 * as empty and is kept as `PATH.damaged`. So is a file with members that are too deep to be written again, which lose them.
 *
 * @param path the file, or a symbolic link to it. Its folder has to exist.
 * @returns the storage. Its methods reject with Node's error if the file cannot be read or written (`code` is `ENOENT`,
 *   `EACCES`, …), and with an Error if another process keeps the file locked for 30 seconds.
 * @example
 * ```ts
 * import { createUserStore } from 'cognito-srp-engine';
 * import { fileStorage } from 'cognito-srp-engine/file-storage';
 *
 * const storage = fileStorage('/var/lib/my-service/cognito.json');
 * const store = createUserStore(storage, { clientId: '1h57kf5cpq17m0eml12EXAMPLE' });
 * const user = await store.load();
 * console.log(user?.username);
 * ```
 */
export function fileStorage(path: string): KeyValueStorage {
  let lastChange: Promise<unknown> = Promise.resolve();
  let isTidy = false;
  const change = (edit: (members: Map<string, unknown>) => void): Promise<void> => {
    // Changes of this storage wait for each other, because a hundred that wait for the lock would slow each other down
    const thisChange = lastChange.then(async () => {
      const file = await targetOf(path);
      const lockPath = `${file}.lock`;
      await withFileLock(lockPath, async (lock) => {
        if (lock.wasStale) await removeFileLeftovers(file);
        if (lock.wasStale || !isTidy) await removeLockLeftovers(lockPath);
        isTidy = true;
        const { members, isForeign } = await readContent(file);
        edit(members);
        const text = toText(members);
        // What is too deep to be written again must not keep a user from signing out
        await replaceFile(
          file,
          text ?? toText(textsIn(members)) ?? '{}',
          lock,
          isForeign || text === undefined,
        );
      });
    });
    lastChange = thisChange.catch(() => {});
    return thisChange;
  };
  return {
    getItem: async (key) => {
      const value = (await readContent(path)).members.get(key);
      return typeof value === 'string' ? value : undefined;
    },
    setItem: (key, value) => change((members) => void members.set(key, value)),
    removeItem: (key) =>
      change((members) => {
        if (typeof members.get(key) === 'string') members.delete(key);
      }),
  };
}

/** The file itself, if the path is a link: so the link stays a link, and both names have one lock. */
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
  /** Whether the file holds something that is not a JSON object, so that `members` is not all of it. */
  readonly isForeign: boolean;
}

async function readContent(path: string): Promise<Content> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return { members: new Map(), isForeign: false };
  }
  const value = parseJson(bytes);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return { members: new Map(Object.entries(value)), isForeign: false };
  }
  return { members: new Map(), isForeign: bytes.length > 0 };
}

/**
 * A member a line. The values are not indented, because a deep one would then be many thousand times as long as it was.
 *
 * @returns undefined for members that are too deep, which JSON.parse takes and JSON.stringify does not
 */
function toText(members: ReadonlyMap<string, unknown>): string | undefined {
  try {
    const lines = [...members].map(([key, value]) => `\n  ${JSON.stringify(key)}: ${JSON.stringify(value)}`);
    return `{${lines.join(',')}\n}\n`;
  } catch {
    return undefined;
  }
}

const textsIn = (members: ReadonlyMap<string, unknown>): ReadonlyMap<string, unknown> =>
  new Map([...members].filter(([, value]) => typeof value === 'string'));

/** @returns undefined for what is not UTF-8 or not JSON */
function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

/** @param keepsOld whether the old file is kept under another name */
async function replaceFile(path: string, text: string, lock: HeldLock, keepsOld: boolean): Promise<void> {
  const next = `${path}.${randomUUID()}`;
  try {
    const file = await open(next, 'wx', 0o600);
    try {
      await file.writeFile(text);
      // The content has to be on the disk before the file takes its name, or a power cut may leave an empty file
      await file.sync();
    } finally {
      await file.close();
    }
    await lock.checkHeld();
    if (keepsOld) await keepAside(path);
    await rename(next, path);
  } catch (error) {
    await rm(next, { force: true });
    throw error;
  }
}

/** Gives a file a second name, or a copy where the file system has no links: the first name that is free of `PATH.damaged`, `PATH.damaged-2`, … */
async function keepAside(path: string): Promise<void> {
  let count = 1;
  let aside = `${path}.damaged`;
  while (!(await duplicateIfFree(path, aside))) {
    count += 1;
    aside = `${path}.damaged-${count}`;
  }
  // The file may hold tokens
  await chmod(aside, 0o600);
}

/** @returns whether the name was free */
async function duplicateIfFree(path: string, name: string): Promise<boolean> {
  try {
    await link(path, name).catch(() => copyFile(path, name, constants.COPYFILE_EXCL));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  }
}

const UNIQUE_NAME = new RegExp(`^${UUID}$`);

/**
 * Removes the files that were left by processes that were stopped before they could rename them. They hold tokens and
 * devices, as the file does.
 */
async function removeFileLeftovers(path: string): Promise<void> {
  const begin = `${basename(path)}.`;
  for (const name of await readdir(dirname(path))) {
    const isLeftover = name.startsWith(begin) && UNIQUE_NAME.test(name.slice(begin.length));
    if (isLeftover) await rm(join(dirname(path), name), { force: true });
  }
}
