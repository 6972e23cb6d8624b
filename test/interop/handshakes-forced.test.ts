/** bigint, jsbn and amazon-cognito-identity-js agree on handshakes whose numbers begin in awkward ways. */
import vectors from '../../vectors/cognito-srp.json' with { type: 'json' };
import { N } from '../support/group.ts';
import type { Handshake } from './engine.ts';
import { engines } from './handshake-run.ts';
import {
  createDraw,
  disagreement,
  drawHandshake,
  identityAnswer,
  K_OF_SRP6A,
  modPow,
  privateKeyOf,
  sharedSecretOf,
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

/** A power of two below N is its own remainder, so g^a with a below 3072 begins as wanted. */
test.each<[string, number]>([
  ['80', 3071],
  ['40', 3070],
  ['08, an odd number of digits', 3067],
  ['00 80', 3063],
  ['00 40', 3062],
  ['00 00 80', 3055],
])('A begins with %s', (_title, a) => {
  expectAgreement({ ...base, a: a.toString(16) });
});

test.each<[string, string]>([
  ['80', '80'],
  ['fe', 'fe'],
  ['7f', '7f'],
  ['0f, an odd number of digits', '0f'],
  ['00 80', '0080'],
  ['00 7f', '007f'],
  ['00 0f', '000f'],
  ['00 00 80', '000080'],
  ['00 except for the last byte', `${'00'.repeat(383)}02`],
])('B begins with %s', (_title, begin) => {
  const rest = draw(384).toString('hex').slice(begin.length, 768);
  expectAgreement({ ...base, SRP_B: (begin + rest).replace(/^0+/, '') });
});

/** S is (B - k·g^x)^(a + u·x): with B - k·g^x chosen, it is what that number makes it. */
describe('S of a chosen base', () => {
  const kv = (K_OF_SRP6A * modPow(2n, privateKeyOf(base))) % N;
  test.each([
    ['S = 0', 0n],
    ['S = 1', 1n],
    ['S = 1 or N - 1', N - 1n],
  ])('%s', (_title, t) => {
    expectAgreement({ ...base, SRP_B: ((kv + t) % N).toString(16) });
  });
});

describe('S of a random handshake, found by search,', () => {
  test.each<[string, string, RegExp]>([
    ['80 or above', 'S 1', /^[89a-f]/],
    ['10 to 7f', 'S 0', /^[1-7]/],
    ['01 to 0f', 'S 15', /^0[1-9a-f]/],
    ['00 and then 80 or above', 'S 291', /^00[89a-f]/],
    ['00 and then below 80', 'S 7', /^00[0-7]/],
  ])('begins with %s', (_title, seed, expected) => {
    const handshake = drawHandshake(createDraw(seed));
    expect(sharedSecretOf(handshake).toString(16).padStart(768, '0')).toMatch(expected);
    expectAgreement(handshake);
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
