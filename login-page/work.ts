/**
 * Runs work that talks to the service. It is shown at once, it is not started twice, it can be cancelled, and the page
 * says when it is slow or offline.
 */
import type { Texts } from 'cognito-srp-engine/texts';
import { element } from './dom.ts';
import { type Explanation, explain } from './explanations.ts';

const SLOW_MS = 3000;
/** @param hasInput whether the user has entered something here */
const offlineText = ({ notices }: Texts, hasInput: boolean): string =>
  hasInput ? notices.offlineInputKept : notices.offlineTryLater;

/** The elements in which work shows its state, and how it behaves. */
export interface WorkPlace {
  /** Has `aria-busy` while work is under way. */
  readonly region: HTMLElement;
  /** The element with role=alert, which shows what failed. */
  readonly alert: HTMLElement;
  /** The element with role=status. It says that work is slow, and has the button that cancels it, which Escape does too. */
  readonly progress: HTMLElement;
  /** Aborts when the user leaves this view. */
  readonly leaving: AbortSignal;
  readonly texts: Texts;
  /** What the pressed button says while the work is under way. */
  readonly working?: string | undefined;
  /** Whether the user enters something here. Default false. */
  readonly hasInput?: boolean;
  /** Whether the work is useful without a network. Default false. */
  readonly worksOffline?: boolean;
  /** Explains an error. Where it gives undefined, the error's code decides. */
  readonly explain?: ((error: unknown) => Explanation | undefined) | undefined;
  readonly onFailure?: (explanation: Explanation, error: unknown) => void;
}

/** Makes empty regions for messages. Screen readers announce only what comes into a region that already exists. */
export function messageRegions() {
  const alert = element('div', { role: 'alert', class: 'alert' });
  const progress = element('div', { role: 'status', class: 'progress' });
  // They take turns in one place that is kept free for them, so that nothing below them moves
  return { alert, progress, messages: element('div', { class: 'message-place' }, alert, progress) };
}

/** The element that has the label of a button, which may have a detail besides. */
const labelOf = (button: HTMLElement): HTMLElement => button.querySelector<HTMLElement>('span') ?? button;

/** Sets the focus where it was, so that it does not go with the button that cancels. What has left the page by now cannot have it. */
function focusFirstOf(elements: readonly (Element | null | undefined)[]): void {
  const there = elements.find((each) => each?.isConnected && each !== document.body);
  if (there instanceof HTMLElement) there.focus();
}

/**
 * Runs one piece of work. Nothing else is started while it runs.
 *
 * @param button the button that was pressed, which shows that work is under way. It is undefined where none was
 */
export async function run(
  place: WorkPlace,
  button: HTMLElement | undefined,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const { region, alert, progress, leaving, texts, working, hasInput = false, onFailure } = place;
  if (region.getAttribute('aria-busy') === 'true' || leaving.aborted) return;
  const fail = (explanation: Explanation, error?: unknown) => {
    alert.replaceChildren(element('p', {}, explanation.text));
    onFailure?.(explanation, error);
  };
  alert.replaceChildren();
  progress.replaceChildren();
  // A request that cannot arrive is not sent, because a session sent with it would count as spent
  if (!navigator.onLine && !place.worksOffline) return fail({ text: offlineText(texts, hasInput) });

  const cancelling = new AbortController();
  const signal = AbortSignal.any([leaving, cancelling.signal]);
  const focused = document.activeElement;
  const cancelByEscape = ({ key }: KeyboardEvent) => {
    if (key === 'Escape') cancelling.abort();
  };
  // A list that loads by itself is not what the user means by Escape
  if (button) addEventListener('keydown', cancelByEscape);
  const slow = setTimeout(() => {
    progress.prepend(element('p', {}, texts.notices.slow));
  }, SLOW_MS);
  const buttons = region.querySelectorAll('.primary, .secondary');
  const label = button?.matches('button') ? labelOf(button) : undefined;
  const words = label?.textContent ?? '';
  progress.append(
    element(
      'button',
      { type: 'button', class: 'text-button', onclick: () => cancelling.abort() },
      texts.buttons.cancel,
    ),
  );
  region.setAttribute('aria-busy', 'true');
  for (const each of buttons) each.setAttribute('aria-disabled', 'true');
  button?.classList.add('working');
  if (label && working !== undefined) label.textContent = working;
  try {
    await work(signal);
  } catch (error) {
    // A user who has left this view does not see the failure
    if (!leaving.aborted) {
      fail(
        cancelling.signal.aborted
          ? { text: texts.notices.cancelled }
          : navigator.onLine
            ? (place.explain?.(error) ?? explain(error, texts))
            : { text: offlineText(texts, hasInput) },
        error,
      );
    }
  } finally {
    clearTimeout(slow);
    removeEventListener('keydown', cancelByEscape);
    if (progress.contains(document.activeElement))
      focusFirstOf([focused, button, region.querySelector('h2')]);
    progress.replaceChildren();
    region.removeAttribute('aria-busy');
    for (const each of buttons) each.removeAttribute('aria-disabled');
    button?.classList.remove('working');
    if (label && working !== undefined) label.textContent = words;
  }
}
