/**
 * `npm run mutation -- srp`: changes the code of a part in many small ways, each alone, and looks whether a test notices. A change that no
 * test notices is a survivor. `docs/internals/mutation.md` says what the figures mean.
 *
 * - `npm run mutation -- srp client` runs these parts one after another. `npm run mutation` names the parts.
 * - `--fresh` tries every mutant again. Without it, a mutant is tried again only if its code or a test of it has changed.
 * - `--file src/srp/hash.ts` changes this file of the part alone. It can be given more than once, and writes nothing that is committed.
 * - `--check` writes nothing that is committed, and ends with the line `N passed, N failed`, where each part counts as one.
 *
 * The reports are in `node_modules/.cache/mutation`: `PART/report.html` shows every survivor in its place.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { PARTS } from './parts.mjs';
import { writeSummary } from './summary.mjs';
import { readSurvivors } from './survivors.mjs';
import { judge } from './verdict.mjs';

const ROOT = join(import.meta.dirname, '../..');
const CACHE = join(ROOT, 'node_modules/.cache/mutation');

const { values: options, positionals: names } = readArguments(process.argv.slice(2));
process.chdir(ROOT);
let failed = 0;
for (const name of names) {
  if (!(await runPart(name))) failed++;
}
if (options.check) console.log(`${names.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function readArguments(args) {
  const read = parseArgs({
    args,
    options: {
      fresh: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      file: { type: 'string', multiple: true },
    },
    allowPositionals: true,
  });
  const unknown = read.positionals.filter((name) => !Object.hasOwn(PARTS, name));
  if (unknown.length === 0 && read.positionals.length > 0) return read;
  console.error(`Name one or more of these parts: ${Object.keys(PARTS).join(', ')}`);
  return process.exit(2);
}

/** @returns whether the part's score and survivors are as they have to be */
async function runPart(name) {
  const folder = join(CACHE, name);
  mkdirSync(folder, { recursive: true });
  const incrementalFile = join(folder, 'incremental.json');
  if (options.fresh) rmSync(incrementalFile, { force: true });
  process.env.MUTATION_PART = name;
  process.env.MUTATION_DRY_RUN = join(folder, 'dry-run.json');
  const start = performance.now();
  try {
    await new Stryker(strykerOptions(name, folder, incrementalFile)).runMutationTest();
  } catch (error) {
    console.error(`${name}: Stryker has ended without a result: ${error}`);
    return false;
  }
  const minutes = (performance.now() - start) / 60_000;
  const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'));
  const isTried = ({ file }) => !options.file || options.file.includes(file);
  const verdict = judge(report, readSurvivors(name).filter(isTried), PARTS[name]);
  console.error(`${name}: ${verdict.figures.score} %, ${minutes.toFixed(1)} minutes`);
  for (const problem of verdict.problems) console.error(`${name}: ${problem}`);
  if (!options.check && !options.file) writeSummary(name, verdict.figures);
  return verdict.problems.length === 0;
}

function strykerOptions(name, folder, incrementalFile) {
  return {
    mutate: options.file ?? PARTS[name].mutate,
    testRunner: 'jest-by-file',
    plugins: [
      '@stryker-mutator/jest-runner',
      ...['runner.mjs', 'reporter.mjs'].map((file) => join(import.meta.dirname, file)),
    ],
    // With an explicit list of tests Jest need not search them
    jest: {
      projectType: 'custom',
      configFile: 'scripts/mutation/jest.config.cjs',
      enableFindRelatedTests: false,
    },
    coverageAnalysis: 'perTest',
    concurrency: 2,
    // Each run of Jest in one process keeps about 20 MB
    maxTestRunnerReuse: 50,
    // Endless loops are found by counting. On a busy machine a short limit would count mutants that only wait
    timeoutMS: 30_000,
    timeoutFactor: 3,
    incremental: true,
    incrementalFile,
    tempDirName: '.stryker-tmp',
    // No test of a part reads these, and copying them takes longer than the dry run
    ignorePatterns: [
      'dist',
      'docs',
      'examples',
      'bench',
      'pool/dist',
      'pool/docs',
      'pool/bench',
      'release',
      'coverage',
    ],
    reporters: ['html', 'json', 'survivors'],
    htmlReporter: { fileName: join(folder, 'report.html') },
    jsonReporter: { fileName: join(folder, 'report.json') },
    logLevel: 'warn',
    // The score is judged in verdict.mjs, where the survivors are too
    thresholds: { high: 100, low: 90, break: null },
    // esbuild removes the types. TypeScript 7 has no interface that Stryker's checker could use.
    tsconfigFile: 'tsconfig.none.json',
  };
}
