/**
 * The entry `cognito-local-pool/playwright`: fixtures for `test.extend`. It imports no package of Playwright.
 *
 * @module cognito-local-pool/playwright
 */
export type { PoolClock } from '../harness/movable-clock.ts';
export type { StorageItem } from '../harness/storage-items.ts';
export type { TestPool, TestPoolClient } from '../harness/test-pool.ts';
export type { InterceptedRoute, RoutableContext } from './answered-context.ts';
export {
  type PlaywrightFixtures,
  type PoolFixtures,
  type PoolWorkerFixtures,
  poolFixtures,
  type SignedInUser,
} from './pool-fixtures.ts';
export type { SignedInOptions, SignedInState } from './storage-state.ts';
