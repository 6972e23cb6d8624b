/**
 * Starts the test files that noticed the last mutants first, then those that notice most of the part, and then the fastest, because the
 * first test that fails ends the trial of a mutant.
 */
const SlowestFirst = require('../jest-sequencer.cjs');

module.exports = class MostNoticingFirst extends SlowestFirst {
  async sort(tests) {
    const { PARTS } = await import('./parts.mjs');
    const { first: mostNoticing = [] } = PARTS[process.env.MUTATION_PART];
    const first = [...JSON.parse(process.env.MUTATION_NOTICING ?? '[]'), ...mostNoticing];
    const rank = ({ path }) => {
      const index = first.findIndex((file) => path === file || path.endsWith(`/${file}`));
      return index < 0 ? first.length : index;
    };
    return super
      .sort(tests)
      .reverse()
      .sort((a, b) => rank(a) - rank(b));
  }
};
