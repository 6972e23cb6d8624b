/** Keeps work from running side by side: callers share one run, or wait for their turn. */

/**
 * What a caller wants of a run:
 * - `good`: a result that is good enough. Every run gives one, so the caller joins the run that is under way.
 * - `new`: a result that was made anew. A run for `good` may give an old one, so the caller joins only a run for `new`.
 */
export type Demand = 'good' | 'new';

interface Flight<Result> {
  readonly demand: Demand;
  readonly result: Promise<Result>;
}

/**
 * A function that runs work, one run at a time.
 *
 * A caller joins the last run if that run meets the caller's demand. If it does not, the caller's work begins when
 * that run has ended, whether it succeeded or failed.
 */
export function createSingleFlight<Result>() {
  /** The run that began last, until it has ended. Every earlier run ends before it. */
  let last: Flight<Result> | undefined;

  return (demand: Demand, work: () => Promise<Result>): Promise<Result> => {
    if (last && meets(last.demand, demand)) return last.result;
    const flight: Flight<Result> = { demand, result: runAfter(last?.result, work) };
    const land = () => {
      if (last === flight) last = undefined;
    };
    last = flight;
    flight.result.then(land, land);
    return flight.result;
  };
}

const meets = (offered: Demand, wanted: Demand): boolean => offered === 'new' || wanted === 'good';

async function runAfter<Result>(
  earlier: Promise<Result> | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  // The earlier run's failure is told to its own callers.
  await earlier?.catch(() => {});
  return work();
}

/** A function that runs work when all work before has ended, whether that succeeded or failed. */
export function createTurns() {
  let last: Promise<unknown> = Promise.resolve();
  return <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = last.then(work);
    last = result.catch(() => {});
    return result;
  };
}
