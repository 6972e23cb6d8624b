/**
 * A lock between processes, on one machine or on several that share a folder.
 *
 * The protocol. Every file of it is written under a name of its own, `PATH.<uuid>`, and then linked to the name it is
 * for. So it is never seen in part, and linking fails if the name is taken. Where the file system has no links, it is created
 * under its name, which fails in the same cases. It is then empty for a moment, and counts as a lock of another machine until all
 * of its content is there.
 *
 * 1. Whoever wants the lock creates PATH. The content names the owner: where it runs, its process id, when that process
 *    began, and the id of this lock.
 * 2. The owner removes PATH, after reading that it still is the owner.
 * 3. Another process may remove PATH only if the owner is gone (`isStale`), and only while it holds the lock's breaker,
 *    `PATH.<id of the lock>.breaker`. It then reads PATH once more, and leaves it if it is no longer the same lock.
 * 4. A breaker is a lock like PATH: rules 1 to 3 hold for it, with a breaker of its own.
 *
 * Why it is safe:
 *
 * - Two processes cannot both own PATH, because only one can link it.
 * - Two processes cannot both break PATH, where the later one would remove the lock of the next owner. A breaker is for
 *   one lock, so whoever gets it later finds another id in PATH.
 * - An owner on this machine that is slow or paused keeps its lock, because it is still alive.
 * - An owner on another machine that is paused for longer than {@link STALE_MS} may lose its lock. It finds that out by
 *   `checkHeld`, and its work begins anew.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import {
  type FileHandle,
  link,
  open,
  readdir,
  readFile,
  rm,
  stat,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** Work under the lock takes milliseconds, so an owner elsewhere is taken for gone when its lock is older than this. */
const STALE_MS = 10_000;
/** The same for an owner that seems to be gone, if containers with the same host name cannot be told apart. */
const DOUBT_MS = 1000;
/** How long to wait between two tries. */
const POLL_MS = 5;

/** The form of `randomUUID`, as the source of a regular expression. */
export const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const TRAILING_UUID = new RegExp(`${UUID}$`);
/** The id of a file at PATH that is not a lock of this protocol. */
const NIL_UUID = '00000000-0000-0000-0000-000000000000';
/** What follows `PATH.` in the names that the protocol makes. */
const LEFTOVER = new RegExp(`^(?:${UUID}\\.breaker\\.)*${UUID}(?:\\.breaker)?$`);

/** A lock while it is held. */
export interface HeldLock {
  /** Whether a process that is gone had left its lock behind, and perhaps other files. */
  readonly wasStale: boolean;
  /** To be called right before what cannot be undone. It rejects if the lock was lost, and the work then begins anew. */
  readonly checkHeld: () => Promise<void>;
}

/** The lock was taken from an owner that was paused for too long. */
class LockLost extends Error {}

/**
 * Runs `work` while no other process, and no other call in this one, holds the lock.
 *
 * @param path the lock file, which is created and removed
 * @param work may run more than once: see `checkHeld`
 * @param timeoutMs how long to wait for the lock. Time in which this process is paused does not count.
 * @returns what `work` returns
 * @throws Error if the lock is not free in time
 */
export async function withFileLock<T>(
  path: string,
  work: (lock: HeldLock) => Promise<T>,
  timeoutMs = 30_000,
): Promise<T> {
  const { owner, wasStale } = await acquire(path, timeoutMs);
  const checkHeld = async () => {
    if (!(await isHeldBy(path, owner))) throw new LockLost();
  };
  try {
    return await work({ wasStale, checkHeld });
  } catch (error) {
    if (!(error instanceof LockLost)) throw error;
  } finally {
    if (await isHeldBy(path, owner)) await unlink(path).catch(() => {});
  }
  // Another process took the lock, so what the work has read may have changed
  return withFileLock(path, work, timeoutMs);
}

/** Removes the files that were left by processes that were stopped while they took this lock, or broke it. */
export async function removeLockLeftovers(path: string): Promise<void> {
  const begin = `${basename(path)}.`;
  for (const name of await readdir(dirname(path))) {
    if (!name.startsWith(begin) || !LEFTOVER.test(name.slice(begin.length))) continue;
    const leftover = join(dirname(path), name);
    if ((await readIfStale(leftover)) !== undefined) await rm(leftover, { force: true });
  }
}

interface AcquiredLock {
  /** The content of the lock file. */
  readonly owner: string;
  readonly wasStale: boolean;
}

