/**
 * `npm test`: the checks, the build and the whole suite. Whatever fails, it ends with one plain line:
 * `N passed, N failed`. A check or a build that fails counts as one failure.
 *
 * `npm test -- --times 3 test/browser`: what Jest takes goes to it, here a folder; three times in a row, the sum at the
 * end. What fails once in a while is broken.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const STDERR = 2;

const failedSteps = ['check', 'build'].filter((name) => {
  // What they say goes to standard error, like what Jest says: standard output has the one line
  const stdio = ['ignore', STDERR, STDERR];
  const { status } = spawnSync('npm', ['run', name], { stdio, shell: process.platform === 'win32' });
  if (status !== 0) console.error(`npm run ${name} has failed`);
  return status !== 0;
}).length;

const jestArguments = process.argv.slice(2);
const at = jestArguments.indexOf('--times');
const [, times = '1'] = at < 0 ? [] : jestArguments.splice(at, 2);

const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
const folder = mkdtempSync(join(tmpdir(), 'cognito-srp-test-'));
try {
  const runs = Array.from({ length: Number(times) }, (_, run) => runJest(join(folder, `${run}.json`)));
  const [passed, failed] = ['passed', 'failed'].map((key) => runs.reduce((sum, run) => sum + run[key], 0));
  console.log(`${passed} passed, ${failed + failedSteps} failed`);
  process.exitCode = failed + failedSteps === 0 && passed > 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function runJest(outputFile) {
  const { status } = spawnSync(
    process.execPath,
    [jest, '--json', `--outputFile=${outputFile}`, ...jestArguments],
    { stdio: ['ignore', 'ignore', 'inherit'] },
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
