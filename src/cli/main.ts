#!/usr/bin/env node
/** The process around the command: arguments, streams and signals in, an exit code out. */
import { createRequire } from 'node:module';
import { dispatch } from './dispatch.ts';
import { exitCodeOf, OutputError, reportFailure } from './failure.ts';
import type { Io } from './io.ts';

const { version } = createRequire(import.meta.url)('cognito-srp-engine/package.json') as { version: string };

let isLost = false;
process.stdout.on('error', ({ code = 'unknown reason' }: NodeJS.ErrnoException) => {
  // `cognito-srp … | head -1` closes the pipe early; that is no fault.
  if (code === 'EPIPE' || isLost) return;
  isLost = true;
  const failure = new OutputError(code);
  reportFailure(failure, process.stderr, { json: process.argv.includes('--json') });
  // Once that is written. Without an exit, `pool` would serve on where nobody has read its address.
  process.stderr.write('', () => process.exit(exitCodeOf(failure)));
});
// There is nowhere left to say it; the exit code does.
process.stderr.on('error', () => {});

const io: Io = {
  get stdin() {
    return process.stdin;
  },
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  version,
  untilStopped: () =>
    new Promise((resolve) => {
      process.once('SIGINT', () => resolve());
      process.once('SIGTERM', () => resolve());
    }),
};

dispatch(process.argv.slice(2), io).then((exitCode) => {
  // Not process.exit: what was written to a pipe may still be on its way.
  process.exitCode = exitCode;
});
