/** Colours, where the terminal has them. */
import * as util from 'node:util';
import type { Io, Output } from '../io.ts';

type Paint = (text: string) => string;

/** What a piece of text is, not how it looks. */
export interface Styles {
  readonly success: Paint;
  readonly failure: Paint;
  readonly remark: Paint;
  /** The label of a row, or what is of less interest. */
  readonly label: Paint;
  readonly question: Paint;
}

type Format = 'bold' | 'dim' | 'green' | 'red' | 'yellow';

/** Node has `styleText` since 20.12. Its own check of the stream is off, because the stream can be one of a test. */
const painted =
  (...formats: Format[]): Paint =>
  (text) =>
    text === '' || typeof util.styleText !== 'function'
      ? text
      : util.styleText(formats, text, { validateStream: false });

const plain: Paint = (text) => text;

const COLOURED: Styles = {
  success: painted('bold', 'green'),
  failure: painted('bold', 'red'),
  remark: painted('yellow'),
  label: painted('dim'),
  question: painted('bold'),
};
const PLAIN: Styles = { success: plain, failure: plain, remark: plain, label: plain, question: plain };

/**
 * The styles for a stream. Text that comes from elsewhere must be made printable before it is styled.
 *
 * FORCE_COLOR comes before NO_COLOR, as in Node: 0 and false turn colours off, and any other value turns them on. NO_COLOR
 * with any value turns them off (no-color.org). Without both, a terminal has colours unless TERM is `dumb`.
 */
export function stylesFor(output: Output, env: Io['env']): Styles {
  return hasColours(output, env) ? COLOURED : PLAIN;
}

function hasColours(output: Output, env: Io['env']): boolean {
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if (env['NO_COLOR']) return false;
  return isLiveTerminal(output, env);
}

/** Whether what is written can be coloured and erased again. */
export const isLiveTerminal = (output: Output, env: Io['env']): boolean =>
  output.isTTY === true && env['TERM'] !== 'dumb';
