/** Work with the service: shown at once, never twice, can be cancelled, and says when it is slow or offline. */
import { element } from './dom.ts';
import { type Explanation, explain } from './explanations.ts';

const SLOW_MS = 3000;
/** @param hasInput whether the user has entered something here */
const offlineText = (hasInput: boolean): string =>
  `You are offline. ${hasInput ? 'What you entered is kept: try' : 'Try'} again when you are back.`;

/** Where work shows how it goes. */
export interface WorkPlace {
  /** `aria-busy` while something is under way. */
  readonly region: HTMLElement;
  /** role=alert */
  readonly alert: HTMLElement;
  /** role=status, beside the button that cancels */
  readonly progress: HTMLElement;
  /** Ends what is under way when the user goes elsewhere. */
  readonly leaving: AbortSignal;
  /** Whether the user enters something here. Default false. */
  readonly hasInput?: boolean;
  /** Whether the work does something of use without a network. Default false. */
  readonly worksOffline?: boolean;
  /** Default: by the error's code. */
  readonly explain?: ((error: unknown) => Explanation | undefined) | undefined;
  readonly onFailure?: (explanation: Explanation, error: unknown) => void;
}

/** Regions for messages that are there before the messages, so that screen readers tell them. */
export const messageRegions = () => ({
  alert: element('div', { role: 'alert', class: 'alert' }),
  progress: element('div', { role: 'status', class: 'progress' }),
});

/**
 * Runs one piece of work. While it runs, more is not begun.
 *
 * @param button shows that something happens, where one was pressed
 */
export async function run(
  place: WorkPlace,
  button: HTMLElement | undefined,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const { region, alert, progress, leaving, hasInput = false, onFailure } = place;
  if (region.getAttribute('aria-busy') === 'true' || leaving.aborted) return;
  const fail = (explanation: Explanation, error?: unknown) => {
    alert.replaceChildren(element('p', {}, explanation.text));
    onFailure?.(explanation, error);
  };
  alert.replaceChildren();
  progress.replaceChildren();
  // Nothing is sent that can be known not to arrive: a session would count as spent
  if (!navigator.onLine && !place.worksOffline) return fail({ text: offlineText(hasInput) });

  const cancelling = new AbortController();
  const signal = AbortSignal.any([leaving, cancelling.signal]);
  const slow = setTimeout(() => {
    progress.prepend(element('p', {}, 'This is taking longer than usual. Check your connection.'));
  }, SLOW_MS);
  progress.append(
    element('button', { type: 'button', class: 'text-button', onclick: () => cancelling.abort() }, 'Cancel'),
  );
  region.setAttribute('aria-busy', 'true');
  button?.setAttribute('aria-disabled', 'true');
  button?.classList.add('working');
  try {
    await work(signal);
  } catch (error) {
    // The user has gone elsewhere: there is nobody to tell
    if (!leaving.aborted) {
      fail(
        cancelling.signal.aborted
          ? { text: 'Cancelled. You can try again.' }
          : navigator.onLine
            ? (place.explain?.(error) ?? explain(error))
            : { text: offlineText(hasInput) },
        error,
      );
    }
  } finally {
    clearTimeout(slow);
    progress.replaceChildren();
    region.removeAttribute('aria-busy');
    button?.removeAttribute('aria-disabled');
    button?.classList.remove('working');
  }
}
