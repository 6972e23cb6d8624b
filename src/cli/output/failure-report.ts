/** Reports a failure on standard error, as text or as JSON. */

import { ArgumentError, ProtocolError, type Recovery, ServiceError } from '../../index.ts';
import { textOfError } from '../../texts/index.ts';
import { Interrupted, OutputError, readFailure, UsageError } from '../failures.ts';
import type { Io } from '../io.ts';
import { findNetworkReason } from './network-reasons.ts';
import { formatDeviceProblem, toPrintable } from './printable-text.ts';
import { type Styles, stylesFor } from './terminal-style.ts';
import { describeInvalidAnswer, saidByService, splitText, texts } from './terminal-texts.ts';

/**
 * Writes the failure. With `json` it is one JSON object that has at least `code`, `name` and `message`, and also
 * `deviceProblem` and `challenge` if there are any.
 */
export function reportFailure(
  error: unknown,
  { stderr, env }: Pick<Io, 'stderr' | 'env'>,
  { json }: { readonly json: boolean },
): void {
  const { cause, details } = readFailure(error);
  // The person who pressed Ctrl-C knows that already.
  if (cause instanceof Interrupted) return;
  const { deviceProblem, openChallenge, recovery } = details;
  if (json) {
    stderr.write(`${JSON.stringify({ ...toJson(cause), ...openChallenge, deviceProblem })}\n`);
    return;
  }
  const styles = stylesFor(stderr, env);
  stderr.write(formatFailure(cause, recovery, styles));
  if (deviceProblem) stderr.write(styles.remark(formatDeviceProblem(deviceProblem)));
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

/** What to do, where the text of the error does not say it. */
const ADVICE: Readonly<Record<Recovery, string>> = {
  'answer-again': 'Answer the challenge again.',
  'start-again': 'Sign in again.',
  'request-new-code': 'Request a new code.',
  'try-later': 'Wait a moment, then try again.',
  'confirm-sign-up': 'Confirm the sign-up of this user first.',
  'reset-password': 'Reset the password of this user first.',
  'ask-administrator': 'Ask the administrator of the user pool. Signing in again does not help.',
  'fix-configuration': 'Check the flags, the app client and the user pool. Signing in again does not help.',
};

/** @param recovery what the user can do, if that differs from what the error says */
function formatFailure(error: unknown, recovery: Recovery | undefined, styles: Styles): string {
  if (error instanceof ServiceError || error instanceof ProtocolError) {
    const { problem, reason, advice } = describeForPerson(error, recovery);
    const code = error instanceof ServiceError ? `${error.code} (${error.name})` : error.code;
    return formatLines(styles, problem, [
      ['reason', reason],
      ['what to do', advice],
      ['code', code],
      ['request id', error.requestId],
    ]);
  }
  if (error instanceof UsageError || error instanceof ArgumentError || error instanceof OutputError) {
    return formatLines(styles, `cognito-srp: ${describeError(error)}`, []);
  }
  return `${styles.failure('cognito-srp: the program has a fault')}\n${error instanceof Error ? error.stack : String(error)}\n`;
}

/** What has happened, why, and what to do: one piece of advice, which comes from whoever knows best. */
function describeForPerson(error: ServiceError | ProtocolError, recovery: Recovery | undefined) {
  const { problem, advice } = splitText(textOfError(error, texts));
  const network = error instanceof ProtocolError ? findNetworkReason(error.cause) : undefined;
  if (network && error.code === 'NETWORK_FAILED') {
    const whole = `${problem.slice(0, -1)}: ${network.reason}.`;
    return { problem: whole, reason: undefined, advice: network.advice };
  }
  const isAnsweredAgain = recovery === undefined && error.recovery === 'answer-again';
  const ownAdvice = recovery === undefined && !isAnsweredAgain ? advice : undefined;
  return {
    problem,
    reason: error instanceof ServiceError ? saidByService(error)?.trim() : error.message,
    advice: ownAdvice ?? ADVICE[recovery ?? error.recovery],
  };
}

function formatLines(
  styles: Styles,
  first: string,
  rows: readonly (readonly [string, string | undefined])[],
): string {
  const lines = [styles.failure(toPrintable(first))];
  for (const [label, value] of rows) {
    if (value !== undefined) lines.push(`  ${styles.label(label.padEnd(10))}  ${toPrintable(value)}`);
  }
  return `${lines.join('\n')}\n`;
}

function describeError(
  error: UsageError | ArgumentError | OutputError | ProtocolError | ServiceError,
): string {
  if (error instanceof ArgumentError) {
    if (error.code === 'ANSWER_INVALID') return describeInvalidAnswer(error);
    const message = error.message.replace(
      /"(\w+)"/g,
      (quoted, field: string) => FLAG_OF_FIELD.get(field) ?? quoted,
    );
    return error.code === 'ENDPOINT_INSECURE' ? `${message}, or for the hosts of --allow-http` : message;
  }
  if (error instanceof ProtocolError) {
    const { name } = findNetworkReason(error.cause) ?? {};
    return name === undefined ? error.message : `${error.message} (${name})`;
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
