/**
 * base ^ exponent mod N by a comb (C. H. Lim and P. J. Lee, 1994): no division, and no branch on exponent bits.
 *
 * The exponent's bits are laid out in ROWS rows; one product serves all rows of a column, and one squaring as many columns
 * as there are tables. With two tables kept, a power of g takes 78 products, and they cost 296 once: they pay within
 * the first sign-in, which takes two such powers. One table for one power takes 649 for 512 bits, about what fixed windows do.
 */
import type { Montgomery } from './montgomery.native.ts';

const ROWS = 5;

/**
 * @param base 0 ≤ base < N
 * @param bits of the longest exponent; shorter ones are padded to it: one sequence of operations for all
 * @param count of tables, each of 32 numbers as long as N. They are made at the first call, and kept as long as the
 *   function is.
 */
export function comb(
  base: bigint,
  bits: number,
  count: number,
  { N, one, R2, redc }: Montgomery,
): (exponent: bigint) => bigint {
  // Columns that each table serves
  const share = Math.ceil(bits / (ROWS * count));
  const columns = share * count;

  // The highest columns' table first. At index i the product of base^(2^(columns·row)), and for the columns above the
  // lowest those 2^share-th powers, over the rows whose bit is set in i; row 0 has the lowest bits.
  const createTables = () => {
    const tables = Array.from({ length: count }, () => [one]);
    let tooth = redc(base * R2);
    for (let i = 0; i < ROWS * count; i++) {
      if (i > 0) for (let bit = 0; bit < share; bit++) tooth = redc(tooth * tooth);
      const table = tables[i % count] as bigint[];
      table.push(...table.map((product) => redc(product * tooth)));
    }
    return tables.reverse();
  };

  let tables: bigint[][] | undefined;
  return (exponent) => {
    tables ??= createTables();
    const digits = exponent.toString(2).padStart(ROWS * columns, '0');
    let power = one;
    for (let start = 0; start < share; start++) {
      power = redc(power * power);
      for (const [nth, table] of tables.entries()) {
        let index = 0;
        for (let at = start + nth * share; at < digits.length; at += columns)
          index = 2 * index + (digits.charCodeAt(at) & 1);
        power = redc(power * (table[index] as bigint));
      }
    }
    // redc(power) may be N or more
    return redc(power) % N;
  };
}
