/** What the command says when it was called wrongly, or when a file or a port cannot be used. */

export type UsageErrorCode =
  | 'USAGE_INVALID'
  | 'SEED_UNREADABLE'
  | 'SEED_INVALID'
  | 'TRIGGERS_INVALID'
  | 'DATA_UNUSABLE'
  | 'PORT_UNAVAILABLE'
  | 'HOST_UNAVAILABLE';

/** The pool was not started. The message never quotes a value, because it may be secret. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code: UsageErrorCode;

  constructor(code: UsageErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

export const toUsageError = (message: string): UsageError => new UsageError('USAGE_INVALID', message);
