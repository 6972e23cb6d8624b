/**
 * The tokens of a user who has several tabs open. With rotation a refresh token is good once: each tab takes
 * what another has stored before it refreshes, and one refreshes at a time.
 */
import { createTokenKeeper, type StoredUser, type Tokens } from 'cognito-srp-engine';
import { type App, callOptions } from './app.ts';

export interface SharedTokens {
  /** @throws ServiceError REFRESH_TOKEN_REFUSED and the like: the user has to sign in again */
  get(input: { readonly signal: AbortSignal; readonly refresh?: boolean }): Promise<Tokens>;
  /** The tokens at hand, good or not. */
  current(): Tokens;
}

export function shareTokens(app: App, { username, tokens }: StoredUser): SharedTokens {
  const { store } = app;
  const { client } = app.pool;
  const lock = `login-page.tokens.${client.userPoolId}.${client.clientId}.${username}`;
  // Only secure contexts have locks
  const { locks } = navigator as { readonly locks?: LockManager };
  const keeper = createTokenKeeper(
    client,
    {
      username,
      tokens,
      onTokens: async (fresh) => {
        // Who has signed out meanwhile stays signed out
        if (await store.load(username)) await store.saveTokens(username, fresh);
      },
      load: async () => (await store.load(username))?.tokens,
      ...(locks && {
        exclusive: async <T>(work: () => Promise<T>) => await locks.request(lock, work),
      }),
    },
    // Sent, a refresh is seen through, wherever the user goes: with rotation a lost reply costs the sign-in
    callOptions(app, new AbortController().signal),
  );
  return {
    current: keeper.current,
    get: ({ signal, refresh = false }) => until(signal, keeper.get({ refresh })),
  };
}

/** Waits no longer than the signal lets it; the work goes on. */
function until<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
