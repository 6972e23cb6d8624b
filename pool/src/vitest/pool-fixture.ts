/** A fixture of Vitest: a pool that is as new for each test, and that no other test has meanwhile. */
import { startTestPool, type TestPool } from '../harness/test-pool.ts';
import type { UserPoolOptions } from '../options/options.ts';

/** What `poolFixtures` takes: every option of `createUserPool`, and whether it listens. */
export interface PoolFixtureOptions extends UserPoolOptions {
  /** Whether the pool listens on a free port of 127.0.0.1, another one for each test. Default false: `fetch` of the pool answers. */
  readonly listen?: boolean;
}

/** What `test.extend` takes. Its types are Vitest's, as far as they are needed, so that this package does not bring Vitest. */
export interface VitestFixtures {
  pool: (given: object, use: (pool: TestPool) => Promise<void>) => Promise<void>;
}

/**
 * The fixture `pool` for `test.extend` of Vitest. Each test has a pool to itself that is as new, also the tests of `test.concurrent`. Tests
 * that run one after the other get the same one, which is reset after each, and so is its clock. Other files have pools of their own.
 *
 * @param options those of `createUserPool`, and whether the pool listens
 * @returns the fixture
 * @throws TypeError if an option is wrong
 * @example
 * ```ts
 * import { signIn } from 'cognito-srp-engine';
 * import { poolFixtures } from 'cognito-local-pool/vitest';
 * import { expect, test as base } from 'vitest';
 *
 * const test = base.extend(poolFixtures({ users: [{ username: 'alice', password: 'Correct-Horse-9' }] }));
 *
 * test('alice signs in', async ({ pool }) => {
 *   const alice = { username: 'alice', password: 'Correct-Horse-9' };
 *   expect(await signIn(pool.client, alice, { fetch: pool.fetch })).toMatchObject({ status: 'signed-in' });
 * });
 * ```
 */
export function poolFixtures(options: PoolFixtureOptions = {}): VitestFixtures {
  const { listen = false, ...poolOptions } = options;
  // Wrong options throw here, not in the first test
  const idle = [startTestPool(poolOptions)];
  return {
    // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the source of the function which fixtures it takes
    pool: async ({}, use) => {
      const started = idle.pop() ?? startTestPool(poolOptions);
      const { pool, open, close } = started;
      if (listen) await open(0);
      await use(pool);
      await close();
      pool.reset();
      idle.push(started);
    },
  };
}
