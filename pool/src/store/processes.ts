/** Where a process runs, and whether it still does. */
import { errorCodeOf, fromNode } from './file-system.ts';

/** A process, so that it can be told from every other one. */
export interface ProcessName {
  readonly pid: number;
  readonly host: string;
  /** Within one place a process id has one meaning. */
  readonly place: string;
  /** When the process began, in clock ticks since the boot. An empty string where the system does not say it. */
  readonly startTime: string;
}

export function currentProcess(): ProcessName {
  return {
    pid: process.pid,
    host: fromNode()('node:os').hostname(),
    place: currentPlace(),
    startTime: statusOf(process.pid).startTime,
  };
}

/** On Linux the boot and the process namespace belong to the place, because containers may share a host name. */
function currentPlace(): string {
  const boot = readOrNothing(() =>
    fromNode()('node:fs').readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'),
  );
  const namespace = readOrNothing(() => fromNode()('node:fs').readlinkSync('/proc/self/ns/pid'));
  return [fromNode()('node:os').hostname(), boot.trim(), namespace].join(' ');
}

/** @returns undefined if the process is of another place, from where nobody can tell */
export function isAlive({ pid, place, startTime }: ProcessName): boolean | undefined {
  if (place !== currentPlace()) return undefined;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: the process is there, and belongs to somebody else
    if (errorCodeOf(error) !== 'EPERM') return false;
  }
  const status = statusOf(pid);
  // A process that has ended is a zombie until its parent has read its exit code
  if (status.state === 'Z') return false;
  // Another process may have got the id of the one that is gone
  return startTime === '' || status.startTime === '' || startTime === status.startTime;
}

/** The fields 3 and 22 of Linux's `/proc/PID/stat`. They are empty on other systems. */
function statusOf(pid: number): { readonly state: string; readonly startTime: string } {
  const text = readOrNothing(() => fromNode()('node:fs').readFileSync(`/proc/${pid}/stat`, 'latin1'));
  // The second field is a name in parentheses, which may hold blanks
  const fields = text.slice(text.lastIndexOf(') ') + 2).split(' ');
  return { state: fields[0] ?? '', startTime: fields[19] ?? '' };
}

function readOrNothing(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
