/** The same by hooks, where a fixture does not fit: here for a server that asks the pool over its port. */
import { usePool } from 'cognito-local-pool/vitest';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { greet } from './greeting.ts';

const password = 'Correct-Horse-9';
const pool = usePool({
  users: [{ username: 'alice', password }],
  listen: true,
  hooks: { beforeAll, afterEach, afterAll },
});

test('the pool answers on its port', async () => {
  expect(pool.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:/);
  expect(await greet(pool.client, { username: 'alice', password })).toBe('Hello, alice');
});
