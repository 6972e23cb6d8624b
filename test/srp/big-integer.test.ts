/** Both integer modules compute the same. */
import fc from 'fast-check';
import * as jsbn from '../../src/srp/big-integer.jsbn.ts';
import * as native from '../../src/srp/big-integer.native.ts';
import type { Arithmetic } from '../../src/srp/big-integer.ts';
import { bytesToHex } from '../../src/srp/encoding.ts';
import { montgomery } from '../../src/srp/montgomery.native.ts';
import { N } from '../support/group.ts';
import { runs } from '../support/runs.ts';

const RUNS = runs(250);

// That these lines compile is the assertion: each module has the whole interface.
const implementations: { native: Arithmetic<bigint>; jsbn: Arithmetic<jsbn.BigInteger> } = { native, jsbn };

test('both modules have the same exports', () => {
  expect(Object.keys(implementations.native).sort()).toEqual(Object.keys(implementations.jsbn).sort());
});

test('the native module needs BigInt, and jsbn nothing', () => {
  expect(native.bigIntegerRequirements).toEqual([['BigInt', 'import "cognito-srp-engine/portable"']]);
  expect(jsbn.bigIntegerRequirements).toEqual([]);
});

/** Runs one expression in both implementations; the result as signed hexadecimal. */
function both(
  compute: <T>(arithmetic: Arithmetic<T>, of: (n: bigint) => T) => T,
): [native: string, jsbn: string] {
  const inJsbn = (n: bigint) =>
    n < 0n ? jsbn.subtract(jsbn.fromHex('0'), jsbn.fromHex((-n).toString(16))) : jsbn.fromHex(n.toString(16));
  return [compute(native, (n) => n).toString(16), compute<jsbn.BigInteger>(jsbn, inJsbn).toString(16)];
}

const natural = fc.oneof(
  fc.bigInt({ min: 0n, max: 300n }),
  fc.bigInt({ min: 0n, max: (1n << 256n) - 1n }),
  fc.bigInt({ min: 0n, max: N * N }),
  fc.integer({ min: 0, max: 3200 }).map((bits) => 1n << BigInt(bits)),
  fc.integer({ min: 0, max: 3200 }).map((bits) => (1n << BigInt(bits)) - 1n),
);
const integer = fc.oneof(
  natural,
  natural.map((n) => -n),
);
const positive = natural.map((n) => n + 1n);
const hexOf = (n: bigint) => n.toString(16);

describe('native = jsbn', () => {
  test('fromHex and toHex, either case, leading zeros', () => {
    fc.assert(
      fc.property(natural, fc.integer({ min: 0, max: 9 }), fc.boolean(), (n, zeros, upper) => {
        const hex = '0'.repeat(zeros) + (upper ? hexOf(n).toUpperCase() : hexOf(n));
        expect(native.toHex(native.fromHex(hex))).toBe(hexOf(n));
        expect(jsbn.toHex(jsbn.fromHex(hex))).toBe(hexOf(n));
      }),
      RUNS,
    );
  });

  test('fromBytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const n = BigInt(`0x0${Buffer.from(bytes).toString('hex')}`);
        expect(native.fromBytes(bytes)).toBe(n);
        expect(jsbn.toHex(jsbn.fromBytes(bytes))).toBe(hexOf(n));
      }),
      RUNS,
    );
  });

  test('toByteArray: shortest bytes whose top bit is clear', () => {
    fc.assert(
      fc.property(natural, (n) => {
        const bytes = native.toByteArray(n);
        expect(bytesToHex(jsbn.toByteArray(jsbn.fromHex(hexOf(n))))).toBe(bytesToHex(bytes));
        const [first = 255, second = 255] = bytes;
        expect(BigInt(`0x${bytesToHex(bytes)}`)).toBe(n);
        expect(first).toBeLessThan(0x80);
        expect(first !== 0 || bytes.length === 1 || second >= 0x80).toBe(true);
      }),
      RUNS,
    );
  });

  test.each([0n, 1n, 255n, N])('isZero of %s', (n) => {
    const hex = hexOf(n);
    expect(native.isZero(native.fromHex(hex))).toBe(n === 0n);
    expect(jsbn.isZero(jsbn.fromHex(hex))).toBe(n === 0n);
  });

  test('compareTo', () => {
    const equalOrNot = fc.oneof(
      fc.tuple(integer, integer),
      integer.map((n) => [n, n] as const),
    );
    fc.assert(
      fc.property(equalOrNot, ([a, b]) => {
        const sign = a < b ? -1 : a > b ? 1 : 0;
        expect(Math.sign(native.compareTo(a, b))).toBe(sign);
        const [x, y] = [a, b].map((n) =>
          n < 0n ? jsbn.subtract(jsbn.fromHex('0'), jsbn.fromHex(hexOf(-n))) : jsbn.fromHex(hexOf(n)),
        ) as [jsbn.BigInteger, jsbn.BigInteger];
        expect(Math.sign(jsbn.compareTo(x, y))).toBe(sign);
      }),
      RUNS,
    );
  });

  test.each([
    ['add', (a: bigint, b: bigint) => a + b],
    ['subtract', (a: bigint, b: bigint) => a - b],
    ['multiply', (a: bigint, b: bigint) => a * b],
  ] as const)('%s, negative operands too', (operation, known) => {
    fc.assert(
      fc.property(integer, integer, (a, b) => {
        const result = known(a, b).toString(16);
        expect(both((arithmetic, of) => arithmetic[operation](of(a), of(b)))).toEqual([result, result]);
      }),
      RUNS,
    );
  });

  test('mod: from 0 to m - 1, negative operands too', () => {
    fc.assert(
      fc.property(integer, positive, (n, m) => {
        const result = hexOf(((n % m) + m) % m);
        expect(both((arithmetic, of) => arithmetic.mod(of(n), of(m)))).toEqual([result, result]);
      }),
      RUNS,
    );
  });

  test('mod of an exact negative multiple is 0', () => {
    for (const n of [-N, -2n * N, 0n, N]) {
      expect(both((arithmetic, of) => arithmetic.mod(of(n), of(N)))).toEqual(['0', '0']);
    }
  });
});

