/**
 * base ^ exponent mod N by a comb, in the letters of C. H. Lim and P. J. Lee (1994). It has no division, and no branch on
 * exponent bits.
 *
 * The exponent's bits e[…], with zeros before them, fill h rows of a = ⌈bits / h⌉ columns. Each row is cut into v blocks
 * of b = ⌈a / v⌉ columns, and a is taken as v·b. For v = 2:
 *
 *               block 1                  |  block 0
 *     row h-1   e[ha-1]  …  e[(h-1)a+b]  |  e[(h-1)a+b-1]  …  e[(h-1)a]
 *        ⋮
 *     row 1     e[2a-1]  …  e[a+b]       |  e[a+b-1]       …  e[a]
 *     row 0     e[a-1]   …  e[b]         |  e[b-1]         …  e[0]
 *
 * Each block has a table. The bits of a column, of which row h-1 has the highest, are an index into the table of its
 * block, which holds the product of the powers that the column's ones stand for. So one product serves all h rows of a
 * column, and one squaring serves the columns at the same place of all v blocks. The leftmost columns come first.
 *
 * With h = 5 and 256 bits, v = 2 tables that are kept give a power of g in 78 products. To make them costs 296 products,
 * which the first sign-in earns back, because it takes two such powers. One table for one power takes 649 products for
 * 512 bits, about what fixed windows take.
 */
import type { Montgomery } from './montgomery.native.ts';

/** h. A table has 2^h numbers. */
const ROWS = 5;

/**
 * Prepares the powers of one base.
 *
 * @param base 0 ≤ base < N
 * @param bits how long the longest exponent is. Shorter ones are padded to it, so that all have one sequence of
 *   operations.
 * @param tableCount v. A table has 32 numbers as long as N. The tables are made at the first call of the function that is
 *   returned, and kept as long as it is.
 */
export function comb(
  base: bigint,
  bits: number,
  tableCount: number,
  context: Montgomery,
): (exponent: bigint) => bigint {
  const { N, one, redc } = context;
  // b = ⌈a / v⌉ = ⌈bits / (h·v)⌉
  const columnsPerTable = Math.ceil(bits / (ROWS * tableCount));
  // a = v·b
  const columnCount = tableCount * columnsPerTable;

  let tables: readonly (readonly bigint[])[] | undefined;
  return (exponent) => {
    tables ??= createTables(base, columnsPerTable, tableCount, context);
    const digits = exponent.toString(2).padStart(ROWS * columnCount, '0');
    let power = one;
    for (let column = 0; column < columnsPerTable; column++) {
      power = redc(power * power);
      for (const [nth, table] of tables.entries()) {
        const index = columnIndex(digits, nth * columnsPerTable + column, columnCount);
        // An index has h bits, and every table 2^h numbers
        power = redc(power * (table[index] as bigint));
      }
    }
    // redc(power) may be N or more
    return redc(power) % N;
  };
}

/**
 * The bits of one column as a number. Row h-1 comes first in the digits and has the highest bit.
 *
 * @param digits the exponent in base 2, h·a digits
 * @param column from 0, the leftmost, to a − 1
 */
function columnIndex(digits: string, column: number, columnCount: number): number {
  let index = 0;
  for (let at = column; at < digits.length; at += columnCount) {
    // The code of "0" is even and that of "1" is odd. Reading a number from the text takes Hermes a quarter longer
    index = 2 * index + (digits.charCodeAt(at) & 1);
  }
  return index;
}

/**
 * The tables of all blocks, the highest block's first. In block j, the number at index i is the product of
 * base^(2^(a·row + b·j)) over the rows whose bit is set in i, in Montgomery's form.
 */
function createTables(
  base: bigint,
  columnsPerTable: number,
  tableCount: number,
  { one, R2, redc }: Montgomery,
): readonly (readonly bigint[])[] {
  const tables = Array.from({ length: tableCount }, () => [one]);
  let factor = redc(base * R2);
  for (let row = 0; row < ROWS; row++) {
    for (const [block, table] of tables.entries()) {
      // factor = base^(2^(a·row + b·block)), which is b squarings after the one before it
      const squarings = row === 0 && block === 0 ? 0 : columnsPerTable;
      for (let i = 0; i < squarings; i++) factor = redc(factor * factor);
      table.push(...table.map((product) => redc(product * factor)));
    }
  }
  return tables.reverse();
}
