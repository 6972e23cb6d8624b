/** A pool keeps no password in plain text, repeats itself from a seed, and shares nothing with another. */
import { createHash } from 'node:crypto';
import { alice } from '../../test/support/client.ts';
import { initiate, prepare, respond } from '../../test/support/pool-calls.ts';
import { createUserPool, type UserPool } from '../src/index.ts';

/** Every text, number and key that can be reached from a value, through methods' results of no arguments too. */
function reachable(root: unknown): Set<string> {
  const texts = new Set<string>();
  const seen = new Set<unknown>();
  const walk = (value: unknown): void => {
    if (typeof value === 'string' || typeof value === 'bigint' || typeof value === 'number') {
      texts.add(String(value));
    }
    if (value === null || (typeof value !== 'object' && typeof value !== 'function') || seen.has(value))
      return;
    seen.add(value);
    if (value instanceof Uint8Array) texts.add(Buffer.from(value).toString('utf8'));
    if (value instanceof Map) for (const [key, entry] of value) [key, entry].map(walk);
    if (value instanceof Set) for (const entry of value) walk(entry);
    for (const key of Reflect.ownKeys(value)) {
      texts.add(String(key));
      walk(Reflect.get(value, key));
    }
  };
  walk(root);
  return texts;
}

const contains = (texts: Set<string>, part: string) => [...texts].some((text) => text.includes(part));

describe('no plaintext password can be reached', () => {
  test('the search of this test finds texts, numbers and keys', () => {
    const hidden = {
      a: new Map([['k', new Set([{ b: [Buffer.from('needle-1')] }])]]),
      [Symbol('needle-2')]: 1n,
    };
    expect(contains(reachable(hidden), 'needle-1')).toBe(true);
    expect(contains(reachable(hidden), 'needle-2')).toBe(true);
  });

  test('from the pool and its users, once they have signed in with it', async () => {
    const pool = createUserPool({ users: [alice] });
    const added = pool.users.add({ username: 'bob', password: 'Password-of-bob' });
    const { responses } = await prepare(pool, 'alice', alice.password);
    expect((await respond(pool, responses)).status).toBe(200);
    const direct = { USERNAME: 'bob', PASSWORD: 'Password-of-bob' };
    expect((await initiate(pool, direct, 'web', 'USER_PASSWORD_AUTH')).status).toBe(200);
    pool.users.setPassword('bob', 'Changed-for-bob');
    const changed = { USERNAME: 'bob', PASSWORD: 'Changed-for-bob' };
    expect((await initiate(pool, changed, 'web', 'USER_PASSWORD_AUTH')).status).toBe(200);

    const texts = reachable([pool, pool.users.all(), added, pool.users.find('alice')]);
    expect(contains(texts, 'alice')).toBe(true);
    expect(contains(texts, String(pool.users.find('alice')?.verifier?.salt))).toBe(true);
    for (const password of [alice.password, 'Password-of-bob', 'Changed-for-bob']) {
      expect(contains(texts, password)).toBe(false);
      expect(contains(texts, Buffer.from(password).toString('base64').replace(/=+$/, ''))).toBe(false);
      expect(contains(texts, Buffer.from(password).toString('hex'))).toBe(false);
    }
  });
});

/** Bytes that are the same in every run. */
function repeatable(seed: string) {
  let counter = 0;
  return (length: number) => {
    const chunks: Buffer[] = [];
    for (let got = 0; got < length; got += 32) {
      chunks.push(createHash('sha256').update(`${seed}${counter++}`).digest());
    }
    return Uint8Array.from(Buffer.concat(chunks).subarray(0, length));
  };
}

describe('rng and now make a run repeatable', () => {
  const time = Date.UTC(2026, 8, 24, 13, 50, 15);
  const replies = async (seed: string) => {
    const pool = createUserPool({ users: [alice], rng: repeatable(seed), now: () => time });
    const one = await initiate(pool, { USERNAME: 'alice', SRP_A: '2' });
    const two = await initiate(pool, { USERNAME: 'alice', SRP_A: '2' });
    return [one, two].map(({ body, headers }) => ({ body, headers: Object.fromEntries(headers) }));
  };

  test('the same seed gives the same SALT, SRP_B, SECRET_BLOCK, request id and Date', async () => {
    const first = await replies('seed');
    expect(await replies('seed')).toEqual(first);
    expect(first[0]?.body.ChallengeParameters?.['SRP_B']).not.toBe(
      first[1]?.body.ChallengeParameters?.['SRP_B'],
    );
    expect(first[0]?.headers['date']).toBe('Thu, 24 Sep 2026 13:50:15 GMT');
  });

  test('another seed gives others', async () => {
    const [one, other] = [await replies('seed'), await replies('another seed')];
    for (const name of ['SALT', 'SRP_B', 'SECRET_BLOCK']) {
      expect(one[0]?.body.ChallengeParameters?.[name]).not.toBe(other[0]?.body.ChallengeParameters?.[name]);
    }
  });
});

