/** Says at a terminal that the command waits for the service, and takes that away when the answer comes. */
import type { Fetch } from '../../index.ts';
import type { Io } from '../io.ts';
import { isLiveTerminal, stylesFor } from './terminal-style.ts';
import { texts } from './terminal-texts.ts';

/** Most answers come sooner, and a text that comes and goes at once only flickers. */
const DELAY_MS = 400;
/** After this the text says that something may be wrong. */
const SLOW_AFTER_MS = 5000;

/** Erases the line and goes back to its beginning. */
const ERASE_LINE = '\r\x1b[2K';

/** @returns a fetch that shows on standard error that it waits; the same fetch if standard error is not a terminal */
export function withProgress(send: Fetch, { stderr, env }: Pick<Io, 'stderr' | 'env'>): Fetch {
  if (!isLiveTerminal(stderr, env)) return send;
  const { label } = stylesFor(stderr, env);
  return async (url, init) => {
    let isShown = false;
    const show = (text: string) => {
      stderr.write(`${isShown ? ERASE_LINE : ''}${label(text)}`);
      isShown = true;
    };
    const timers = [
      setTimeout(() => show('Waiting for the service …'), DELAY_MS),
      setTimeout(() => show(`${texts.notices.slow} Ctrl-C ends the command.`), SLOW_AFTER_MS),
    ];
    try {
      return await send(url, init);
    } finally {
      timers.forEach(clearTimeout);
      if (isShown) stderr.write(ERASE_LINE);
    }
  };
}
