/** Reads the password from the environment, from standard input, or from a prompt that shows nothing. */
import { UsageError } from '../failures.ts';
import type { Input, Io, Output } from '../io.ts';
import { toPrintable } from '../output/printable-text.ts';
import { readUpTo } from './bounded-read.ts';
import { askLine } from './prompt.ts';

/**
 * Reads the password from `--password-stdin`. Without that flag it comes from COGNITO_PASSWORD, then from the prompt.
 *
 * @throws UsageError PASSWORD_MISSING if there is none
 * @throws Interrupted for Ctrl-C at the prompt
 */
export async function readPassword(
  { stdin, stderr, env }: Pick<Io, 'stdin' | 'stderr' | 'env'>,
  { fromStdin, username }: { readonly fromStdin: boolean; readonly username: string },
): Promise<string> {
  if (fromStdin) return readPasswordFromStdin(stdin);
  if (env['COGNITO_PASSWORD']) return env['COGNITO_PASSWORD'];
  if (!stdin.isTTY) {
    throw toMissing('There is no password. Set COGNITO_PASSWORD, or pipe it in with --password-stdin');
  }
  return promptPassword(stdin, stderr, `Password for ${toPrintable(username)}: `);
}

/** A password of Cognito has at most 256 characters, so more than this is something else. */
const MAX_BYTES = 4096;

async function readPasswordFromStdin(stdin: Input): Promise<string> {
  if (stdin.isTTY) {
    throw toMissing('--password-stdin reads a pipe or a file, because a terminal would show the password');
  }
  const bytes = await readUpTo(stdin, MAX_BYTES);
  if (!bytes) throw toMissing(`Standard input is longer than ${MAX_BYTES} bytes, so it is not a password`);
  return decodePassword(bytes);
}

function decodePassword(bytes: Buffer): string {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw toMissing('Standard input is not UTF-8');
  }
  // `echo` and editors add a newline at the end.
  const password = text.replace(/\r?\n$/, '');
  if (password === '') throw toMissing('Standard input is empty, so there is no password');
  if (/[\r\n]/.test(password)) {
    throw toMissing('Standard input has more than one line, but it must hold the password alone');
  }
  return password;
}

/**
 * Asks at a terminal. Nothing that is typed is shown. The terminal is as it was before when this settles.
 *
 * @throws Interrupted for Ctrl-C
 * @throws UsageError PASSWORD_MISSING for an empty line or the end of input
 */
export async function promptPassword(input: Input, output: Output, question: string): Promise<string> {
  const typed = await askLine(input, output, question, { secret: true });
  if (typed === undefined) throw toMissing('No password was typed, because standard input has ended');
  if (typed === '') throw toMissing('No password was typed');
  return typed;
}

/** The password of one run. It is read once, and only when it is needed. */
export interface PasswordSource {
  /** @throws UsageError PASSWORD_MISSING, as `readPassword` does */
  readonly readRequired: () => Promise<string>;
  /** @returns undefined if only a person could give the password and nobody can be asked */
  readonly readIfAvailable: () => Promise<string | undefined>;
  /** Whether the password is there without asking a person. */
  readonly isGiven: boolean;
}

/** @param options.canAskPerson whether `readIfAvailable` may ask at the terminal */
export function createPasswordSource(
  io: Pick<Io, 'stdin' | 'stderr' | 'env'>,
  {
    fromStdin,
    username,
    canAskPerson,
  }: { readonly fromStdin: boolean; readonly username: string; readonly canAskPerson: boolean },
): PasswordSource {
  let password: Promise<string> | undefined;
  const readRequired = () => {
    password ??= readPassword(io, { fromStdin, username });
    return password;
  };
  const isGiven = fromStdin || Boolean(io.env['COGNITO_PASSWORD']);
  return {
    readRequired,
    readIfAvailable: async () => (isGiven || password || canAskPerson ? readRequired() : undefined),
    isGiven,
  };
}

const toMissing = (message: string) => new UsageError('PASSWORD_MISSING', message);
