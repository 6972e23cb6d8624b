/** Local user pools that keep their state in a folder. They need Node, Bun or Deno. */
import { openKeeper } from './kept/keeper.ts';
import { text } from './options/checks.ts';
import { assertOptions, assertServiceOptions } from './options/option-checks.ts';
import type { UserPoolOptions } from './options/options.ts';
import { type PoolServiceOptions, toServiceOptions } from './options/service-options.ts';
import { type PoolService, type StartedService, startService } from './pool-service.ts';
import { firstPoolOf, type UserPool } from './user-pool.ts';

/** Where the state is kept. */
export interface DataFolderOption {
  /**
   * The folder that keeps the state. It is created if it is not there. What it has of a pool takes the place of the other options
   * that are settings, clients, users or groups.
   */
  readonly dataFolder: string;
  /**
   * Takes a line about what was repaired in the folder, and about what cannot be written. No line has anything that is kept.
   * Default `console.error`.
   */
  readonly logDataFolder?: (line: string) => void;
}

/** What `openUserPool` takes. */
export interface KeptUserPoolOptions extends UserPoolOptions, DataFolderOption {}

/** What `openPoolService` takes. */
export interface KeptPoolServiceOptions extends PoolServiceOptions, DataFolderOption {}

/** What pools that keep their state have besides. */
export interface Kept {
  readonly dataFolder: string;
  /** The ids of the pools that the folder had. Pools that were made by CreateUserPool are among them. */
  readonly keptPoolIds: readonly string[];
  /** The ids of the pools that the folder did not have. */
  readonly addedPoolIds: readonly string[];
  /**
   * Writes what was changed last, and lets other processes have the folder. Close what listens before: afterwards every change
   * is an error.
   *
   * @throws Error if changes could not be written and are lost
   */
  readonly close: () => Promise<void>;
}

/** A running pool that keeps its state. */
export interface KeptUserPool extends UserPool, Kept {}

/** A running service whose pools keep their state. */
export interface KeptPoolService extends PoolService, Kept {}

/**
 * Opens a local user pool that is there after a restart, with everything that was changed: settings, clients, users, groups, sign-ins
 * and their refresh tokens, codes, and the keys that sign tokens. Pools that were made by CreateUserPool are kept too.
 *
 * Replies do not wait for the disk. A process that is killed loses the changes of its last 100 ms at most. While the folder
 * cannot be written, requests that would change something are refused with InternalErrorException.
 *
 * @param options those of `createUserPool`, and the folder
 * @returns the pool, once everything is read and its first snapshot is written
 * @throws TypeError if an option is wrong
 * @throws Error if another process has the folder, or a file in it is damaged. The message names it, and no file is changed.
 * @example
 * ```ts
 * import { openUserPool } from 'cognito-local-pool';
 *
 * const pool = await openUserPool({ dataFolder: 'pool-data' });
 * if (!pool.users.find('alice')) pool.users.add({ username: 'alice', password: 'Correct-Horse-9' });
 * await pool.close();
 * ```
 */
export async function openUserPool(options: KeptUserPoolOptions): Promise<KeptUserPool> {
  const { dataFolder, logDataFolder, ...poolOptions } = options;
  assertOptions(poolOptions);
  const { started, kept } = await open(toServiceOptions(poolOptions), dataFolder, logDataFolder);
  return { ...firstPoolOf(started), ...kept };
}

/**
 * Opens a service whose pools are there after a restart, as `openUserPool` does for one pool.
 *
 * @param options those of `createPoolService`, and the folder
 * @returns the service, once everything is read and the first snapshots are written
 * @throws TypeError if an option is wrong
 * @throws Error if another process has the folder, or a file in it is damaged. The message names it, and no file is changed.
 * @example
 * ```ts
 * import { openPoolService } from 'cognito-local-pool';
 *
 * const service = await openPoolService({ dataFolder: 'pool-data', pools: [{}] });
 * console.log(service.keptPoolIds);
 * await service.close();
 * ```
 */
export async function openPoolService(options: KeptPoolServiceOptions): Promise<KeptPoolService> {
  const { dataFolder, logDataFolder, ...serviceOptions } = options;
  assertServiceOptions(serviceOptions);
  const { started, kept } = await open(serviceOptions, dataFolder, logDataFolder);
  const { service, surface } = started;
  return {
    ...surface,
    ...kept,
    get pools() {
      return service.pools;
    },
    find: service.find,
  };
}

async function open(
  options: PoolServiceOptions,
  dataFolder: string,
  log: (line: string) => void = console.error,
): Promise<{ readonly started: StartedService; readonly kept: Kept }> {
  text()(dataFolder, 'dataFolder');
  const { keeper, kept } = await openKeeper(dataFolder, { now: Date.now, log });
  try {
    const started = startService(options, keeper, kept);
    const { keptPoolIds, service, tidy } = started;
    const ids = service.pools.map(({ userPoolId }) => userPoolId);
    await keeper.written();
    tidy();
    return {
      started,
      kept: {
        dataFolder,
        keptPoolIds,
        addedPoolIds: ids.filter((userPoolId) => !keptPoolIds.includes(userPoolId)),
        close: keeper.close,
      },
    };
  } catch (error) {
    // The reason is thrown, and not that the folder cannot be written at its end either
    await keeper.close().catch(() => {});
    throw error;
  }
}
