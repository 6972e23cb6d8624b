/** The fixture for Vitest, called as Vitest calls it. examples/vitest has it in Vitest itself. */
import type { TestPool } from '../../src/jest/index.ts';
import { type PoolFixtureOptions, poolFixtures } from '../../src/vitest/index.ts';

const users = [{ username: 'alice', password: 'Correct-Horse-9' }];

/** The tests of one file, each of which gets its pool and then runs. */
function testsOf(options: PoolFixtureOptions) {
  const { pool } = poolFixtures(options);
  return async (run: (pool: TestPool) => Promise<unknown>) => {
    await pool({}, async (given) => void (await run(given)));
  };
}

test('tests that run at the same time have a pool each, and what one changes the other does not see', async () => {
  const runTest = testsOf({ users });
  const pools: TestPool[] = [];
  let go = () => {};
  const bothRun = new Promise<void>((resolve) => {
    go = resolve;
  });
  const adds = runTest(async (pool) => {
    pools.push(pool);
    pool.users.add({ username: 'carol', password: 'Correct-Horse-9' });
    pool.clock.advance(3_600_000);
    await bothRun;
    expect(pool.users.find('carol')).toBeDefined();
    expect(pool.clock.now()).toBeGreaterThan(Date.now() + 3_500_000);
  });
  await runTest(async (pool) => {
    pools.push(pool);
    expect(pool.users.find('carol')).toBeUndefined();
    expect(Math.abs(pool.clock.now() - Date.now())).toBeLessThan(10_000);
  });
  // The second one is over, and has reset its pool
  go();
  await adds;
  expect(new Set(pools).size).toBe(2);
});

test('tests that run one after the other get the same pool, as new', async () => {
  const runTest = testsOf({ users });
  const pools = new Set<TestPool>();
  for (const _ of [1, 2, 3]) {
    await runTest(async (pool) => {
      pools.add(pool);
      expect(pool.users.find('carol')).toBeUndefined();
      pool.users.add({ username: 'carol', password: 'Correct-Horse-9' });
    });
  }
  expect(pools.size).toBe(1);
});

test('with a port, each test that runs at the same time has another one', async () => {
  const runTest = testsOf({ users, listen: true });
  const endpoints: string[] = [];
  const reads = async ({ endpoint }: TestPool) => {
    endpoints.push(endpoint);
    while (endpoints.length < 2) await new Promise((resolve) => setTimeout(resolve, 1));
    expect((await fetch(`${endpoint}/_/outbox`)).status).toBe(200);
  };
  await Promise.all([runTest(reads), runTest(reads)]);
  expect(new Set(endpoints).size).toBe(2);
  await expect(fetch(`${endpoints[0]}/_/outbox`)).rejects.toThrow();
});

test('a wrong option throws before the first test', () => {
  expect(() => poolFixtures({ users: [{ username: '', password: 'x' }] })).toThrow();
});
