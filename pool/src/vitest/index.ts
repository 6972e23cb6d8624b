/**
 * The entry `cognito-local-pool/vitest`: a pool that Vitest starts, resets and closes. It imports no package of Vitest.
 *
 * @module cognito-local-pool/vitest
 */
export type { PoolClock } from '../harness/movable-clock.ts';
export type { StorageItem } from '../harness/storage-items.ts';
export type { TestPool, TestPoolClient } from '../harness/test-pool.ts';
export { type TestHooks, type UsePoolOptions, usePool } from '../harness/use-pool.ts';
export {
  type PoolFixtureOptions,
  poolFixtures,
  type VitestFixtures,
} from './pool-fixture.ts';
