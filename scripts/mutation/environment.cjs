/**
 * The environment of a test file in `npm run mutation`.
 *
 * - While a mutant is tried, the tests after the first one that fails are skipped, because one is enough. Jest's `bail` does not skip
 *   within a file, and Stryker does not set it. jest-circus.cjs leaves out the files that come after.
 * - In the dry run, what a file runs outside its tests (at import, in `describe` and in `beforeAll`) is counted for the file. Stryker would call
 *   such a mutant static, and try it with every test of the part.
 */
const { TestEnvironment } = require('jest-environment-node');
const { idOfFile } = require('./file-ids.cjs');

/** The mutants that a test of this process has noticed. */
const noticed = new Set();

module.exports = class MutationEnvironment extends TestEnvironment {
  #path;

  constructor(config, context) {
    super(config, context);
    this.#path = context.testPath;
  }

  /** Whether a test of this process has noticed the mutant that is tried. */
  hasNoticed() {
    return noticed.has(process.env.__STRYKER_ACTIVE_MUTANT__);
  }

  handleTestEvent(event) {
    const mutant = process.env.__STRYKER_ACTIVE_MUTANT__;
    if (mutant === undefined) this.#countForFile(event);
    else if (event.name === 'test_done' && event.test.errors.length > 0) noticed.add(mutant);
    else if (event.name === 'test_start' && this.hasNoticed()) event.test.mode = 'skip';
    else if (event.name === 'test_start') this.#countFromZero();
  }

  /** Stryker counts over all tests, and runner.mjs sets the limit for one. */
  #countFromZero() {
    const context = this.global[this.global.__strykerGlobalNamespace__];
    if (context?.hitCount !== undefined) context.hitCount = 0;
  }

  /** Stryker sets the id of a test when it starts, after this, and removes it when the test is done. */
  #countForFile(event) {
    const context = this.global[this.global.__strykerGlobalNamespace__];
    if (context && event.name !== 'test_done') context.currentTestId ??= idOfFile(this.#path);
    if (context && event.name === 'setup') context.currentTestId = idOfFile(this.#path);
  }
};
