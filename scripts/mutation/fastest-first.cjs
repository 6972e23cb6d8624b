/** Starts the fastest test files first, because the first test that fails ends the trial of a mutant. */
const SlowestFirst = require('../jest-sequencer.cjs');

module.exports = class FastestFirst extends SlowestFirst {
  sort(tests) {
    return super.sort(tests).reverse();
  }
};
