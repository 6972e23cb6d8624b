/** Asks questions at a terminal: for a line, for a choice, or for yes or no. */
import { StringDecoder } from 'node:string_decoder';
import { Interrupted } from '../failures.ts';
import type { Input, Output } from '../io.ts';
import { toPrintable } from '../output/printable-text.ts';

/**
 * Asks for one line. The terminal is as it was before when this settles.
 *
 * @param output where the question is written: standard error, so that standard output holds the outcome alone
 * @param options.secret whether what is typed stays invisible
 * @returns '' for an empty line, undefined for the end of input
 * @throws Interrupted for Ctrl-C
 */
export async function askLine(
  input: Input,
  output: Output,
  question: string,
  { secret }: { readonly secret: boolean },
): Promise<string | undefined> {
  // Raw mode comes before the question: otherwise the terminal shows what is typed as soon as the question appears.
  input.setRawMode?.(true);
  try {
    output.write(question);
    return await readTypedLine(input, secret ? () => {} : (text) => output.write(text));
  } finally {
    input.setRawMode?.(false);
    input.pause();
    output.write('\n');
  }
}

/**
 * Asks until one of the options is chosen, by its number or its name. A single option needs no question.
 *
 * @returns undefined for an empty line and for the end of input
 * @throws Interrupted for Ctrl-C
 */
export async function askChoice(
  input: Input,
  output: Output,
  question: string,
  options: readonly { readonly name: string; readonly label: string }[],
): Promise<string | undefined> {
  if (options.length <= 1) return options[0]?.name;
  const width = Math.max(...options.map(({ label }) => label.length));
  const list = options
    .map(({ name, label }, i) => [i + 1, label === name ? name : `${label.padEnd(width)}  ${name}`] as const)
    .map(([number, text]) => `  ${number}  ${toPrintable(text)}\n`)
    .join('');
  let chosen: string | undefined;
  while (chosen === undefined) {
    output.write(list);
    const line = await askLine(input, output, `${question}, 1 to ${options.length}: `, { secret: false });
    const typed = line?.trim().toUpperCase();
    if (!typed) return undefined;
    chosen = options.find(({ name }, i) => typed === String(i + 1) || typed === name.toUpperCase())?.name;
  }
  return chosen;
}

/** @returns true for y or yes, false for everything else */
export async function askYes(input: Input, output: Output, question: string): Promise<boolean> {
  const typed = await askLine(input, output, `${question} [y/N] `, { secret: false });
  return /^\s*y(es)?\s*$/i.test(typed ?? '');
}

/** @param show writes what is typed, if it may be seen */
function readTypedLine(input: Input, show: (text: string) => void): Promise<string | undefined> {
  // The bytes of one character can come in two chunks.
  const decoder = new StringDecoder('utf8');
  return new Promise((resolve, reject) => {
    let typed: readonly string[] = [];
    const eraseTo = (length: number) => {
      show(ERASE.repeat(typed.length - length));
      typed = typed.slice(0, length);
    };
    const onData = (chunk: Uint8Array) => {
      // An arrow or function key is one escape sequence in one chunk.
      for (const key of decoder.write(Buffer.from(chunk)).replace(ESCAPE_SEQUENCE, '')) {
        if (key === ENTER || key === '\n' || key === CTRL_D) return settle(() => resolve(typed.join('')));
        if (key === CTRL_C) return settle(() => reject(new Interrupted()));
        if (key === CTRL_U) eraseTo(0);
        else if (key === DELETE || key === BACKSPACE) eraseTo(Math.max(0, typed.length - 1));
        else if (key >= ' ') {
          typed = [...typed, key];
          show(toPrintable(key));
        }
      }
    };
    const onEnd = () => settle(() => resolve(undefined));
    const settle = (resolveOrReject: () => void) => {
      input.off('data', onData);
      input.off('end', onEnd);
      resolveOrReject();
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
/** Goes back, writes a space over the last character, and goes back again. */
const ERASE = '\b \b';
const ESCAPE_SEQUENCE = new RegExp(`${'\x1b'}(\\[[0-9;?]*[ -/]*[@-~]|O.)?`, 'g');
