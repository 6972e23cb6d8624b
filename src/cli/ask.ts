/** Questions at a terminal: a line, shown or not while it is typed; a choice; yes or no. */
import { StringDecoder } from 'node:string_decoder';
import { Interrupted } from './failure.ts';
import type { Input, Output } from './io.ts';
import { printable } from './output.ts';

/**
 * Asks for one line. The terminal is as before when this settles.
 *
 * @param output where the question is written: standard error, so that standard output holds the outcome alone
 * @param options.secret shows nothing of what is typed
 * @returns '' for an empty line, undefined for the end of input
 * @throws Interrupted for Ctrl-C
 */
export async function askLine(
  input: Input,
  output: Output,
  question: string,
  { secret }: { readonly secret: boolean },
): Promise<string | undefined> {
  // First: who types as soon as the question shows would see the terminal echo it
  input.setRawMode?.(true);
  try {
    output.write(question);
    return await typedLine(input, secret ? () => {} : (text) => output.write(text));
  } finally {
    input.setRawMode?.(false);
    input.pause();
    output.write('\n');
  }
}

/**
 * Has one of the options chosen, by its number or its name. A single option needs no question.
 *
 * @returns undefined for an empty line and the end of input
 */
export async function askChoice(
  input: Input,
  output: Output,
  question: string,
  options: readonly string[],
): Promise<string | undefined> {
  const [only, ...others] = options;
  if (others.length === 0) return only;
  const rows = options.map((option, i) => `  ${i + 1}  ${printable(option)}\n`);
  for (;;) {
    output.write(rows.join(''));
    const typed = (await askLine(input, output, `${question}, 1 to ${options.length}: `, { secret: false }))
      ?.trim()
      .toUpperCase();
    if (!typed) return undefined;
    const chosen = options.find((option, i) => typed === String(i + 1) || typed === option.toUpperCase());
    if (chosen !== undefined) return chosen;
  }
}

/** @returns false for everything but y or yes */
export async function askYes(input: Input, output: Output, question: string): Promise<boolean> {
  const typed = await askLine(input, output, `${question} [y/N] `, { secret: false });
  return /^\s*y(es)?\s*$/i.test(typed ?? '');
}

/** @param show writes what is typed, where that may be seen */
function typedLine(input: Input, show: (text: string) => void): Promise<string | undefined> {
  // A character's bytes can come in two chunks
  const decoder = new StringDecoder('utf8');
  return new Promise((resolve, reject) => {
    let typed: readonly string[] = [];
    const keep = (count: number) => {
      show(ERASE.repeat(typed.length - count));
      typed = typed.slice(0, count);
    };
    const onData = (chunk: Uint8Array) => {
      // An arrow or function key is one escape sequence in one chunk
      for (const key of decoder.write(Buffer.from(chunk)).replace(ESCAPE_SEQUENCE, '')) {
        if (key === ENTER || key === '\n' || key === CTRL_D) return settle(() => resolve(typed.join('')));
        if (key === CTRL_C) return settle(() => reject(new Interrupted()));
        if (key === CTRL_U) keep(0);
        else if (key === DELETE || key === BACKSPACE) keep(Math.max(0, typed.length - 1));
        else if (key >= ' ') {
          typed = [...typed, key];
          show(printable(key));
        }
      }
    };
    const onEnd = () => settle(() => resolve(undefined));
    const settle = (end: () => void) => {
      input.off('data', onData);
      input.off('end', onEnd);
      end();
    };
    input.on('data', onData);
    input.on('end', onEnd);
    input.resume();
  });
}

const ENTER = '\r';
const BACKSPACE = '\b';
const DELETE = '\x7f';
const CTRL_C = '\x03';
const CTRL_D = '\x04';
const CTRL_U = '\x15';
const ERASE = '\b \b';
const ESCAPE_SEQUENCE = new RegExp(`${'\x1b'}(\\[[0-9;?]*[ -/]*[@-~]|O.)?`, 'g');
