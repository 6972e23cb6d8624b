/** Playwright's `test` with a user pool for each worker. The tests of this folder import it from here. */
import { test as base } from '@playwright/test';
import { type PoolFixtures, type PoolWorkerFixtures, poolFixtures } from 'cognito-local-pool/playwright';

export const test = base.extend<PoolFixtures, PoolWorkerFixtures>(poolFixtures);
export { expect } from '@playwright/test';
