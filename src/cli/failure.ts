/** What went wrong, as an exit code and as text or JSON on stderr. */
import { ArgumentError, type ChallengeCommon, ProtocolError, type Recovery, ServiceError } from '../index.ts';
import type { Output } from './io.ts';
import { deviceLine, printable, type Remark } from './output.ts';

export type UsageErrorCode =
  | 'USAGE_INVALID'
  | 'PASSWORD_MISSING'
  | 'SEED_UNREADABLE'
  | 'SEED_INVALID'
  | 'PORT_UNAVAILABLE'
  | 'CHALLENGE_UNREADABLE'
  | 'DEVICE_FILE_UNUSABLE'
  | 'NOT_SIGNED_IN'
  | 'DEVICE_MISSING';

/** The command was called wrongly; nothing was sent. The message never quotes a value that may be secret. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code: UsageErrorCode;

  constructor(code: UsageErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

export const wrongUsage = (message: string): UsageError => new UsageError('USAGE_INVALID', message);

/** Ctrl-C at the prompt. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** Standard output cannot be written, by a full disk most often: what the command did stands, its outcome is lost. */
export class OutputError extends Error {
  override readonly name = 'OutputError';
  readonly code = 'OUTPUT_UNWRITABLE';

  /** @param reason the system's: `ENOSPC` */
  constructor(reason: string) {
    super(`Standard output cannot be written (${reason}): the outcome is lost`);
  }
}

/** 1 refused, 2 wrong usage, 3 no usable answer, 130 interrupted; 70 (EX_SOFTWARE) for what else ends it. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof ServiceError) return 1;
  if (error instanceof UsageError || error instanceof ArgumentError) return 2;
  if (error instanceof ProtocolError) return 3;
  if (error instanceof Interrupted) return 130;
  return 70;
}

/** The failure, with what became of the device or its file to be told beside it. */
export function withDeviceProblem(error: unknown, deviceProblem: Remark | undefined): unknown {
  return error instanceof Error && deviceProblem ? Object.assign(error, { deviceProblem }) : error;
}

/** What a failed answer leaves: `respond` goes on with it, as with a step. */
export interface Waiting {
  readonly challenge: ChallengeCommon;
  /** As typed, where that is another name. */
  readonly alias: string | undefined;
}

/** The failure, with the challenge that is still good: in JSON only, for it holds a session. */
export function withChallenge(error: Error, waiting: Waiting): Error {
  return Object.assign(error, { waiting });
}

const besideOf = (error: unknown) =>
  error instanceof Error ? (error as { readonly deviceProblem?: Remark; readonly waiting?: Waiting }) : {};

/**
 * Writes the failure: with `json` exactly one JSON object, with at least `code`, `name` and `message`, and with
 * `deviceProblem` and `challenge` where there are any.
 */
export function reportFailure(error: unknown, stderr: Output, { json }: { readonly json: boolean }): void {
  // The person who pressed Ctrl-C knows.
  if (error instanceof Interrupted) return;
  const { deviceProblem, waiting } = besideOf(error);
  stderr.write(
    json
      ? `${JSON.stringify({ ...dataOf(error), ...waiting, deviceProblem })}\n`
      : `${textOf(error)}${deviceProblem ? deviceLine(deviceProblem) : ''}`,
  );
}

function dataOf(error: unknown): object {
  if (error instanceof ServiceError || error instanceof ProtocolError) {
    const { code, name, recovery, operation, status, requestId } = error;
    return { code, name, message: messageOf(error), requestId, operation, status, recovery };
  }
  if (error instanceof UsageError || error instanceof ArgumentError || error instanceof OutputError) {
    return { code: error.code, name: error.name, message: messageOf(error) };
  }
  return { code: 'FAULT', name: 'Error', message: error instanceof Error ? error.message : String(error) };
}

const WHAT_HELPS: Readonly<Record<Recovery, string>> = {
  'answer-again': 'answer the challenge once more',
  'start-again': 'sign in anew',
  'request-new-code': 'have a new code sent',
  'try-later': 'try again after a pause',
  'confirm-sign-up': 'the user has to confirm the sign-up first',
  'reset-password': 'the user has to reset the password first',
  'fix-configuration': 'check the flags, the app client and the user; signing in again does not help',
};

function textOf(error: unknown): string {
  if (error instanceof ServiceError) {
    return lines(`The service refused: ${error.message}`, [
      ['code', `${error.code} (${error.name})`],
      ['what helps', WHAT_HELPS[error.recovery]],
      ['request id', error.requestId],
    ]);
  }
  if (error instanceof ProtocolError) {
    return lines(`No usable answer: ${messageOf(error)}`, [
      ['code', error.code],
      ['what helps', WHAT_HELPS[error.recovery]],
      ['request id', error.requestId],
    ]);
  }
  if (error instanceof UsageError || error instanceof ArgumentError || error instanceof OutputError) {
    return lines(`cognito-srp: ${messageOf(error)}`, []);
  }
  return `cognito-srp: a fault in this program\n${error instanceof Error ? error.stack : String(error)}\n`;
}

function lines(first: string, rows: readonly (readonly [string, string | undefined])[]): string {
  const rest = rows.flatMap(([label, value]) =>
    value === undefined ? [] : [`  ${label.padEnd(11)} ${printable(value)}`],
  );
  return `${[printable(first), ...rest].join('\n')}\n`;
}

function messageOf(error: UsageError | ArgumentError | OutputError | ProtocolError | ServiceError): string {
  if (error instanceof ArgumentError) {
    return error.message.replace(/"(\w+)"/g, (quoted, field: string) => FLAG_OF_FIELD.get(field) ?? quoted);
  }
  if (error instanceof ProtocolError) {
    const reason = reasonOf(error.cause);
    return reason === undefined ? error.message : `${error.message} (${reason})`;
  }
  return error.message;
}

/** The engine names its own options; the person typed these. */
const FLAG_OF_FIELD: ReadonlyMap<string, string> = new Map([
  ['userPoolId', '--user-pool-id'],
  ['clientId', '--client-id'],
  ['clientSecret', 'COGNITO_CLIENT_SECRET'],
  ['region', '--region'],
  ['endpoint', '--endpoint'],
  ['username', '--username'],
  ['timeoutMs', '--timeout'],
]);

/** `ECONNREFUSED`, `ENOTFOUND`, … from the depths of fetch's error. Only the code: texts quote addresses. */
function reasonOf(cause: unknown): string | undefined {
  for (let error = cause; error instanceof Error; error = error.cause) {
    if ('code' in error && typeof error.code === 'string') return error.code;
    if (error.message === 'bad port') return 'bad port: fetch never asks this one, take another';
  }
  return undefined;
}
