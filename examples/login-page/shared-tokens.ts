/**
 * Shares the tokens of a user among several tabs. With rotation a refresh token is good once, so each tab first takes
 * what another tab has stored, and only one tab refreshes at a time.
 */
import { createTokenKeeper, type StoredUser, type Tokens } from 'cognito-srp-engine';
import { callOptions } from '../../login-page/app.ts';
import type { PageApp } from './page.ts';

export interface SharedTokens {
  /** @throws ServiceError REFRESH_TOKEN_REFUSED or REFRESH_TOKEN_REUSED where the user has to sign in again */
  get(input: { readonly signal: AbortSignal; readonly refresh?: boolean }): Promise<Tokens>;
  /** Gives the tokens without a request. They may have expired. */
  current(): Tokens;
}

export function shareTokens(app: PageApp, { username, tokens }: StoredUser): SharedTokens {
  const { store } = app;
  const { client } = app.pool;
  const lock = `login-page.tokens.${client.userPoolId}.${client.clientId}.${username}`;
  // Only secure contexts have `navigator.locks`
  const { locks } = navigator as { readonly locks?: LockManager };
  const keeper = createTokenKeeper(
    client,
    {
      username,
      tokens,
      onTokens: async (fresh) => {
        // A user who has signed out meanwhile stays signed out
        if (await store.load(username)) await store.saveTokens(username, fresh);
      },
      load: async () => (await store.load(username))?.tokens,
      ...(locks && {
        exclusive: async <T>(work: () => Promise<T>) => await locks.request(lock, work),
      }),
    },
    // A refresh is not aborted when the user leaves, because under rotation its lost reply would end the sign-in
    callOptions(app, new AbortController().signal),
  );
  return {
    current: keeper.current,
    get: ({ signal, refresh = false }) => until(signal, keeper.get({ refresh })),
  };
}

/** Waits for the work until the signal aborts. The work itself goes on. */
function until<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
