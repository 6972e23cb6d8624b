/** Refreshes tokens before they end, without anybody asking for them. */
import { MAX_DELAY_MS } from '../cognito/client/call-options.ts';

/** The runtime's timers, or those of a test. */
export interface Timers {
  /** @returns what `clearTimeout` takes */
  readonly setTimeout: (run: () => void, ms: number) => unknown;
  readonly clearTimeout: (timer: never) => void;
}

export interface RefreshTimer {
  /** Runs the refresh at this moment, in place of the moment that was set before. */
  readonly setFor: (at: number) => void;
  readonly clear: () => void;
}

/** A refresh that fails must not be repeated at once, for the network may be away. */
const LEAST_DELAY_MS = 1000;

/**
 * @param now milliseconds since the epoch
 * @param refresh what is run. It tells its failures itself.
 */
export function createRefreshTimer(timers: Timers, now: () => number, refresh: () => void): RefreshTimer {
  let timer: unknown;
  const clear = () => {
    // The clearTimeout of an engine may be missing, or may refuse undefined as that of Hermes does
    if (timer !== undefined) timers.clearTimeout(timer as never);
    timer = undefined;
  };
  const setFor = (at: number) => {
    clear();
    const delay = Math.max(at - now(), LEAST_DELAY_MS);
    // A longer delay overflows, and the timer would fire at once
    const isLater = delay > MAX_DELAY_MS;
    timer = startTimer(timers, () => (isLater ? setFor(at) : refresh()), Math.min(delay, MAX_DELAY_MS));
  };
  return { setFor, clear };
}

/** Starts a timer that does not keep a program in Node from its end. */
export function startTimer(timers: Timers, run: () => void, ms: number): unknown {
  const timer = timers.setTimeout(run, ms);
  if (typeof timer === 'object' && timer !== null && 'unref' in timer && typeof timer.unref === 'function') {
    timer.unref();
  }
  return timer;
}
