/**
 * The entry `cognito-local-pool/jest`: a pool that Jest starts, resets and closes. It imports no package of Jest.
 *
 * @module cognito-local-pool/jest
 */
export type { PoolClock } from '../harness/movable-clock.ts';
export type { StorageItem } from '../harness/storage-items.ts';
export type { TestPool, TestPoolClient } from '../harness/test-pool.ts';
export { type TestHooks, type UsePoolOptions, usePool } from '../harness/use-pool.ts';
