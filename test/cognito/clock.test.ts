/** TIMESTAMP follows the service's clock where the client's is wrong. */

import { createUserPool } from '../../pool/src/index.ts';
import { signIn } from '../../src/index.ts';
import { alice, client, recorder } from '../support/client.ts';
import { call } from '../support/pool-calls.ts';
import { errorOf } from '../support/secrets.ts';

const HOUR = 3_600_000;
const pool = createUserPool({ users: [alice], lockout: false });
const off = (ms: number) => () => Date.now() + ms;

/** The pool's replies with another Date header, or none. */
const withDate = (date: string | undefined) =>
  recorder(async ({ url }, init) => {
    const response = await pool.fetch(url, init);
    const headers = new Headers(response.headers);
    headers.delete('date');
    if (date !== undefined) headers.set('date', date);
    return new Response(await response.text(), { status: response.status, headers });
  });
const timestamps = ({ sent }: ReturnType<typeof recorder>) =>
  sent.flatMap(({ input }) => input.ChallengeResponses?.['TIMESTAMP'] ?? []);

test.each([
  ['two hours behind', -2 * HOUR],
  ['two hours ahead', 2 * HOUR],
  ['ten years behind', -10 * 365 * 24 * HOUR],
  ['ten years ahead', 10 * 365 * 24 * HOUR],
])('a client whose clock is %s signs in', async (_title, ms) => {
  const recorded = recorder(({ url }, init) => pool.fetch(url, init));
  const { status } = await signIn(client, alice, { fetch: recorded.fetch, now: off(ms) });
  expect(status).toBe('signed-in');
  const [sent = ''] = timestamps(recorded);
  expect(Math.abs(Date.parse(sent) - Date.now())).toBeLessThan(10_000);
});

test('the pool does refuse such a clock where its own is not told', async () => {
  const { fetch } = withDate(undefined);
  const error = await errorOf(() => signIn(client, alice, { fetch, now: off(-2 * HOUR) }));
  expect(error).toMatchObject({ code: 'INCORRECT_USERNAME_OR_PASSWORD' });
});

test('the time between the two requests passes on the corrected clock', async () => {
  const recorded = withDate('Thu, 24 Sep 2026 13:50:15 GMT');
  let time = 1000;
  // Read when the reply comes, and again for the TIMESTAMP
  const now = () => {
    time += 5000;
    return time;
  };
  await signIn(client, alice, { fetch: recorded.fetch, now }).catch(() => {});
  expect(timestamps(recorded)).toEqual(['Thu Sep 24 13:50:20 UTC 2026']);
});

test.each([
  ['no Date', undefined],
  ['a Date that is none', 'yesterday'],
  ['an empty Date', ''],
])('%s: the local clock counts', async (_title, date) => {
  const recorded = withDate(date);
  const step = await signIn(client, alice, { fetch: recorded.fetch });
  expect(step.status).toBe('signed-in');

  const other = withDate(date);
  const now = () => Date.UTC(2031, 0, 2, 3, 4, 5);
  await signIn(client, alice, { fetch: other.fetch, now }).catch(() => {});
  expect(timestamps(other)).toEqual(['Thu Jan 2 03:04:05 UTC 2031']);
});

test('a transport that tells no date uses the local clock; one that does, that date', async () => {
  const stamps: unknown[] = [];
  const over = (date?: number) => async (operation: string, input: object) => {
    const { body: output } = await call(pool, operation, input);
    const { ChallengeResponses } = input as { ChallengeResponses?: { TIMESTAMP?: string } };
    if (ChallengeResponses) stamps.push(ChallengeResponses.TIMESTAMP);
    return date === undefined ? output : { ...output, $metadata: { date } };
  };
  const now = () => Date.UTC(2031, 0, 2, 3, 4, 5);
  await signIn(client, alice, { transport: over(), now }).catch(() => {});
  await signIn(client, alice, { transport: over(Date.UTC(1999, 11, 31, 23, 59, 59)), now }).catch(() => {});
  expect(stamps).toEqual(['Thu Jan 2 03:04:05 UTC 2031', 'Fri Dec 31 23:59:59 UTC 1999']);
});
