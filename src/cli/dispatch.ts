/** Finds the subcommand that the arguments name, runs it, and turns what it throws into an exit code. */
import { devicesCommand } from './commands/devices-command.ts';
import { passkeysCommand } from './commands/passkeys-command.ts';
import { respondCommand } from './commands/respond-command.ts';
import { sessionsCommand } from './commands/sessions-command.ts';
import { signInCommand } from './commands/sign-in-command.ts';
import { refreshCommand, signOutCommand } from './commands/tokens-command.ts';
import { EXIT_CODE_HELP, EXIT_CODES } from './exit-codes.ts';
import { toExitCode, toUsageError } from './failures.ts';
import { findClosestName } from './input/closest-name.ts';
import type { Io } from './io.ts';
import { reportFailure } from './output/failure-report.ts';

/** @returns the exit code */
type Command = (args: readonly string[], io: Io) => Promise<number>;

const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ['sign-in', signInCommand],
  ['respond', respondCommand],
  ['refresh', refreshCommand],
  ['sign-out', signOutCommand],
  ['devices', devicesCommand],
  ['passkeys', passkeysCommand],
  ['sessions', sessionsCommand],
]);

const COMMAND_NAMES = [...COMMANDS.keys()];

const HELP = `Usage: cognito-srp COMMAND [FLAGS]

  sign-in   sign in to a user pool
  respond   answer a challenge that sign-in has written
  refresh   get new tokens for a sign-in that --device has stored
  sign-out  end a sign-in that --device has stored
  devices   list, forget or remember the devices of a user
  passkeys  list or delete the passkeys of a user, or turn them on as both factors
  sessions  list or revoke the sessions of a user

  cognito-srp COMMAND --help   show the flags of a command
  cognito-srp --version        show the version

${EXIT_CODE_HELP}`;

/**
 * Runs the command. It never throws: a failure is written to `io.stderr`, with `--json` as one JSON object.
 *
 * @param argv without the interpreter and the script: `['sign-in', '--json', …]`
 * @returns the exit code
 */
export async function dispatch(argv: readonly string[], io: Io): Promise<number> {
  const [name, ...args] = argv;
  if (name === undefined) {
    io.stderr.write(HELP);
    return EXIT_CODES.wrongUsage;
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    io.stdout.write(HELP);
    return EXIT_CODES.done;
  }
  if (name === '--version') {
    io.stdout.write(`${io.version}\n`);
    return EXIT_CODES.done;
  }
  try {
    return await findCommand(name)(args, io);
  } catch (error) {
    reportFailure(error, io, { json: argv.includes('--json') });
    return toExitCode(error);
  }
}

/** @throws UsageError USAGE_INVALID, without quoting the name: it may be a secret in the wrong place */
function findCommand(name: string): Command {
  const command = COMMANDS.get(name);
  if (command) return command;
  if (name === 'pool') {
    throw toUsageError(
      'The local user pool is a package of its own: run "npx cognito-local-pool" with the same flags',
    );
  }
  if (name.startsWith('-')) {
    throw toUsageError(
      `The command must come before the flags: cognito-srp COMMAND [FLAGS]; ${ALL_COMMANDS}`,
    );
  }
  const closest = findClosestName(name, COMMAND_NAMES);
  const hint = closest === undefined ? ALL_COMMANDS : `did you mean "${closest}"?`;
  throw toUsageError(`This command does not exist; ${hint}`);
}

const ALL_COMMANDS = `the commands are ${COMMAND_NAMES.join(', ')}`;
