/**
 * `npm run test:examples`: every example that can be copied out is copied into a folder outside the repository, installed with the
 * packed packages, and proves itself by its own script `check`. It prints a line for each, and ends with one plain line:
 * `N passed, N failed`. `npm run test:examples -- react vue` runs those whose names begin so, `--keep` leaves the folders there.
 *
 * What a check can rely on: `npm install` is done, the environment has `CI` and, where the browsers are there, `CHROMIUM_PATH` and
 * `FIREFOX_PATH`. It exits with 0 if the example works. It uses free ports, because two checks run at the same time.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildWhereOld } from './built.mjs';
import { findExamples } from './examples-folders.mjs';
import { exampleEnvironment, installExample, packPackages, runStep } from './examples-installed.mjs';

const AT_ONCE = 2;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { keep: { type: 'boolean', default: false } },
});
const folder = mkdtempSync(join(tmpdir(), 'cognito-srp-examples-'));
let passed = 0;
let failed = 0;
try {
  const waiting = findExamples(positionals);
  buildWhereOld(console.error);
  const tarballs = packPackages(folder);
  const env = await exampleEnvironment();
  const work = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      await tryExample(name, tarballs, env);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
} catch (error) {
  console.error(error.message);
  failed += 1;
} finally {
  if (values.keep) console.error(`The folders are in ${folder}`);
  else rmSync(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

async function tryExample(name, tarballs, env) {
  const begun = performance.now();
  const copy = join(folder, name);
  try {
    await installExample(name, copy, tarballs, env);
    await runStep(['npm', 'run', '--silent', 'check'], copy, env);
    passed += 1;
    console.error(`ok   ${name} ${Math.round((performance.now() - begun) / 1000)} s`);
  } catch (error) {
    failed += 1;
    console.error(`FAIL ${name}: ${error.message}`);
  } finally {
    // Two of them together may have more than a gigabyte of packages
    if (!values.keep) rmSync(copy, { recursive: true, force: true });
  }
}
