/**
 * 2 ^ exponent mod N from a table of powers of 2 (a comb: C. H. Lim and P. J. Lee, 1994).
 *
 * The exponent's bits are laid out in ROWS rows of COLUMNS; one squaring serves all rows of a column. The
 * lowest row is 2 itself and so a shift; the others take one product from the table for each column. That is
 * 86 products instead of 253. The table costs 237 once, so it pays from the second power on: within the first
 * sign-in, which takes two.
 */
import type { Montgomery } from './montgomery.native.ts';

/** Exponent bits of a whole table: ROWS · COLUMNS ≥ 256. */
const ROWS = 6;
const COLUMNS = 43;
/** 2^16 fits the slack of Montgomery's R: 2^(2^4) is there without a squaring. */
const FREE_SQUARINGS = 4;

/**
 * @param modulus N: odd, > 1
 * @returns for exponents of 256 bits at most, padded to that: one sequence of operations for all. It keeps its
 *   table of 32 numbers below 2N, 12.5 KB for Cognito's N, from the first call on.
 */
export function fixedBaseTwo(modulus: bigint, { one, redc }: Montgomery): (exponent: bigint) => bigint {
  let kept: readonly bigint[] | undefined;
  return (exponent) => {
    kept ??= createTable(one, redc);
    const table = kept;
    const columns = columnsOf(exponent);
    let power = one;
    for (const { row0, others } of columns) {
      power = redc(power * power);
      power = redc(power * (table[others] as bigint)) << row0;
    }
    const result = redc(power);
    return result >= modulus ? result - modulus : result;
  };
}

/** At index i the product of 2^(2^(COLUMNS·row)) over the rows from 1 on whose bit is set in i. */
function createTable(one: bigint, redc: Montgomery['redc']): bigint[] {
  const table = [one];
  let power = one << BigInt(2 ** FREE_SQUARINGS);
  let squarings = FREE_SQUARINGS;
  for (let row = 1; row < ROWS; row++) {
    for (; squarings < COLUMNS * row; squarings++) power = redc(power * power);
    const tooth = power;
    table.push(tooth, ...table.slice(1).map((product) => redc(product * tooth)));
  }
  return table;
}

/** The bits of each column, the highest column first. */
function columnsOf(exponent: bigint): { readonly row0: bigint; readonly others: number }[] {
  const bits = exponent.toString(2).padStart(ROWS * COLUMNS, '0');
  return Array.from({ length: COLUMNS }, (_, column) => {
    let others = 0;
    for (let row = ROWS - 1; row > 0; row--) {
      others = 2 * others + Number(bits[(ROWS - 1 - row) * COLUMNS + column]);
    }
    return { row0: BigInt(bits[(ROWS - 1) * COLUMNS + column] as string), others };
  });
}
