/** bigint, jsbn and amazon-cognito-identity-js compute the same device verifiers. */
import { randomBytes } from 'node:crypto';
import type { DeviceInput } from './device-engine.ts';
import { engines, runDevices } from './device-run.ts';
import { disagreement, drawDevice, identityJs, WordArray } from './device-verifiers.ts';
import { createDraw, sharingPowers } from './handshakes.ts';

const { native, jsbn } = engines;
const draw = createDraw('forced devices');
const base = drawDevice(draw);

function expectAgreement(input: DeviceInput): void {
  expect(disagreement(input, engines, 0, false)).toBeUndefined();
}

test('the comparison sees a difference in each implementation', () => {
  const wrong = () => native({ ...base, salt: '01'.repeat(16) });
  expect(disagreement(base, { native, jsbn: wrong }, 0, true)).toBe('jsbn');
  expect(disagreement(base, { native: wrong, jsbn: wrong }, 0, true)).toBe('amazon-cognito-identity-js');
});

test('shared powers change no verifier', () => {
  const [one, two] = sharingPowers(() => [jsbn(base), identityJs(base)]);
  expect([one, two]).toEqual([identityJs(base), native(base)]);
});

test('amazon-cognito-identity-js is given the bytes, and draws its own again afterwards', () => {
  expect(identityJs(base).password).toBe(Buffer.from(base.password, 'hex').toString('base64'));
  const drawn = Array.from({ length: 8 }, () => new WordArray([], 0).random(16).toString());
  expect(new Set(drawn).size).toBe(8);
});

/** PAD, the bytes of Java's BigInteger: no leading 00 but the one that keeps the number positive. */
describe('salts', () => {
  const ff = 'ff'.repeat(16);
  test.each([
    [`00${ff.slice(2)}`, `00${ff.slice(2)}`],
    [`007f${ff.slice(4)}`, `7f${ff.slice(4)}`],
    [`0080${ff.slice(4)}`, `0080${ff.slice(4)}`],
    [`000080${ff.slice(6)}`, `0080${ff.slice(6)}`],
    [`00007f${ff.slice(6)}`, `7f${ff.slice(6)}`],
    [`000f${ff.slice(4)}`, `0f${ff.slice(4)}`],
    [`0001${'00'.repeat(14)}`, `01${'00'.repeat(14)}`],
    [`01${ff.slice(2)}`, `01${ff.slice(2)}`],
    [`7f${ff.slice(2)}`, `7f${ff.slice(2)}`],
    [`80${'00'.repeat(15)}`, `0080${'00'.repeat(15)}`],
    [ff, `00${ff}`],
    [`${'00'.repeat(15)}01`, '01'],
    [`${'00'.repeat(15)}80`, '0080'],
    [`${'00'.repeat(15)}ff`, '00ff'],
  ])('%s', (salt, sent) => {
    const input = { ...base, salt };
    expectAgreement(input);
    expect(Buffer.from(native(input).Salt, 'base64').toString('hex')).toBe(sent);
  });
});

describe('verifiers', () => {
  const sent = (input: DeviceInput) => Buffer.from(native(input).PasswordVerifier, 'base64').toString('hex');
  const find = (pattern: RegExp) => {
    for (;;) {
      const input = drawDevice(draw);
      // All 384 bytes of the number, as without PAD
      if (pattern.test(sent(input).padStart(770, '0').slice(2))) return input;
    }
  };
  // N begins with ff: so may a verifier
  test.each([
    ['80 or above', /^[89a-f]/, /^00[89a-f].{767}$/],
    ['below 80', /^[1-7]/, /^[1-7].{767}$/],
    ['ff', /^ff/, /^00ff.{766}$/],
    ['80', /^80/, /^0080.{766}$/],
    ['7f', /^7f/, /^7f.{766}$/],
    ['01 to 0f', /^0[1-9a-f]/, /^0[1-9a-f].{766}$/],
    ['00 and then 80 or above', /^00[89a-f]/, /^00[89a-f].{765}$/],
    ['00 and then 01 to 7f', /^00(0[1-9a-f]|[1-7])/, /^[0-7].{765}$/],
  ])('beginning with %s', (_title, number, padded) => {
    const input = find(number);
    expectAgreement(input);
    expect(sent(input)).toMatch(padded);
  });
});

test('keys and groups as the service writes them, and others', () => {
  for (const groupKey of ['-wt2ha1Zd', '-', 'grüppe', '组:'.repeat(40)]) {
    for (const key of ['us-east-1_de20abce-0000-0000-0000-000000000000', 'x', 'gerät:1']) {
      const [password, salt] = [randomBytes(40).toString('hex'), randomBytes(16).toString('hex')];
      expectAgreement({ groupKey, key, password, salt });
    }
  }
});

/** A sample, because the cases above are the borders. `npm run test:long` computes as many as one likes. */
test('96 random devices: bigint = jsbn = amazon-cognito-identity-js', () => {
  runDevices(96);
});
