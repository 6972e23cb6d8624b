/** Fixtures of Playwright: a pool for each worker, which is as new for each test, and pages that begin signed in. */
import { startTestPool, type TestPool } from '../harness/test-pool.ts';
import type { UserPoolOptions } from '../options/options.ts';
import { answerContext, type RoutableContext, serviceEndpoint } from './answered-context.ts';
import {
  assertSignedIn,
  mergeStates,
  type SignedInOptions,
  type SignedInState,
  signedInState,
} from './storage-state.ts';

/** The user whom `signedInAs` names, with what their tokens are like. */
export interface SignedInUser extends SignedInOptions {
  /** The canonical name, an alias or the `sub` of a user of the pool. */
  readonly username: string;
}

/** What each test has, and what `test.use` and the configuration can set. */
export interface PoolFixtures {
  /** The pool of this worker. Before each test that uses it, or a page, it is reset, and so is its clock. */
  pool: TestPool;
  /**
   * Option: who is signed in when a page is opened. Default: nobody. A `storageState` of the configuration stays beside it, and one of
   * `test.use` is refused.
   */
  signedInAs: string | SignedInUser | undefined;
  /**
   * Option: the endpoint that the application is built with, such as `http://localhost:9229`. The pool answers what the browser asks
   * there. Default: the service's own in the pool's region, `https://cognito-idp.us-east-1.amazonaws.com`. So an application needs no
   * setting for its tests, and none of them reaches AWS.
   */
  poolEndpoint: string | undefined;
  /**
   * Signs a user in, and makes the state that `browser.newContext({ storageState })` takes: for a second user in one test.
   *
   * @param username the canonical name, an alias or the `sub` of a user of the pool
   * @param options the origin of the application, and what the tokens are like
   * @throws TypeError if an option is wrong, or there is neither `baseURL` nor an origin
   * @throws RangeError if the pool has no such user
   */
  signedInState: (username: string, options?: SignedInOptions) => Promise<SignedInState>;
  /**
   * Lets the pool answer in a context that the test has made by `browser.newContext`, as it does in Playwright's own `context`.
   *
   * @param context has no page yet
   */
  routeToPool: (context: RoutableContext) => Promise<void>;
}

/** What each worker has, and what the configuration and, at the top of a file, `test.use` can set. */
export interface PoolWorkerFixtures {
  /** Option: what `createUserPool` takes. Default `{}`. */
  poolOptions: UserPoolOptions;
  /**
   * Option: the port of the first worker's pool, for a server that asks the pool itself. Each further worker takes the next one.
   * Default: a free port.
   */
  poolPort: number | undefined;
  /** The pool of this worker without a reset. Tests take `pool`. */
  poolOfWorker: TestPool;
}

type Use<Value> = (value: Value) => Promise<void>;

/** What `test.extend` takes. Its types are Playwright's, as far as they are needed, so that this package does not bring Playwright. */
export interface PlaywrightFixtures {
  readonly poolOptions: [UserPoolOptions, { scope: 'worker'; option: true }];
  readonly poolPort: [undefined, { scope: 'worker'; option: true }];
  readonly poolOfWorker: [
    (
      given: Pick<PoolWorkerFixtures, 'poolOptions' | 'poolPort'>,
      use: Use<TestPool>,
      worker: { readonly parallelIndex: number },
    ) => Promise<void>,
    { scope: 'worker' },
  ];
  readonly signedInAs: [undefined, { option: true }];
  readonly poolEndpoint: [undefined, { option: true }];
  readonly pool: (given: Pick<PoolWorkerFixtures, 'poolOfWorker'>, use: Use<TestPool>) => Promise<void>;
  readonly signedInState: (
    given: Pick<PoolFixtures, 'pool'> & { readonly baseURL: string | undefined },
    use: Use<PoolFixtures['signedInState']>,
  ) => Promise<void>;
  readonly storageState: <State>(
    given: Pick<PoolFixtures, 'pool' | 'signedInAs'> & {
      readonly baseURL: string | undefined;
      readonly storageState: State;
    },
    use: Use<State>,
  ) => Promise<void>;
  readonly routeToPool: (
    given: Pick<PoolFixtures, 'pool' | 'poolEndpoint'>,
    use: Use<PoolFixtures['routeToPool']>,
  ) => Promise<void>;
  readonly context: <Context extends RoutableContext>(
    given: Pick<PoolFixtures, 'routeToPool' | 'signedInAs'> & {
      readonly context: Context;
      readonly storageState: unknown;
    },
    use: Use<Context>,
  ) => Promise<void>;
}

/**
 * The fixtures, for `test.extend` of your own Playwright. Playwright must not be loaded twice, so this package does not import it.
 *
 * @example
 * ```ts
 * import { test as base } from '@playwright/test';
 * import { type PoolFixtures, poolFixtures, type PoolWorkerFixtures } from 'cognito-local-pool/playwright';
 *
 * export const test = base.extend<PoolFixtures, PoolWorkerFixtures>(poolFixtures);
 *
 * test.use({ poolOptions: { users: [{ username: 'alice' }] }, signedInAs: 'alice', baseURL: 'http://localhost:3000' });
 * test('the page greets alice', async ({ page, pool }) => {
 *   await page.goto('/');
 *   await page.getByText('Hello, alice').waitFor();
 *   pool.users.update('alice', { enabled: false });
 * });
 * ```
 */
// Playwright reads from the source of each function which fixtures it takes, so each takes its first parameter apart
export const poolFixtures: PlaywrightFixtures = {
  poolOptions: [{}, { scope: 'worker', option: true }],
  poolPort: [undefined, { scope: 'worker', option: true }],
  poolOfWorker: [
    async ({ poolOptions, poolPort }, use, { parallelIndex }) => {
      const { pool, open, close } = startTestPool(poolOptions);
      await open(poolPort ? poolPort + parallelIndex : 0);
      await use(pool);
      await close();
    },
    { scope: 'worker' },
  ],
  signedInAs: [undefined, { option: true }],
  poolEndpoint: [undefined, { option: true }],
  pool: async ({ poolOfWorker }, use) => {
    poolOfWorker.reset();
    await use(poolOfWorker);
  },
  signedInState: async ({ pool, baseURL }, use) => {
    await use((username, options = {}) => signedInState(pool, username, options, baseURL));
  },
  storageState: async <State>(
    {
      pool,
      signedInAs,
      baseURL,
      storageState,
    }: Pick<PoolFixtures, 'pool' | 'signedInAs'> & { baseURL: string | undefined; storageState: State },
    use: Use<State>,
  ) => {
    if (signedInAs === undefined) {
      await use(storageState);
      return;
    }
    const { username, ...options } = typeof signedInAs === 'string' ? { username: signedInAs } : signedInAs;
    const added = await signedInState(pool, username, options, baseURL);
    // Playwright's own type takes every such state
    await use(mergeStates(storageState, added) as State);
  },
  routeToPool: async ({ pool, poolEndpoint }, use) => {
    await use((context) => answerContext(context, pool, poolEndpoint ?? serviceEndpoint(pool.userPoolId)));
  },
  context: async ({ context, routeToPool, signedInAs, storageState }, use) => {
    if (signedInAs !== undefined) assertSignedIn(storageState);
    await routeToPool(context);
    await use(context);
  },
};
