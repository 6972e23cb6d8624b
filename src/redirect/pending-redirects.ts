/**
 * The sign-ins that have left for the login page and are not back yet. Each has items of its own, so that two tabs can sign in at once.
 */
import { isMaxAge } from '../cognito/sign-in/step-up.ts';
import type { KeyValueStorage } from '../cognito/tokens/key-value-storage.ts';
import { isNonEmptyString, isRecord, parseJson } from '../cognito/values.ts';

/** What has to be known of a sign-in to take its result. */
export interface PendingRedirect {
  readonly nonce: string;
  /** The PKCE verifier (RFC 7636). Secret. */
  readonly verifier: string;
  readonly redirectUri: string;
  readonly returnTo: string | undefined;
  /** How old the sign-in at the login page may be, in seconds. */
  readonly maxAgeSeconds: number | undefined;
  /** Milliseconds since the epoch by the caller's clock. */
  readonly expiresAt: number;
}

export interface PendingRedirects {
  readonly add: (state: string, pending: PendingRedirect) => Promise<void>;
  /**
   * Removes a sign-in and gives it, so that it counts once.
   *
   * @param state as it came back, from whoever sent it
   * @returns undefined for one that was not begun here, or that was taken before
   */
  readonly take: (state: string) => Promise<PendingRedirect | undefined>;
}

/** More of them are abandoned ones. They would fill the storage, or the header `Cookie`. */
const MOST = 5;

/** 32 bytes in base64url. */
const STATE = /^[\w-]{43}$/;

export function createPendingRedirects(storage: KeyValueStorage, clientId: string): PendingRedirects {
  const root = `CognitoSrpEngine.${clientId}`;
  const keyOf = (state: string): string => `${root}.redirect.${state}`;
  const listKey = `${root}.redirects`;

  const readStates = async (): Promise<readonly string[]> =>
    ((await storage.getItem(listKey)) ?? '').split(' ').filter((state) => STATE.test(state));

  async function writeStates(states: readonly string[]): Promise<void> {
    await (states.length > 0 ? storage.setItem(listKey, states.join(' ')) : storage.removeItem(listKey));
  }

  return {
    add: async (state, pending) => {
      const states = [...(await readStates()), state];
      await storage.setItem(keyOf(state), JSON.stringify(pending));
      for (const old of states.slice(0, -MOST)) await storage.removeItem(keyOf(old));
      await writeStates(states.slice(-MOST));
    },
    take: async (state) => {
      if (!STATE.test(state)) return undefined;
      const read = storage.getItem(keyOf(state));
      // A storage that answers at once is not waited for, so that nobody else can read the item before it is removed
      const item = typeof read === 'object' ? await read : read;
      await storage.removeItem(keyOf(state));
      await writeStates((await readStates()).filter((each) => each !== state));
      return readPending(item);
    },
  };
}

function readPending(item: unknown): PendingRedirect | undefined {
  const read = parseJson(typeof item === 'string' ? item : '');
  if (!isRecord(read)) return undefined;
  const { nonce, verifier, redirectUri, returnTo, maxAgeSeconds, expiresAt } = read;
  if (!isNonEmptyString(nonce) || !isNonEmptyString(verifier) || !isNonEmptyString(redirectUri))
    return undefined;
  if (typeof expiresAt !== 'number') return undefined;
  if (maxAgeSeconds !== undefined && !isMaxAge(maxAgeSeconds)) return undefined;
  return {
    nonce,
    verifier,
    redirectUri,
    returnTo: isNonEmptyString(returnTo) ? returnTo : undefined,
    maxAgeSeconds,
    expiresAt,
  };
}
