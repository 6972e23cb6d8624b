/** Starts commands as processes of their own, in a given folder. */
import { type ChildProcess, spawn } from 'node:child_process';

export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** @param folder where they run */
export function processesIn(folder: string) {
  const started = new Set<ChildProcess>();

  /** @param env all there is, besides PATH */
  const start = (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
    const child = spawn(process.execPath, [...args], {
      cwd: folder,
      env: { PATH: process.env['PATH'], ...env },
    });
    started.add(child);
    const out = { stdout: '', stderr: '' };
    let onOutput = () => {};
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].on('data', (chunk: Buffer) => {
        out[name] += chunk;
        onOutput();
      });
    }
    const ended = new Promise<Ended>((done) => {
      child.on('close', (exitCode) => {
        started.delete(child);
        onOutput();
        done({ exitCode, ...out });
      });
    });
    /** All of stdout once it has `text`, or once the process has ended. */
    const shows = (text: string) =>
      new Promise<string>((done) => {
        onOutput = () => {
          if (out.stdout.includes(text) || !started.has(child)) done(out.stdout);
        };
        onOutput();
      });
    return { child, ended, shows };
  };

  return {
    start,
    killAll: () => {
      for (const child of started) child.kill('SIGKILL');
    },
  };
}
