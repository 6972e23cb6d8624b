/**
 * Stryker's runner for Jest, with five differences.
 *
 * - For each mutant it loads those test files alone that have a test of it. Stryker's own runner names the tests and leaves the files to
 *   Jest, which then loads every file of the part to look for the names. Most of a run would be spent on that.
 * - The files that noticed the mutants before come first, because mutants of one function are mostly noticed by one test.
 * - A mutant that runs when a file is loaded is tried with the tests of that file, see environment.cjs.
 * - An endless loop ends after a few times as many rounds as one test takes at most. Stryker would wait for a hundred times as many as
 *   all tests take together, which is minutes for the inner loops of the arithmetic.
 * - A test file that cannot be loaded has noticed the mutant. Stryker would leave the mutant out of the score.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { commonTokens, declareFactoryPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';
import { DryRunStatus, MutantRunStatus } from '@stryker-mutator/api/test-runner';
import { strykerPlugins as jestPlugins } from '@stryker-mutator/jest-runner';
import fileIds from './file-ids.cjs';

const { idOfFile } = fileIds;

/** A test whose mutant runs more often than this has an endless loop. A test may well do a few times the work of the longest one. */
const HITS_FACTOR = 5;
const MIN_HITS = 1000;

const [{ factory: createJestRunner }] = jestPlugins;

function createRunner(injector) {
  const runner = injector.injectFunction(createJestRunner);
  let dryRun;
  return {
    capabilities: () => runner.capabilities(),
    init: () => runner.init(),
    async dryRun(options) {
      const result = await runner.dryRun(options);
      if (result.status !== DryRunStatus.Complete) return result;
      const mutantCoverage = byTest(result.mutantCoverage, result.tests);
      writeDryRun(result.tests, mutantCoverage);
      return { ...result, mutantCoverage };
    },
    async mutantRun(options) {
      const { testFilter = [], activeMutant } = options;
      dryRun ??= readDryRun();
      const files = new Set(testFilter.flatMap((id) => dryRun.filesOfTest.get(id)));
      const hitLimit = MIN_HITS + HITS_FACTOR * (dryRun.hitsOfMutant[activeMutant.id] ?? 0);
      const allTests = runner.jestConfig;
      if (files.size > 0) runner.jestConfig = { ...allTests, testMatch: [...files] };
      const result = await runner.mutantRun({ ...options, hitLimit });
      runner.jestConfig = allTests;
      rememberNoticing(result, dryRun);
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

/** Tells sequencer.cjs, which Jest loads by itself, the files that noticed the last mutants. The latest comes first. */
function rememberNoticing({ killedBy: [test] = [] }, { filesOfTest }) {
  const earlier = JSON.parse(process.env.MUTATION_NOTICING ?? '[]');
  const files = filesOfTest.get(test) ?? [];
  process.env.MUTATION_NOTICING = JSON.stringify([...new Set([...files, ...earlier])].slice(0, 5));
}

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
function writeDryRun(tests, { perTest }) {
  const files = tests.map(({ id, fileName }) => [id, fileName]);
  const hits = {};
  for (const counts of Object.values(perTest)) {
    for (const [mutant, count] of Object.entries(counts)) hits[mutant] = Math.max(hits[mutant] ?? 0, count);
  }
  writeFileSync(process.env.MUTATION_DRY_RUN, JSON.stringify({ files, hits }));
}

/** The files of each test's full name, and how often one test runs each mutant at most. */
function readDryRun() {
  const { files, hits } = JSON.parse(readFileSync(process.env.MUTATION_DRY_RUN, 'utf8'));
  const filesOfTest = new Map();
  for (const [id, file] of files) filesOfTest.set(id, [...(filesOfTest.get(id) ?? []), file]);
  return { filesOfTest, hitsOfMutant: hits };
}

export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'jest-by-file', createRunner)];
