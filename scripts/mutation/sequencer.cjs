/**
 * Starts the test files that notice most mutants of a part first, and then the fastest, because the first test that fails ends the trial of a
 * mutant.
 */
const SlowestFirst = require('../jest-sequencer.cjs');

module.exports = class MostNoticingFirst extends SlowestFirst {
  async sort(tests) {
    const { PARTS } = await import('./parts.mjs');
    const { first = [] } = PARTS[process.env.MUTATION_PART];
    const isFirst = ({ path }) => first.some((file) => path.endsWith(`/${file}`));
    const fastest = super.sort(tests).reverse();
    return [...fastest.filter(isFirst), ...fastest.filter((test) => !isFirst(test))];
  }
};
