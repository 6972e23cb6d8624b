/**
 * g ^ exponent mod N from a table of powers of g (a comb: C. H. Lim and P. J. Lee, 1994).
 *
 * The exponent's bits are laid out in ROWS rows of COLUMNS; one squaring and one product serve all rows of a
 * column. That is 104 products instead of 320. The table costs 239 once, so it pays from the second power on:
 * within the first sign-in, which takes two.
 */
import type { Montgomery } from './montgomery.native.ts';

/** Exponent bits of a whole table: ROWS · COLUMNS ≥ 256. */
const ROWS = 5;
const COLUMNS = 52;

/**
 * @param modulus N: odd, > 1
 * @returns for exponents of 256 bits at most, padded to that: one sequence of operations for all. It keeps its
 *   table of 32 numbers below N, 12.5 KB for Cognito's N, from the first call on.
 */
export function fixedBase(
  modulus: bigint,
  g: bigint,
  { one, R2, redc }: Montgomery,
): (exponent: bigint) => bigint {
  let table: bigint[] = [];
  return (exponent) => {
    // Below N all have as many limbs: how long a product takes must not tell which of them it was with (measured)
    if (table.length === 0) table = createTable(one, redc(g * R2), redc).map((n) => n % modulus);
    const bits = exponent.toString(2).padStart(ROWS * COLUMNS, '0');
    let power = one;
    for (let column = 0; column < COLUMNS; column++) {
      let index = 0;
      for (let row = 0; row < ROWS; row++) index = 2 * index + Number(bits[row * COLUMNS + column]);
      power = redc(redc(power * power) * (table[index] as bigint));
    }
    // redc(power) is 0 to 2 times N too large
    return redc(power) % modulus;
  };
}

/** At index i the product of g^(2^(COLUMNS·row)) over the rows whose bit is set in i; row 0 has the lowest bits. */
function createTable(one: bigint, gR: bigint, redc: Montgomery['redc']): bigint[] {
  const table = [one];
  for (let row = 0, tooth = gR; row < ROWS; row++) {
    if (row > 0) for (let i = 0; i < COLUMNS; i++) tooth = redc(tooth * tooth);
    table.push(...table.map((product) => redc(product * tooth)));
  }
  return table;
}
