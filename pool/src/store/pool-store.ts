/** Keeps one pool: collects its changes, flushes them to the journal, and folds the journal into a new snapshot. */
import type { Change, Tell } from './collection.ts';
import { DataFolderError, type FileSystem, syncFolder, toDataFolderError } from './file-system.ts';
import { appendToJournal, createJournal, cutOffUnfinished, type Journal } from './journal.ts';
import { createPendingChanges } from './pending-changes.ts';
import {
  journalPath,
  type KeptFiles,
  nextSnapshotPath,
  removeFiles,
  removePoolFiles,
  snapshotPath,
} from './pool-files.ts';
import type { Section, SnapshotSource } from './sections.ts';
import { writeSnapshot } from './snapshot.ts';

/** After a change, so that the write and its fsync are done within the 100 ms that are promised. */
const FLUSH_AFTER_MS = 40;
/** How long after a failed write the next one is tried. */
const RETRY_AFTER_MS = 1000;
/** A journal that is shorter than this is not folded, so that a small pool is not written anew all the time. */
const SMALLEST_FOLD_BYTES = 1024 * 1024;

/** Where a pool keeps its changes. */
export interface PoolStore {
  /** Hears of each change, for `createCollection`. The change is on disk 100 ms later, unless the disk fails. */
  readonly tell: Tell;
  /** Why the last write failed. Undefined once everything is on disk again. */
  readonly problem: DataFolderError | undefined;
  /**
   * To be called once, when the collections are filled. A new pool gets its first snapshot, and the promise resolves when it
   * is on disk. Of a kept pool the journal is folded into the snapshot in the background, without waiting for it.
   *
   * @throws DataFolderError if a file cannot be written
   */
  readonly begin: (source: SnapshotSource) => Promise<void>;
  /**
   * Writes what was told at once, and resolves when it is on disk.
   *
   * @throws DataFolderError if it cannot be written. The changes are kept in memory and tried again, every second and with
   *   each flush.
   */
  readonly flush: () => Promise<void>;
}

/** What the data folder itself does with a pool's store. */
export interface OwnedPoolStore {
  readonly store: PoolStore;
  /** Flushes, and folds the journal into the snapshot. It throws only if changes are lost. */
  readonly close: () => Promise<void>;
  /** Removes the pool's files. What is told later is forgotten. */
  readonly remove: () => Promise<void>;
}

/** What all pools of a data folder have in common. */
export interface PoolStoreContext {
  readonly files: FileSystem;
  readonly folder: string;
  readonly sections: readonly Section[];
  readonly log: (line: string) => void;
  /** Throws a DataFolderError if the folder's lock was taken by another process. */
  readonly checkHeld: () => Promise<void>;
}

