#!/usr/bin/env node
/** The process around the command: arguments, streams and signals in, an exit code out. */
import { createRequire } from 'node:module';
import { dispatch } from './dispatch.ts';
import type { Io } from './io.ts';

const { version } = createRequire(import.meta.url)('cognito-srp-engine/package.json') as { version: string };

// `cognito-srp … | head -1` closes the pipe early; that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

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
