/** `npm test` in small packages: it ends with one plain line, whatever fails. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const SCRIPT = resolve(__dirname, '../../scripts/test.mjs');
const GOOD = 'node --version';
const BAD = 'node --no-such-flag';
const PASSING = 'test("one", () => {}); test("two", () => {});';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cognito-srp-suite-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test.each<[string, { check?: string; build?: string; tests?: string }, string, number]>([
  ['all is well', {}, '2 passed, 0 failed', 0],
  ['the check fails', { check: BAD }, '2 passed, 1 failed', 1],
  ['the check and the build fail', { check: BAD, build: BAD }, '2 passed, 2 failed', 1],
  ['a test fails', { tests: `${PASSING} test("three", () => { throw 1; });` }, '2 passed, 1 failed', 1],
  ['a test file cannot start', { tests: 'test(' }, '0 passed, 1 failed', 1],
  ['Jest cannot start', { tests: '' }, '0 passed, 1 failed', 1],
])(
  '%s',
  (_, { check = GOOD, build = GOOD, tests = PASSING }, line, exitCode) => {
    const jest = tests === '' ? { preset: 'no-such-preset' } : { transform: {} };
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ scripts: { check, build }, jest }));
    writeFileSync(join(folder, 'some.test.js'), tests);
    const { stdout, status } = spawnSync(process.execPath, [SCRIPT], { cwd: folder, encoding: 'utf8' });
    expect([stdout, status]).toEqual([`${line}\n`, exitCode]);
  },
  60_000,
);
