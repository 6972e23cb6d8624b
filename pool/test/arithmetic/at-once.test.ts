/** Requests that come while another is computed see what that one did. */
import { alice } from '../../../test/support/client.ts';
import { call, initiate, prepare, respond } from '../../../test/support/pool-calls.ts';
import { type Arithmetic, inThisThread } from '../../src/arithmetic/arithmetic.ts';
import { createUserPool } from '../../src/index.ts';

/** An arithmetic that answers when it is told to, and says what it was asked. */
function createHeld() {
  const asked: string[] = [];
  const held: (() => void)[] = [];
  let holds = false;
  const arithmetic: Arithmetic = {
    run: async (name, ...parameters) => {
      asked.push(name);
      if (holds) await new Promise<void>((resolve) => held.push(resolve));
      return inThisThread.run(name, ...parameters);
    },
  };
  return {
    arithmetic,
    asked,
    hold: () => {
      holds = true;
    },
    /** Waits until so many calculations wait. */
    until: async (count: number) => {
      while (held.length < count) await new Promise((resolve) => setImmediate(resolve));
    },
    /** Lets everything that waits go on. */
    release: () => {
      holds = false;
      for (const resolve of held.splice(0)) resolve();
    },
  };
}

test('the arithmetic of the options makes challenges and judges answers', async () => {
  const { arithmetic, asked } = createHeld();
  const pool = createUserPool({ users: [alice], arithmetic });
  const { responses } = await prepare(pool, 'alice', alice.password);
  expect((await respond(pool, responses)).status).toBe(200);
  const direct = { USERNAME: 'alice', PASSWORD: alice.password };
  expect((await initiate(pool, direct, 'web', 'USER_PASSWORD_AUTH')).status).toBe(200);
  expect(asked.filter((name) => name !== 'createVerifier')).toEqual([
    'answerA',
    'expectedSignature',
    'passwordFits',
  ]);
});

test('many wrong passwords at once are locked out like one after the other', async () => {
  const { arithmetic, hold, until, release } = createHeld();
  const pool = createUserPool({ users: [alice], arithmetic, now: () => 0 });
  hold();
  const attempts = Array.from({ length: 12 }, () =>
    initiate(pool, { USERNAME: 'alice', PASSWORD: 'wrong' }, 'web', 'USER_PASSWORD_AUTH'),
  );
  await until(12);
  release();
  const messages = (await Promise.all(attempts)).map(({ body }) => body.message);
  expect(messages.filter((message) => message === 'Incorrect username or password.')).toHaveLength(5);
  expect(messages.filter((message) => message === 'Password attempts exceeded')).toHaveLength(7);
});

test('the same answer twice at once is accepted once, if SECRET_BLOCKs are good for one', async () => {
  const { arithmetic, hold, until, release } = createHeld();
  const pool = createUserPool({ users: [alice], arithmetic, secretBlockOnce: true });
  const { responses } = await prepare(pool, 'alice', alice.password);
  hold();
  const answers = [respond(pool, responses), respond(pool, responses)];
  await until(2);
  release();
  expect((await Promise.all(answers)).map(({ status }) => status).sort()).toEqual([200, 400]);
});

test('a user who is removed while the password is checked gets no tokens', async () => {
  const { arithmetic, hold, until, release } = createHeld();
  const pool = createUserPool({ users: [alice], arithmetic });
  const { responses } = await prepare(pool, 'alice', alice.password);
  hold();
  const direct = { USERNAME: 'alice', PASSWORD: alice.password };
  const answers = [
    respond(pool, responses),
    call(pool, 'InitiateAuth', { ClientId: 'web', AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: direct }),
  ];
  await until(2);
  pool.users.remove('alice');
  release();
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([400, 400]);
});
