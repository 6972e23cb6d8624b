/** Turns values into texts for a terminal or a shell. */
import type { Remark } from '../failures.ts';

/**
 * Makes a text harmless for a terminal. What a service sent may hold control characters, or characters that change
 * the direction of writing.
 */
export function toPrintable(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu, '�');
}

/** Quotes a text where a shell needs that, so that a line can be copied. */
export function toShellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** Formats what became of a device as one line of standard error. */
export const formatDeviceProblem = ({ code, message }: Remark): string =>
  `Device: ${toPrintable(message)} (${code})\n`;

/** Longer values are cut off, so that a row stays readable. */
const MAX_VALUE_LENGTH = 120;

/** Formats rows of a name and a value as two columns. */
export function formatColumns(rows: readonly (readonly [name: string, value: string])[]): string[] {
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `  ${name.padEnd(width)}  ${shortenValue(value)}`);
}

function shortenValue(value: string): string {
  if (value.length <= MAX_VALUE_LENGTH) return value;
  return `${value.slice(0, MAX_VALUE_LENGTH)}… (${value.length} characters)`;
}

/** 3600 → `1 h`, 5400 → `1 h 30 min`, 59 → `59 s`. */
export function formatDuration(seconds: number): string {
  const units = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor((seconds % 3600) / 60), 'min'],
    [seconds % 60, 's'],
  ] as const;
  const parts = units.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`);
  return parts.join(' ') || '0 s';
}

/**
 * Formats a moment in UTC, to the second: `2026-09-04T03:05:09Z`.
 *
 * @param time milliseconds since the epoch. A service may send any number, and Date holds only some.
 */
export function formatTime(time: number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? 'unknown' : date.toISOString().replace(/\.\d+Z$/, 'Z');
}
