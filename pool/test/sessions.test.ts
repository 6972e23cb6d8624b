/** A Session is good once, for one challenge, for three minutes. */

import { initiate, prepare, respond } from '../../test/support/pool-calls.ts';
import { createUserPool } from '../src/index.ts';

const invited = { username: 'invited', password: 'Temporary-9', status: 'FORCE_CHANGE_PASSWORD' } as const;
const chosen = 'Chosen-Horse-9';
let time = Date.UTC(2026, 0, 1);
const createPool = () =>
  createUserPool({
    users: [
      { ...invited, attributes: { email: 'i@example.org' } },
      { ...invited, username: 'second' },
    ],
    clients: ['web', 'other'].map((clientId) => ({
      clientId,
      explicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_USER_PASSWORD_AUTH'],
    })),
    now: () => time,
    timestampTolerance: 99_999,
  });

async function challenged(pool = createPool()) {
  const { responses } = await prepare(pool, invited.username, invited.password, { now: time });
  const { body } = await respond(pool, responses);
  return { pool, body, Session: body.Session ?? '' };
}
const answer = { USERNAME: invited.username, NEW_PASSWORD: chosen };
const named = (Session: string, ClientId = 'web') => ({
  ChallengeName: 'NEW_PASSWORD_REQUIRED',
  Session,
  ClientId,
});
const invalid = (rest: string) => ({
  status: 400,
  body: { __type: 'NotAuthorizedException', message: `Invalid session for the user${rest}` },
});

test('a right password of FORCE_CHANGE_PASSWORD gets NEW_PASSWORD_REQUIRED with a Session, over both flows', async () => {
  const { pool, body } = await challenged();
  expect(body.ChallengeName).toBe('NEW_PASSWORD_REQUIRED');
  expect(body.AuthenticationResult).toBeUndefined();
  expect(body.Session?.length).toBeGreaterThanOrEqual(20);
  expect(body.Session?.length).toBeLessThanOrEqual(2048);
  expect(body.ChallengeParameters?.['USER_ID_FOR_SRP']).toBe('invited');
  expect(JSON.parse(body.ChallengeParameters?.['requiredAttributes'] ?? '')).toEqual([]);
  expect(JSON.parse(body.ChallengeParameters?.['userAttributes'] ?? '')).toMatchObject({
    email: 'i@example.org',
  });

  const direct = await initiate(
    pool,
    { USERNAME: 'invited', PASSWORD: invited.password },
    'web',
    'USER_PASSWORD_AUTH',
  );
  expect(direct.body.ChallengeName).toBe('NEW_PASSWORD_REQUIRED');
});

test('the new password signs in, now and later; the old one no more', async () => {
  const { pool, Session } = await challenged();
  expect((await respond(pool, answer, named(Session))).body.AuthenticationResult).toBeDefined();
  const again = await prepare(pool, invited.username, chosen, { now: time });
  expect((await respond(pool, again.responses)).body.AuthenticationResult).toBeDefined();
  const old = await prepare(pool, invited.username, invited.password, { now: time });
  expect((await respond(pool, old.responses)).status).toBe(400);
});

test('a Session is good for one success', async () => {
  const { pool, Session } = await challenged();
  expect((await respond(pool, answer, named(Session))).status).toBe(200);
  expect(await respond(pool, answer, named(Session))).toMatchObject(
    invalid(', session can only be used once.'),
  );
});

test('a password that is too short is refused, and the Session stays good', async () => {
  const { pool, Session } = await challenged();
  expect(await respond(pool, { ...answer, NEW_PASSWORD: 'short' }, named(Session))).toMatchObject({
    status: 400,
    body: { __type: 'InvalidPasswordException' },
  });
  expect((await respond(pool, answer, named(Session))).status).toBe(200);
});

test('a Session ends after three minutes by the clock of the pool', async () => {
  const early = await challenged();
  time += 179_000;
  expect((await respond(early.pool, answer, named(early.Session))).status).toBe(200);
  const late = await challenged();
  time += 181_000;
  expect(await respond(late.pool, answer, named(late.Session))).toMatchObject(
    invalid(', session is expired.'),
  );
});

test.each([
  ['of nobody', (Session: string) => [answer, named(`x${Session}`)] as const],
  ['of another user', (Session: string) => [{ ...answer, USERNAME: 'second' }, named(Session)] as const],
  ['of another client', (Session: string) => [answer, named(Session, 'other')] as const],
])('a Session %s is invalid', async (_title, change) => {
  const { pool, Session } = await challenged();
  const [responses, rest] = change(Session);
  expect(await respond(pool, responses, rest)).toMatchObject({
    status: 400,
    body: {
      __type: 'NotAuthorizedException',
      message: expect.stringMatching(/^Invalid session for the user/),
    },
  });
  expect((await respond(pool, answer, named(Session))).status).toBe(200);
});

test('an answer without a Session lacks a required parameter', async () => {
  const { pool } = await challenged();
  expect(await respond(pool, answer, { ChallengeName: 'NEW_PASSWORD_REQUIRED' })).toMatchObject({
    status: 400,
    body: { __type: 'InvalidParameterException', message: 'Missing required parameter Session' },
  });
});

test('a Session of one pool is not valid in another', async () => {
  const { Session } = await challenged();
  const { status } = await respond(createPool(), answer, named(Session));
  expect(status).toBe(400);
});
