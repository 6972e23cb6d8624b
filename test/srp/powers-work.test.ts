/** The native powers do the same work for every secret, and not more than they need. */
import * as native from '../../src/srp/big-integer.native.ts';
import { type Montgomery, montgomery } from '../../src/srp/montgomery.native.ts';
import { N } from '../support/group.ts';

test("R is two limbs longer than the group's N, and not more, because products get slower with it", () => {
  expect(montgomery(N).one).toBe((1n << 3200n) % N);
});

describe('the native powers do the same for every exponent of one length', () => {
  /** How many reductions a power takes; each stands for one product. */
  function counted() {
    const context = montgomery(N);
    let count = 0;
    const redc: Montgomery['redc'] = (T) => {
      count++;
      return context.redc(T);
    };
    return {
      context: { ...context, redc },
      reductions: (run: () => unknown) => {
        count = 0;
        run();
        return count;
      },
    };
  }
  const ONE_BLOCK = [0n, 1n, 2n, 15n, 1n << 128n, 1n << 255n, (1n << 256n) - 1n, (1n << 256n) / 3n];
  const TWO_BLOCKS = [1n << 256n, (1n << 512n) - 1n, (1n << 512n) / 3n];

  test.each([
    // 208 squarings and 31 products for the table, 104 with it; the ways into Montgomery's form and out of it
    ['up to 256 bits', ONE_BLOCK, 208 + 31 + 104 + 2],
    ['up to 512 bits', TWO_BLOCKS, 412 + 31 + 206 + 2],
  ])('%s: as many products for each', (_, exponents, products) => {
    const { context, reductions } = counted();
    const counts = exponents.map((e) => reductions(() => native.powersModulo(N, 2n, context).of(3n, e)));
    expect(new Set(counts)).toEqual(new Set([products]));
  });

  test('powers of g from the table: as many products for each', () => {
    const { context, reductions } = counted();
    const { ofG } = native.powersModulo(N, 2n, context);
    // The tables once, with g's way into Montgomery's form
    expect(reductions(() => ofG(7n))).toBe(79 + 297);
    const counts = ONE_BLOCK.map((e) => reductions(() => ofG(e)));
    expect(new Set(counts)).toEqual(new Set([79]));
  });
});