describe('numbers that are short, as the service’s sometimes are', () => {
  const time = Date.UTC(2026, 8, 24, 13, 50, 15);
  const poolOf = (seed: string) =>
    createUserPool({
      users: [alice],
      rng: repeatable(seed),
      now: () => time,
      preventUserExistenceErrors: true,
    });
  /** Of hexadecimal digits. */
  const kindOf = (digits: string | undefined, full: number) => {
    const missing = full - (digits ?? '').length;
    return missing === 0 ? 'full' : missing === 1 ? 'odd' : 'short';
  };
  const KINDS = ['full', 'odd', 'short'];

  test('SRP_B is full, odd in length, or shorter by a byte or more, and each can be answered', async () => {
    const pool = poolOf('SRP_B');
    const seen = new Map<string, number>();
    for (let i = 0; i < 60 && seen.size < KINDS.length; i++) {
      const { parameters, responses } = await prepare(pool, 'alice', alice.password, { now: time });
      const kind = kindOf(parameters['SRP_B'], 768);
      if (seen.has(kind)) continue;
      seen.set(kind, (await respond(pool, responses)).status);
    }
    expect([...seen].sort()).toEqual(KINDS.map((kind) => [kind, 200]));
  });

  test('SALT is likewise, and a user with each can sign in', async () => {
    const pool = poolOf('SALT');
    const seen = new Map<string, number>();
    for (let i = 0; i < 60 && seen.size < KINDS.length; i++) {
      const user = pool.users.add({ username: `user ${i}`, password: alice.password });
      const { responses } = await prepare(pool, `user ${i}`, alice.password, { now: time });
      const kind = kindOf((user.verifier?.salt ?? 0n).toString(16), 32);
      if (seen.has(kind)) continue;
      seen.set(kind, (await respond(pool, responses)).status);
    }
    expect([...seen].sort()).toEqual(KINDS.map((kind) => [kind, 200]));
  });

  test('SALT of missing users is short as often as that of real users', async () => {
    const pool = poolOf('hidden');
    const counts: Record<string, number> = {};
    for (let i = 0; i < 160; i++) {
      const { body } = await initiate(pool, { USERNAME: `nobody ${i}`, SRP_A: '2' });
      const kind = kindOf(body.ChallengeParameters?.['SALT'], 32);
      counts[kind] = (counts[kind] ?? 0) + 1;
    }
    // One in eight and a little: 20 are expected of each
    expect(counts['odd']).toBeGreaterThan(8);
    expect(counts['short']).toBeGreaterThan(8);
    expect(counts['full']).toBeGreaterThan(80);
  });
});

describe('two pools share nothing', () => {
  const signsIn = async (pool: UserPool, username: string) => {
    const { responses } = await prepare(pool, username, alice.password);
    return (await respond(pool, responses)).status === 200;
  };

  test('users, salts, challenges and keys are each pool’s own', async () => {
    const [one, two] = [createUserPool({ users: [alice] }), createUserPool({ users: [alice] })];
    one.users.add({ username: 'only-here', password: alice.password });
    expect(await signsIn(one, 'only-here')).toBe(true);
    expect(two.users.find('only-here')).toBeUndefined();
    const { responses } = await prepare(one, 'alice', alice.password);
    await prepare(two, 'alice', alice.password);
    expect(one.users.find('alice')?.verifier?.salt).not.toBe(two.users.find('alice')?.verifier?.salt);
    expect((await respond(two, responses)).status).toBe(400);
    expect((await respond(one, responses)).status).toBe(200);
  });

  test('a lock-out in one pool does not lock the user out of the other', async () => {
    const [one, two] = [createUserPool({ users: [alice] }), createUserPool({ users: [alice] })];
    for (let i = 0; i < 5; i++) {
      await respond(one, (await prepare(one, 'alice', 'Wrong-Horse-9')).responses);
    }
    expect(await signsIn(one, 'alice')).toBe(false);
    expect(await signsIn(two, 'alice')).toBe(true);
  });
});

describe('users', () => {
  test('are found by name, alias and sub; changed and removed while the pool runs', async () => {
    const pool = createUserPool({ users: [{ ...alice, aliases: ['alice@example.org', '+15555550100'] }] });
    const user = pool.users.find('alice');
    if (!user) throw new Error('No alice');
    for (const name of ['alice@example.org', '+15555550100', user.sub])
      expect(pool.users.find(name)).toBe(user);
    const attempt = async (password: string) =>
      (await respond(pool, (await prepare(pool, 'alice@example.org', password)).responses)).status;
    expect(await attempt(alice.password)).toBe(200);
    pool.users.setPassword(user.sub, 'Another-Horse-9');
    expect(await attempt(alice.password)).toBe(400);
    expect(await attempt('Another-Horse-9')).toBe(200);
    pool.users.update('alice', { enabled: false });
    expect((await initiate(pool, { USERNAME: 'alice', SRP_A: '2' })).body.message).toBe('User is disabled.');
    pool.users.remove('alice@example.org');
    expect(pool.users.all()).toEqual([]);
    expect((await initiate(pool, { USERNAME: 'alice', SRP_A: '2' })).body.__type).toBe(
      'UserNotFoundException',
    );
  });

  test('setPassword of an unknown user is an error', () => {
    expect(() => createUserPool().users.setPassword('nobody', 'x')).toThrow(RangeError);
  });
});

test.each(['', 'no-underscore', '_', 'a_', 'a_b-c'])('%j is refused as a user pool ID', (userPoolId) => {
  expect(() => createUserPool({ userPoolId })).toThrow(TypeError);
});
