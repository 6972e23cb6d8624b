/** The flags of the command. Its --help is written from the same table. */
import { parseArgs } from 'node:util';
import { toUsageError } from './usage-error.ts';

interface Flag {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  /** What --help shows in place of the value: `FILE`. */
  readonly placeholder?: string;
  /** What --help says about the flag. */
  readonly help: string;
  /** Default false: a flag that is given twice is refused. */
  readonly multiple?: boolean;
}

const FLAGS = {
  port: { type: 'string', placeholder: 'PORT', help: 'port to listen on; default: a free port' },
  host: {
    type: 'string',
    placeholder: 'ADDRESS',
    help: 'address to listen on, such as 0.0.0.0; default: 127.0.0.1',
  },
  'allow-host': {
    type: 'string',
    placeholder: 'NAME',
    multiple: true,
    help: 'host name under which other machines may read codes and reset',
  },
  seed: { type: 'string', placeholder: 'FILE', help: 'JSON with the pools, their app clients and users' },
  data: { type: 'string', placeholder: 'DIR', help: 'folder that keeps everything; default: memory alone' },
  triggers: {
    type: 'string',
    placeholder: 'FILE',
    help: 'module that exports Lambda triggers, named as in LambdaConfig',
  },
  'lambda-endpoint': {
    type: 'string',
    placeholder: 'URL',
    help: 'Lambda API that runs the functions of LambdaConfig',
  },
  quiet: { type: 'boolean', help: 'do not write a line for each request to stderr' },
  log: {
    type: 'string',
    placeholder: 'FORM',
    help: 'how these lines are written: text or json; default: text',
  },
  json: { type: 'boolean', help: 'write JSON: where the pool answers to stdout, a failure to stderr' },
  version: { type: 'boolean', help: 'show the version' },
  help: { type: 'boolean', short: 'h', help: 'show this text' },
} as const satisfies Readonly<Record<string, Flag>>;

export type FlagName = keyof typeof FLAGS;

/** The flags that were given. */
export interface Flags {
  readonly has: (name: FlagName) => boolean;
  /** The value of a flag that can be given only once. A boolean flag has an empty one. */
  readonly get: (name: FlagName) => string | undefined;
  /** The values in their order. */
  readonly getAll: (name: FlagName) => readonly string[];
}

const FLAG_TABLE: Readonly<Record<string, Flag>> = FLAGS;
const isFlag = (name: string): name is FlagName => Object.hasOwn(FLAGS, name);

/** @throws UsageError USAGE_INVALID. It names flags and never quotes a value, which may be a secret in the wrong place. */
export function parseFlags(args: readonly string[]): Flags {
  const options = Object.fromEntries(
    Object.entries(FLAG_TABLE).map(([name, { type, short }]) => [name, { type, ...(short && { short }) }]),
  );
  // Strict parsing is off because its messages quote what was typed
  const { tokens } = parseArgs({
    args: [...args],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values = new Map<FlagName, readonly string[]>();
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue;
    if (token.kind === 'positional') {
      throw toUsageError('There is an argument that does not belong to a flag; see --help');
    }
    const { name, rawName, value, inlineValue } = token;
    if (!isFlag(name)) throw toUsageError(`The flag ${rawName} does not exist; the flags are ${FLAG_NAMES}`);
    const flag: Flag = FLAGS[name];
    checkValue(flag, rawName, value, inlineValue === true);
    const earlier = values.get(name) ?? [];
    if (earlier.length > 0 && !flag.multiple) throw toUsageError(`${rawName} can be given only once`);
    values.set(name, [...earlier, value ?? '']);
  }
  return {
    has: (name) => values.has(name),
    get: (name) => values.get(name)?.[0],
    getAll: (name) => values.get(name) ?? [],
  };
}

const FLAG_NAMES = Object.keys(FLAGS)
  .map((name) => `--${name}`)
  .join(', ');

function checkValue({ type }: Flag, rawName: string, value: string | undefined, isInline: boolean): void {
  if (type === 'boolean') {
    if (value !== undefined) throw toUsageError(`${rawName} does not take a value`);
    return;
  }
  if (value === undefined || value === '') throw toUsageError(`${rawName} needs a value`);
  // A flag that follows is more likely than a value that begins with "-"
  if (!isInline && value.startsWith('-')) {
    throw toUsageError(`${rawName} needs a value. If the value begins with "-", write ${rawName}=-…`);
  }
}

/**
 * @returns the value of the flag as a number, or undefined if it was not given
 * @throws UsageError USAGE_INVALID if it is not a whole number from `min` to `max`
 */
export function readWholeNumber(
  flags: Flags,
  name: FlagName,
  { min, max }: { readonly min: number; readonly max: number },
): number | undefined {
  const text = flags.get(name);
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < min || number > max) {
    throw toUsageError(`--${name} must be a whole number from ${min} to ${max}`);
  }
  return number;
}

/** Writes the lines of --help. */
export function formatFlagHelp(): string {
  const rows = Object.entries(FLAG_TABLE).map(([name, { short, placeholder, help }]) => {
    const shortForm = short ? `-${short}, ` : '';
    const value = placeholder ? ` ${placeholder}` : '';
    return { usage: `${shortForm}--${name}${value}`, help };
  });
  const width = Math.max(...rows.map(({ usage }) => usage.length));
  return rows.map(({ usage, help }) => `  ${usage.padEnd(width)}  ${help}`).join('\n');
}
