/** Reports a failure on standard error, as text or as JSON. */

import { ArgumentError, ProtocolError, type Recovery, ServiceError } from '../../index.ts';
import { textOfError } from '../../texts/index.ts';
import { Interrupted, OutputError, readFailure, UsageError } from '../failures.ts';
import type { Output } from '../io.ts';
import { formatDeviceProblem, toPrintable } from './printable-text.ts';
import { saidByService, texts } from './terminal-texts.ts';

/**
 * Writes the failure. With `json` it is one JSON object that has at least `code`, `name` and `message`, and also
 * `deviceProblem` and `challenge` if there are any.
 */
export function reportFailure(error: unknown, stderr: Output, { json }: { readonly json: boolean }): void {
  const { cause, details } = readFailure(error);
  // The person who pressed Ctrl-C knows that already.
  if (cause instanceof Interrupted) return;
  const { deviceProblem, openChallenge, recovery } = details;
  if (json) {
    stderr.write(`${JSON.stringify({ ...toJson(cause), ...openChallenge, deviceProblem })}\n`);
    return;
  }
  stderr.write(formatFailure(cause, recovery));
  if (deviceProblem) stderr.write(formatDeviceProblem(deviceProblem));
}

function toJson(error: unknown): object {
  if (error instanceof ServiceError || error instanceof ProtocolError) {
    const { code, name, recovery, operation, status, requestId } = error;
    return { code, name, message: describeError(error), requestId, operation, status, recovery };
  }
  if (error instanceof UsageError || error instanceof ArgumentError || error instanceof OutputError) {
    return { code: error.code, name: error.name, message: describeError(error) };
  }
  return { code: 'FAULT', name: 'Error', message: error instanceof Error ? error.message : String(error) };
}

const ADVICE: Readonly<Record<Recovery, string>> = {
  'answer-again': 'answer the challenge again',
  'start-again': 'sign in again',
  'request-new-code': 'request a new code',
  'try-later': 'try again later',
  'confirm-sign-up': 'confirm the sign-up of this user first',
  'reset-password': 'reset the password of this user first',
  'ask-administrator': 'ask the administrator of the user pool; signing in again does not help',
  'fix-configuration': 'check the flags, the app client and the user; signing in again does not help',
};

/** @param recovery what the user can do, if that differs from what the error says */
function formatFailure(error: unknown, recovery: Recovery | undefined): string {
  if (error instanceof ServiceError) {
    return formatLines(textOfError(error, texts), [
      ['reason', saidByService(error)],
      ['code', `${error.code} (${error.name})`],
      ['what to do', ADVICE[recovery ?? error.recovery]],
      ['request id', error.requestId],
    ]);
  }
  if (error instanceof ProtocolError) {
    return formatLines(`The service gave no usable answer: ${describeError(error)}`, [
      ['code', error.code],
      // A port that fetch refuses is not there later, either
      ['what to do', ADVICE[isBadPort(error.cause) ? 'fix-configuration' : (recovery ?? error.recovery)]],
      ['request id', error.requestId],
    ]);
  }
  if (error instanceof UsageError || error instanceof ArgumentError || error instanceof OutputError) {
    return formatLines(`cognito-srp: ${describeError(error)}`, []);
  }
  return `cognito-srp: the program has a fault\n${error instanceof Error ? error.stack : String(error)}\n`;
}

function formatLines(first: string, rows: readonly (readonly [string, string | undefined])[]): string {
  const lines = [toPrintable(first)];
  for (const [label, value] of rows) {
    if (value !== undefined) lines.push(`  ${label.padEnd(10)}  ${toPrintable(value)}`);
  }
  return `${lines.join('\n')}\n`;
}

function describeError(
  error: UsageError | ArgumentError | OutputError | ProtocolError | ServiceError,
): string {
  if (error instanceof ArgumentError) {
    const message = error.message.replace(
      /"(\w+)"/g,
      (quoted, field: string) => FLAG_OF_FIELD.get(field) ?? quoted,
    );
    return error.code === 'ENDPOINT_INSECURE' ? `${message}, or for the hosts of --allow-http` : message;
  }
  if (error instanceof ProtocolError) {
    const reason = findNetworkReason(error.cause);
    return reason === undefined ? error.message : `${error.message} (${reason})`;
  }
  return error.message;
}

/** The engine names its own options in its messages. The user knows them as flags. */
const FLAG_OF_FIELD: ReadonlyMap<string, string> = new Map([
  ['userPoolId', '--user-pool-id'],
  ['clientId', '--client-id'],
  ['clientSecret', 'COGNITO_CLIENT_SECRET'],
  ['region', '--region'],
  ['endpoint', '--endpoint'],
  ['username', '--username'],
  ['timeoutMs', '--timeout'],
]);

/** A DOMException among the causes is not an Error of every realm. */
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

function isBadPort(cause: unknown): boolean {
  for (let error = cause; isObject(error); error = error['cause']) {
    if (error['message'] === 'bad port') return true;
  }
  return false;
}

/** Finds `ECONNREFUSED`, `ENOTFOUND` and the like in an error of fetch. Its messages are left out: they quote addresses. */
function findNetworkReason(cause: unknown): string | undefined {
  for (let error = cause; isObject(error); error = error['cause']) {
    // undici's text for a proxy that does not open the tunnel
    const [, status] = /^Proxy response \((\d{3})\)/.exec(String(error['message'])) ?? [];
    if (status !== undefined) return `the proxy answered HTTP ${status}`;
    if (typeof error['code'] === 'string') return error['code'];
    if (error['message'] === 'bad port') return 'bad port: fetch refuses to use it, so choose another one';
  }
  return undefined;
}
