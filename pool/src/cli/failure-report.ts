/** Reports a failure on standard error, as text or as JSON, and finds its exit code. */
import { DataLostError } from './data-errors.ts';
import type { Output } from './io.ts';
import { toPrintable } from './printable-text.ts';
import { UsageError } from './usage-error.ts';

/** The exit codes of the command. Scripts rely on the numbers, so they never change. */
export const EXIT_CODES = {
  done: 0,
  wrongUsage: 2,
  /** EX_SOFTWARE of sysexits.h. */
  fault: 70,
} as const;

/** Standard output could not be written, so nobody can read where the pool answers. */
export class OutputError extends Error {
  override readonly name = 'OutputError';
  readonly code = 'OUTPUT_UNWRITABLE';

  /** @param reason the code of the system, such as `ENOSPC` for a full disk */
  constructor(reason: string) {
    super(`Standard output could not be written (${reason}), so nobody can read where the pool answers`);
  }
}

/**
 * Writes the failure. With `json` it is one JSON object with `code`, `name` and `message`.
 *
 * @returns the exit code
 */
export function reportFailure(error: unknown, stderr: Output, { json }: { readonly json: boolean }): number {
  const isExpected =
    error instanceof UsageError || error instanceof OutputError || error instanceof DataLostError;
  const message = error instanceof Error ? error.message : String(error);
  if (json) {
    const code = isExpected ? error.code : 'FAULT';
    const name = isExpected ? error.name : 'Error';
    stderr.write(`${JSON.stringify({ code, name, message })}\n`);
  } else if (isExpected) {
    stderr.write(`cognito-local-pool: ${toPrintable(message)}\n`);
  } else {
    const details = error instanceof Error ? error.stack : message;
    stderr.write(`cognito-local-pool: the program has a fault\n${details}\n`);
  }
  return error instanceof UsageError ? EXIT_CODES.wrongUsage : EXIT_CODES.fault;
}
