/** From the arguments to a subcommand, and from what it throws to an exit code. */
import { nearest } from './arguments.ts';
import { devicesCommand } from './devices-command.ts';
import { exitCodeOf, reportFailure, wrongUsage } from './failure.ts';
import type { Io } from './io.ts';
import { poolCommand } from './pool-command.ts';
import { respondCommand } from './respond-command.ts';
import { signInCommand } from './sign-in-command.ts';
import { refreshCommand, signOutCommand } from './tokens-command.ts';

/** @returns the exit code */
type Command = (args: readonly string[], io: Io) => Promise<number>;

const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ['pool', poolCommand],
  ['sign-in', signInCommand],
  ['respond', respondCommand],
  ['refresh', refreshCommand],
  ['sign-out', signOutCommand],
  ['devices', devicesCommand],
]);

const NAMES = [...COMMANDS.keys()].join(', ');

const USAGE = `Usage: cognito-srp COMMAND [FLAGS]

  pool      serve a local user pool to develop and test against
  sign-in   sign in to a user pool, over SRP unless --flow says otherwise
  respond   answer a challenge that sign-in has written
  refresh   new tokens for a sign-in that was kept with --device
  sign-out  end it
  devices   list, forget or remember devices

  cognito-srp COMMAND --help   the flags of a command
  cognito-srp --version

Exit codes: 0 done, 1 refused by the service, 2 wrong usage, 3 no usable answer, 4 a challenge waits for an
answer, 70 standard output cannot be written or a fault in this program, 130 interrupted at the prompt.
`;

/**
 * Runs the command. It never throws: failures are written to `io.stderr`, with `--json` as one JSON object.
 *
 * @param argv without the interpreter and the script: `['sign-in', '--json', …]`
 * @returns the exit code
 */
export async function dispatch(argv: readonly string[], io: Io): Promise<number> {
  const [name, ...args] = argv;
  if (name === undefined) {
    io.stderr.write(USAGE);
    return 2;
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    io.stdout.write(USAGE);
    return 0;
  }
  if (name === '--version') {
    io.stdout.write(`${io.version}\n`);
    return 0;
  }
  try {
    return await commandOf(name)(args, io);
  } catch (error) {
    reportFailure(error, io.stderr, { json: argv.includes('--json') });
    return exitCodeOf(error);
  }
}

function commandOf(name: string): Command {
  const command = COMMANDS.get(name);
  if (command) return command;
  if (name.startsWith('-')) {
    throw wrongUsage(`The command comes first: cognito-srp ${NAMES}`);
  }
  const meant = nearest(name, [...COMMANDS.keys()]);
  throw wrongUsage(
    `There is no such command${meant ? `; did you mean "${meant}"?` : `: the commands are ${NAMES}`}`,
  );
}
