/** Whatever has happened to what a user store keeps, it keeps nobody out. */
import { createUserStore, decodeClaims } from '../../src/index.ts';
import { client } from '../support/client.ts';
import {
  addUsers,
  answered,
  EMAIL,
  jwt,
  pool,
  ROOT,
  recorded,
  signedInAs,
  start,
  stored,
} from './user-store-world.ts';

beforeEach(addUsers);

describe('every stored key, deleted, emptied or replaced by garbage', () => {
  const GARBAGE: readonly (readonly [string, string | undefined])[] = [
    ['deleted', undefined],
    ['empty', ''],
    ['a word', 'garbage'],
    ['spaces', ' \t\n'],
    ['dots', '...'],
    ['JSON', '{"a":1}'],
    ['null', 'null'],
    ['a token of nothing', jwt({})],
    ['a token of no object', `${Buffer.from('[]').toString('base64url')}.W10.`],
    ['no base64', 'e30.%%%.e30'],
    ['not a number', 'NaN Infinity'],
    ['binary', '\u0000\uffff\ud800'],
    ['long', 'x'.repeat(100_000)],
    ['a device key of nobody', 'local_00000000-0000-4000-8000-000000000000'],
    ['a prototype’s', '__proto__'],
  ];
  /** Which problem is told where a device cannot be used. */
  const PROBLEMS = ['DEVICE_DAMAGED', 'DEVICE_GONE', 'DEVICE_REFUSED'];
  const DEVICE_KEYS = ['deviceKey', 'deviceGroupKey', 'randomPasswordKey'];

  test('the user can always sign in, and nothing that is read throws', async () => {
    const first = recorded();
    const { tokens } = await stored(first.storage, 'alice', EMAIL);
    expect([...first.items.keys()]).toHaveLength(10);
    const tried: string[] = [];
    let signIns = 0;

    for (const [damage, value] of GARBAGE) {
      for (const key of first.items.keys()) {
        const { items, storage } = recorded(first.items);
        if (value === undefined) items.delete(key);
        else items.set(key, value);
        const what = `${key} is ${damage}`;
        const store = createUserStore(storage, client);
        const isDevice = DEVICE_KEYS.some((name) => key.endsWith(`.${name}`));

        for (const loaded of [await store.load(), await store.load('alice')]) {
          if (!loaded) continue;
          // Whatever is given is alice's and whole
          expect([what, loaded.username]).toEqual([what, 'alice']);
          expect([what, loaded.tokens.accessToken]).toEqual([what, tokens.accessToken]);
          expect([what, ['', tokens.idToken].includes(loaded.tokens.idToken)]).toEqual([what, true]);
          expect([what, Number.isFinite(loaded.tokens.expiresAt)]).toEqual([what, true]);
        }

        tried.push(what);
        // A sign-in reads no tokens, and takes its time
        if (!isDevice && !key.includes('alias') && !['deleted', 'empty', 'a word'].includes(damage)) continue;

        const messages = pool.outbox.length;
        signIns++;
        const step = await start(signIns % 2 === 0 ? 'alice' : EMAIL, store);
        const problem = step.deviceProblem?.code;
        if (step.status === 'signed-in') {
          expect([what, step.username, problem, isDevice]).toEqual([what, 'alice', undefined, false]);
          expect(pool.outbox).toHaveLength(messages);
        } else {
          expect([what, isDevice]).toEqual([what, true]);
          expect([what, PROBLEMS.includes(String(problem))]).toEqual([what, true]);
          // As every one of these problems says
          await store.removeDevice('alice');
          expect(await answered(step, store)).toMatchObject({ status: 'signed-in', username: 'alice' });
        }
      }
    }
    expect(tried).toHaveLength(150);
    expect(signIns).toBe(3 * 15 + 15 + 6 * 3);
  }, 300_000);

  test('a damaged device is reported by what is wrong with it', async () => {
    const first = recorded();
    await stored(first.storage);
    const problemWith = async (name: string, value: string) => {
      const { items, storage } = recorded(first.items);
      items.set(`${ROOT}.alice.${name}`, value);
      return (await start('alice', createUserStore(storage, client))).deviceProblem?.code;
    };
    expect(await problemWith('deviceKey', '')).toBe('DEVICE_DAMAGED');
    expect(await problemWith('deviceKey', 'garbage')).toBe('DEVICE_DAMAGED');
    expect(await problemWith('deviceKey', 'local_00000000-0000-4000-8000-000000000000')).toBe('DEVICE_GONE');
    expect(await problemWith('deviceGroupKey', '')).toBe('DEVICE_DAMAGED');
    expect(await problemWith('deviceGroupKey', 'garbage')).toBe('DEVICE_REFUSED');
    expect(await problemWith('randomPasswordKey', '')).toBe('DEVICE_DAMAGED');
    expect(await problemWith('randomPasswordKey', 'garbage')).toBe('DEVICE_REFUSED');
  });

  test('a device whose keys are all gone does not exist, and the next sign-in brings another', async () => {
    const { items, storage } = recorded();
    await stored(storage);
    for (const name of DEVICE_KEYS) items.delete(`${ROOT}.alice.${name}`);
    const asked = await start('alice', createUserStore(storage, client));
    expect(asked).not.toHaveProperty('deviceProblem');
    expect(await answered(asked, createUserStore(storage, client))).toMatchObject({
      newDevice: { key: expect.stringMatching(/^us-east-1_/) },
    });
  });

  test.each(['carol', 'bob', '', 'alice@example.com'])(
    'an alias that leads to "%s" does not sign in another user',
    async (leadsTo) => {
      const { items, storage } = recorded();
      await stored(storage, 'bob');
      await stored(storage, 'alice', EMAIL);
      items.set(`CognitoSrpEngine.web.alias.${EMAIL}`, leadsTo);
      const step = await signedInAs(EMAIL, createUserStore(storage, client));
      expect(step.username).toBe('alice');
      expect(decodeClaims(step.tokens.accessToken)?.['username']).toBe('alice');
    },
  );
});
