/**
 * Writes several items so that a reader finds all of them or none, over a storage that writes one item at a time.
 *
 * The new items are first written together under one more key, the journal. That one write decides: as long as the
 * journal is there, its items are read in place of those under their own keys. It is removed when each item is in its
 * place.
 */
import type { KeyValueStorage } from './key-value-storage.ts';
import { createTurns } from './single-flight.ts';

export type Item = readonly [key: string, value: string];

/** What is written. An empty value removes what is under its key. */
export type Items = ReadonlyMap<string, string>;

/** Gives the value under a key. An empty value counts as none. */
export type ItemReader = (key: string) => Promise<string | undefined>;

/**
 * What is there after a write that failed on its way:
 * - `old`: what was there before. If the storage does not take that back, it is what is new.
 * - `new`: what is new, because what was there before is worth nothing.
 */
export type AfterFailure = 'old' | 'new';

/** Items of one storage. One method runs at a time. */
export interface ItemStore {
  readonly read: <Result>(work: (get: ItemReader) => Promise<Result>) => Promise<Result>;
  /** @param itemsOf gives what to write */
  readonly write: (itemsOf: (get: ItemReader) => Promise<Items>, afterFailure: AfterFailure) => Promise<void>;
  /** @param keysOf gives the keys to remove */
  readonly remove: (keysOf: (get: ItemReader) => Promise<readonly string[]>) => Promise<void>;
}

export function createItemStore(storage: KeyValueStorage, journalKey: string): ItemStore {
  const inTurn = createTurns();

  const readJournal = async () => (await storage.getItem(journalKey)) || undefined;

  const reader =
    (journal: Items): ItemReader =>
    async (key) =>
      (journal.get(key) ?? (await storage.getItem(key))) || undefined;

  const put = async (key: string, value: string | undefined) =>
    value ? storage.setItem(key, value) : storage.removeItem(key);

  async function writeJournal(items: Items, before: string | undefined): Promise<void> {
    try {
      await storage.setItem(journalKey, JSON.stringify([...items]));
    } catch (error) {
      // The first failure is the one to tell.
      await put(journalKey, before).catch(() => {});
      throw error;
    }
  }

  async function write(
    itemsOf: (get: ItemReader) => Promise<Items>,
    afterFailure: AfterFailure,
  ): Promise<void> {
    const journal = await readJournal();
    const unfinished = parseJournal(journal);
    const items = await itemsOf(reader(unfinished));
    // What an earlier write has not finished is finished here.
    const all: Items = new Map([...unfinished, ...items]);
    const before = new Map<string, string | undefined>();
    for (const key of all.keys()) before.set(key, (await storage.getItem(key)) ?? undefined);

    await writeJournal(all, journal);
    try {
      for (const [key, value] of all) await put(key, value);
    } catch (error) {
      if (afterFailure === 'old') await goBack(before, journal);
      throw error;
    }
    await removeJournal();
  }

  /** Tries twice: a journal that stays would be read in place of what the official libraries write later. */
  async function removeJournal(): Promise<void> {
    try {
      await storage.removeItem(journalKey);
    } catch {
      await storage.removeItem(journalKey);
    }
  }

  async function goBack(before: ReadonlyMap<string, string | undefined>, journal: string | undefined) {
    try {
      for (const [key, value] of before) await put(key, value);
      await put(journalKey, journal);
    } catch {
      // The journal is still there, so all of the new items are read, and none of the old ones.
    }
  }

  async function remove(keysOf: (get: ItemReader) => Promise<readonly string[]>): Promise<void> {
    const journal = parseJournal(await readJournal());
    const keys = await keysOf(reader(journal));
    // The journal hides what an earlier write had to remove.
    const hidden = [...journal].filter(([, value]) => value === '').map(([key]) => key);
    // Removed before the journal changes, because without it they would be read again.
    for (const key of hidden) await storage.removeItem(key);
    if (journal.size > 0) await removeFromJournal(journal, [...keys, ...hidden]);
    for (const key of keys) await storage.removeItem(key);
  }

  async function removeFromJournal(journal: Items, keys: readonly string[]): Promise<void> {
    const rest = [...journal].filter(([key]) => !keys.includes(key));
    try {
      await put(journalKey, rest.length > 0 ? JSON.stringify(rest) : undefined);
    } catch {
      // A full storage must not keep a user from signing out, so the whole journal goes.
      await storage.removeItem(journalKey);
    }
  }

  return {
    read: (work) => inTurn(async () => work(reader(parseJournal(await readJournal())))),
    write: (itemsOf, afterFailure) => inTurn(() => write(itemsOf, afterFailure)),
    remove: (keysOf) => inTurn(() => remove(keysOf)),
  };
}

/** @returns the items of a journal; none if it is missing or damaged */
function parseJournal(journal: string | undefined): Items {
  try {
    const entries: unknown = JSON.parse(journal ?? '[]');
    return new Map(Array.isArray(entries) ? entries.filter(isItem) : []);
  } catch {
    return new Map();
  }
}

const isItem = (entry: unknown): entry is Item =>
  Array.isArray(entry) && entry.length === 2 && entry.every((text) => typeof text === 'string');
