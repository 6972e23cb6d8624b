/**
 * Stryker's runner for Jest, with three differences.
 *
 * - For each mutant it loads those test files alone that have a test of it. Stryker's own runner names the tests and leaves the files to
 *   Jest, which then loads every file of the part to look for the names. Most of a run would be spent on that.
 * - A mutant that runs when a file is loaded is tried with the tests of that file, see environment.cjs.
 * - A test file that cannot be loaded has noticed the mutant. Stryker would leave the mutant out of the score.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { commonTokens, declareFactoryPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';
import { DryRunStatus, MutantRunStatus } from '@stryker-mutator/api/test-runner';
import { strykerPlugins as jestPlugins } from '@stryker-mutator/jest-runner';
import fileIds from './file-ids.cjs';

const { idOfFile } = fileIds;
const [{ factory: createJestRunner }] = jestPlugins;

function createRunner(injector) {
  const runner = injector.injectFunction(createJestRunner);
  let filesOfTest;
  return {
    capabilities: () => runner.capabilities(),
    init: () => runner.init(),
    async dryRun(options) {
      const result = await runner.dryRun(options);
      if (result.status !== DryRunStatus.Complete) return result;
      writeFilesOfTests(result.tests);
      return { ...result, mutantCoverage: byTest(result.mutantCoverage, result.tests) };
    },
    async mutantRun(options) {
      const { testFilter = [] } = options;
      filesOfTest ??= readFilesOfTests();
      const files = new Set(testFilter.flatMap((id) => filesOfTest.get(id)));
      const allTests = runner.jestConfig;
      if (files.size > 0) runner.jestConfig = { ...allTests, testMatch: [...files] };
      const result = await runner.mutantRun(options);
      runner.jestConfig = allTests;
      if (result.status !== MutantRunStatus.Error) return result;
      const failureMessage = result.errorMessage;
      return {
        status: MutantRunStatus.Killed,
        killedBy: testFilter.slice(0, 1),
        failureMessage,
        nrOfTests: 0,
      };
    },
  };
}
createRunner.inject = tokens(commonTokens.injector);

/** Adds what each file ran outside its tests to every test of the file. */
function byTest({ static: outside, perTest }, tests) {
  const covered = tests.map(({ id, fileName }) => {
    const ofFile = Object.entries(perTest[idOfFile(fileName)] ?? {});
    return [id, { ...perTest[id], ...Object.fromEntries(ofFile) }];
  });
  const merged = {};
  // Two tests may have one name
  for (const [id, hits] of covered) merged[id] = { ...merged[id], ...hits };
  return { static: outside, perTest: merged };
}

// The dry run happens in another process than most mutants, so what it has found goes through a file
function writeFilesOfTests(tests) {
  const entries = tests.map(({ id, fileName }) => [id, fileName]);
  writeFileSync(process.env.MUTATION_TEST_FILES, JSON.stringify(entries));
}

/** The files of each test's full name. */
function readFilesOfTests() {
  const files = new Map();
  for (const [id, file] of JSON.parse(readFileSync(process.env.MUTATION_TEST_FILES, 'utf8'))) {
    files.set(id, [...(files.get(id) ?? []), file]);
  }
  return files;
}

export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'jest-by-file', createRunner)];
