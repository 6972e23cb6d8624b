/** A pool whose life a test framework manages by its hooks. */
import type { UserPoolOptions } from '../options/options.ts';
import { startTestPool, type TestPool } from './test-pool.ts';

/** The functions of a test framework with which the pool is started, reset and closed. */
export interface TestHooks {
  readonly beforeAll: (run: () => Promise<void>) => unknown;
  readonly afterEach: (run: () => void) => unknown;
  readonly afterAll: (run: () => Promise<void>) => unknown;
}

/** What `usePool` takes: every option of `createUserPool`, and these. */
export interface UsePoolOptions extends UserPoolOptions {
  /**
   * Whether the pool listens on a port of 127.0.0.1, from before the first test to after the last. A number is the port; true takes a
   * free one. Default false: `fetch` of the pool answers.
   */
  readonly listen?: boolean | number;
  /** Default: the globals of the framework. They are needed where the framework has none, as Vitest without `globals`. */
  readonly hooks?: TestHooks;
}

/**
 * Creates a pool for the tests of a file, or of a `describe`. It is reset after each test. Test files never share it, whichever
 * worker runs them.
 *
 * @param options those of `createUserPool`; whether it listens; the hooks of the framework
 * @returns the pool, which answers through its `fetch` at once
 * @throws TypeError if an option is wrong, or there are no hooks
 * @example
 * ```ts
 * import { signIn } from 'cognito-srp-engine';
 * import { usePool } from 'cognito-local-pool/jest';
 *
 * const pool = usePool({ users: [{ username: 'alice', password: 'Correct-Horse-9' }] });
 *
 * test('alice signs in', async () => {
 *   const alice = { username: 'alice', password: 'Correct-Horse-9' };
 *   expect(await signIn(pool.client, alice, { fetch: pool.fetch })).toMatchObject({ status: 'signed-in' });
 * });
 * ```
 */
export function usePool(options: UsePoolOptions = {}): TestPool {
  const { listen = false, hooks = globalHooks(), ...poolOptions } = options;
  checkHooks(hooks);
  if (typeof listen !== 'boolean' && !isPort(listen)) {
    throw new TypeError('listen must be true, false or a port from 0 to 65535');
  }
  const { pool, open, close } = startTestPool(poolOptions);
  if (listen !== false) {
    hooks.beforeAll(async () => {
      await open(listen === true ? 0 : listen);
    });
  }
  hooks.afterEach(() => pool.reset());
  hooks.afterAll(close);
  return pool;
}

const isPort = (value: number) => Number.isInteger(value) && value >= 0 && value <= 65_535;

const globalHooks = () => globalThis as unknown as TestHooks;

function checkHooks(hooks: TestHooks): void {
  for (const name of ['beforeAll', 'afterEach', 'afterAll'] as const) {
    if (typeof hooks[name] !== 'function') {
      throw new TypeError(
        `hooks must have ${name}: give those of the test framework where they are not global, as { hooks: { beforeAll, afterEach, afterAll } }`,
      );
    }
  }
}
