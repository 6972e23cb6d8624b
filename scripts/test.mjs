/**
 * `npm test`: the checks, the build, the browsers and the whole suite. Whatever fails, it ends with one plain line on
 * standard output: `N passed, N failed`. A check or a build that fails counts as one failure.
 *
 * `npm test -- test/srp`: what Jest takes goes to Jest, here a folder, and runs alone, without the checks and the build.
 *
 * - `--quick`: the checks and the unit tests, without a build. This is `npm run test:quick`.
 * - `--project unit,portable`: these projects of jest.config.cjs alone. Without it every project runs except those that have their own
 *   command: the local pool's (`npm run test:pool`), `page` (`npm run test:page`), `interop` (`npm run test:interop`) and `runtimes`
 *   (`npm run test:engines`).
 * - `--times 5`: five runs in a row, with their sum at the end. A test that fails once in a while is broken.
 * - `--busy`: one busy loop for each core while the tests run, because a slow machine must not make a test fail.
 * - `--write-durations`: writes the time of each file to test/durations.json, by which the slowest start first.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const STDERR = 2;
const WITH_OWN_COMMAND = ['pool', 'pool-package', 'pool-browser', 'page', 'interop', 'runtimes'];
/** Ends by itself when the script that started it is gone. */
const BUSY_LOOP = `const parent = process.ppid;
  while (process.ppid === parent) for (let i = 0; i < 1e7; i++);`;
const OWN_OPTIONS = {
  quick: { type: 'boolean', default: false },
  project: { type: 'string' },
  times: { type: 'string', default: '1' },
  busy: { type: 'boolean', default: false },
  'write-durations': { type: 'boolean', default: false },
};

const { options, forJest } = readArguments(process.argv.slice(2));
const failedSteps = stepsBefore().filter((name) => !runStep(name)).length;
const busyLoops = options.busy ? startBusyLoops() : [];
const folder = mkdtempSync(join(tmpdir(), 'cognito-srp-test-'));
try {
  const runs = Array.from({ length: Number(options.times) }, (_, index) => runOnce(index));
  const [passed, failed] = ['passed', 'failed'].map((key) => runs.reduce((sum, run) => sum + run[key], 0));
  console.log(`${passed} passed, ${failed + failedSteps} failed`);
  process.exitCode = failed + failedSteps === 0 && passed > 0 ? 0 : 1;
} finally {
  for (const loop of busyLoops) loop.kill();
  rmSync(folder, { recursive: true, force: true });
}

/** Splits the arguments into this script's options and what goes to Jest. */
function readArguments(args) {
  const { tokens, values } = parseArgs({
    args,
    options: OWN_OPTIONS,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const isOwn = ({ kind, name }) => kind === 'option' && name in OWN_OPTIONS;
  const taken = tokens.filter(isOwn).flatMap(({ index, value, inlineValue }) => {
    return value !== undefined && !inlineValue ? [index, index + 1] : [index];
  });
  if (!/^[1-9]\d*$/.test(values.times)) {
    console.error(`"--times" must be a whole number of runs, got "${values.times}"`);
    process.exit(2);
  }
  return { options: values, forJest: args.filter((_, index) => !taken.includes(index)) };
}

/** The scripts of package.json that run before Jest. */
function stepsBefore() {
  if (forJest.length > 0 || options.project) return [];
  return options.quick ? ['check'] : ['check', 'build', 'browsers'];
}

/** @returns whether the run may go on without counting a failure */
function runStep(name) {
  // What it says goes to standard error, like what Jest says, because standard output has the one line
  const stdio = ['ignore', STDERR, STDERR];
  const { status } = spawnSync('npm', ['run', '--silent', name], {
    stdio,
    shell: process.platform === 'win32',
  });
  // The tests that need a missing browser fail, and are counted there
  if (status === 0 || name === 'browsers') return true;
  console.error(`npm run ${name} has failed`);
  return false;
}

function startBusyLoops() {
  return Array.from({ length: availableParallelism() }, () =>
    spawn(process.execPath, ['--eval', BUSY_LOOP], { stdio: 'ignore' }),
  );
}

function runOnce(index) {
  const start = performance.now();
  const run = runJest(join(folder, `${index}.json`));
  const seconds = Math.round((performance.now() - start) / 1000);
  const load = options.busy ? ', on a busy machine' : '';
  console.error(
    `Run ${index + 1} of ${options.times}: ${run.passed} passed, ${run.failed} failed, ${seconds} s${load}`,
  );
  return run;
}

function projectArguments() {
  if (options.quick) return ['--selectProjects', 'unit'];
  if (options.project) return ['--selectProjects', ...options.project.split(',')];
  return forJest.length > 0 ? [] : ['--ignoreProjects', ...WITH_OWN_COMMAND];
}

function runJest(outputFile) {
  const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
  // Jest would take the paths that follow for names of projects, so they stand first
  const projects = projectArguments();
  const { status } = spawnSync(
    process.execPath,
    [jest, '--json', `--outputFile=${outputFile}`, ...forJest, ...projects],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, ...(options['write-durations'] && { WRITE_DURATIONS: '1' }) },
    },
  );
  try {
    const result = JSON.parse(readFileSync(outputFile, 'utf8'));
    // A file that could not even start counts as one failure
    const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
    return { passed: result.numPassedTests, failed: status === 0 ? failed : Math.max(1, failed) };
  } catch {
    console.error('Jest has ended without a result');
    return { passed: 0, failed: 1 };
  }
}
