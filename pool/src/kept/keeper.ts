/** Keeps the pools of a service in a data folder. */
import { ServiceException } from '../domain/service-exception.ts';
import type { UserPoolOptions } from '../options/options.ts';
import type { PoolState } from '../service/pool.ts';
import type { PoolKeeper } from '../service/service.ts';
import { type DataFolder, type DataFolderOptions, openDataFolder } from '../store/data-folder.ts';
import { DataFolderError, fileIn, messageOf } from '../store/file-system.ts';
import type { PoolStore } from '../store/pool-store.ts';
import { SECTIONS, seedOfKept, snapshotSourceOf } from './snapshot-sections.ts';

/** How long after a failure a new pool is written again, or a deleted one removed. */
const RETRY_AFTER_MS = 1000;

export interface Keeper extends PoolKeeper {
  /** Why changes cannot be kept at present. */
  readonly problem: Error | undefined;
  /** Whether the folder was let go. Every change is an error then. */
  readonly isClosed: boolean;
  /**
   * Resolves when the pools that were opened so far are on disk.
   *
   * @throws DataFolderError if a file cannot be written
   */
  readonly written: () => Promise<void>;
  /**
   * Writes what is pending and lets other processes have the folder. No request may be answered any more.
   *
   * @throws DataFolderError if changes could not be written and are lost
   */
  readonly close: () => Promise<void>;
}

/** What a folder had of each pool when it was opened, in the form of a seed. Whoever has taken it lets it go. */
export type KeptPools = ReadonlyMap<string, UserPoolOptions>;

/** What is kept of one pool, from when it is made until it is deleted. */
interface Keeping {
  readonly userPoolId: string;
  store: PoolStore | undefined;
  /** Why it could not be begun. Afterwards the store says what cannot be written. */
  problem: Error | undefined;
}

/**
 * @param path the data folder
 * @throws DataFolderError as `openDataFolder` does
 */
export async function openKeeper(
  path: string,
  options: Omit<DataFolderOptions, 'sections'>,
): Promise<{ readonly keeper: Keeper; readonly kept: KeptPools }> {
  const folder = await openDataFolder(path, { ...options, sections: SECTIONS });
  try {
    const kept = readAll(path, folder);
    return { keeper: createKeeper(folder, options.log), kept };
  } catch (error) {
    await folder.close();
    throw error;
  }
}

/** @throws DataFolderError that names the file whose content is not that of a snapshot */
function readAll(path: string, folder: DataFolder): KeptPools {
  return new Map(
    [...folder.pools].map(([userPoolId, kept]) => {
      try {
        return [userPoolId, seedOfKept(userPoolId, kept)] as const;
      } catch (error) {
        const file = fileIn(path, `${userPoolId}.json`);
        throw new DataFolderError(file, `or its journal is damaged: ${messageOf(error)}`);
      }
    }),
  );
}

function createKeeper(folder: DataFolder, log: (line: string) => void): Keeper {
  const keepings = new Set<Keeping>();
  const removals = new Map<string, Error>();
  const firstWrites: Promise<void>[] = [];
  let isClosed = false;

  const problemOf = ({ problem, store }: Keeping): Error | undefined => problem ?? store?.problem;
  const currentProblem = (): Error | undefined =>
    [...keepings].map(problemOf).find((problem) => problem !== undefined) ?? [...removals.values()][0];
  const refuseIf = (problem: Error | undefined): void => {
    if (!problem) return;
    throw new ServiceException('InternalErrorException', `The change cannot be kept: ${problem.message}.`);
  };

  let lastTurn: Promise<unknown> = Promise.resolve();
  /** A pool may be deleted and made anew, so the work on the folder is done in its order. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = lastTurn.then(work);
    lastTurn = turn.catch(() => {});
    return turn;
  };

  /** Tries until it succeeds, and notes in between why it did not. */
  const tryUntilDone = async (
    work: () => Promise<void>,
    note: (problem: Error | undefined) => void,
  ): Promise<void> => {
    let isDone = false;
    let isLogged = false;
    // At least once, because what was asked for before the folder is closed has to be done
    for (let attempt = 0; !isDone && (attempt === 0 || !isClosed); attempt++) {
      try {
        await work();
        note(undefined);
        isDone = true;
      } catch (error) {
        const problem = error instanceof Error ? error : new Error(messageOf(error));
        note(problem);
        if (!isLogged) log(problem.message);
        isLogged = true;
        if (isClosed) return;
        await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER_MS));
      }
    }
  };

  const begin = async (keeping: Keeping, pool: PoolState): Promise<void> => {
    const { userPoolId } = keeping;
    const store = folder.openPool(userPoolId);
    keeping.store = store;
    await store.begin(snapshotSourceOf(pool));
  };

  const beginAgain = async (keeping: Keeping, pool: PoolState): Promise<void> => {
    // It may have been deleted meanwhile
    if (!keepings.has(keeping)) return;
    // A store begins once, and nothing that counts was written
    keeping.store = undefined;
    await folder.removePool(keeping.userPoolId);
    await begin(keeping, pool);
  };

  return {
    get problem() {
      return currentProblem();
    },
    get isClosed() {
      return isClosed;
    },
    open: (userPoolId) => {
      refuseIf(currentProblem());
      const keeping: Keeping = { userPoolId, store: undefined, problem: undefined };
      const wasKept = folder.pools.has(userPoolId);
      return {
        tell: (change) => {
          refuseIf(problemOf(keeping));
          // Before the store is there, the first snapshot will have it
          keeping.store?.tell(change);
        },
        begin: (pool) => {
          keepings.add(keeping);
          const first = inTurn(() => begin(keeping, pool));
          firstWrites.push(first);
          first.catch((error: unknown) => {
            // What was kept must not be removed, and the process does not start
            if (wasKept) return;
            keeping.problem = error instanceof Error ? error : new Error(messageOf(error));
            return inTurn(() =>
              tryUntilDone(
                () => beginAgain(keeping, pool),
                (problem) => {
                  keeping.problem = problem;
                },
              ),
            );
          });
        },
      };
    },
    remove: (userPoolId) => {
      refuseIf(currentProblem());
      for (const keeping of keepings) {
        if (keeping.userPoolId !== userPoolId) continue;
        keepings.delete(keeping);
        keeping.store = undefined;
      }
      void inTurn(() =>
        tryUntilDone(
          () => folder.removePool(userPoolId),
          (problem) => {
            if (problem) removals.set(userPoolId, problem);
            else removals.delete(userPoolId);
          },
        ),
      );
    },
    written: async () => {
      await Promise.all(firstWrites.splice(0));
    },
    close: async () => {
      isClosed = true;
      await lastTurn;
      await folder.close();
      const lost = [...keepings].find(({ problem }) => problem !== undefined);
      if (lost?.problem) throw lost.problem;
      const [notRemoved] = removals.values();
      if (notRemoved) throw notRemoved;
    },
  };
}
