/** A clock that a test moves. It goes on by itself, from where it was moved to. */

/** The clock of a pool under test. */
export interface PoolClock {
  /** @returns milliseconds since the epoch. It fits the option `now` of the engine. */
  readonly now: () => number;
  /**
   * Moves the clock.
   *
   * @param ms milliseconds; a negative number moves it back
   * @throws TypeError if it is not a finite number
   */
  readonly advance: (ms: number) => void;
  /**
   * Sets the clock. It goes on from there.
   *
   * @param time a date, or milliseconds since the epoch
   * @throws TypeError if it is not a finite number or a valid date
   */
  readonly set: (time: number | Date) => void;
  /** Takes back every move. `reset` of the pool does it, too. */
  readonly reset: () => void;
}

/**
 * Creates a clock over another one. It reads that clock anew each time, so timers that a test fakes move it as well.
 *
 * @param base milliseconds since the epoch
 */
export function createMovableClock(base: () => number): PoolClock {
  let moved = 0;
  const finite = (value: number, name: string) => {
    if (!Number.isFinite(value)) throw new TypeError(`${name} must be a finite number of milliseconds`);
    return value;
  };
  return {
    now: () => base() + moved,
    advance: (ms) => {
      moved += finite(ms, 'ms');
    },
    set: (time) => {
      moved = finite(Number(time), 'time') - base();
    },
    reset: () => {
      moved = 0;
    },
  };
}
