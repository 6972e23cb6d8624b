/** A lock between processes: a file that only one of them can create. */
import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { link, readdir, readFile, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** Work under the lock takes milliseconds. Of an owner elsewhere, its age alone tells that it is gone. */
const STALE_MS = 10_000;
/** The same for an owner who seems to be gone, where containers of one host name cannot be told apart. */
const DOUBT_MS = 1000;
/** Between two tries, in milliseconds. */
const POLL_MS = 5;

/** A lock while it is held. */
export interface HeldLock {
  /** Whether a process that is gone had left its lock, and perhaps more. */
  readonly wasStale: boolean;
  /** To be called right before what cannot be undone. Where the lock is lost, the work begins anew. */
  readonly assertHeld: () => Promise<void>;
}

/** The lock was taken from a holder who paused for too long. */
class LockLost extends Error {}

/**
 * Runs `work` while no other process, and no other call here, holds the lock.
 *
 * @param path the lock file; created and removed
 * @param work may run more than once: see `assertHeld`
 * @param timeoutMs rejects if the lock is not free by then. Time in which this process is paused does not count.
 */
export async function withFileLock<T>(
  path: string,
  work: (lock: HeldLock) => Promise<T>,
  timeoutMs = 30_000,
): Promise<T> {
  for (let wasStale = false; ; wasStale = true) {
    const owner = `${place()} ${process.pid} ${startOf(process.pid)} ${randomUUID()}`;
    const isHeld = async () => (await readFile(path, 'utf8').catch(() => '')) === owner;
    for (let waited = 0; !(await create(path, owner)); waited += POLL_MS) {
      if (await breakIfStale(path, owner)) wasStale = true;
      if (waited > timeoutMs) throw new Error(`The lock ${path} was not free within ${timeoutMs} ms`);
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
    try {
      return await work({
        wasStale,
        assertHeld: async () => {
          if (!(await isHeld())) throw new LockLost();
        },
      });
    } catch (error) {
      if (!(error instanceof LockLost)) throw error;
    } finally {
      if (await isHeld()) await unlink(path).catch(() => {});
    }
  }
}

/** Removes what processes have left that were stopped while they took this lock, or broke it. */
export async function removeLockLeftovers(path: string): Promise<void> {
  const begin = `${basename(path)}.`;
  for (const name of await readdir(dirname(path))) {
    if (!name.startsWith(begin) || !LEFTOVER.test(name.slice(begin.length))) continue;
    const leftover = join(dirname(path), name);
    if ((await staleOwner(leftover)) !== undefined) await rm(leftover, { force: true });
  }
}

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const LEFTOVER = new RegExp(`^(?:${UUID}\\.breaker\\.)*${UUID}(?:\\.breaker)?$`);

/** Creates a file with its content at once: link fails where the name is taken. */
async function create(path: string, content: string): Promise<boolean> {
  const unique = `${path}.${randomUUID()}`;
  await writeFile(unique, content, { mode: 0o600, flag: 'wx' });
  try {
    await link(unique, path);
    return true;
  } catch (error) {
    // ENOENT: paused for so long that somebody took it for a leftover
    if (['EEXIST', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  } finally {
    await rm(unique, { force: true });
  }
}

/**
 * Removes the lock of a process that is gone. Only who holds the breaker may, and a breaker is for one lock
 * only: who comes late with it finds another lock there, and leaves it.
 *
 * @returns whether it was removed here
 */
async function breakIfStale(path: string, owner: string): Promise<boolean> {
  const stale = await staleOwner(path);
  if (stale === undefined) return false;
  const [id = randomUUID()] = new RegExp(`${UUID}$`).exec(stale) ?? [];
  const breaker = `${path}.${id}.breaker`;
  if (!(await create(breaker, owner))) {
    await breakIfStale(breaker, owner);
    return false;
  }
  try {
    if ((await readFile(path, 'utf8').catch(() => undefined)) !== stale) return false;
    await rm(path, { force: true });
    return true;
  } finally {
    await rm(breaker, { force: true });
  }
}

/** The owner as the file says it, if that process is gone. */
async function staleOwner(path: string): Promise<string | undefined> {
  try {
    const owner = await readFile(path, 'utf8');
    const ageMs = Date.now() - (await stat(path)).mtimeMs;
    const [where = '', pid, start] = owner.split(' ');
    // A process that lives is only slow, for as long as it may sleep
    const isGone = where === place() && !isAlive(Number(pid), start);
    const limitMs = isGone ? (isCertain(where) ? -Infinity : DOUBT_MS) : STALE_MS;
    return (isGone || where !== place()) && ageMs > limitMs ? owner : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Where process ids mean the same: a host name, and on Linux with it the boot and the namespace, as containers
 * may share the name.
 */
function place(): string {
  const boot = read(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'));
  const namespace = read(() => readlinkSync('/proc/self/ns/pid'));
  return [hostname(), ...(boot && namespace ? [boot, namespace] : [])].join('/').replaceAll(/\s/g, '');
}

const isCertain = (where: string): boolean => where.includes('/');

/** When a process began, as Linux counts it: another process may have got its id. `-` where it is not known. */
const startOf = (pid: number): string => statusOf(pid)[19] ?? '-';

/** The fields of /proc/PID/stat from the third on; none where there is no such file. */
function statusOf(pid: number): readonly string[] {
  // The name in parentheses before them may hold blanks
  const text = read(() => readFileSync(`/proc/${pid}/stat`, 'latin1')) ?? '';
  return text.slice(text.lastIndexOf(') ') + 2).split(' ');
}

function isAlive(pid: number, start: string | undefined): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is there, and somebody else's
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const { 0: state, 19: actual = start } = statusOf(pid);
  // A zombie has ended and nobody has asked how
  return state !== 'Z' && (start === '-' || start === actual);
}

function read(from: () => string): string | undefined {
  try {
    return from();
  } catch {
    return undefined;
  }
}
