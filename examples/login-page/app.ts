/** Gives every screen the pool, what is kept, and the functions that lead to the next view. */
import {
  type AnswerTo,
  type ChallengeName,
  type ChallengeOf,
  createUserStore,
  respond,
  ServiceError,
  type SignedIn,
  type SignInOptions,
  type Step,
  type UserStore,
  updateUserAttributes,
  webStorage,
} from 'cognito-srp-engine';
import { type KeptTexts, keepPendingDevice } from './kept.ts';
import type { ChosenPool, LocalPool } from './pools.ts';
import type { View } from './view.ts';

export interface App {
  readonly pool: ChosenPool;
  /** All pools on this machine. */
  readonly localPools: readonly LocalPool[];
  readonly store: UserStore;
  readonly kept: KeptTexts;
  /** Shows a view. @param how `replace` where going back would lead to a step that is over */
  readonly go: (view: View, how?: 'push' | 'replace') => void;
  /** Shows the view that the user saw before this one. */
  readonly back: () => void;
}

/** Makes the element of one view. `leaving` aborts when the user leaves it. */
export type Screen<Name extends View['name']> = (
  app: App,
  view: Extract<View, { readonly name: Name }>,
  leaving: AbortSignal,
) => HTMLElement;

const TIMEOUT_MS = 20_000;

export const callOptions = ({ store }: App, signal: AbortSignal): SignInOptions => ({
  signal,
  timeoutMs: TIMEOUT_MS,
  device: store.device,
});

/**
 * Keeps tokens and devices in localStorage, so that the user stays signed in, in every tab. A script that runs in the
 * page can read them there. That is why the server sends a strict Content-Security-Policy.
 */
export const createStore = (pool: ChosenPool): UserStore =>
  createUserStore(
    webStorage(() => localStorage),
    pool.client,
  );

/** Shows the view for a step of the sign-in: the next challenge, or the signed-in user. */
export async function follow(app: App, step: Step, typedName: string): Promise<void> {
  if (step.deviceProblem) {
    const username = step.status === 'signed-in' ? step.username : step.challenge.username;
    if (step.deviceProblem.code !== 'DEVICE_OF_ANOTHER_USER') await app.store.removeDevice(username);
  }
  if (step.status === 'challenge') {
    app.go({ name: 'challenge', challenge: step.challenge, typedName }, inChallenge() ? 'replace' : 'push');
    return;
  }
  await enter(app, step, typedName);
}

async function enter(app: App, step: SignedIn, typedName: string): Promise<void> {
  const { username, newDevice } = step;
  // Kept before the tokens, so that a tab which sees the tokens also asks about the device
  if (newDevice) keepPendingDevice(app.kept, { username, newDevice });
  else app.kept.pendingDevice.remove();
  await app.store.save(step, typedName);
  app.kept.typedName.set(typedName);
  if (step.unsentAttributes) {
    const { accessToken } = step.tokens;
    // The user is signed in without them, and can change the profile later
    await updateUserAttributes(app.pool.client, { accessToken, attributes: step.unsentAttributes }).catch(
      () => undefined,
    );
  }
  app.go(newDevice ? { name: 'remember-device', newDevice } : { name: 'signed-in', username }, 'replace');
}

/** Removes what is kept of a sign-in. The device is kept for the next one. */
export async function forgetUser({ store, kept }: App, username: string): Promise<void> {
  await store.signOut(username);
  kept.pendingDevice.remove();
}

/** The challenge that is shown is spent once it was answered, so the next one replaces it in the history. */
const inChallenge = () => location.hash === '#challenge';

/** Answers a challenge. @returns the next step, which is not shown yet */
export async function respondTo<Name extends ChallengeName>(
  app: App,
  challenge: ChallengeOf<Name>,
  answer: AnswerTo<{ readonly name: Name }>,
  signal: AbortSignal,
): Promise<Step> {
  try {
    return await respond<Name>(app.pool.client, challenge, answer, callOptions(app, signal));
  } catch (error) {
    const code = error instanceof ServiceError ? error.code : undefined;
    // A device that is kept would be refused at the next sign-in too
    if (code === 'DEVICE_REFUSED' || code === 'DEVICE_NOT_FOUND') {
      await app.store.removeDevice(challenge.username);
    }
    throw error;
  }
}

/** Answers a challenge and shows the view for the next step. */
export async function answer<Name extends ChallengeName>(
  app: App,
  challenge: ChallengeOf<Name>,
  typedName: string,
  given: AnswerTo<{ readonly name: Name }>,
  signal: AbortSignal,
): Promise<void> {
  try {
    await follow(app, await respondTo(app, challenge, given, signal), typedName);
  } catch (error) {
    if (!goesOn(app, error, typedName)) throw error;
  }
}

/** Some refusals lead to another view, such as the one that confirms an account. @returns whether this one did */
export function goesOn(app: App, error: unknown, username: string): boolean {
  const recovery = error instanceof ServiceError ? error.recovery : undefined;
  if (recovery === 'confirm-sign-up') app.go({ name: 'confirm-sign-up', username });
  else if (recovery === 'reset-password') {
    const notice = 'Your password has to be reset before you can sign in.';
    app.go({ name: 'forgot-password', username, notice });
  } else return false;
  return true;
}
