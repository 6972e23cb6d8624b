/** Reads flags. One table for each subcommand says what it accepts, and its --help is written from the same table. */
import { parseArgs } from 'node:util';
import { toUsageError, type UsageError } from '../failures.ts';
import { findClosestName } from './closest-name.ts';

export interface Flag {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  /** What --help shows in place of the value: `FILE`. */
  readonly placeholder?: string;
  /** What --help says about the flag. */
  readonly help: string;
  readonly required?: boolean;
  /** Default false: a flag that is given twice is refused. */
  readonly multiple?: boolean;
}

export type FlagTable = Readonly<Record<string, Flag>>;

/** The flags that were given. */
export interface Flags<Name extends string> {
  /** The values in their order. A boolean flag has one empty value. */
  readonly getAll: (name: Name) => readonly string[] | undefined;
  /** The value of a flag that can be given only once. */
  readonly get: (name: Name) => string | undefined;
  readonly has: (name: Name) => boolean;
}

/** The flags of every subcommand. */
export const COMMON_FLAGS = {
  json: { type: 'boolean', help: 'write JSON: the outcome to stdout, a failure to stderr' },
  help: { type: 'boolean', short: 'h', help: 'show this text' },
} as const satisfies FlagTable;

/**
 * Reads flags by their table. With --help among them, no flag is required.
 *
 * @throws UsageError USAGE_INVALID for what the table does not allow. It names flags and never quotes a value.
 */
export function parseFlags<const Table extends FlagTable>(
  args: readonly string[],
  table: Table,
): Flags<keyof Table & string> {
  // Strict parsing is off because its messages quote what was typed, which may be a secret in the wrong place.
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      Object.entries(table).map(([name, { type, short }]) => [name, { type, ...(short && { short }) }]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue;
    if (token.kind === 'positional') {
      throw toUsageError('There is an argument that does not belong to a flag; see --help');
    }
    const flag = Object.hasOwn(table, token.name) ? table[token.name] : undefined;
    if (!flag) throw describeUnknownFlag(token.name, token.rawName, Object.keys(table));
    checkFlagValue(flag, token.rawName, token.value, token.inlineValue === true);
    const earlier = values.get(token.name) ?? [];
    if (earlier.length > 0 && !flag.multiple) {
      throw toUsageError(`${token.rawName} can be given only once`);
    }
    values.set(token.name, [...earlier, token.value ?? '']);
  }
  if (!values.has('help')) checkRequiredFlags(table, values);
  return {
    getAll: (name) => values.get(name),
    get: (name) => values.get(name)?.[0],
    has: (name) => values.has(name),
  };
}

function checkFlagValue(flag: Flag, rawName: string, value: string | undefined, isInline: boolean): void {
  if (flag.type === 'boolean') {
    if (value !== undefined) throw toUsageError(`${rawName} does not take a value`);
    return;
  }
  if (value === undefined || value === '') throw toUsageError(`${rawName} needs a value`);
  // A flag that follows is more likely than a value that begins with "-".
  if (!isInline && value.startsWith('-') && value !== '-') {
    throw toUsageError(`${rawName} needs a value. If the value begins with "-", write ${rawName}=-…`);
  }
}

function checkRequiredFlags(table: FlagTable, values: ReadonlyMap<string, readonly string[]>): void {
  const missing = Object.entries(table).filter(([name, { required }]) => required && !values.has(name));
  if (missing.length === 0) return;
  const names = missing.map(([name, { placeholder }]) => `--${name} ${placeholder ?? ''}`);
  throw toUsageError(`The command needs ${names.join(', ')}; see --help`);
}

/** Flags that people try, and that must not exist: every process of the machine can read arguments. */
const SECRET_FLAGS: Readonly<Record<string, 'password' | 'client secret'>> = {
  p: 'password',
  pass: 'password',
  password: 'password',
  secret: 'client secret',
  'client-secret': 'client secret',
};

const SECRET_SOURCES = {
  password: 'Set COGNITO_PASSWORD, use --password-stdin, or type it at the prompt',
  'client secret': 'Set COGNITO_CLIENT_SECRET',
} as const;

function describeUnknownFlag(name: string, rawName: string, flagNames: readonly string[]): UsageError {
  const secret = Object.hasOwn(SECRET_FLAGS, name) ? SECRET_FLAGS[name] : undefined;
  if (secret !== undefined) {
    return toUsageError(
      `The ${secret} cannot be an argument, because other processes can read arguments. ${SECRET_SOURCES[secret]}`,
    );
  }
  const closest = findClosestName(name, flagNames);
  const hint = closest === undefined ? 'see --help' : `did you mean --${closest}?`;
  return toUsageError(`The flag ${rawName} does not exist; ${hint}`);
}

/**
 * @returns the value of the flag as a number
 * @throws UsageError USAGE_INVALID if it is not a decimal number from `min` to `max`
 */
export function readNumber<Name extends string>(
  flags: Flags<Name>,
  name: Name,
  { min, max, whole = false }: { readonly min: number; readonly max: number; readonly whole?: boolean },
): number | undefined {
  const text = flags.get(name);
  if (text === undefined) return undefined;
  const number = Number(text);
  const isInRange = /^\d*\.?\d+$/.test(text) && number >= min && number <= max;
  if (!isInRange || (whole && !Number.isInteger(number))) {
    throw toUsageError(`--${name} must be a ${whole ? 'whole ' : ''}number from ${min} to ${max}`);
  }
  return number;
}

/** Writes the lines of --help for a table. */
export function formatFlagHelp(table: FlagTable): string {
  const rows = Object.entries(table).map(([name, { short, placeholder, help }]) => {
    const shortForm = short ? `-${short}, ` : '';
    const value = placeholder ? ` ${placeholder}` : '';
    return { usage: `${shortForm}--${name}${value}`, help };
  });
  const width = Math.max(...rows.map(({ usage }) => usage.length));
  return rows.map(({ usage, help }) => `  ${usage.padEnd(width)}  ${help}`).join('\n');
}
