/**
 * The tokens of a user who has several tabs open. With rotation a refresh token is good once: each tab takes
 * what another has stored before it refreshes, and one refreshes at a time.
 */
import {
  createTokenKeeper,
  ServiceError,
  type StoredUser,
  type Tokens,
  type UserStore,
} from 'cognito-srp-engine';
import { type App, callOptions } from './app.ts';

export interface SharedTokens {
  /** @throws ServiceError REFRESH_TOKEN_REFUSED and the like: the user has to sign in again */
  get(input: { readonly signal: AbortSignal; readonly refresh?: boolean }): Promise<Tokens>;
  /** The tokens at hand, good or not. */
  current(): Tokens;
}

export function shareTokens(app: App, { username, tokens: first }: StoredUser): SharedTokens {
  const { client } = app.pool;
  let tokens = first;

  const reload = async (): Promise<Tokens> => {
    tokens = (await app.store.load(username))?.tokens ?? tokens;
    return tokens;
  };
  const keep = async (fresh: Tokens) => {
    // Who has signed out meanwhile stays signed out
    if (await isSignedIn(app.store, username)) await app.store.saveTokens(username, fresh);
  };
  const refreshed = async (at: Tokens, refresh: boolean): Promise<Tokens> => {
    // Sent, a refresh is seen through, wherever the user goes: with rotation a lost reply costs the sign-in
    const options = callOptions(app, new AbortController().signal);
    const keeper = createTokenKeeper(client, { username, tokens: at, onTokens: keep }, options);
    tokens = await keeper.get({ refresh });
    return tokens;
  };
  const get = async (refresh: boolean): Promise<Tokens> => {
    const used = await reload();
    try {
      return await refreshed(used, refresh);
    } catch (error) {
      if (!isSpent(error)) throw error;
      // Where there are no locks, another tab may have been faster
      const now = await reload();
      if (now.refreshToken === used.refreshToken) throw error;
      return refreshed(now, false);
    }
  };

  const lock = `login-page.tokens.${client.userPoolId}.${client.clientId}.${username}`;
  // Only secure contexts have locks
  const { locks } = navigator as { readonly locks?: LockManager };
  const inTurn = <T>(work: () => Promise<T>): Promise<T> =>
    locks ? (locks.request(lock, work) as Promise<T>) : work();

  return {
    current: () => tokens,
    get: ({ signal, refresh = false }) =>
      until(
        signal,
        inTurn(() => get(refresh)),
      ),
  };
}

const isSignedIn = async (store: UserStore, username: string): Promise<boolean> =>
  (await store.load())?.username === username;

const isSpent = (error: unknown): boolean =>
  error instanceof ServiceError &&
  (error.code === 'REFRESH_TOKEN_REUSED' || error.code === 'REFRESH_TOKEN_REFUSED');

/** Waits no longer than the signal lets it; the work goes on. */
function until<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
