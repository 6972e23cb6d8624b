/** Starts the processes that the bench of the pool consists of: pools, and clients that sign in. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

export const here = import.meta.dirname;
export const command = resolve(here, '../dist/esm/cli/main.js');

/** Megabytes of a process that are in memory. */
export const residentOf = (pid) =>
  Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;

async function start(args) {
  const began = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const read = async () => JSON.parse((await lines.next()).value);
  const { endpoint } = await read();
  return {
    endpoint,
    pid: child.pid,
    /** Milliseconds until it answered. */
    startMs: performance.now() - began,
    /** Sends a line, and reads the line that answers it. */
    ask: (line) => {
      child.stdin.write(`${line}\n`);
      return read();
    },
    stop: async () => {
      child.kill('SIGTERM');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}

/** Starts the command with a seed file. @param args of Node, which say what the command is */
export const startCommand = (seed, args = [command]) => start([...args, '--json', '--seed', seed]);

/** Starts `server.mjs`, whose clients need not compute. */
export const startServer = (options) =>
  start(['--expose-gc', resolve(here, 'server.mjs'), JSON.stringify(options)]);

/** Runs `load.mjs` to its end. */
export function runLoad(options) {
  const child = spawn(process.execPath, [resolve(here, 'load.mjs'), JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (chunk) => {
    text += chunk;
  });
  return once(child, 'close').then(() => JSON.parse(text));
}
