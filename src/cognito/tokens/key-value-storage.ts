/** Where tokens and devices are kept between runs: an interface, and two storages that need nothing else. */

import { mustBe } from '../../errors.ts';

/**
 * Keeps strings under keys. `localStorage`, `sessionStorage` and React Native's AsyncStorage fit this interface as they
 * are.
 */
export interface KeyValueStorage {
  /** Gives the value under a key; null or undefined if there is none. */
  readonly getItem: (key: string) => string | null | undefined | Promise<string | null | undefined>;
  readonly setItem: (key: string, value: string) => void | Promise<void>;
  /** Removes a key. A key that is not there is not an error. */
  readonly removeItem: (key: string) => void | Promise<void>;
}

/** @throws ArgumentError OPTION_INVALID if the storage lacks a method */
export function checkStorage(storage: KeyValueStorage): void {
  for (const method of ['getItem', 'setItem', 'removeItem'] as const) {
    if (typeof storage?.[method] === 'function') continue;
    throw mustBe('OPTION_INVALID', 'storage', 'an object with the methods getItem, setItem and removeItem');
  }
}

/**
 * Creates a storage that keeps its items in memory.
 *
 * @param initial key → value of the items to begin with
 * @returns the storage. Its items are lost with it.
 * @example
 * ```ts
 * import { createUserStore, memoryStorage, type UserPoolClient } from 'cognito-srp-engine';
 *
 * declare const pool: UserPoolClient;
 *
 * const store = createUserStore(memoryStorage(), pool);
 * console.log(await store.load());
 * ```
 */
export function memoryStorage(initial: Readonly<Record<string, string>> = {}): KeyValueStorage {
  const items = new Map(Object.entries(initial));
  return {
    getItem: (key) => items.get(key),
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}

/** What {@link webStorage} needs of `localStorage` or `sessionStorage`. */
export interface WebStorageArea {
  readonly getItem: (key: string) => string | null;
  readonly setItem: (key: string, value: string) => void;
  readonly removeItem: (key: string) => void;
}

/**
 * Creates a storage over `localStorage` or `sessionStorage` that never fails. If the browser forbids it (private
 * windows, blocked cookies), or if it is full, the items are kept in memory, so that a sign-in can go on.
 *
 * @param storage gives the browser's storage: `() => window.localStorage`. It is a function because
 *   `window.localStorage` itself throws if it is forbidden.
 * @returns the storage
 * @throws ArgumentError OPTION_INVALID if it is not a function
 * @example
 * ```ts
 * import { createUserStore, type UserPoolClient, webStorage } from 'cognito-srp-engine';
 *
 * declare const pool: UserPoolClient;
 *
 * const store = createUserStore(webStorage(() => window.localStorage), pool);
 * console.log(await store.load());
 * ```
 */
export function webStorage(storage: () => WebStorageArea): KeyValueStorage {
  if (typeof storage !== 'function')
    throw mustBe('OPTION_INVALID', 'storage', 'a function that gives the storage');
  const memory = memoryStorage();

  const readArea = (key: string): string | null => {
    try {
      return storage().getItem(key);
    } catch {
      return null;
    }
  };
  /** Answers whether the browser's storage has taken the value. */
  const writeArea = (key: string, value: string): boolean => {
    try {
      storage().setItem(key, value);
      return true;
    } catch {
      return false;
    }
  };
  const removeFromArea = (key: string): void => {
    try {
      storage().removeItem(key);
    } catch {
      // The browser forbids the storage, so the value cannot be read from it either.
    }
  };

  return {
    getItem: (key) => readArea(key) ?? memory.getItem(key),
    setItem: (key, value) => {
      if (writeArea(key, value)) return memory.removeItem(key);
      // What the browser's storage still holds under this key is older than the value in memory.
      removeFromArea(key);
      return memory.setItem(key, value);
    },
    removeItem: (key) => {
      removeFromArea(key);
      return memory.removeItem(key);
    },
  };
}
