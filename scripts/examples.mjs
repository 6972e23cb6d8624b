/**
 * `npm run test:examples`: every example that can be copied out is copied into a folder outside the repository, installed with the
 * packed packages, and proves itself by its own script `check`. It prints a line for each, and ends with one plain line:
 * `N passed, N failed`. `npm run test:examples -- react vue` runs those whose names begin so, `--keep` leaves the folders there.
 *
 * What a check can rely on: `npm install` is done, the environment has `CI` and, where the browsers are there, `CHROMIUM_PATH` and
 * `FIREFOX_PATH`. It exits with 0 if the example works. It uses free ports, because two checks run at the same time.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { lookForBrowser } from './browser.mjs';
import { buildWhereOld } from './built.mjs';
import { copyExample, findExamples } from './examples-folders.mjs';
import { startKept } from './servers-kept.mjs';

const root = resolve(import.meta.dirname, '..');
const AT_ONCE = 2;
const STEP_LIMIT_MS = 300_000;
const SHOWN_LINES = 40;
// Nothing is taken from the registry that an earlier run has left in npm's cache. No example needs the scripts of what it installs
const INSTALL = 'npm install --prefer-offline --ignore-scripts --no-audit --no-fund --no-package-lock'.split(
  ' ',
);

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
  const tarballs = packPackages();
  const env = await environment();
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
    copyExample(name, copy, tarballs);
    await run(INSTALL, copy, env);
    await run(['npm', 'run', '--silent', 'check'], copy, env);
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

/** @returns package → path of its tarball */
function packPackages() {
  return Object.fromEntries(
    [
      ['cognito-srp-engine', root],
      ['cognito-local-pool', join(root, 'pool')],
    ].map(([name, cwd]) => {
      const into = join(folder, 'packed', name);
      mkdirSync(into, { recursive: true });
      const args = ['pack', '--silent', '--ignore-scripts', '--pack-destination', into];
      execFileSync('npm', args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
      return [name, join(into, readdirSync(into)[0])];
    }),
  );
}

/** What npm has told this process of the repository's package would mislead npm in the examples. */
async function environment() {
  const ofNpm = Object.keys(process.env).filter((name) =>
    /^npm_(?!config_)|^npm_config_local_prefix$/.test(name),
  );
  const unset = Object.fromEntries(['INIT_CWD', ...ofNpm].map((name) => [name, undefined]));
  const [CHROMIUM_PATH, FIREFOX_PATH] = await Promise.all([
    lookForBrowser('chromium'),
    lookForBrowser('firefox'),
  ]);
  return { ...unset, CI: 'true', NO_COLOR: '1', CHROMIUM_PATH, FIREFOX_PATH };
}

/** @throws Error with the end of the output if the command fails or takes too long */
async function run(commandLine, cwd, env) {
  let output = '';
  const hear = (_, text) => {
    output += text;
  };
  const kept = startKept(commandLine, { cwd, env, hear });
  const timer = setTimeout(() => void kept.stop(), STEP_LIMIT_MS);
  const code = await kept.ended;
  clearTimeout(timer);
  if (code === 0) return;
  const why = code === null ? `was stopped after ${STEP_LIMIT_MS / 1000} s` : `has ended with ${code}`;
  const end = output.trim().split('\n').slice(-SHOWN_LINES).join('\n');
  throw new Error(`${commandLine.join(' ')} ${why}:\n${end}`);
}
