/**
 * The files of a pool in the data folder, and which of them count.
 *
 * - `ID.json` is the snapshot. It has a generation.
 * - `ID.GENERATION.journal` has what changed since a snapshot of that generation was begun.
 * - `ID.json.next` is a snapshot that is being written. It counts for nothing.
 * - `ID.json.removed` is the snapshot of a pool that was deleted, until its journals are gone too.
 *
 * A new snapshot is made in this order: the journal of the next generation is created, and takes all changes from then on.
 * The snapshot of the next generation is written and renamed over the old one. The older journals are removed. A process
 * that is stopped in between leaves a snapshot of generation G, and journals from G on that are applied one after the other.
 * Older journals are part of the snapshot, and are removed unread.
 */
import {
  DataFolderError,
  errorCodeOf,
  type FileSystem,
  fileIn,
  syncFolder,
  toDataFolderError,
} from './file-system.ts';
import { type FoundJournal, type KeptChange, readJournal } from './journal.ts';
import type { JsonRecord, KeptPool, Section } from './sections.ts';
import { readSnapshot } from './snapshot.ts';

/** The characters of AWS's pool ids. Other names in the folder are not the store's. */
const POOL_ID = /^[\w-]{1,55}$/;
const FILE_NAME = /^([\w-]{1,55})\.(?:(json|json\.next|json\.removed)|(\d{1,15})\.journal)$/;

export const isPoolId = (poolId: string): boolean => POOL_ID.test(poolId);

export const snapshotPath = (folder: string, poolId: string): string => fileIn(folder, `${poolId}.json`);
export const nextSnapshotPath = (folder: string, poolId: string): string =>
  fileIn(folder, `${poolId}.json.next`);
export const removedSnapshotPath = (folder: string, poolId: string): string =>
  fileIn(folder, `${poolId}.json.removed`);
export const journalPath = (folder: string, poolId: string, generation: number): string =>
  fileIn(folder, `${poolId}.${generation}.journal`);

/** The names in the folder that are of one pool. */
export interface PoolFileNames {
  hasSnapshot: boolean;
  /** Files that count for nothing. */
  readonly leftovers: string[];
  wasRemoved: boolean;
  /** The generations of the journals. */
  readonly journals: number[];
}

export function groupFileNames(folder: string, names: readonly string[]): Map<string, PoolFileNames> {
  const pools = new Map<string, PoolFileNames>();
  for (const name of names) {
    const [, poolId, ending, generation] = FILE_NAME.exec(name) ?? [];
    if (poolId === undefined) continue;
    const files = pools.get(poolId) ?? { hasSnapshot: false, leftovers: [], wasRemoved: false, journals: [] };
    pools.set(poolId, files);
    if (ending === 'json') files.hasSnapshot = true;
    else if (ending === 'json.removed') files.wasRemoved = true;
    else if (ending === 'json.next') files.leftovers.push(fileIn(folder, name));
    else files.journals.push(Number(generation));
  }
  return pools;
}

/** A pool as it was found in the folder. */
export interface FoundPool {
  readonly kept: KeptPool;
  readonly files: KeptFiles;
}

/** The state of a kept pool's files. */
export interface KeptFiles {
  /** The snapshot's. */
  readonly generation: number;
  readonly snapshotBytes: number;
  /** Those that the snapshot does not contain, the oldest first. */
  readonly journals: readonly FoundJournal[];
  /** Files that the snapshot made superfluous. */
  readonly superfluous: readonly string[];
}

/**
 * Reads a pool's snapshot and applies its journals. Nothing in the folder is changed.
 *
 * @throws DataFolderError if a file is damaged or missing
 */
export async function readPoolFiles(
  files: FileSystem,
  folder: string,
  poolId: string,
  names: PoolFileNames,
  sections: readonly Section[],
): Promise<FoundPool> {
  const path = snapshotPath(folder, poolId);
  const snapshot = await readSnapshot(files, path, poolId, sections);
  if (!snapshot) throw new DataFolderError(path, 'is missing, but there is a journal of this pool');
  const generations = [...names.journals].sort((a, b) => a - b);
  const newer = generations.filter((generation) => generation >= snapshot.generation);
  const sectionsByName = new Map(sections.map((section) => [section.name, section]));
  const superfluous = generations
    .filter((generation) => generation < snapshot.generation)
    .map((generation) => journalPath(folder, poolId, generation));
  const journals: FoundJournal[] = [];
  for (const [index, generation] of newer.entries()) {
    checkFollows(folder, poolId, generation, snapshot.generation + index);
    const head = { poolId, generation };
    const { journal, changes } = await readJournal(
      files,
      journalPath(folder, poolId, generation),
      head,
      sectionsByName,
    );
    // A process was stopped, or the disk was full, before the new journal had its first line
    const isUnborn = journal.bytes === 0 && index === newer.length - 1;
    if (isUnborn) {
      superfluous.push(journal.path);
    } else {
      checkFinished(journals.at(-1));
      applyChanges(snapshot.records, changes);
      journals.push(journal);
    }
  }
  const { generation, bytes: snapshotBytes } = snapshot;
  return { kept: snapshot.records, files: { generation, snapshotBytes, journals, superfluous } };
}

function checkFollows(folder: string, poolId: string, generation: number, expected: number): void {
  if (generation === expected) return;
  throw new DataFolderError(
    journalPath(folder, poolId, expected),
    'is missing, but there is a later journal',
  );
}

/** A later journal was begun only when the earlier one was whole. */
function checkFinished(earlier: FoundJournal | undefined): void {
  if (!earlier || (earlier.bytes > 0 && earlier.fileBytes === earlier.bytes)) return;
  throw new DataFolderError(
    earlier.path,
    'is damaged: it ends in the middle of a flush, but there is a later journal',
  );
}

function applyChanges(records: Map<string, Map<string, JsonRecord>>, changes: readonly KeptChange[]): void {
  for (const { collection, key, value } of changes) {
    const collected = records.get(collection);
    if (value === undefined) collected?.delete(key);
    else collected?.set(key, value);
  }
}

/**
 * Removes all files of a pool. A process that is stopped in between leaves `ID.json.removed`, and the next one goes on with
 * the removal.
 */
export async function removePoolFiles(files: FileSystem, folder: string, poolId: string): Promise<void> {
  const removed = removedSnapshotPath(folder, poolId);
  try {
    await files.rename(snapshotPath(folder, poolId), removed);
  } catch (error) {
    if (errorCodeOf(error) !== 'ENOENT')
      throw toDataFolderError(snapshotPath(folder, poolId), 'removed', error);
  }
  const names = groupFileNames(folder, await files.readdir(folder)).get(poolId);
  if (!names) return;
  const journals = names.journals.map((generation) => journalPath(folder, poolId, generation));
  await syncFolder(files, folder);
  await removeFiles(files, [...journals, ...names.leftovers, removed]);
  await syncFolder(files, folder);
}

/** Removes what does not count any more. */
export async function removeFiles(files: FileSystem, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    try {
      await files.rm(path, { force: true });
    } catch (error) {
      throw toDataFolderError(path, 'removed', error);
    }
  }
}
