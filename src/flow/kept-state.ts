/** Keeps the state of a flow over a reload. */
import type { UserPoolClient } from '../cognito/client/user-pool-client.ts';
import type { KeyValueStorage } from '../cognito/tokens/key-value-storage.ts';
import { isRecord, parseJson } from '../cognito/values.ts';

export interface KeptState<State, Kept> {
  /** Reads what is kept. It is a promise only if the storage gives one, so that a page has its state at once. */
  readonly read: () => Kept | undefined | Promise<Kept | undefined>;
  /** Keeps a state, or forgets the last one if this state does not survive a reload. It never fails. */
  readonly write: (state: State) => void;
}

/** What is kept of a state, and what that means when it is read. */
export interface KeptShape<State, Kept> {
  /** @returns undefined if the state does not survive a reload */
  readonly toKept: (state: State) => object | undefined;
  /** @returns undefined if what is kept is damaged or of another pool. It may throw for the same reasons. */
  readonly fromKept: (value: Readonly<Record<string, unknown>>) => Kept | undefined;
}

/** Each app client has its own keys, so that one page can have flows of several. */
export const storageKey = ({ userPoolId, clientId }: UserPoolClient, flow: string): string =>
  `cognito-srp-engine.flow.${userPoolId}.${clientId}.${flow}`;

/** Whether a storage answers later. A promise of another realm, or of a polyfill, is not an instance of this realm's. */
export const isLater = <T>(value: T | PromiseLike<T>): value is PromiseLike<T> =>
  typeof value === 'object' && value !== null && 'then' in value;

export function keepState<State, Kept>(
  storage: KeyValueStorage,
  key: string,
  { toKept, fromKept }: KeptShape<State, Kept>,
): KeptState<State, Kept> {
  /** The write before this one, if the storage is not done with it. Storages do not promise to keep the order. */
  let pending: Promise<void> | undefined;

  function change(write: () => void | Promise<void>, onFailure: () => void): void {
    const begin = (): Promise<void> | undefined => {
      try {
        const done = write();
        return isLater<void>(done) ? Promise.resolve(done).catch(onFailure) : undefined;
      } catch {
        onFailure();
        return undefined;
      }
    };
    // A storage that is not asynchronous has done its work before the page can be left
    const done = pending ? pending.then(begin) : begin();
    if (!done) return;
    const settled = done.then(() => {
      if (pending === settled) pending = undefined;
    });
    pending = settled;
  }

  const remove = () =>
    change(
      () => storage.removeItem(key),
      () => undefined,
    );

  function parse(text: string | null | undefined): Kept | undefined {
    const value = parseJson(text ?? '');
    try {
      return isRecord(value) ? fromKept(value) : undefined;
    } catch {
      return undefined;
    }
  }

  return {
    read: () => {
      try {
        const text = storage.getItem(key);
        return isLater(text)
          ? Promise.resolve(text)
              .then(parse)
              .catch(() => undefined)
          : parse(text);
      } catch {
        return undefined;
      }
    },
    write: (state) => {
      const value = toKept(state);
      // What the storage still has is older than what it did not take
      if (value) change(() => storage.setItem(key, JSON.stringify(value)), remove);
      else remove();
    },
  };
}
