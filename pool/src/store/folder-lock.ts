/**
 * The lock of a data folder, which a process holds as long as it runs. It is the file `lock`, and its content names the owner.
 *
 * 1. Whoever wants the lock creates the file under a name of its own and links it to `lock`. So it is never seen in part,
 *    and only one process can link it. Where the file system has no links, the file is created as `lock`, which one process can
 *    do as well. It is then empty for a moment, and counts as one of an owner elsewhere.
 * 2. The owner touches the file every {@link BEAT_MS}. Before it writes it reads that it still is the owner.
 * 3. Another process may remove `lock` only if the owner is gone, and only while it holds `lock.<id>.breaker`, where the id
 *    is that of the lock to be removed. It then reads `lock` once more. So two processes cannot both break one lock, where
 *    the later one would remove the lock of the next owner.
 * 4. A breaker is a lock like `lock`: rules 1 and 3 hold for it, with a breaker of its own.
 *
 * An owner in the same place is gone if its process is. From an owner elsewhere, such as another container, only the touch
 * is seen: it is gone if the file was not touched for {@link SILENCE_MS}.
 */
import type { FileHandle } from 'node:fs/promises';
import {
  DataFolderError,
  errorCodeOf,
  FILE_MODE,
  type FileSystem,
  fileIn,
  toDataFolderError,
} from './file-system.ts';
import { currentProcess, isAlive, type ProcessName } from './processes.ts';
import { isJsonRecord } from './sections.ts';

const BEAT_MS = 1000;
const SILENCE_MS = 5000;
/** A lock that was touched longer ago was not touched by a clock that is a little off. */
const LONG_SILENCE_MS = 60_000;
const POLL_MS = 200;
/** Only another start at the same moment makes a second try necessary, and this many at once do not happen. */
const TRIES = 20;

/** The form of `randomUUID`. */
const LOCK_ID = /^[\da-f-]{36}$/;
const TEMPORARY_NAME = /^lock\.[\w.-]+$/;

export interface FolderLock {
  /** @throws DataFolderError if another process took the lock, because this one was paused for too long */
  readonly checkHeld: () => Promise<void>;
  readonly release: () => Promise<void>;
}

/** The content of a lock file. */
interface Owner extends ProcessName {
  readonly id: string;
}

export interface FolderLockOptions {
  readonly files: FileSystem;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly log: (line: string) => void;
}

/** @throws DataFolderError if another process holds the lock. The message names it. */
export async function lockFolder(folder: string, options: FolderLockOptions): Promise<FolderLock> {
  const { files, log } = options;
  const path = fileIn(folder, 'lock');
  const content = `${JSON.stringify({ ...currentProcess(), id: crypto.randomUUID() } satisfies Owner)}\n`;
  await acquire(path, content, options);
  await removeLeftovers(files, folder);

  const beat = setInterval(() => {
    const now = new Date();
    // A lock that is not there any more is noticed by the next write
    files.utimes(path, now, now).catch(() => {});
  }, BEAT_MS);
  beat.unref();

  const checkHeld = async (): Promise<void> => {
    const found = await readIfThere(files, path);
    if (found === content) return;
    const taker = found === undefined ? 'is gone' : `was taken by ${nameOf(readOwner(found))}`;
    throw new DataFolderError(path, `${taker}, so nothing is written any more`);
  };
  return {
    checkHeld,
    release: async () => {
      clearInterval(beat);
      try {
        if ((await readIfThere(files, path)) === content) await files.rm(path, { force: true });
      } catch (error) {
        log(toDataFolderError(path, 'removed', error).message);
      }
    },
  };
}

async function acquire(path: string, content: string, options: FolderLockOptions): Promise<void> {
  const { files, log } = options;
  for (let tries = 0; tries < TRIES; tries += 1) {
    if (await createWhole(files, path, content)) return;
    const found = await readIfThere(files, path);
    if (found === undefined) continue;
    const owner = readOwner(found);
    if (!(await isGone(path, found, options))) {
      throw new DataFolderError(
        path,
        `says that the data folder is in use by ${nameOf(owner)}. Stop that process, or use another folder.`,
      );
    }
    if (await breakLock(path, found, content, options))
      log(`${path} was left by ${nameOf(owner)}, which is gone`);
  }
  throw new DataFolderError(path, 'could not be taken, because other processes take it again and again');
}

