/** The data folder: what the pools keep on disk, so that it is there after a restart. */
import { type FileSystem, FOLDER_MODE, fromNode, toDataFolderError } from './file-system.ts';
import { lockFolder } from './folder-lock.ts';
import {
  type FoundPool,
  groupFileNames,
  isPoolId,
  readPoolFiles,
  removeFiles,
  removePoolFiles,
} from './pool-files.ts';
import { createPoolStore, type OwnedPoolStore, type PoolStore, type PoolStoreContext } from './pool-store.ts';
import type { KeptPool, Section } from './sections.ts';

export interface DataFolderOptions {
  /** The parts of a pool's snapshot, in the order in which they are written. A file with another part is refused. */
  readonly sections: readonly Section[];
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Takes a line about what was repaired, and about what cannot be written. No line has anything that is kept. */
  readonly log: (line: string) => void;
  /** Default `node:fs/promises`. */
  readonly files?: FileSystem;
}

/** An open data folder. No other process can open it until it is closed. */
export interface DataFolder {
  /** What was kept, by pool id. A pool leaves the map when it is opened, so that nothing is in memory twice. */
  readonly pools: ReadonlyMap<string, KeptPool>;
  /**
   * Opens a pool that was kept, or a new one. Nothing is written before the store's `begin`.
   *
   * @throws Error if the pool is open already, or its id is not of AWS's form
   */
  readonly openPool: (poolId: string) => PoolStore;
  /**
   * Removes what is kept of a pool.
   *
   * @throws Error if its id is not of AWS's form
   * @throws DataFolderError if a file cannot be removed
   */
  readonly removePool: (poolId: string) => Promise<void>;
  /**
   * Writes what is pending, folds the journals into the snapshots and lets other processes have the folder.
   *
   * @throws DataFolderError if changes could not be written and are lost
   */
  readonly close: () => Promise<void>;
}

/**
 * Opens a data folder, which is created if it is not there.
 *
 * For each pool the folder has a snapshot `ID.json`, which can be read and is a seed, and a journal of what changed since.
 * Only the owner can read them, because they hold verifiers and signing keys. Whatever happens to the process, the files
 * stay whole, and what was changed more than 100 ms before is in them.
 *
 * @param path the folder
 * @throws DataFolderError if another process has the folder, which the message names; or if a file in it is damaged or
 *   cannot be read. The message names the file, and nothing in the folder is changed.
 */
export async function openDataFolder(path: string, options: DataFolderOptions): Promise<DataFolder> {
  const { sections, now, log, files = fromNode()('node:fs/promises') } = options;
  const folder = fromNode()('node:path').resolve(path);
  try {
    await files.mkdir(folder, { recursive: true, mode: FOLDER_MODE });
  } catch (error) {
    throw toDataFolderError(folder, 'created', error);
  }
  const lock = await lockFolder(folder, { files, now, log });
  try {
    const found = await readFolder(files, folder, sections);
    const context = { files, folder, sections, log, checkHeld: lock.checkHeld };
    return serveFolder(context, found, lock.release);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function readFolder(
  files: FileSystem,
  folder: string,
  sections: readonly Section[],
): Promise<Map<string, FoundPool>> {
  const names = [...groupFileNames(folder, await files.readdir(folder))];
  const isLeft = ([, pool]: (typeof names)[number]) => pool.wasRemoved && !pool.hasSnapshot;
  const found = new Map<string, FoundPool>();
  for (const [poolId, pool] of names.filter((entry) => !isLeft(entry))) {
    // A first snapshot that was not finished. Its pool was never kept.
    if (!pool.hasSnapshot && pool.journals.length === 0) continue;
    found.set(poolId, await readPoolFiles(files, folder, poolId, pool, sections));
  }
  // Nothing is changed before everything was read
  await removeFiles(
    files,
    names.flatMap(([, pool]) => pool.leftovers),
  );
  for (const [poolId] of names.filter(isLeft)) await removePoolFiles(files, folder, poolId);
  return found;
}

function serveFolder(
  context: PoolStoreContext,
  found: Map<string, FoundPool>,
  release: () => Promise<void>,
): DataFolder {
  const pools = new Map([...found].map(([poolId, { kept }]) => [poolId, kept] as const));
  const stores = new Map<string, OwnedPoolStore>();

  const checkPoolId = (poolId: string): void => {
    if (!isPoolId(poolId)) throw new Error(`"${poolId}" is not a pool id that can be a file name`);
  };

  const openPool = (poolId: string): PoolStore => {
    checkPoolId(poolId);
    if (stores.has(poolId)) throw new Error(`The pool ${poolId} is open already`);
    const opened = createPoolStore(context, poolId, found.get(poolId)?.files);
    stores.set(poolId, opened);
    found.delete(poolId);
    pools.delete(poolId);
    return opened.store;
  };

  const removePool = async (poolId: string): Promise<void> => {
    checkPoolId(poolId);
    const opened = stores.get(poolId);
    if (opened) await opened.remove();
    else await removePoolFiles(context.files, context.folder, poolId);
    stores.delete(poolId);
    found.delete(poolId);
    pools.delete(poolId);
  };

  const close = async (): Promise<void> => {
    const results = await Promise.allSettled([...stores.values()].map((opened) => opened.close()));
    await release();
    for (const result of results) {
      if (result.status === 'rejected') throw toDataFolderError(context.folder, 'written', result.reason);
    }
  };

  return { pools, openPool, removePool, close };
}
