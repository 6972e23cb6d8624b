#!/usr/bin/env node
/** Connects the command to its process: arguments and streams go in, an exit code comes out. */
import { createRequire } from 'node:module';
import { dispatch } from './dispatch.ts';
import { OutputError, toExitCode } from './failures.ts';
import type { Io } from './io.ts';
import { reportFailure } from './output/failure-report.ts';

const { version } = createRequire(import.meta.url)('cognito-srp-engine/package.json') as { version: string };

let isOutputLost = false;
process.stdout.on('error', ({ code = 'unknown reason' }: NodeJS.ErrnoException) => {
  // `cognito-srp … | head -1` closes the pipe early, which is not a failure.
  if (code === 'EPIPE' || isOutputLost) return;
  isOutputLost = true;
  const failure = new OutputError(code);
  reportFailure(failure, process, { json: process.argv.includes('--json') });
  // The empty write calls back once the report is written. Without an exit, a prompt would go on waiting although
  // nobody could read the outcome.
  process.stderr.write('', () => process.exit(toExitCode(failure)));
});
// When standard error cannot be written either, only the exit code is left to report the failure.
process.stderr.on('error', () => {});

const io: Io = {
  get stdin() {
    return process.stdin;
  },
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  version,
};

dispatch(process.argv.slice(2), io).then((exitCode) => {
  // process.exit() would cut off what is still being written to a pipe.
  process.exitCode = exitCode;
});
