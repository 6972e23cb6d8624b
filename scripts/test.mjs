/** Runs the whole suite and ends with one plain line: `N passed, N failed`. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
const folder = mkdtempSync(join(tmpdir(), 'cognito-srp-test-'));
const outputFile = join(folder, 'result.json');
try {
  const { status } = spawnSync(
    process.execPath,
    [jest, '--json', `--outputFile=${outputFile}`, ...process.argv.slice(2)],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const result = JSON.parse(readFileSync(outputFile, 'utf8'));
  // A file that could not even start counts as one failure
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
  console.log(`${result.numPassedTests} passed, ${failed} failed`);
  process.exitCode = status === 0 && failed === 0 && result.numPassedTests > 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
