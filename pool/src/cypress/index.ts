/**
 * The entry `cognito-local-pool/cypress`: tasks for `setupNodeEvents`. It imports no package of Cypress.
 *
 * @module cognito-local-pool/cypress
 */
export type { StorageItem } from '../harness/storage-items.ts';
export type { TestPoolClient } from '../harness/test-pool.ts';
export {
  addPoolTasks,
  type OnTask,
  type PoolTaskOptions,
  type PoolTasks,
  type SignInTask,
} from './pool-tasks.ts';
