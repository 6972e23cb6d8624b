/** The records of one kind that a pool keeps. Every write goes through here, so that the store is told of it. */

/** One change of what a pool keeps. `value` is undefined if the record is gone. */
export interface Change {
  readonly collection: string;
  readonly key: string;
  readonly value: unknown;
}

export type Tell = (change: Change) => void;

/**
 * Records by their key, in the order in which they were first put. A record may be changed in place if it is put again under
 * its key just before: the store encodes it when it flushes, not when it is told, and it may refuse what it cannot keep.
 */
export interface Collection<Value> {
  readonly size: number;
  readonly get: (key: string) => Value | undefined;
  /**
   * Keeps the record and tells the store.
   *
   * @throws what the store throws, if it refuses the change. Then nothing has changed.
   */
  readonly put: (key: string, value: Value) => void;
  /** Forgets the record and tells the store, if there was one. Returns whether there was one. It throws as `put` does. */
  readonly delete: (key: string) => boolean;
  readonly values: () => IterableIterator<Value>;
}

/**
 * @param name the collection's name in each change that is told
 * @param tell hears of each put and delete; without it the records live in memory alone
 * @param entries what the collection holds at first, of which nothing is told
 */
export function createCollection<Value>(
  name: string,
  tell?: Tell,
  entries: Iterable<readonly [string, Value]> = [],
): Collection<Value> {
  const records = new Map<string, Value>(entries);
  return {
    get size() {
      return records.size;
    },
    get: (key) => records.get(key),
    put: (key, value) => {
      tell?.({ collection: name, key, value });
      records.set(key, value);
    },
    delete: (key) => {
      if (!records.has(key)) return false;
      tell?.({ collection: name, key, value: undefined });
      return records.delete(key);
    },
    values: () => records.values(),
  };
}
