/**
 * How many cases a property is tried with.
 *
 * `npm run mutation` runs the tests of the arithmetic hundreds of times, so it tries a tenth. A mistake in the arithmetic is wrong for most
 * numbers.
 *
 * @param count how many in the suite
 */
export const runs = (count: number): { readonly numRuns: number } => ({
  numRuns: process.env['MUTATION_PART'] === undefined ? count : Math.ceil(count / 10),
});
