/** The formulas give the known answers of the RFCs and of Cognito. */
import { createHmac } from 'node:crypto';
import { sha1 } from '@noble/hashes/legacy.js';
import {
  add,
  type BigInteger,
  compareTo,
  fromBytes,
  fromHex,
  mod,
  modPow,
  multiply,
  toByteArray,
  toHex,
} from '#big-integer';
import { bytesToHex, hexToBytes } from '../../src/srp/encoding.ts';
import { type Ephemeral, ephemeralOf } from '../../src/srp/ephemeral.ts';
import {
  premasterSecret,
  privateKey,
  scramblingParameter,
  sessionKey,
  verifier,
} from '../../src/srp/formulas.ts';
import { cognitoGroup, createGroup } from '../../src/srp/group.ts';
import { type Hash, hkdfSha256, hmacSha256 } from '../../src/srp/hash.ts';
import { devicePasswordVerifierResponses, passwordVerifierResponses } from '../../src/srp/wire-parameters.ts';
import cognito from '../../vectors/cognito-srp.json' with { type: 'json' };
import rfc4231 from '../../vectors/rfc4231.json' with { type: 'json' };
import rfc5054 from '../../vectors/rfc5054-appendix-b.json' with { type: 'json' };
import rfc5869 from '../../vectors/rfc5869.json' with { type: 'json' };
import { N_HEX } from '../support/group.ts';

describe(rfc5054.source, () => {
  const length = rfc5054.N.length / 2;
  const leftPad = (n: BigInteger) => hexToBytes(toHex(n).padStart(2 * length, '0'));
  const H: Hash = (...parts) => sha1(Uint8Array.from(parts.flatMap((part) => [...part])));
  const group = () => createGroup(fromHex(rfc5054.N), fromHex(rfc5054.g), H, leftPad);
  const x = () => privateKey(group(), hexToBytes(rfc5054.s), rfc5054.I, rfc5054.P);

  test('k', () => expect(toHex(group().k)).toBe(rfc5054.k));
  test('x', () => expect(toHex(x())).toBe(rfc5054.x));
  test('v', () => expect(toHex(verifier(group(), x()))).toBe(rfc5054.v));
  test('A', () => expect(ephemeralOf(group(), fromHex(rfc5054.a)).SRP_A).toBe(rfc5054.A));
  test('u', () => {
    expect(toHex(scramblingParameter(group(), fromHex(rfc5054.A), fromHex(rfc5054.B)))).toBe(rfc5054.u);
  });
  test('S', () => {
    const [a, B, u] = [rfc5054.a, rfc5054.B, rfc5054.u].map(fromHex) as [BigInteger, BigInteger, BigInteger];
    expect(toHex(premasterSecret(group(), a, B, u, x()))).toBe(rfc5054.S);
  });
  test('B, from the same numbers, so that the vector is whole', () => {
    const { g, k, N } = group();
    const kv = multiply(k, fromHex(rfc5054.v));
    expect(toHex(mod(add(kv, modPow(g, fromHex(rfc5054.b), N)), N))).toBe(rfc5054.B);
  });
});

test("the Cognito group's N is RFC 3526's closed form", () => {
  expect(toHex(cognitoGroup().N)).toBe(N_HEX);
});

test('k of the Cognito group is H(PAD(N) | PAD(2)), not left-padded', () => {
  expect(toHex(cognitoGroup().k)).toBe('538282c4354742d7cbbde2359fcf67f9f5b3a6b08791e5011b43b8a5b66d9ee6');
});

