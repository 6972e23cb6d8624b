import vectors from '../../vectors/cognito-srp.json' with { type: 'json' };
import { N } from '../support/group.ts';
import type { Handshake } from './engine.ts';
import { engines } from './handshake-run.ts';
import {
  createDraw,
  disagreement,
  drawHandshake,
  identityAnswer,
  privateKeyOf,
  sharingPowers,
  withU,
} from './handshakes.ts';

const draw = createDraw('forced cases');
const base = drawHandshake(draw);
const { SRP_A } = engines.native(base);

function expectAgreement(handshake: Handshake): void {
  expect(disagreement(handshake, engines, 0, false)).toBeUndefined();
}

test('the comparison sees a difference in each implementation', () => {
  const other = { ...base, password: `${base.password}!` };
  const wrong = () => engines.native(other);
  expect(disagreement(base, { ...engines, jsbn: wrong }, 0, true)).toBe('jsbn');
  expect(disagreement(base, { ...engines, native: wrong, jsbn: wrong }, 0, true)).toBe(
    'amazon-cognito-identity-js',
  );
});

test('shared powers change no answer', () => {
  const [one, two] = sharingPowers(() => [engines.jsbn(base), identityAnswer(base)]);
  expect([one, two]).toEqual([identityAnswer(base), engines.native(base)]);
});

test.each<[string, (u: Uint8Array) => boolean]>([
  ['00 and then below 80', ([first, second = 255]) => first === 0 && second < 0x80],
  ['00 and then 80 or above', ([first, second = 0]) => first === 0 && second >= 0x80],
  ['80 or above', ([first = 0]) => first >= 0x80],
  ['below 80', ([first = 255]) => first > 0 && first < 0x80],
  ['00 00', ([first, second]) => first === 0 && second === 0],
])('u begins with %s', (_title, wanted) => {
  expectAgreement(withU(base, SRP_A, draw, wanted));
});

test.each([
  '0',
  '1',
  '7f',
  '80',
  'ff',
  '0'.repeat(31),
  `80${'0'.repeat(30)}`,
  `7f${'f'.repeat(30)}`,
  `00${'f'.repeat(30)}`,
  `000${'f'.repeat(29)}`,
  'f'.repeat(32),
  `80${'0'.repeat(32)}`,
])('SALT = %s', (SALT) => expectAgreement({ ...base, SALT }));

/** S is (B - k·g^x)^(a + u·x): with B - k·g^x chosen, it is what that number makes it. */
describe('S of a chosen base', () => {
  const k = 0x538282c4354742d7cbbde2359fcf67f9f5b3a6b08791e5011b43b8a5b66d9ee6n;
  const power = (n: bigint, exponent: bigint) => {
    let result = 1n;
    for (const bit of exponent.toString(2)) {
      result = (result * result) % N;
      if (bit === '1') result = (result * n) % N;
    }
    return result;
  };
  const kv = (k * power(2n, privateKeyOf(base))) % N;
  test.each([
    ['S = 0', 0n],
    ['S = 1', 1n],
    ['S = 1 or N - 1', N - 1n],
  ])('%s', (_title, t) => {
    expectAgreement({ ...base, SRP_B: ((kv + t) % N).toString(16) });
  });
});

const users = vectors.cases.filter(({ kind }) => kind === 'user');

test('the vectors hold a short S', () => {
  expect(users.filter(({ S }) => S.length <= 766)).not.toEqual([]);
});

test.each(users)('vectors/cognito-srp.json: $title', (c) => {
  const handshake: Handshake = {
    ...c,
    poolName: c.poolName ?? '',
    username: c.userIdForSrp ?? '',
  };
  expectAgreement(handshake);
});
