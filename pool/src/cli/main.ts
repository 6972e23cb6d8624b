/** Connects the command to its process: arguments, streams and signals go in, an exit code comes out. */
import { createRequire } from 'node:module';
import { startArithmetic } from '../arithmetic/of-a-process.ts';
import { OutputError, reportFailure } from './failure-report.ts';
import type { Io } from './io.ts';
import { runCommand } from './serve-command.ts';

const { version } = createRequire(import.meta.url)('cognito-local-pool/package.json') as { version: string };
const args = process.argv.slice(2);

let isOutputLost = false;
process.stdout.on('error', ({ code = 'unknown reason' }: NodeJS.ErrnoException) => {
  // `cognito-local-pool --help | head -1` closes the pipe early, which is not a failure
  if (code === 'EPIPE' || isOutputLost) return;
  isOutputLost = true;
  const exitCode = reportFailure(new OutputError(code), process.stderr, { json: args.includes('--json') });
  // The empty write calls back once the report is written. Without an exit, the pool would go on serving although nobody
  // could read its address.
  process.stderr.write('', () => process.exit(exitCode));
});
// When standard error cannot be written either, only the exit code is left to report the failure
process.stderr.on('error', () => {});

const io: Io = {
  stdout: process.stdout,
  stderr: process.stderr,
  version,
  startArithmetic: () => startArithmetic(new URL('../arithmetic/worker.js', import.meta.url)),
  importModule: (url) => import(url),
  untilStopped: () =>
    new Promise((resolve) => {
      process.once('SIGINT', () => resolve());
      process.once('SIGTERM', () => resolve());
    }),
};

runCommand(args, io).then((exitCode) => {
  // process.exit() would cut off what is still being written to a pipe
  process.exitCode = exitCode;
});
