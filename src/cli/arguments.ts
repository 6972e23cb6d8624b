/** Flags: one table per subcommand says what is accepted, and its --help is written from the same table. */
import { parseArgs } from 'node:util';
import { type UsageError, wrongUsage } from './failure.ts';

export interface Flag {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  /** Stands for the value in --help: `FILE`. */
  readonly placeholder?: string;
  /** Line of --help; a flag without one is accepted but not listed. */
  readonly help?: string;
  readonly required?: boolean;
  /** Default false: given twice, it is refused. */
  readonly multiple?: boolean;
}

export type Flags = Readonly<Record<string, Flag>>;

/** Flag → the values it was given; booleans have one empty value. */
export interface Values<Name extends string> {
  readonly get: (name: Name) => readonly string[] | undefined;
  readonly has: (name: Name) => boolean;
}

/** What every subcommand takes. */
export const COMMON_FLAGS = {
  json: { type: 'boolean', help: 'write JSON: the outcome on stdout, a failure on stderr' },
  help: { type: 'boolean', short: 'h', help: 'this text' },
} as const satisfies Flags;

/** Flags that people try and that must not be: arguments can be read by every process of the machine. */
const SECRETS: Readonly<Record<string, string>> = {
  p: 'password',
  pass: 'password',
  password: 'password',
  secret: 'client secret',
  'client-secret': 'client secret',
};

const SECRET_SOURCES: Readonly<Record<string, string>> = {
  password: 'set COGNITO_PASSWORD, use --password-stdin, or type it at the prompt',
  'client secret': 'set COGNITO_CLIENT_SECRET',
};

/**
 * Reads flags by their table. With --help among them, nothing is required.
 *
 * @throws UsageError for what the table does not allow. It names flags and never quotes a value.
 */
export function parseFlags<const Table extends Flags>(
  args: readonly string[],
  table: Table,
): Values<keyof Table & string> {
  // Not strict: strict messages quote what was typed, and that may be a secret in the wrong place.
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
    if (token.kind === 'positional') throw wrongUsage('There is an argument that belongs to no flag');
    const flag = Object.hasOwn(table, token.name) ? table[token.name] : undefined;
    if (!flag) throw unknownFlag(token.name, token.rawName, Object.keys(table));
    if (flag.type === 'boolean' && token.value !== undefined)
      throw wrongUsage(`${token.rawName} takes no value`);
    if (flag.type === 'string') checkValue(token.rawName, token.value, token.inlineValue === true);
    const earlier = values.get(token.name) ?? [];
    if (earlier.length > 0 && !flag.multiple) throw wrongUsage(`${token.rawName} may be given once only`);
    values.set(token.name, [...earlier, token.value ?? '']);
  }
  if (!values.has('help')) {
    const missing = Object.keys(table).filter((name) => table[name]?.required && !values.has(name));
    if (missing.length > 0) {
      throw wrongUsage(
        `Missing: ${missing.map((name) => `--${name} ${table[name]?.placeholder ?? ''}`).join(', ')}`,
      );
    }
  }
  return { get: (name) => values.get(name), has: (name) => values.has(name) };
}

function checkValue(rawName: string, value: string | undefined, inline: boolean): void {
  if (value === undefined || value === '') throw wrongUsage(`${rawName} needs a value`);
  if (!inline && value.startsWith('-') && value !== '-') {
    throw wrongUsage(`${rawName} needs a value; one that starts with "-" is written ${rawName}=-…`);
  }
}

function unknownFlag(name: string, rawName: string, known: readonly string[]): UsageError {
  const secret = Object.hasOwn(SECRETS, name) ? SECRETS[name] : undefined;
  if (secret !== undefined) {
    return wrongUsage(
      `The ${secret} is never taken from an argument, where other processes can read it: ${SECRET_SOURCES[secret]}`,
    );
  }
  const meant = nearest(name, known);
  return wrongUsage(`Unknown flag ${rawName}${meant ? `; did you mean --${meant}?` : '; see --help'}`);
}

/** The only value of a flag. */
export function single<Name extends string>(values: Values<Name>, name: Name): string | undefined {
  return values.get(name)?.[0];
}

/**
 * @returns the flag's value as a number
 * @throws UsageError where it is not a decimal number from `min` to `max`
 */
export function numberOf<Name extends string>(
  values: Values<Name>,
  name: Name,
  { min, max, whole = false }: { readonly min: number; readonly max: number; readonly whole?: boolean },
): number | undefined {
  const text = single(values, name);
  if (text === undefined) return undefined;
  const number = Number(text);
  const fits = /^\d*\.?\d+$/.test(text) && number >= min && number <= max;
  if (!fits || (whole && !Number.isInteger(number))) {
    throw wrongUsage(`--${name} must be a ${whole ? 'whole ' : ''}number from ${min} to ${max}`);
  }
  return number;
}

/** The lines of --help for a table. */
export function flagLines(table: Flags): string {
  const rows = Object.entries(table).flatMap(([name, { short, placeholder, help }]) => {
    if (help === undefined) return [];
    const flag = `${short ? `-${short}, ` : ''}--${name}${placeholder ? ` ${placeholder}` : ''}`;
    return [[flag, help] as const];
  });
  const width = Math.max(...rows.map(([flag]) => flag.length));
  return rows.map(([flag, help]) => `  ${flag.padEnd(width)}  ${help}`).join('\n');
}

/** The name that was probably meant, or undefined when none is close. */
export function nearest(typed: string, names: readonly string[]): string | undefined {
  const [best] = names
    .map((name) => ({ name, edits: editDistance(typed, name) }))
    .sort((a, b) => a.edits - b.edits);
  return best && best.edits <= Math.max(1, Math.floor(best.name.length / 3)) ? best.name : undefined;
}

/** Levenshtein distance. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