/** Rules 3 and 4: removes the lock of an owner who is gone. */
async function breakLock(
  path: string,
  found: string,
  content: string,
  options: FolderLockOptions,
): Promise<boolean> {
  const { files } = options;
  const breaker = `${path}.${readOwner(found)?.id ?? 'unknown'}.breaker`;
  if (!(await createWhole(files, breaker, content))) {
    const other = await readIfThere(files, breaker);
    if (other !== undefined && (await isGone(breaker, other, options))) {
      await breakLock(breaker, other, content, options);
    }
    return false;
  }
  try {
    if ((await readIfThere(files, path)) !== found) return false;
    await files.rm(path, { force: true });
    return true;
  } finally {
    await files.rm(breaker, { force: true });
  }
}

/** Creates a file with its content at once. Returns whether the name was free. */
async function createWhole(files: FileSystem, path: string, content: string): Promise<boolean> {
  const unique = `${path}.${crypto.randomUUID()}`;
  try {
    await files.writeFile(unique, content, { mode: FILE_MODE, flag: 'wx' });
    await files.link(unique, path);
    return true;
  } catch (error) {
    // ENOENT: the owner took the file for one that was left, and removed it
    if (['EEXIST', 'ENOENT'].includes(errorCodeOf(error) ?? '')) return false;
    // Systems without links say so by many codes. Where the reason is another one, this fails by it, too.
    return createInPlace(files, path, content);
  } finally {
    await files.rm(unique, { force: true });
  }
}

/**
 * Creates a file without a link. It is empty until its content is written. Returns whether the name was free, and was not taken by
 * another process in the meantime.
 */
async function createInPlace(files: FileSystem, path: string, content: string): Promise<boolean> {
  let file: FileHandle | undefined;
  try {
    file = await files.open(path, 'wx', FILE_MODE);
    await file.writeFile(content);
  } catch (error) {
    if (!file && errorCodeOf(error) === 'EEXIST') return false;
    // Nobody could tell whose it is
    if (file) await files.rm(path, { force: true });
    throw toDataFolderError(path, 'created', error);
  } finally {
    await file?.close();
  }
  return (await readIfThere(files, path)) === content;
}

async function readIfThere(files: FileSystem, path: string): Promise<string | undefined> {
  try {
    return await files.readFile(path, 'utf8');
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return undefined;
    throw toDataFolderError(path, 'read', error);
  }
}

/** @returns undefined for a file that no process of this version wrote */
function readOwner(content: string): Owner | undefined {
  let owner: unknown;
  try {
    owner = JSON.parse(content);
  } catch {
    return undefined;
  }
  if (!isJsonRecord(owner)) return undefined;
  const { pid, host, place, startTime, id } = owner;
  const texts = [host, place, startTime, id];
  if (typeof pid !== 'number' || !texts.every((text) => typeof text === 'string')) return undefined;
  // The id becomes a part of a file name
  if (!LOCK_ID.test(String(id))) return undefined;
  return { pid, host: String(host), place: String(place), startTime: String(startTime), id: String(id) };
}

const nameOf = (owner: Owner | undefined): string =>
  owner ? `process ${owner.pid} on ${owner.host}` : 'a process that does not say which';

async function isGone(
  path: string,
  content: string,
  { files, now, log }: FolderLockOptions,
): Promise<boolean> {
  const owner = readOwner(content);
  const alive = owner ? isAlive(owner) : undefined;
  if (alive !== undefined) return !alive;
  const touchedAt = await touchTime(files, path);
  if (touchedAt === undefined || now() - touchedAt > LONG_SILENCE_MS) return true;
  log(`${path} is of ${nameOf(owner)}. Whether that still runs is seen within ${SILENCE_MS / 1000} s.`);
  for (let waitedMs = 0; waitedMs < SILENCE_MS; waitedMs += POLL_MS) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    if ((await touchTime(files, path)) !== touchedAt) return false;
  }
  return true;
}

async function touchTime(files: FileSystem, path: string): Promise<number | undefined> {
  try {
    return (await files.stat(path)).mtimeMs;
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return undefined;
    throw toDataFolderError(path, 'read', error);
  }
}

/** Removes what processes left that were stopped while they took the lock. */
async function removeLeftovers(files: FileSystem, folder: string): Promise<void> {
  for (const name of await files.readdir(folder)) {
    if (TEMPORARY_NAME.test(name)) await files.rm(fileIn(folder, name), { force: true });
  }
}
