/**
 * Runs a command, and ends it and all its children when standard input closes. It closes at the latest when the process
 * that has started this one is gone, however that ended. Start it with `detached`, so that it leads a process group.
 */
import { spawn } from 'node:child_process';

const [command, ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
child.once('error', ({ message }) => {
  console.error(message);
  process.exitCode = 1;
  process.stdin.destroy();
});
child.once('exit', (code) => {
  process.exitCode = code ?? 1;
  process.stdin.destroy();
});
process.stdin.resume().once('end', () => process.kill(-process.pid, 'SIGKILL'));
