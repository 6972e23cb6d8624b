/** Writes the lines of the log: one for each request, as text or as JSON. */
import type { LogEntry } from '../index.ts';
import { toPrintable } from './printable-text.ts';

/** The values of --log. */
export type LogForm = 'text' | 'json';

/** `12:34:56 InitiateAuth us-east-1_LocalPool alice 200 12 ms`, and what was refused or sent. The time is UTC. */
function formatText({ at, ms, operation, userPoolId, username, status, ...refusal }: LogEntry): string {
  const words = [
    new Date(at).toISOString().slice(11, 19),
    operation,
    userPoolId ?? '-',
    username ?? '-',
    status ?? 'no reply',
    `${Math.round(ms)} ms`,
    ...formatRefusal(refusal),
    ...refusal.codes.map(formatMessage),
  ];
  return words.join(' ');
}

function formatRefusal({ error, message, reason }: Pick<LogEntry, 'error' | 'message' | 'reason'>): string[] {
  const text = message === undefined ? error : `${error}: ${message}`;
  return [...(text === undefined ? [] : [text]), ...(reason === undefined ? [] : [`(${reason})`])];
}

/** `| ConfirmSignUp 123456 by EMAIL to alice@example.com` */
const formatMessage = ({ purpose, code, medium, to }: LogEntry['codes'][number]): string =>
  `| ${purpose} ${code} by ${medium} to ${to}`;

const formatJson = ({ at, ms, ...entry }: LogEntry): string =>
  JSON.stringify({ time: new Date(at).toISOString(), ms: Math.round(ms * 10) / 10, ...entry });

/** @returns the line of a request, with its end */
export const formatLogLine = (entry: LogEntry, form: LogForm): string =>
  `${form === 'json' ? formatJson(entry) : toPrintable(formatText(entry))}\n`;

/** @returns the line of a warning, with its end */
export const formatWarning = (message: string, form: LogForm): string =>
  form === 'json'
    ? `${JSON.stringify({ warning: message })}\n`
    : `cognito-local-pool: ${toPrintable(message)}\n`;
