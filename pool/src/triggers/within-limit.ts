/** The time limit of a trigger. It ends early with the request that waits for the trigger. */

/**
 * Runs something that may take `limitMs`. Whatever comes first, no timer is left running.
 *
 * @param signal the request's. If it is aborted, nobody waits any more.
 * @param run takes a signal that is aborted when nobody waits for the result any more
 * @param late the result if the time is over
 * @throws the reason of `signal` once it is aborted
 */
export function withinLimit<Result>(
  limitMs: number,
  signal: AbortSignal | undefined,
  run: (over: AbortSignal) => Promise<Result>,
  late: Result,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const over = new AbortController();
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      over.abort();
    };
    const abort = () => {
      end();
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      end();
      resolve(late);
    }, limitMs);
    signal?.addEventListener('abort', abort, { once: true });
    run(over.signal).then(
      (result) => {
        end();
        resolve(result);
      },
      (error: unknown) => {
        end();
        reject(error);
      },
    );
  });
}
