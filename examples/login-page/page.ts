/** What every screen of this page gets: what a sign-in needs, and what is left of it, the session. */
import { createUserStore, refreshTokens, type UserStore, webStorage } from 'cognito-srp-engine';
import type { SignInState } from 'cognito-srp-engine/flow';
import { createSession, type Session, type SessionInput, type SessionUser } from 'cognito-srp-engine/session';
import { type App, TIMEOUT_MS } from '../../login-page/app.ts';
import type { KeptTexts } from '../../login-page/kept.ts';
import type { View, ViewName } from '../../login-page/view.ts';
import type { ChosenPool, LocalPool } from './pools.ts';

/** The views of a signed-in user. */
export const ACCOUNT_VIEWS = ['signed-in', 'change-email', 'add-authenticator', 'delete-account'] as const;
export type AccountView = (typeof ACCOUNT_VIEWS)[number];

/** The views of a sign-in, and those of this page alone. */
export type PageViewName = ViewName | 'remember-device' | 'settings' | AccountView;
export type PageView = View<PageViewName>;

export interface PageApp extends App {
  readonly pool: ChosenPool;
  /** All pools on this machine. */
  readonly localPools: readonly LocalPool[];
  readonly session: Session;
  /** The devices and the tokens. */
  readonly store: UserStore;
  readonly go: (view: PageView, how?: 'push' | 'replace') => void;
  /** Shows the view that the user saw before this one. */
  readonly back: () => void;
}

/** Makes the element of one view of this page. */
export type PageScreen = (app: PageApp, view: PageView, leaving: AbortSignal) => HTMLElement;

/**
 * Keeps tokens and devices in localStorage, so that the user stays signed in, in every tab. A script that runs in the
 * page can read them there. That is why the server sends a strict Content-Security-Policy.
 */
export function openSession(
  { client, local }: ChosenPool,
  { redirectedUser }: KeptTexts,
): { readonly store: UserStore; readonly session: Session } {
  const store = createUserStore(
    webStorage(() => localStorage),
    client,
  );
  // Only secure contexts have `navigator.locks`
  const { locks } = navigator as { readonly locks?: LockManager };
  const lock = `login-page.tokens.${client.userPoolId}.${client.clientId}`;
  const options = { timeoutMs: TIMEOUT_MS };
  const input: SessionInput = {
    store,
    refresh: async (given) => {
      if (redirectedUser.get() !== given.username) return refreshTokens(client, given, options);
      const { refreshRedirectTokens } = await import('cognito-srp-engine/redirect');
      return refreshRedirectTokens(client, { domain: local?.endpoint ?? '', ...given }, options);
    },
    tabs: new BroadcastChannel('login-page.session'),
    // With rotation a refresh token is good once, so one tab refreshes at a time
    ...(locks && { exclusive: async <T>(work: () => Promise<T>) => await locks.request(lock, work) }),
  };
  try {
    return { store, session: createSession(client, input, options) };
  } catch {
    // The address names no possible pool: nobody is signed in there, and the form says what is wrong
    return {
      store,
      session: createSession({ userPoolId: 'us-east-1_None', clientId: 'none' }, input, options),
    };
  }
}

/** @returns undefined if nobody is signed in */
export function userOf({ session }: Pick<PageApp, 'session'>): SessionUser | undefined {
  const snapshot = session.getSnapshot();
  return snapshot.status === 'signed-in' ? snapshot.user : undefined;
}

/** Ends a sign-in with the session, after the question about the device. */
export const finisherOf =
  ({ kept, texts, go }: Pick<PageApp, 'kept' | 'texts' | 'go'>) =>
  async (state: SignInState): Promise<boolean> => {
    if (state.status !== 'signed-in' && state.status !== 'device-question') return false;
    const { username, step } = state;
    kept.typedName.set(username);
    if (state.status === 'device-question') go({ name: 'remember-device' }, 'replace');
    else {
      const notice = step.newDevice && !step.device ? texts.notices.deviceNotSetUp : undefined;
      go({ name: 'signed-in', notice }, 'replace');
    }
    return true;
  };
