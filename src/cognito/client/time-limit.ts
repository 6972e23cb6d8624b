/** Pauses and time limits that an AbortSignal can end. */

/**
 * Waits. Rejects with the signal's reason when it aborts.
 *
 * Bare JavaScript engines have no setTimeout; there it does not wait.
 */
export async function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  if (signal?.aborted) throw abortReason(signal);
  if (typeof setTimeout !== 'function') return;
  await new Promise<void>((resolve, reject) => {
    const onAbort = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      reject(abortReason(signal));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', onAbort);
  });
}

export interface TimeLimit {
  /** Milliseconds. */
  readonly ms: number;
  /** Ends the work early. */
  readonly signal?: AbortSignal | undefined;
  /** The error to reject with when the time has passed. */
  readonly onTimeout: () => Error;
}

/**
 * Runs `work` with a time limit. Rejects as soon as the limit has passed or the signal aborts, even if `work` ignores the
 * signal that it is given.
 *
 * Bare JavaScript engines have neither AbortController nor setTimeout; there the caller's transport keeps the time itself.
 *
 * @param work gets a signal that aborts when the outer signal aborts, when the limit has passed, and when `work` has ended
 */
export async function withTimeout<T>(
  work: (signal: AbortSignal | undefined) => T | Promise<T>,
  { ms, signal, onTimeout }: TimeLimit,
): Promise<T> {
  if (signal?.aborted) throw abortReason(signal);
  const controller = typeof AbortController === 'function' ? new AbortController() : undefined;
  const { interruption, stop } = interruptionOf({ ms, signal, onTimeout });
  try {
    return await Promise.race([work(controller?.signal), interruption]);
  } finally {
    stop();
    controller?.abort(signal?.reason);
  }
}

/**
 * Waits for work that goes on without this caller, because others wait for it, too. Rejects as soon as the signal aborts, or the limit
 * has passed if there is one.
 *
 * @param work is not begun if the signal has aborted before. Once it calls `stay`, the caller waits for its end in any case. If the
 *   caller has left before, `stay` rejects with the reason.
 */
export async function leaveOnAbort<T>(
  work: (stay: () => Promise<void>) => Promise<T>,
  limit: Partial<TimeLimit>,
): Promise<T> {
  const { signal } = limit;
  if (signal?.aborted) throw abortReason(signal);
  const { interruption, stop } = interruptionOf(limit);
  let hasLeft = false;
  const stay = async () => (hasLeft ? interruption : stop());
  try {
    // The race also takes the failure of work that was left, so that it is not reported as unhandled
    return await Promise.race([work(stay), interruption]);
  } finally {
    hasLeft = true;
    stop();
  }
}

/** A promise that rejects when the limit has passed or the signal aborts, unless it is stopped before. */
function interruptionOf({ ms, signal, onTimeout }: Partial<TimeLimit>) {
  let stop = () => {};
  const interruption = new Promise<never>((_, reject) => {
    const onAbort = () => reject(abortReason(signal));
    const timer =
      onTimeout && typeof setTimeout === 'function' ? setTimeout(() => reject(onTimeout()), ms) : undefined;
    signal?.addEventListener('abort', onAbort);
    stop = () => {
      if (timer !== undefined) clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    };
  });
  return { interruption, stop };
}

/** What an aborted call rejects with. Older engines' signals (React Native) have no reason. */
export function abortReason(signal: AbortSignal | undefined): unknown {
  if (signal?.reason !== undefined) return signal.reason;
  const error = new Error('This operation was aborted');
  error.name = 'AbortError';
  return error;
}
