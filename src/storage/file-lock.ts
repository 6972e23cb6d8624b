/** A lock between processes: a file that only one of them can create. */
import { randomUUID } from 'node:crypto';
import { link, readFile, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';

/** Work under the lock takes milliseconds. A lock this old belongs to a process that was stopped. */
const STALE_MS = 10_000;
/** Between two tries, in milliseconds. */
const POLL_MS = 5;

/**
 * Runs `work` while no other process, and no other call here, holds the lock.
 *
 * @param path the lock file; created and removed
 * @param work told whether a process that is gone had left its lock, and perhaps more
 * @param timeoutMs rejects if the lock is not free by then
 */
export async function withFileLock<T>(
  path: string,
  work: (wasStale: boolean) => Promise<T>,
  timeoutMs = 30_000,
): Promise<T> {
  const owner = `${hostname()} ${process.pid} ${randomUUID()}`;
  const deadline = Date.now() + timeoutMs;
  let wasStale = false;
  while (!(await create(path, owner))) {
    if (await breakIfStale(path)) wasStale = true;
    if (Date.now() > deadline) throw new Error(`The lock ${path} was not free within ${timeoutMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  try {
    return await work(wasStale);
  } finally {
    // A holder that was paused for too long has lost the lock: what is there now is another's
    const holder = await readFile(path, 'utf8').catch(() => '');
    if (holder === owner) await unlink(path).catch(() => {});
  }
}

/** Creates a file with its content at once: link fails where the name is taken. */
async function create(path: string, content: string): Promise<boolean> {
  const unique = `${path}.${randomUUID()}`;
  try {
    await writeFile(unique, content, { mode: 0o600, flag: 'wx' });
    await link(unique, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(unique, { force: true });
  }
}

/**
 * Removes the lock of a process that is gone. Only who holds the breaker may remove another's lock, so the
 * lock that is looked at is the one that is removed.
 *
 * @returns whether it was removed here
 */
async function breakIfStale(path: string): Promise<boolean> {
  if (!(await isStale(path))) return false;
  const breaker = `${path}.breaker`;
  if (!(await create(breaker, `${hostname()} ${process.pid} -`))) {
    if (await isStale(breaker)) await rm(breaker, { force: true });
    return false;
  }
  try {
    if (!(await isStale(path))) return false;
    await rm(path, { force: true });
    return true;
  } finally {
    await rm(breaker, { force: true });
  }
}

async function isStale(path: string): Promise<boolean> {
  try {
    const [host, pid] = (await readFile(path, 'utf8')).split(' ');
    if (host === hostname() && !isAlive(Number(pid))) return true;
    return Date.now() - (await stat(path)).mtimeMs > STALE_MS;
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, and somebody else's
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