/** base^exponent mod modulus from the definition, one bit at a time. */
function squareAndMultiply(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n % modulus;
  for (const bit of exponent.toString(2)) {
    result = (result * result) % modulus;
    if (bit === '1') result = (result * base) % modulus;
  }
  return result;
}

describe('modPow: native = jsbn = square and multiply', () => {
  const check = (base: bigint, exponent: bigint, modulus: bigint) => {
    const expected = hexOf(squareAndMultiply(base, exponent, modulus));
    expect(both((arithmetic, of) => arithmetic.modPow(of(base), of(exponent), of(modulus)))).toEqual([
      expected,
      expected,
    ]);
  };
  const specialExponents = [
    0n,
    1n,
    2n,
    15n,
    16n,
    (1n << 255n) - 1n,
    1n << 255n,
    (1n << 256n) - 1n,
    1n << 256n,
    (1n << 256n) + 1n,
    (1n << 512n) - 1n,
    1n << 513n,
  ];
  const exponent = fc.oneof(
    fc.constantFrom(...specialExponents),
    fc.integer({ min: 0, max: 600 }).map((bits) => 1n << BigInt(bits)),
    fc.bigInt({ min: 0n, max: (1n << 256n) - 1n }),
    fc.bigInt({ min: 0n, max: (1n << 600n) - 1n }),
  );
  // 1 to 18 limbs of 64 bits and everything between
  const modulus = fc
    .integer({ min: 2, max: 1100 })
    .chain((bits) => fc.bigInt({ min: 1n << BigInt(bits - 1), max: (1n << BigInt(bits)) - 1n }))
    .map((n) => n | 1n);
  const specialBases = [0n, 1n, 2n, 3n];

  test('odd moduli of 2 to 1,100 bits', () => {
    const problem = modulus.chain((m) =>
      fc.tuple(
        fc.oneof(
          fc.constantFrom(...specialBases.filter((n) => n < m), m - 1n, m >> 1n),
          fc.bigInt({ min: 0n, max: m - 1n }),
        ),
        exponent,
        fc.constant(m),
      ),
    );
    fc.assert(
      fc.property(problem, ([base, power, m]) => check(base, power, m)),
      RUNS,
    );
  });

  test('a power that is a multiple of the modulus is 0, not the modulus', () => {
    for (const [base, m] of [
      [15n, 225n],
      [21n, 441n],
      [3n * 5n * 7n, 3n ** 40n * 5n ** 40n * 7n ** 40n],
    ] as const) {
      for (const e of [2n, 40n, 41n, 300n, 1n << 300n]) check(base, e, m);
    }
  });

  test('moduli at the edges of a limb', () => {
    for (const bits of [8n, 60n, 63n, 64n, 65n, 124n, 128n, 192n, 3072n]) {
      for (const m of [(1n << bits) - 1n, (1n << bits) + 1n, (1n << (bits - 1n)) + 1n]) {
        for (const base of [...specialBases, m - 2n, m - 1n]) check(base, 0x123456789abcdefn, m);
      }
    }
  });

  test.each<readonly [string, bigint]>([
    ...specialBases.map((base) => [`${base}`, base] as const),
    ['N - 1', N - 1n],
    ['N - 2', N - 2n],
  ])("%s to the power of every special exponent, modulo the group's N", (_, base) => {
    for (const e of specialExponents) check(base, e, N);
  });

  test.each([
    [256, 340],
    [341, 420],
    [421, 512],
    [513, 600],
  ])("random bases and exponents of %i to %i bits modulo the group's N", (least, most) => {
    const problem = fc.tuple(
      fc.oneof(fc.constant(2n), fc.bigInt({ min: 0n, max: N - 1n })),
      fc.bigInt({ min: 1n << BigInt(least - 1), max: (1n << BigInt(most)) - 1n }),
    );
    fc.assert(
      fc.property(problem, ([base, power]) => check(base, power, N)),
      runs(10),
    );
  });
});

