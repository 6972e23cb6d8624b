/** Where tokens and devices are kept between runs: three methods, and two stores that need nothing else. */

/**
 * Keeps strings under keys. `localStorage`, `sessionStorage` and React Native's AsyncStorage are such stores as
 * they are.
 */
export interface KeyValueStorage {
  getItem(key: string): string | null | undefined | Promise<string | null | undefined>;
  setItem(key: string, value: string): void | Promise<void>;
  removeItem(key: string): void | Promise<void>;
}

/** Keeps for as long as it is referenced. */
export function memoryStorage(initial: Readonly<Record<string, string>> = {}): KeyValueStorage {
  const items = new Map(Object.entries(initial));
  return {
    getItem: (key) => items.get(key),
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}

/** `localStorage` or `sessionStorage`. */
export interface WebStorageArea {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/**
 * Web Storage that may be full, forbidden or missing (private windows, blocked cookies): it then keeps in
 * memory, so that a sign-in goes on.
 *
 * @param storage a function, because `window.localStorage` itself throws where it is forbidden:
 *   `() => window.localStorage`
 */
export function webStorage(storage: () => WebStorageArea): KeyValueStorage {
  const fallback = memoryStorage();
  const attempt = <T>(work: (web: WebStorageArea) => T): T | undefined => {
    try {
      return work(storage());
    } catch {
      return undefined;
    }
  };
  return {
    getItem: (key) => attempt((web) => web.getItem(key)) ?? fallback.getItem(key),
    setItem: (key, value) => {
      const kept = attempt((web) => {
        web.setItem(key, value);
        return true;
      });
      if (kept) return fallback.removeItem(key);
      // What the store still holds under this key is old
      attempt((web) => web.removeItem(key));
      return fallback.setItem(key, value);
    },
    removeItem: (key) => {
      attempt((web) => web.removeItem(key));
      return fallback.removeItem(key);
    },
  };
}
