/** Powers modulo N are the same by OpenSSL, by bigint and by the definition. */
import { createHash } from 'node:crypto';
import { bigintHost, bigintPowers } from '../../src/arithmetic/arithmetic.ts';
import { createOpensslHost, opensslPowers } from '../../src/arithmetic/openssl.ts';
import { EPHEMERAL_BYTES, g, N, SALT_BYTES } from '../../src/domain/srp-host.ts';

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (const bit of exponent.toString(2)) {
    result = (result * result) % N;
    if (bit === '1') result = (result * base) % N;
  }
  return result;
}

/** Bytes that look random, and are the same in every run. */
const bytesOf = (seed: string, length: number): Uint8Array =>
  createHash('shake256', { outputLength: length }).update(seed).digest();
const numberOf = (seed: string, length: number) =>
  BigInt(`0x${Buffer.from(bytesOf(seed, length)).toString('hex')}`);

const CASES: readonly (readonly [title: string, base: bigint, exponent: bigint])[] = [
  ['0 as the exponent', 5n, 0n],
  ['0 as the base', 0n, 5n],
  ['1 as the base', 1n, 5n],
  ['N - 1 as the base', N - 1n, 5n],
  ['N - 1 as the base of an even power', N - 1n, 4n],
  ['1 as the exponent', 7n, 1n],
  ['an exponent of an odd number of digits', 3n, 0x123n],
  ['no square as the base', N - 2n, 3n],
  ['256 ones as the exponent', N - 7n, (1n << 256n) - 1n],
  ['an exponent of 512 bits', numberOf('base', 384) % N, numberOf('long', 64)],
  ...Array.from({ length: 8 }, (_, i): readonly [string, bigint, bigint] => [
    `numbers of case ${i}`,
    numberOf(`base ${i}`, 384) % N,
    numberOf(`exponent ${i}`, 32),
  ]),
];

const openssl = opensslPowers();

test.each(CASES)('a power with %s', (_, base, exponent) => {
  const expected = power(base, exponent);
  expect(bigintPowers.of(base, exponent)).toBe(expected);
  expect(openssl.of(base, exponent)).toBe(expected);
});

test.each(CASES)('a power of g with %s', (_, __, exponent) => {
  const expected = power(g, exponent);
  expect(bigintPowers.ofG(exponent)).toBe(expected);
  expect(openssl.ofG(exponent)).toBe(expected);
});

test('both hosts make the same verifier, challenge and signature', () => {
  const hosts = [bigintHost, createOpensslHost()];
  const [one, other] = hosts.map((host) => {
    const verifier = host.createVerifier('Pool1alice', 'Correct-Horse-9', bytesOf('salt', SALT_BYTES));
    const { B, ephemeral } = host.answerA(numberOf('A', 384) % N, verifier, bytesOf('b', EPHEMERAL_BYTES));
    const block = bytesOf('block', 1860);
    return {
      verifier,
      B,
      ephemeral,
      fits: host.passwordFits(verifier, 'Pool1alice', 'Correct-Horse-9'),
      wrong: host.passwordFits(verifier, 'Pool1alice', 'Correct-Horse-8'),
      signature: host.expectedSignature(
        ephemeral,
        verifier,
        'Pool1alice',
        block,
        'Sat Jan 3 00:00:00 UTC 2026',
      ),
    };
  });
  expect(one).toEqual(other);
  expect(one).toMatchObject({ fits: true, wrong: false });
  expect(one?.signature).toHaveLength(32);
});
