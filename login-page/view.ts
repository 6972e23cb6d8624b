/** The views of a sign-in. Where it stands is kept by the flows: a view only says which part of that is shown. */
import { textOfError } from 'cognito-srp-engine/texts';
import type { App } from './app.ts';

export type ViewName =
  | 'sign-in'
  | 'sign-up'
  | 'confirm-sign-up'
  | 'forgot-password'
  | 'reset-password'
  | 'challenge';

export interface View<Name extends string = ViewName> {
  readonly name: Name;
  /** The name to fill in. */
  readonly username?: string;
  /** What has happened before, or why this view is shown. */
  readonly notice?: string | undefined;
}

/** Makes the element of one view. `leaving` aborts when the user leaves it. */
export type Screen = (app: App, view: View, leaving: AbortSignal) => HTMLElement;

/** Views that a link or a reload can open by their name alone. */
const OPEN: readonly ViewName[] = ['sign-in', 'sign-up', 'forgot-password'];

/**
 * Finds the view that an address stands for.
 *
 * @param hash the fragment of the address, like `#sign-up`
 * @returns the view. It is the sign-in where the view is unknown, or where no flow stands at it
 */
export function viewAt(hash: string, app: Pick<App, 'flow' | 'signUp' | 'reset' | 'texts'>): View {
  const name = hash.slice(1);
  const open = OPEN.find((each) => each === name);
  if (open) return { name: open };
  const state = app.flow.getSnapshot();
  if (name === 'challenge' && state.status === 'challenge') return { name };
  if (name === 'confirm-sign-up' && app.signUp.getSnapshot().status === 'code-sent') return { name };
  if (name === 'reset-password' && app.reset.getSnapshot().status === 'code-sent') return { name };
  // The challenge has expired since the page was left
  return name === 'challenge' && state.status === 'failed'
    ? { name: 'sign-in', username: state.username, notice: textOfError(state.error, app.texts) }
    : { name: 'sign-in' };
}
