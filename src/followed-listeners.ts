/**
 * Tells listeners as an EventTarget does: each of them hears, and an error of one is reported to the page or the process. It
 * does not reach whoever caused the change.
 */

export interface Listeners<Told extends readonly unknown[]> {
  /**
   * Adds a listener, and tells it at once. The same function can be added twice.
   *
   * @returns removes it
   */
  readonly add: (listener: (...told: Told) => void, ...told: Told) => () => void;
  /**
   * Tells every listener that is there when it is called, in the order in which they were added. If a listener makes
   * another change, that one is told after every listener has heard of this one. One that was removed meanwhile is not told.
   */
  readonly tell: (...told: Told) => void;
}

/** @typeParam Told what a listener is called with */
export function createListeners<Told extends readonly unknown[]>(): Listeners<Told> {
  const listeners = new Set<(...told: Told) => void>();
  let waiting: [listener: (...told: Told) => void, told: Told][] = [];
  let isTelling = false;

  /**
   * If a change that a listener makes were told at once, the listeners after it would hear the newer state first and end with the
   * older one.
   */
  function tellWaiting(): void {
    if (isTelling) return;
    isTelling = true;
    try {
      // What is appended meanwhile is told, too
      for (const [listener, told] of waiting) if (listeners.has(listener)) listener(...told);
    } finally {
      waiting = [];
      isTelling = false;
    }
  }

  return {
    add: (listener, ...told) => {
      // A function of its own, so that the same listener can be given twice
      const own = (...next: Told) => call(listener, next);
      listeners.add(own);
      // Whoever is added hears the state at once, although others still have to hear how it came about
      if (isTelling) own(...told);
      else waiting.push([own, told]);
      tellWaiting();
      return () => void listeners.delete(own);
    },
    tell: (...told) => {
      for (const listener of listeners) waiting.push([listener, told]);
      tellWaiting();
    },
  };
}

function call<Told extends readonly unknown[]>(listener: (...told: Told) => void, told: Told): void {
  try {
    listener(...told);
  } catch (error) {
    report(error);
  }
}

/** React Native and Node.js have no `reportError`. There the error is uncaught, as the error of a timer is. */
function report(error: unknown): void {
  const { reportError } = globalThis as { readonly reportError?: (error: unknown) => void };
  if (reportError) reportError(error);
  else {
    queueMicrotask(() => {
      throw error;
    });
  }
}
