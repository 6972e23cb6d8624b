/** The tasks with which Cypress's tests, which run in a browser, use a pool in the process of Cypress. */
import type { OutboxMessage } from '../domain/codes.ts';
import type { FaultRule } from '../faults/faults.ts';
import type { StorageItem } from '../harness/storage-items.ts';
import { startTestPool, type TestPool, type TestPoolClient } from '../harness/test-pool.ts';
import type { UserOptions, UserPoolOptions } from '../options/options.ts';
import type { TokenOptions } from '../user-pool-tokens.ts';

/** What `addPoolTasks` takes. */
export interface PoolTaskOptions {
  /** What `createUserPool` takes. Default `{}`. */
  readonly pool?: UserPoolOptions;
  /** The port of 127.0.0.1 that the application is built with. Default: a free port. */
  readonly port?: number;
}

/** Who is signed in. The other options are those of `issueTokens`. */
export interface SignInTask extends TokenOptions {
  /** The canonical name, an alias or the `sub` of a user of the pool. */
  readonly username: string;
}

/**
 * The tasks, by the names with which `cy.task` runs them. Those without a result return null, because Cypress takes no undefined.
 * It is an alias, because TypeScript takes no interface where Cypress's own type has an index signature.
 */
export type PoolTasks = {
  /** Goes back to the options, also with the clock. */
  readonly 'pool:reset': () => null;
  /** @returns what `signIn` of the engine takes first */
  readonly 'pool:client': () => TestPoolClient;
  /** @returns the items that the application would have in `localStorage` */
  readonly 'pool:signIn': (user: SignInTask) => Promise<readonly StorageItem[]>;
  /** @returns the messages that a service would have sent, the newest last */
  readonly 'pool:outbox': () => readonly OutboxMessage[];
  readonly 'pool:addUser': (user: UserOptions) => null;
  readonly 'pool:addFault': (rule: FaultRule) => null;
  readonly 'pool:clearFaults': () => null;
  /** Takes milliseconds. */
  readonly 'pool:advanceClock': (ms: number) => null;
  /** Closes the port. Cypress ends the process itself. A program that calls `setupNodeEvents` without Cypress ends after this. */
  readonly 'pool:close': () => Promise<null>;
};

/** The part of Cypress's `on` that is needed here. */
export type OnTask = (event: 'task', tasks: PoolTasks) => void;

/**
 * Starts a pool in the process of Cypress, and adds its tasks. The pool ends with that process.
 *
 * @param on of `setupNodeEvents`. Tasks that it is given besides stay.
 * @param config of `setupNodeEvents`
 * @param options the pool and its port
 * @returns the configuration for `setupNodeEvents` to return. Its `env` has `poolEndpoint`, `poolUserPoolId` and `poolClientId` besides.
 * @throws TypeError if an option of the pool is wrong
 * @throws Error EADDRINUSE and the like, as `node:net` does
 * @example
 * ```ts
 * import { addPoolTasks } from 'cognito-local-pool/cypress';
 *
 * export default {
 *   e2e: {
 *     baseUrl: 'http://localhost:3000',
 *     setupNodeEvents: (on: () => void, config: { env: Record<string, unknown> }) =>
 *       addPoolTasks(on, config, { port: 9229, pool: { users: [{ username: 'alice' }] } }),
 *   },
 * };
 * ```
 */
export async function addPoolTasks<Config extends { env: object }>(
  on: OnTask,
  config: Config,
  options: PoolTaskOptions = {},
): Promise<Config> {
  const { pool, open, close } = startTestPool(options.pool);
  await open(options.port ?? 0);
  on('task', tasksOf(pool, close));
  const { endpoint, userPoolId, clientId } = pool.client;
  const env = {
    ...config.env,
    poolEndpoint: endpoint,
    poolUserPoolId: userPoolId,
    poolClientId: clientId,
  };
  return { ...config, env };
}

const tasksOf = (pool: TestPool, close: () => Promise<void>): PoolTasks => ({
  'pool:reset': () => {
    pool.reset();
    return null;
  },
  'pool:client': () => pool.client,
  'pool:signIn': ({ username, ...options }) => pool.signedInItems(username, options),
  'pool:outbox': () => pool.outbox,
  'pool:addUser': (user) => {
    pool.users.add(user);
    return null;
  },
  'pool:addFault': (rule) => {
    pool.faults.add(rule);
    return null;
  },
  'pool:clearFaults': () => {
    pool.faults.clear();
    return null;
  },
  'pool:advanceClock': (ms) => {
    pool.clock.advance(ms);
    return null;
  },
  'pool:close': async () => {
    await close();
    return null;
  },
});
