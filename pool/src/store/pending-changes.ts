/** The changes that are not on disk yet: of each record the last one. */
import type { Change } from './collection.ts';

export interface PendingChanges {
  readonly isEmpty: () => boolean;
  readonly add: (change: Change) => void;
  /** Takes all of them out. */
  readonly take: () => readonly Change[];
  /** Puts back what was taken and could not be written. A newer change of the same record stays. */
  readonly putBack: (changes: readonly Change[]) => void;
}

export function createPendingChanges(): PendingChanges {
  let collections = new Map<string, Map<string, Change>>();
  const changesOf = (collection: string): Map<string, Change> => {
    const changes = collections.get(collection) ?? new Map<string, Change>();
    collections.set(collection, changes);
    return changes;
  };
  return {
    isEmpty: () => collections.size === 0,
    add: (change) => void changesOf(change.collection).set(change.key, change),
    take: () => {
      const taken = [...collections.values()].flatMap((changes) => [...changes.values()]);
      collections = new Map();
      return taken;
    },
    putBack: (changes) => {
      for (const change of changes) {
        const newer = changesOf(change.collection);
        if (!newer.has(change.key)) newer.set(change.key, change);
      }
    },
  };
}
