/** Runs a command that has actions for the user whose sign-in a device file stores: `devices list`, `sessions revoke`. */
import { EXIT_CODES } from '../exit-codes.ts';
import { toUsageError } from '../failures.ts';
import { COMMON_FLAGS, type Flags, type FlagTable, parseFlags } from '../input/flags.ts';
import type { Io } from '../io.ts';
import { formatDeviceProblem, toPrintable } from '../output/printable-text.ts';
import type { DeviceFileProblem } from '../stored/device-file.ts';
import { openStoredSignIn, STORED_SIGN_IN_FLAGS, type StoredSignIn } from '../stored/stored-sign-in.ts';

type CommonName = keyof typeof STORED_SIGN_IN_FLAGS | keyof typeof COMMON_FLAGS;

/** The flags of the command itself, between those of every such command. */
export const withStoredFlags = <const Own extends FlagTable>(own: Own) =>
  ({ ...STORED_SIGN_IN_FLAGS, ...own, ...COMMON_FLAGS }) as const;

export const STORED_EXIT_CODES = `Exit codes:
   0  the command did what it was asked to do
   1  the service refused the request
   2  the command was called wrongly, or FILE has no sign-in
   3  the service gave no usable answer
`;

export interface ActionOutcome {
  readonly json: object;
  readonly lines: readonly string[];
  /** Why new tokens could not be stored. */
  readonly problem: DeviceFileProblem | undefined;
}

export interface ActionCommand<Name extends string> {
  readonly name: string;
  readonly help: string;
  readonly flags: FlagTable & { readonly [Flag in Name]: FlagTable[string] };
  readonly actions: ReadonlyMap<string, (stored: StoredSignIn, flags: Flags<Name>) => Promise<ActionOutcome>>;
  /** Refuses values of flags before the file is opened. */
  readonly checkFlags?: (flags: Flags<Name>) => void;
}

/** @returns the exit code */
export async function runActionCommand<Name extends string>(
  command: ActionCommand<Name | CommonName>,
  args: readonly string[],
  io: Io,
): Promise<number> {
  const { help, actions, checkFlags } = command;
  const [name = '', ...rest] = args;
  if (name === '-h' || name === '--help') {
    io.stdout.write(help);
    return EXIT_CODES.done;
  }
  const action = actions.get(name);
  if (!action) {
    throw toUsageError(`"cognito-srp ${command.name}" needs an action: ${[...actions.keys()].join(', ')}`);
  }
  const flags: Flags<Name | CommonName> = parseFlags(rest, command.flags);
  if (flags.has('help')) {
    io.stdout.write(help);
    return EXIT_CODES.done;
  }
  checkFlags?.(flags);
  const stored = await openStoredSignIn(flags, io);
  const { json, lines, problem } = await action(stored, flags);
  if (flags.has('json')) {
    io.stdout.write(`${JSON.stringify({ ...json, deviceProblem: problem })}\n`);
    return EXIT_CODES.done;
  }
  if (problem) io.stderr.write(formatDeviceProblem(problem));
  io.stdout.write(`${lines.map(toPrintable).join('\n')}\n`);
  return EXIT_CODES.done;
}

/** @throws UsageError USAGE_INVALID */
export function requireFlag<Name extends string>(flags: Flags<Name>, name: Name): string {
  const value = flags.get(name);
  if (value === undefined) throw toUsageError(`The command needs --${name}; see --help`);
  return value;
}
