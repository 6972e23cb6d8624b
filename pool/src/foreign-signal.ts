/** Follows abort signals of another realm, such as a window of jsdom. Request takes signals of its own realm only. */

/** @returns `init` with a signal that `new Request` takes */
export function withOwnSignal(init: RequestInit | undefined): RequestInit | undefined {
  const signal = init?.signal;
  if (!signal || signal instanceof AbortSignal) return init;
  // The declared type says that it is one, which holds in one realm only
  const foreign: AbortSignal = signal;
  const own = new AbortController();
  const abort = () => own.abort(foreign.reason);
  if (foreign.aborted) abort();
  else foreign.addEventListener('abort', abort, { once: true });
  return { ...init, signal: own.signal };
}
