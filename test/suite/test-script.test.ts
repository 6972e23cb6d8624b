/** `npm test` runs the right steps in small packages, and ends with one plain line whatever fails. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const SCRIPT = resolve(__dirname, '../../scripts/test.mjs');
const BAD = 'node --no-such-flag';
const PASSING = 'test("one", () => {}); test("two", () => {});';
/** Jest does not print where its output goes to a file, so tests tell the file that they ran. */
const telling = (name: string) => `require("node:fs").appendFileSync("ran", ${JSON.stringify(`${name} `)})`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cognito-srp-suite-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Package {
  readonly scripts?: Readonly<Record<string, string>>;
  readonly jest?: object;
  readonly tests?: string;
}

function writePackage({ scripts = {}, jest = { transform: {} }, tests = PASSING }: Package): void {
  const steps = ['check', 'build', 'browsers'];
  const telltales = steps.map((name) => [name, `node -e '${telling(name)}'`]);
  const all = { ...Object.fromEntries(telltales), ...scripts };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ scripts: all, jest }));
  writeFileSync(join(folder, 'some.test.js'), `${tests};${telling('some')}`);
  writeFileSync(join(folder, 'other.test.js'), `test("three", () => {});${telling('other')}`);
}

const runScript = (...args: readonly string[]) =>
  spawnSync(process.execPath, [SCRIPT, ...args], { cwd: folder, encoding: 'utf8' });

/** The steps and test files that ran. */
const ran = () =>
  existsSync(join(folder, 'ran')) ? readFileSync(join(folder, 'ran'), 'utf8').trim().split(' ').sort() : [];

test.each<[string, Package, string, number]>([
  ['all is well', {}, '3 passed, 0 failed', 0],
  ['the check fails', { scripts: { check: BAD } }, '3 passed, 1 failed', 1],
  ['the check and the build fail', { scripts: { check: BAD, build: BAD } }, '3 passed, 2 failed', 1],
  ['a browser is missing that no test needs', { scripts: { browsers: BAD } }, '3 passed, 0 failed', 0],
  ['a test fails', { tests: `${PASSING} test("bad", () => { throw 1; });` }, '3 passed, 1 failed', 1],
  ['a test file cannot start', { tests: 'test(' }, '1 passed, 1 failed', 1],
  ['Jest cannot start', { jest: { preset: 'no-such-preset' } }, '0 passed, 1 failed', 1],
])('%s', (_, given, line, exitCode) => {
  writePackage(given);
  const { stdout, status } = runScript();
  expect([stdout, status]).toEqual([`${line}\n`, exitCode]);
});

test('the whole suite comes after the check, the build and the browsers', () => {
  writePackage({});
  runScript();
  expect(ran()).toEqual(['browsers', 'build', 'check', 'other', 'some']);
});

test('a path runs alone', () => {
  writePackage({});
  expect(runScript('some').stdout).toBe('2 passed, 0 failed\n');
  expect(ran()).toEqual(['some']);
});

test('the whole suite leaves the project "runtimes" to its own command', () => {
  const projects = ['unit', 'runtimes'].map((displayName) => ({ displayName, transform: {} }));
  writePackage({ jest: { projects } });
  expect(runScript().stdout).toBe('3 passed, 0 failed\n');
  expect(runScript('--project', 'runtimes').stdout).toBe('3 passed, 0 failed\n');
});

test('--quick is the check and the project "unit"', () => {
  const projects = ['some', 'other'].map((name, index) => ({
    displayName: ['unit', 'browser'][index],
    testMatch: [`<rootDir>/${name}.test.js`],
    transform: {},
  }));
  writePackage({ jest: { projects } });
  expect(runScript('--quick').stdout).toBe('2 passed, 0 failed\n');
  expect(ran()).toEqual(['check', 'some']);
});

test('--project runs its projects alone, and leaves paths to Jest', () => {
  const project = (displayName: string) => ({ displayName, transform: {} });
  writePackage({ jest: { projects: ['unit', 'portable', 'browser'].map(project) } });
  expect(runScript('--project', 'unit,portable', 'some').stdout).toBe('4 passed, 0 failed\n');
  expect(ran()).toEqual(['some', 'some']);
});

test('--times runs that often and tells the sum, also on a busy machine', () => {
  writePackage({});
  const { stdout, stderr } = runScript('--times', '2', '--busy', 'some');
  expect(stdout).toBe('4 passed, 0 failed\n');
  expect(stderr).toMatch(/^Run 2 of 2: 2 passed, 0 failed, \d+ s, on a busy machine$/m);
});

test('a number of runs that is not one is refused', () => {
  writePackage({});
  const { stdout, stderr, status } = runScript('--times', 'often');
  expect([stdout, status]).toEqual(['', 2]);
  expect(stderr).toBe('"--times" must be a whole number of runs, got "often"\n');
});
