/** What the command says of a data folder that it cannot use. */
import { UsageError } from './usage-error.ts';

/** @returns the error to report, which is a UsageError if the folder cannot be used */
export function toDataUsageError(error: unknown): unknown {
  const isOfFolder = error instanceof Error && error.name === 'DataFolderError';
  return isOfFolder
    ? new UsageError('DATA_UNUSABLE', `The data folder cannot be used: ${error.message}`)
    : error;
}

/** What was changed last could not be written when the pool was stopped. */
export class DataLostError extends Error {
  override readonly name = 'DataLostError';
  readonly code = 'DATA_LOST';
  constructor(reason: unknown) {
    super(`The last changes are lost: ${reason instanceof Error ? reason.message : String(reason)}`);
  }
}
