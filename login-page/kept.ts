/** Keeps in the browser what a sign-in needs beside the tokens: names, and the language. */
import { type UserPoolClient, webStorage } from 'cognito-srp-engine';

/** One text under one key. `get` gives undefined where nothing was kept. */
export interface Kept {
  readonly get: () => string | undefined;
  readonly set: (text: string) => void;
  readonly remove: () => void;
}

export interface KeptTexts {
  /** The name to fill in at the next visit. A name is not a secret, and the user can see that it is kept. */
  readonly typedName: Kept;
  /** The user who has a passkey on this machine, because Cognito needs a name before it can ask for one. */
  readonly passkeyUser: Kept;
  /** The user who has signed in by redirect, because such tokens are refreshed in another way. */
  readonly redirectedUser: Kept;
  /** The language that was chosen. */
  readonly language: Kept;
}

/**
 * Each user pool and client has its own keys, so that the names of one pool are not shown for another. Where the
 * browser forbids its storage, the texts are kept in memory for as long as the page is open.
 */
export function createKept({ userPoolId, clientId }: UserPoolClient): KeptTexts {
  const storage = webStorage(() => localStorage);
  const text = (name: string): Kept => {
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
  return {
    typedName: text('username'),
    passkeyUser: text('passkey-user'),
    redirectedUser: text('redirected-user'),
    language: text('language'),
  };
}
