/** Takes requests in turn, the first first, and lets a server read and accept between two of them. */

/** How many turns of the event loop are waited for what arrives, before a request is taken anyway. */
const MOST_TURNS = 100;

export interface Turns {
  /** Resolves when the caller may compute. It is the caller's turn until it waits for something else. */
  readonly next: () => Promise<void>;
  /** Notes that something arrived, so that it can queue before the next request is taken. */
  readonly arrived: () => void;
}

/**
 * Node accepts one connection in each turn of its event loop, but reads all sockets that have data. If every request
 * computes as soon as it is read, a turn lasts as long as all requests of the connections that are open, and those that
 * are not accepted yet wait for many such turns: the last of 64 clients for seconds, while the first are answered again
 * and again. So a turn of the event loop has one request that computes, and what arrived in the meantime queues first.
 *
 * @param afterIo calls back in the next turn of the event loop, when sockets have been read: `setImmediate`
 */
export function createTurns(afterIo: (callback: () => void) => void): Turns {
  const waiting: (() => void)[] = [];
  let running = false;
  let arrivals = 0;
  const take = (turns: number, arrivalsBefore: number) => {
    if (arrivals > arrivalsBefore && turns < MOST_TURNS) {
      const seen = arrivals;
      afterIo(() => take(turns + 1, seen));
      return;
    }
    const request = waiting.shift();
    if (!request) {
      running = false;
      return;
    }
    request();
    const seen = arrivals;
    afterIo(() => take(0, seen));
  };
  return {
    arrived: () => {
      arrivals += 1;
    },
    next: () =>
      new Promise((resolve) => {
        arrivals += 1;
        waiting.push(resolve);
        if (running) return;
        running = true;
        afterIo(() => take(0, arrivals));
      }),
  };
}