/** @param found what the folder has of the pool, or undefined for a new one */
export function createPoolStore(
  context: PoolStoreContext,
  poolId: string,
  found: KeptFiles | undefined,
): OwnedPoolStore {
  const { files, folder, sections, log, checkHeld } = context;
  const sectionsByName = new Map(sections.map((section) => [section.name, section]));
  const path = snapshotPath(folder, poolId);
  const pending = createPendingChanges();
  let source: SnapshotSource | undefined;
  /** Those that the snapshot does not contain. The last one is appended to. */
  let journals: readonly Journal[] = [];
  let foldAtBytes = 0;
  let problem: DataFolderError | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let state: 'open' | 'closed' | 'removed' = 'open';

  let lastTurn: Promise<unknown> = Promise.resolve();
  /** Runs one piece of work on the files after the other. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = lastTurn.then(work);
    lastTurn = turn.catch(() => {});
    return turn;
  };

  const tell: Tell = (change: Change) => {
    // An operation may still run whose pool was removed meanwhile
    if (state === 'removed') return;
    if (state === 'closed') throw new Error('The data folder is closed');
    if (!sectionsByName.has(change.collection)) {
      throw new Error(`"${change.collection}" is not a section of the data folder`);
    }
    pending.add(change);
    flushLater(FLUSH_AFTER_MS);
  };

  /** A change restarts nothing: the first one that is pending decides when it is time. */
  const flushLater = (afterMs: number): void => {
    if (timer !== undefined || !source || state !== 'open') return;
    // The failure is logged, and stays in `problem`
    timer = setTimeout(() => flush().catch(() => {}), afterMs);
  };

  const stopTimer = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };

  let nextFlush: Promise<void> | undefined;
  const flush = (): Promise<void> => {
    // Whoever asks before it begins is served by the same write
    nextFlush ??= inTurn(() => {
      nextFlush = undefined;
      return writePending();
    });
    return nextFlush;
  };

  const writePending = async (): Promise<void> => {
    stopTimer();
    const journal = journals.at(-1);
    if (pending.isEmpty() || state === 'removed') return;
    if (!source || !journal) throw new DataFolderError(path, 'has to be written before changes can be kept');
    const changes = pending.take();
    try {
      await checkHeld();
      const longer = await appendToJournal(files, journal, changes, sectionsByName, source);
      journals = [...journals.slice(0, -1), longer];
      if (problem) log(`${longer.path} is written again`);
      problem = undefined;
    } catch (error) {
      pending.putBack(changes);
      const failure = toDataFolderError(journal.path, 'written', error);
      if (failure.message !== problem?.message) log(`${failure.message}. The changes are kept in memory.`);
      problem = failure;
      flushLater(RETRY_AFTER_MS);
      throw failure;
    }
    if (journalBytes() >= foldAtBytes) foldInBackground();
  };

  const journalBytes = (): number => journals.reduce((sum, { bytes }) => sum + bytes, 0);

  /** The journal is folded when it has outgrown the snapshot, so a byte of a change costs at most a byte of a snapshot. */
  const planFold = (snapshotBytes: number): void => {
    foldAtBytes = journalBytes() + Math.max(snapshotBytes, SMALLEST_FOLD_BYTES);
  };

  let runningFold: Promise<void> | undefined;
  /** Never rejects: the journals stay, and have everything. */
  const foldInBackground = (): Promise<void> => {
    runningFold ??= fold()
      .catch(async (error: unknown) => {
        log(`${toDataFolderError(path, 'written', error).message}. The journal has everything and is kept.`);
        planFold(journalBytes());
        // The journal needs the place, if the disk is full
        await files.rm(nextSnapshotPath(folder, poolId), { force: true }).catch(() => {});
      })
      .finally(() => {
        runningFold = undefined;
      });
    return runningFold;
  };

  const fold = async (): Promise<void> => {
    const from = source;
    if (!from || state === 'removed') return;
    const generation = (journals.at(-1)?.generation ?? 0) + 1;
    await inTurn(async () => {
      // A write that failed may have left a part of it, and only the last journal may end like that
      if (problem) throw problem;
      await checkHeld();
      journals = [...journals, await createNext(generation)];
    });
    const bytes = await writeSnapshot(
      files,
      nextSnapshotPath(folder, poolId),
      { poolId, generation },
      sections,
      from,
    );
    await inTurn(async () => {
      // The snapshot has records whose change may not be in the journal yet, beside others that changed together with them
      await writePending();
      await placeSnapshot();
      const superfluous = journals.filter((journal) => journal.generation < generation);
      journals = journals.filter((journal) => journal.generation >= generation);
      planFold(bytes);
      await removeFiles(
        files,
        superfluous.map((journal) => journal.path),
      );
    });
  };

  /** Makes the snapshot that was written the one that counts. */
  const placeSnapshot = async (): Promise<void> => {
    await checkHeld();
    await files.rename(nextSnapshotPath(folder, poolId), path);
    await syncFolder(files, folder);
  };

  const begin = async (from: SnapshotSource): Promise<void> => {
    if (source) throw new Error(`The pool ${poolId} is begun already`);
    source = from;
    try {
      await inTurn(() => (found ? takeUp(found) : writeFirstSnapshot(from)));
    } catch (error) {
      problem = toDataFolderError(path, 'written', error);
      throw problem;
    }
    if (!pending.isEmpty()) flushLater(FLUSH_AFTER_MS);
    if (journals.some(({ isEmpty }) => !isEmpty)) void foldInBackground();
  };

  /** Goes on with the last journal of a kept pool, after what a stopped process left was put right. */
  const takeUp = async ({ generation, journals: earlier, superfluous, snapshotBytes }: KeptFiles) => {
    await checkHeld();
    await removeFiles(files, superfluous);
    const last = earlier.at(-1);
    if (last && last.fileBytes !== last.bytes) {
      const torn = last.fileBytes - last.bytes;
      log(`${last.path} ends in a flush that was not finished. Its ${torn} bytes are cut off.`);
      await cutOffUnfinished(files, last);
    }
    journals = last ? earlier : [await createNext(generation)];
    foldAtBytes = Math.max(snapshotBytes, SMALLEST_FOLD_BYTES);
  };

  const createNext = (generation: number): Promise<Journal> =>
    createJournal(files, folder, journalPath(folder, poolId, generation), { poolId, generation });

  const writeFirstSnapshot = async (from: SnapshotSource): Promise<void> => {
    await checkHeld();
    await removePoolFiles(files, folder, poolId);
    // The snapshot has what was told while the collections were filled
    pending.take();
    const generation = 1;
    const head = { poolId, generation };
    const bytes = await writeSnapshot(files, nextSnapshotPath(folder, poolId), head, sections, from);
    await placeSnapshot();
    journals = [await createNext(generation)];
    planFold(bytes);
  };

  const close = async (): Promise<void> => {
    try {
      if (source) {
        await runningFold;
        await flush();
        if (journals.some(({ isEmpty }) => !isEmpty)) await foldInBackground();
        await flush();
      }
    } finally {
      state = 'closed';
      stopTimer();
    }
  };

  const remove = async (): Promise<void> => {
    state = 'removed';
    stopTimer();
    pending.take();
    await runningFold;
    await inTurn(() => removePoolFiles(files, folder, poolId));
  };

  const store: PoolStore = {
    tell,
    begin,
    flush,
    get problem() {
      return problem;
    },
  };
  return { store, close, remove };
}
