/** What every screen of this page gets: what a sign-in needs, and what is left of it, the tokens and the devices. */
import {
  createUserStore,
  type NewDevice,
  type SignedIn,
  type Step,
  type UserStore,
  updateUserAttributes,
  webStorage,
} from 'cognito-srp-engine';
import type { App } from '../../login-page/app.ts';
import { type KeptTexts, keptTexts } from '../../login-page/kept.ts';
import type { View } from '../../login-page/view.ts';
import { keepPendingDevice } from './pending-device.ts';
import type { ChosenPool, LocalPool } from './pools.ts';

/** The views of a sign-in, and those of this page alone. */
export type PageView =
  | View
  | { readonly name: 'remember-device'; readonly newDevice: NewDevice }
  | { readonly name: 'signed-in'; readonly username: string; readonly notice?: string }
  | { readonly name: 'settings' };

export interface PageTexts extends KeptTexts {
  /** JSON of a `PendingDevice`. Every tab sees it, so the tab that opens next asks about the device. */
  readonly pendingDevice: KeptTexts['view'];
}

export interface PageApp extends App {
  readonly pool: ChosenPool;
  /** All pools on this machine. */
  readonly localPools: readonly LocalPool[];
  readonly store: UserStore;
  readonly kept: PageTexts;
  readonly go: (view: PageView, how?: 'push' | 'replace') => void;
  /** Shows the view that the user saw before this one. */
  readonly back: () => void;
}

/** Makes the element of one view of this page. */
export type PageScreen<Name extends PageView['name']> = (
  app: PageApp,
  view: Extract<PageView, { readonly name: Name }>,
  leaving: AbortSignal,
) => HTMLElement;

/**
 * Keeps tokens and devices in localStorage, so that the user stays signed in, in every tab. A script that runs in the
 * page can read them there. That is why the server sends a strict Content-Security-Policy.
 */
export const createStore = (pool: ChosenPool): UserStore =>
  createUserStore(
    webStorage(() => localStorage),
    pool.client,
  );

export const keptTextsOf = (pool: ChosenPool): Pick<PageTexts, 'pendingDevice'> => ({
  pendingDevice: keptTexts(pool.client)('every tab', 'pending-device'),
});

type Parts = Pick<PageApp, 'pool' | 'store' | 'kept' | 'go'>;

/** Ends a sign-in with the tokens. */
export const finisherOf =
  (app: Parts): App['finish'] =>
  async (step: Step, typedName) => {
    if (step.status !== 'signed-in') return false;
    await enter(app, step, typedName);
    return true;
  };

async function enter(app: Parts, step: SignedIn, typedName: string): Promise<void> {
  const { username, newDevice } = step;
  // Kept before the tokens, so that a tab which sees the tokens also asks about the device
  if (newDevice) keepPendingDevice(app.kept, { username, newDevice });
  else app.kept.pendingDevice.remove();
  await app.store.save(step, typedName);
  app.kept.typedName.set(typedName);
  if (step.unsentAttributes) {
    const { accessToken } = step.tokens;
    const input = { accessToken, attributes: step.unsentAttributes };
    // The user is signed in without them, and can change the profile later
    await updateUserAttributes(app.pool.client, input).catch(() => undefined);
  }
  app.go(newDevice ? { name: 'remember-device', newDevice } : { name: 'signed-in', username }, 'replace');
}

/** Leaves a sign-in. A user who is confirming that it is them is still signed in. */
export const starterOver =
  ({ store, go }: Parts): App['startOver'] =>
  async (username) => {
    const user = await store.load();
    if (user) go({ name: 'signed-in', username: user.username }, 'replace');
    else go({ name: 'sign-in', username });
  };

/** Removes what is kept of a sign-in. The device is kept for the next one. */
export async function forgetUser({ store, kept }: PageApp, username: string): Promise<void> {
  await store.signOut(username);
  kept.pendingDevice.remove();
}

/** @returns a user name that a view is about: the canonical one during a challenge, otherwise the typed one */
export function userOf(view: PageView): string | undefined {
  if (view.name === 'challenge') return view.challenge.username;
  return 'username' in view ? view.username : undefined;
}