describe('powersModulo: native = jsbn = square and multiply', () => {
  const check = (
    powers: ReturnType<typeof native.powersModulo>,
    g: bigint,
    base: bigint,
    e: bigint,
    m: bigint,
  ) => {
    expect(powers.ofG(e)).toBe(squareAndMultiply(g, e, m));
    expect(powers.of(base, e)).toBe(squareAndMultiply(base, e, m));
  };
  const secret = fc.oneof(
    fc.constantFrom(0n, 1n, 2n, (1n << 255n) - 1n, 1n << 255n, (1n << 256n) - 1n, 1n << 256n),
    // One bit, and runs of bits across the rows of the table
    fc.integer({ min: 0, max: 257 }).map((bit) => 1n << BigInt(bit)),
    fc.integer({ min: 0, max: 257 }).map((bit) => (1n << BigInt(bit)) - 1n),
    fc.bigInt({ min: 0n, max: (1n << 256n) - 1n }),
    fc.bigInt({ min: 1n << 256n, max: (1n << 520n) - 1n }),
  );

  test.each([2n, 5n])("g = %s, one table for many exponents, modulo the group's N", (g) => {
    const powers = native.powersModulo(N, g);
    fc.assert(
      fc.property(secret, fc.bigInt({ min: 0n, max: N - 1n }), (e, base) => check(powers, g, base, e, N)),
      runs(40),
    );
  });

  test.each([2n, 5n])("jsbn, g = %s, modulo the group's N", (g) => {
    const inJsbn = (n: bigint) => jsbn.fromHex(hexOf(n));
    const powers = jsbn.powersModulo(inJsbn(N), inJsbn(g));
    fc.assert(
      fc.property(secret, fc.bigInt({ min: 0n, max: N - 1n }), (e, base) => {
        expect(jsbn.toHex(powers.ofG(inJsbn(e)))).toBe(hexOf(squareAndMultiply(g, e, N)));
        expect(jsbn.toHex(powers.of(inJsbn(base), inJsbn(e)))).toBe(hexOf(squareAndMultiply(base, e, N)));
      }),
      runs(10),
    );
  });

  test('g = 2 modulo odd numbers of 2 to 1,100 bits', () => {
    const modulus = fc
      .integer({ min: 2, max: 1100 })
      .chain((bits) => fc.bigInt({ min: 1n << BigInt(bits - 1), max: (1n << BigInt(bits)) - 1n }))
      .map((n) => n | 1n);
    fc.assert(
      fc.property(secret, modulus, (e, m) => check(native.powersModulo(m, 2n), 2n, m >> 1n, e, m)),
      runs(200),
    );
  });

  test('every bit of an exponent counts', () => {
    const { ofG } = native.powersModulo(N, 2n);
    for (let bit = 0n; bit < 256n; bit++) expect(ofG(1n << bit)).toBe(native.modPow(2n, 1n << bit, N));
  });
});

test('redc: below 3N, T times one fixed number mod N, for products of numbers below 3N, any odd N', () => {
  const modulus = fc
    .integer({ min: 2, max: 3200 })
    .chain((bits) => fc.bigInt({ min: 1n << BigInt(bits - 1), max: (1n << BigInt(bits)) - 1n }))
    .map((n) => n | 1n);
  const factors = modulus.chain((m) => {
    const factor = fc.oneof(
      fc.constantFrom(0n, 1n, m, 3n * m - 1n),
      fc.bigInt({ min: 0n, max: 3n * m - 1n }),
    );
    return fc.tuple(factor, factor, fc.constant(m));
  });
  fc.assert(
    fc.property(factors, ([a, b, m]) => {
      const { redc, one } = montgomery(m);
      const reduced = redc(a * b);
      expect(reduced >= 0n && reduced < 3n * m).toBe(true);
      // All as long as the modulus: the time of a product must not tell the number
      if (m >> 64n) expect(reduced <= m + (m >> 60n)).toBe(true);
      expect((reduced * one) % m).toBe((a * b) % m);
    }),
    RUNS,
  );
});