describe.each(cognito.cases)('vectors/cognito-srp.json: $kind, $title', (c) => {
  const I = c.kind === 'device' ? `${c.deviceGroupKey}${c.deviceKey}` : `${c.poolName}${c.userIdForSrp}`;

  test('SRP_A, x, v, u, S and K', () => {
    const group = cognitoGroup();
    const { SRP_A } = ephemeralOf(group, fromHex(c.a));
    const x = privateKey(group, toByteArray(fromHex(c.SALT)), I, c.password);
    const u = scramblingParameter(group, fromHex(c.SRP_A), fromHex(c.SRP_B));
    const S = premasterSecret(group, fromHex(c.a), fromHex(c.SRP_B), u, x);
    const K = bytesToHex(sessionKey(group, S, u));
    expect({ SRP_A, x: toHex(x), v: toHex(verifier(group, x)), u: toHex(u), S: toHex(S), K }).toEqual({
      SRP_A: c.SRP_A,
      x: c.x,
      v: c.v,
      u: c.u,
      S: c.S,
      K: c.K,
    });
  });

  const now = Date.parse(c.TIMESTAMP);
  const ephemeral: Ephemeral = { SRP_A: c.SRP_A, a: () => c.a };
  const answer = (parameters: Record<string, string>) =>
    c.kind === 'device'
      ? devicePasswordVerifierResponses(ephemeral, parameters, {
          username: 'u',
          device: { key: c.deviceKey ?? '', groupKey: c.deviceGroupKey ?? '', password: c.password },
          now,
        })
      : passwordVerifierResponses(
          ephemeral,
          { ...parameters, USER_ID_FOR_SRP: c.userIdForSrp ?? '' },
          { userPoolId: `eu-west-1_${c.poolName}`, password: c.password, now },
        );
  const { SALT, SRP_B, SECRET_BLOCK } = c;
  const expected = {
    PASSWORD_CLAIM_SIGNATURE: c.PASSWORD_CLAIM_SIGNATURE,
    PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK,
    TIMESTAMP: c.TIMESTAMP,
  };

  test('the answer', () => expect(answer({ SALT, SRP_B, SECRET_BLOCK })).toMatchObject(expected));
  test('the answer, from upper-case hex with leading zeros', () =>
    expect(
      answer({ SALT: `000${SALT.toUpperCase()}`, SRP_B: `00000${SRP_B.toUpperCase()}`, SECRET_BLOCK }),
    ).toMatchObject(expected));
});

describe(rfc4231.source, () => {
  test.each(rfc4231.cases)('$title', ({ key, data, hmacSha256: expected }) => {
    expect(bytesToHex(hmacSha256(hexToBytes(key), hexToBytes(data))).slice(0, expected.length)).toBe(
      expected,
    );
  });
});

test.each([63, 64, 65, 128])('HMAC-SHA-256 with a key of %i bytes, about a block of the hash', (length) => {
  const key = Uint8Array.from({ length }, (_, i) => i + 1);
  const text = Uint8Array.of(1, 2, 3);
  expect(bytesToHex(hmacSha256(key, text))).toBe(createHmac('sha256', key).update(text).digest('hex'));
});

describe(rfc5869.source, () => {
  test.each(rfc5869.cases)('$title', ({ ikm, salt, info, L, okm }) => {
    const T1 = bytesToHex(hkdfSha256(hexToBytes(ikm), hexToBytes(salt), hexToBytes(info)));
    expect(T1).toHaveLength(64);
    expect(okm).toHaveLength(2 * L);
    expect(okm.slice(0, 64)).toBe(T1);
  });
});

describe('PAD is Java BigInteger.toByteArray()', () => {
  // From the API documentation of java.math.BigInteger: two's complement, shortest, at least one sign bit.
  test.each([
    ['0', '00'],
    ['1', '01'],
    ['7f', '7f'],
    ['80', '0080'],
    ['ff', '00ff'],
    ['100', '0100'],
    ['7fff', '7fff'],
    ['8000', '008000'],
    ['00000f', '0f'],
  ])('%s -> %s', (n, bytes) => expect(bytesToHex(toByteArray(fromHex(n)))).toBe(bytes));
});

test('fromBytes reads unsigned big-endian bytes of any length', () => {
  expect(toHex(fromBytes(Uint8Array.of(0x80, 0x01)))).toBe('8001');
  expect(toHex(fromBytes(Uint8Array.of()))).toBe('0');
  expect(compareTo(fromBytes(Uint8Array.of(0, 0, 5)), fromHex('5'))).toBe(0);
});
