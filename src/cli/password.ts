/** Where the password comes from: the environment, standard input, or a prompt that shows nothing. */
import { askLine } from './ask.ts';
import { readUpTo } from './bounded-read.ts';
import { UsageError } from './failure.ts';
import type { Input, Io, Output } from './io.ts';
import { printable } from './output.ts';

/**
 * `--password-stdin` comes before COGNITO_PASSWORD, and that before the prompt.
 *
 * @throws UsageError PASSWORD_MISSING where there is none
 * @throws Interrupted for Ctrl-C at the prompt
 */
export async function readPassword(
  { stdin, stderr, env }: Pick<Io, 'stdin' | 'stderr' | 'env'>,
  { fromStdin, username }: { readonly fromStdin: boolean; readonly username: string },
): Promise<string> {
  if (fromStdin) {
    if (stdin.isTTY) throw missing('--password-stdin reads from a pipe or a file; a terminal would show it');
    const bytes = await readUpTo(stdin, MAX_BYTES);
    if (!bytes) throw missing(`Standard input is longer than ${MAX_BYTES} bytes: not a password`);
    return passwordOf(bytes);
  }
  if (env['COGNITO_PASSWORD']) return env['COGNITO_PASSWORD'];
  if (!stdin.isTTY) {
    throw missing('No password: set COGNITO_PASSWORD, or pipe it in with --password-stdin');
  }
  return promptPassword(stdin, stderr, `Password for ${printable(username)}: `);
}

/** Cognito takes up to 256 characters; more than this is another file. */
const MAX_BYTES = 4096;

function passwordOf(bytes: Buffer): string {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw missing('Standard input is not UTF-8');
  }
  // What `echo` and editors add
  const password = text.replace(/\r?\n$/, '');
  if (password === '') throw missing('Standard input is empty: no password');
  if (/[\r\n]/.test(password))
    throw missing('Standard input has more than one line: it must be the password');
  return password;
}

/**
 * Asks at a terminal. Nothing typed is shown; the terminal is as before when this settles.
 *
 * @throws Interrupted for Ctrl-C
 * @throws UsageError PASSWORD_MISSING for an empty line or the end of input
 */
export async function promptPassword(input: Input, output: Output, question: string): Promise<string> {
  const typed = await askLine(input, output, question, { secret: true });
  if (typed === undefined) throw missing('No password: standard input has ended');
  if (typed === '') throw missing('No password');
  return typed;
}

/** The password of one run, read once and only when it is needed. */
export interface PasswordSource {
  /** @throws UsageError PASSWORD_MISSING, as `readPassword` */
  readonly required: () => Promise<string>;
  /** Undefined where nothing but a prompt could give one, and there is none. */
  readonly ifAny: () => Promise<string | undefined>;
  /** Whether there is one without asking a person. */
  readonly isGiven: boolean;
}

/** @param asks whether `ifAny` may ask at the terminal */
export function passwordSource(
  io: Pick<Io, 'stdin' | 'stderr' | 'env'>,
  { asks, ...from }: { readonly fromStdin: boolean; readonly username: string; readonly asks: boolean },
): PasswordSource {
  let reading: Promise<string> | undefined;
  const required = () => {
    reading ??= readPassword(io, from);
    return reading;
  };
  const isGiven = from.fromStdin || Boolean(io.env['COGNITO_PASSWORD']);
  return {
    required,
    ifAny: async () => (isGiven || reading || asks ? required() : undefined),
    isGiven,
  };
}

const missing = (message: string) => new UsageError('PASSWORD_MISSING', message);
