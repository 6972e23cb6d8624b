/** What every screen is given: the pool, the store, and the ways on from here. */
import {
  createUserStore,
  type SignInOptions,
  type Step,
  type UserStore,
  updateUserAttributes,
  webStorage,
} from 'cognito-srp-engine';
import type { ChosenPool } from './pools.ts';
import type { View } from './view.ts';

export interface App {
  readonly pool: ChosenPool;
  readonly store: UserStore;
  /** @param how `replace` where going back would lead to what is over */
  readonly go: (view: View, how?: 'push' | 'replace') => void;
  /** Goes where a step of the sign-in leads. */
  readonly follow: (step: Step, typedName: string) => Promise<void>;
}

/** One screen: its element, given what is to be shown and a signal that ends when the user leaves it. */
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
 * Tokens and devices in localStorage: the user stays signed in, in every tab. Whoever can run script in the page
 * can read them there, which is why the server sends a strict Content-Security-Policy along.
 */
export const createStore = (pool: ChosenPool): UserStore =>
  createUserStore(
    webStorage(() => localStorage),
    pool.client,
  );

export async function follow(app: App, step: Step, typedName: string): Promise<void> {
  if (step.deviceProblem) {
    const username = step.status === 'signed-in' ? step.username : step.challenge.username;
    if (step.deviceProblem.code !== 'DEVICE_OF_ANOTHER_USER') await app.store.removeDevice(username);
  }
  if (step.status === 'challenge') {
    app.go({ name: 'challenge', challenge: step.challenge, typedName }, inChallenge() ? 'replace' : 'push');
    return;
  }
  await app.store.save(step, typedName);
  rememberName(typedName);
  if (step.unsentAttributes) {
    const { accessToken } = step.tokens;
    // The sign-in stands without them; the profile can be changed later
    await updateUserAttributes(app.pool.client, { accessToken, attributes: step.unsentAttributes }).catch(
      () => undefined,
    );
  }
  const { newDevice } = step;
  app.go(newDevice ? { name: 'remember-device', newDevice } : { name: 'signed-in' }, 'replace');
}

/** The one before is spent: back has to lead before it. */
const inChallenge = () => location.hash === '#challenge';

const NAME_KEY = 'login-page.username';
const PASSKEY_KEY = 'login-page.passkey-user';

/** For the next visit; a name is no secret, and the user can see that it is kept. */
const rememberName = (typedName: string): void => localStorage.setItem(NAME_KEY, typedName);
export const rememberedName = (): string | undefined => localStorage.getItem(NAME_KEY) ?? undefined;

/** Who has a passkey on this machine: Cognito needs a name before it can ask for one. */
export const rememberPasskey = (username: string): void => localStorage.setItem(PASSKEY_KEY, username);
export const passkeyUser = (): string | undefined => localStorage.getItem(PASSKEY_KEY) ?? undefined;
