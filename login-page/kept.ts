/** Keeps in the browser what a sign-in needs beside the tokens: names, and the view. */
import { type UserPoolClient, webStorage } from 'cognito-srp-engine';

/** One text under one key. `get` gives undefined where nothing was kept. */
export interface Kept {
  get(): string | undefined;
  set(text: string): void;
  remove(): void;
}

export interface KeptTexts {
  /** The name to fill in at the next visit. A name is not a secret, and the user can see that it is kept. */
  readonly typedName: Kept;
  /** The user who has a passkey on this machine, because Cognito needs a name before it can ask for one. */
  readonly passkeyUser: Kept;
  /** JSON of the view. Only this tab sees it. */
  readonly view: Kept;
}

/**
 * Each user pool and client has its own keys, so that the names of one pool are not shown for another. Where the
 * browser forbids its storage, the texts are kept in memory for as long as the page is open.
 *
 * @returns a function that makes the place for one text, in this tab or for every tab
 */
export function keptTexts({
  userPoolId,
  clientId,
}: UserPoolClient): (seenBy: 'every tab' | 'this tab', name: string) => Kept {
  const local = webStorage(() => localStorage);
  const tab = webStorage(() => sessionStorage);
  return (seenBy, name) => {
    const storage = seenBy === 'every tab' ? local : tab;
    const key = `login-page.${userPoolId}.${clientId}.${name}`;
    return {
      get: () => {
        // The type allows a promise, but Web Storage gives its value at once
        const value = storage.getItem(key);
        return typeof value === 'string' && value !== '' ? value : undefined;
      },
      set: (value) => void storage.setItem(key, value),
      remove: () => void storage.removeItem(key),
    };
  };
}

export function createKept(client: UserPoolClient): KeptTexts {
  const text = keptTexts(client);
  return {
    typedName: text('every tab', 'username'),
    passkeyUser: text('every tab', 'passkey-user'),
    view: text('this tab', 'view'),
  };
}
