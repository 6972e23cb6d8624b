/**
 * g ^ exponent mod N from tables of powers of g (a comb: C. H. Lim and P. J. Lee, 1994).
 *
 * The exponent's bits are laid out in ROWS rows of COLUMNS; one product serves all rows of a column, and one squaring
 * as many columns as there are tables. That is 78 products instead of 335. The tables cost 296 once, so they pay within
 * the first sign-in, which takes two powers.
 */
import type { Montgomery } from './montgomery.native.ts';

/** Exponent bits: ROWS · COLUMNS ≥ 256. Each table serves COLUMNS / TABLES columns. */
const ROWS = 5;
const COLUMNS = 52;
const TABLES = 2;
const SHARE = COLUMNS / TABLES;

/**
 * @param modulus N: odd, > 1
 * @returns for exponents of 256 bits at most, padded to that: one sequence of operations for all. It keeps its
 *   tables of 64 numbers, 25 KB for Cognito's N, from the first call on.
 */
export function fixedBase(
  modulus: bigint,
  g: bigint,
  { one, R2, redc }: Montgomery,
): (exponent: bigint) => bigint {
  let tables: bigint[][] = [];
  return (exponent) => {
    if (tables.length === 0) tables = createTables(one, redc(g * R2), redc);
    const bits = exponent.toString(2).padStart(ROWS * COLUMNS, '0');
    let power = one;
    for (let start = 0; start < SHARE; start++) {
      power = redc(power * power);
      for (const [share, table] of tables.entries()) {
        let index = 0;
        for (let at = start + share * SHARE; at < bits.length; at += COLUMNS)
          index = 2 * index + Number(bits[at]);
        power = redc(power * (table[index] as bigint));
      }
    }
    // redc(power) may be N or more
    return redc(power) % modulus;
  };
}

/**
 * The highest columns' table first. At index i the product of g^(2^(COLUMNS·row)), and for the columns above the
 * lowest those 2^SHARE-th powers, over the rows whose bit is set in i; row 0 has the lowest bits.
 */
function createTables(one: bigint, gR: bigint, redc: Montgomery['redc']): bigint[][] {
  const tables = Array.from({ length: TABLES }, () => [one]);
  let tooth = gR;
  for (let i = 0; i < ROWS * TABLES; i++) {
    if (i > 0) for (let bit = 0; bit < SHARE; bit++) tooth = redc(tooth * tooth);
    const table = tables[i % TABLES] as bigint[];
    table.push(...table.map((product) => redc(product * tooth)));
  }
  return tables.reverse();
}
