/** The ways in which a command fails, and the exit code of each. */
import { ArgumentError, type ChallengeCommon, ProtocolError, type Recovery, ServiceError } from '../index.ts';
import { EXIT_CODES } from './exit-codes.ts';

export type UsageErrorCode =
  | 'USAGE_INVALID'
  | 'PASSWORD_MISSING'
  | 'CHALLENGE_UNREADABLE'
  | 'DEVICE_FILE_UNUSABLE'
  | 'NOT_SIGNED_IN'
  | 'DEVICE_MISSING';

/** The command was called wrongly, and nothing was sent. The message never quotes a value, because it may be secret. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code: UsageErrorCode;

  constructor(code: UsageErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

export const toUsageError = (message: string): UsageError => new UsageError('USAGE_INVALID', message);

/** Ctrl-C was pressed at a prompt. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** Standard output could not be written. What the command did stays done, but nobody learns its outcome. */
export class OutputError extends Error {
  override readonly name = 'OutputError';
  readonly code = 'OUTPUT_UNWRITABLE';

  /** @param reason the code of the system, such as `ENOSPC` for a full disk */
  constructor(reason: string) {
    super(`Standard output could not be written (${reason}), so the outcome is lost`);
  }
}

/** A remark that is reported with an outcome or a failure. */
export interface Remark {
  readonly code: string;
  readonly message: string;
}

/** A challenge that can still be answered after a failure. `respond` accepts it as it accepts a step. */
export interface OpenChallenge {
  readonly challenge: ChallengeCommon;
  /** The name that was typed, if it is not the canonical one. */
  readonly alias: string | undefined;
}

/** What is reported with an error. */
export interface FailureDetails {
  /** What became of the device or of its file. */
  readonly deviceProblem?: Remark | undefined;
  /** Reported in JSON only, because it holds a session. */
  readonly openChallenge?: OpenChallenge | undefined;
  /** What the user can do, if the command knows better than the error. */
  readonly recovery?: Recovery | undefined;
}

/** An error, as `cause`, and what is reported with it. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
  readonly details: FailureDetails;

  constructor(cause: unknown, details: FailureDetails) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.details = details;
  }
}

/** @returns the same error with more to report, or the error itself if there is nothing more */
export function withDeviceProblem(error: unknown, deviceProblem: Remark | undefined): unknown {
  if (!deviceProblem) return error;
  const { cause, details } = readFailure(error);
  return new CommandFailure(cause, { ...details, deviceProblem });
}

/** Separates an error from what is reported with it. */
export function readFailure(error: unknown): { readonly cause: unknown; readonly details: FailureDetails } {
  return error instanceof CommandFailure
    ? { cause: error.cause, details: error.details }
    : { cause: error, details: {} };
}

export function toExitCode(error: unknown): number {
  const { cause } = readFailure(error);
  if (cause instanceof ServiceError) return EXIT_CODES.refused;
  if (cause instanceof UsageError || cause instanceof ArgumentError) return EXIT_CODES.wrongUsage;
  if (cause instanceof ProtocolError) return EXIT_CODES.noUsableAnswer;
  if (cause instanceof Interrupted) return EXIT_CODES.interrupted;
  return EXIT_CODES.fault;
}