/** Rule 1: creates the lock, as soon as nobody else has it. */
async function acquire(path: string, timeoutMs: number): Promise<AcquiredLock> {
  const owner = `${currentPlace().name} ${process.pid} ${startTimeOf(process.pid)} ${randomUUID()}`;
  let wasStale = false;
  let waitedMs = 0;
  while (!(await createFile(path, owner))) {
    if (await breakIfStale(path, owner)) wasStale = true;
    if (waitedMs > timeoutMs) throw new Error(`The lock ${path} was not free within ${timeoutMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    waitedMs += POLL_MS;
  }
  return { owner, wasStale };
}

async function isHeldBy(path: string, owner: string): Promise<boolean> {
  return (await readIfThere(path)) === owner;
}

/**
 * Rules 3 and 4: removes the lock if its owner is gone. If the owner of its breaker is gone too, the breaker is removed
 * instead, and the next try finds it free.
 *
 * @param breakerOwner the content of the breaker
 * @returns whether the lock was removed here
 */
async function breakIfStale(path: string, breakerOwner: string): Promise<boolean> {
  let target = path;
  let content = await readIfStale(target);
  while (content !== undefined && !(await createFile(breakerOf(target, content), breakerOwner))) {
    target = breakerOf(target, content);
    content = await readIfStale(target);
  }
  if (content === undefined) return false;
  try {
    // Its age counts again, because the lock of a next owner is empty, too, while it is created without a link
    if ((await readIfStale(target)) !== content) return false;
    await rm(target, { force: true });
    return target === path;
  } finally {
    await rm(breakerOf(target, content), { force: true });
  }
}

function breakerOf(path: string, content: string): string {
  const [id = NIL_UUID] = TRAILING_UUID.exec(content) ?? [];
  return `${path}.${id}.breaker`;
}

/**
 * Creates a file with its content at once.
 *
 * @returns whether the name was free
 */
async function createFile(path: string, content: string): Promise<boolean> {
  const unique = `${path}.${randomUUID()}`;
  await writeFile(unique, content, { mode: 0o600, flag: 'wx' });
  try {
    await link(unique, path);
    return true;
  } catch (error) {
    // ENOENT: this process was paused for so long that another one took the file for a leftover
    if (['EEXIST', 'ENOENT'].includes(codeOf(error) ?? '')) return false;
    // Systems without links say so by many codes. Where the reason is another one, this fails by it, too.
    return createInPlace(path, content);
  } finally {
    await rm(unique, { force: true });
  }
}

/**
 * Creates a file without a link. It is empty until its content is written.
 *
 * @returns whether the name was free, and was not taken by another process in the meantime
 */
async function createInPlace(path: string, content: string): Promise<boolean> {
  let file: FileHandle;
  try {
    file = await open(path, 'wx', 0o600);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
  try {
    await file.writeFile(content);
  } catch (error) {
    // Nobody could tell whose it is
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  // A process that was paused before it wrote may have lost the file
  return isHeldBy(path, content);
}

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

const readIfThere = (path: string): Promise<string | undefined> =>
  readFile(path, 'utf8').catch(() => undefined);

/** The content of a lock if its owner is gone, and `undefined` if the owner lives or there is no lock. */
async function readIfStale(path: string): Promise<string | undefined> {
  try {
    const content = await readFile(path, 'utf8');
    const { mtimeMs } = await stat(path);
    return isStale(content, Date.now() - mtimeMs) ? content : undefined;
  } catch {
    // The lock was removed in the meantime
    return undefined;
  }
}

/**
 * Whether the owner of a lock is gone.
 *
 * @param content `place pid start id`
 * @param ageMs since the lock was created
 */
function isStale(content: string, ageMs: number): boolean {
  const [ownerPlace, pid, startTime] = content.split(' ');
  const here = currentPlace();
  // Nothing but the age of its lock tells whether a process elsewhere is gone, or one that has not written all of its name
  if (ownerPlace !== here.name || !TRAILING_UUID.test(content)) return ageMs > STALE_MS;
  if (isAlive(Number(pid), startTime)) return false;
  return here.isUnique || ageMs > DOUBT_MS;
}

interface Place {
  /** Without blanks. */
  readonly name: string;
  /** Whether no other place has this name, so that a process id has one meaning under it. */
  readonly isUnique: boolean;
}

/**
 * Where this process runs: the host's name, and on Linux the boot and the process namespace with it, because containers
 * may share a host name.
 */
function currentPlace(): Place {
  const boot = readOrNothing(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'));
  const namespace = readOrNothing(() => readlinkSync('/proc/self/ns/pid'));
  const isUnique = boot !== '' && namespace !== '';
  const parts = isUnique ? [hostname(), boot, namespace] : [hostname()];
  return { name: parts.join('/').replaceAll(/\s/g, ''), isUnique };
}

function isAlive(pid: number, startTime: string | undefined): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: the process is there, and belongs to somebody else
    if (codeOf(error) !== 'EPERM') return false;
  }
  const status = statusOf(pid);
  // A process that has ended is a zombie until its parent has read its exit code
  if (status.state === 'Z') return false;
  // Another process may have got the id of the one that is gone
  return startTime === UNKNOWN_START || status.startTime === undefined || startTime === status.startTime;
}

const UNKNOWN_START = '-';

const startTimeOf = (pid: number): string => statusOf(pid).startTime ?? UNKNOWN_START;

interface ProcessStatus {
  /** `R`, `S`, `Z`, … */
  readonly state: string | undefined;
  /** When the process began, in clock ticks since the boot. */
  readonly startTime: string | undefined;
}

/** The fields 3 and 22 of Linux's `/proc/PID/stat`. They are undefined on other systems. */
function statusOf(pid: number): ProcessStatus {
  const text = readOrNothing(() => readFileSync(`/proc/${pid}/stat`, 'latin1'));
  // The second field is a name in parentheses, which may hold blanks
  const fields = text.slice(text.lastIndexOf(') ') + 2).split(' ');
  return { state: fields[0], startTime: fields[19] };
}

/** What `read` returns, and an empty string if it fails. */
function readOrNothing(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
