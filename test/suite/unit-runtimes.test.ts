/** What `npm run test:unit-runtimes` counts as a failure, and how it reads the reports of the runtimes. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = resolve(__dirname, '../..');
const SCRIPTS = join(ROOT, 'scripts');

/** Runs an expression over the exports of a script in a process, because Jest imports no ES module. */
function evaluate(script: string, expression: string): unknown {
  const source = `import * as script from ${JSON.stringify(pathToFileURL(join(SCRIPTS, script)).href)};
    process.stdout.write(JSON.stringify(${expression}));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', source], {
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

const passed = (title: string) => ({ file: 'a.test.ts', title, status: 'passed' });
const failed = (title: string) => ({ file: 'a.test.ts', title, status: 'failed', message: 'why' });
const judge = (run: object) =>
  evaluate(
    'unit-runtimes-judge.mjs',
    `script.judge(${JSON.stringify({ name: 'bun', leftOut: [], ...run })})`,
  );
const leftOut = [{ runtime: 'bun', file: 'a.test.ts', tests: ['two'], reason: 'Bun has none.' }];

test('a run in which everything passes has no problem', () => {
  const outcomes = [passed('one'), passed('two')];
  expect(judge({ outcomes, first: { title: 'Node', outcomes } })).toEqual({
    files: 1,
    passed: 2,
    leftOut: 0,
    problems: [],
  });
});

test('a test that fails is a problem, with its message', () => {
  expect(judge({ outcomes: [passed('one'), failed('two')] })).toMatchObject({
    passed: 1,
    problems: ['a.test.ts: two\nwhy'],
  });
});

test('a test that the list names may fail in that runtime alone', () => {
  const outcomes = [passed('one'), failed('two')];
  expect(judge({ outcomes, leftOut })).toMatchObject({ passed: 1, leftOut: 1, problems: [] });
  expect(judge({ outcomes, leftOut, name: 'deno' })).toMatchObject({
    leftOut: 0,
    problems: ['a.test.ts: two\nwhy'],
  });
});

test.each([
  ['passes', [passed('one'), passed('two')]],
  ['is gone', [passed('one')]],
])('the list is too old if a test that it names %s', (_, outcomes) => {
  expect(judge({ outcomes, leftOut })).toMatchObject({
    problems: ['a.test.ts: two\nIt did not fail, so unit-runtimes-left-out.mjs must not name it.'],
  });
});

test('a file with another number of tests than in the first runtime is a problem, and a skipped test did not run', () => {
  const first = { title: 'Node', outcomes: [passed('one'), passed('two')] };
  expect(judge({ outcomes: [passed('one'), { ...passed('two'), status: 'skipped' }], first })).toMatchObject({
    problems: ['a.test.ts: ran 1 tests, and 2 in Node'],
  });
  expect(judge({ outcomes: [], first })).toMatchObject({
    problems: ['a.test.ts: ran 0 tests, and 2 in Node'],
  });
});

test('the report of bun test is read with nested blocks, failures and skipped tests', () => {
  const xml = `<testsuites><testsuite name="a.test.ts" file="a.test.ts"><testsuite name="b">
    <testcase name="says &quot;&lt;&#10;&quot;" classname="b &gt; c" time="1" file="a.test.ts" line="1" assertions="1" />
    <testcase name="two" classname="" time="1" file="a.test.ts" line="2">
      <failure type="Error" message="no">Error: no</failure>
    </testcase>
    <testcase name="three" classname="b" file="a.test.ts"><skipped /></testcase>
    </testsuite></testsuite></testsuites>`;
  expect(evaluate('unit-runtimes-run.mjs', `script.readJunit(${JSON.stringify(xml)})`)).toEqual([
    { file: 'a.test.ts', title: 'b c says "<\n"', status: 'passed' },
    { file: 'a.test.ts', title: 'two', status: 'failed', message: 'no' },
    { file: 'a.test.ts', title: 'b three', status: 'skipped' },
  ]);
});

test('a file whose last hook fails is a failure, even if all of its tests have passed', () => {
  const assertionResults = [{ fullName: 'one', status: 'passed', failureMessages: [] }];
  const result = {
    testResults: [
      { name: join(ROOT, 'test/a.test.ts'), status: 'failed', message: 'hook', assertionResults },
    ],
  };
  expect(evaluate('unit-runtimes-run.mjs', `script.readJest(${JSON.stringify(result)})`)).toMatchObject([
    { file: 'test/a.test.ts', title: 'one', status: 'passed' },
    { file: 'test/a.test.ts', title: 'the file itself', status: 'failed', message: 'hook' },
  ]);
});

test.each([
  [['node@18'], 'Unknown: node@18. Runtimes: node@20, node@22, node@24, bun, deno\n'],
  [['--write', 'bun'], '"--write" needs a run in all runtimes, so no runtime can be named with it\n'],
])('refuses %j, and runs nothing', (args, message) => {
  const script = join(SCRIPTS, 'unit-runtimes.mjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
  expect([status, stdout, stderr]).toEqual([2, '', message]);
});

test('every file that the list names exists, and every row has a reason', () => {
  const rows = evaluate('unit-runtimes-left-out.mjs', 'script.LEFT_OUT') as {
    file: string;
    reason: string;
  }[];
  expect(rows.filter(({ file, reason }) => !existsSync(join(ROOT, file)) || reason === '')).toEqual([]);
});

test('.ci/run runs it, and looks for engines once everything that installs one has run', () => {
  const lines = readFileSync(join(ROOT, '.ci/run'), 'utf8').split('\n');
  const [units, loads, engines] = ['test:unit-runtimes', 'test:pool-loads', 'test:engines'].map((script) =>
    lines.indexOf(`add ${script}`),
  ) as [number, number, number];
  expect(Math.min(units, loads)).toBeGreaterThan(-1);
  expect(engines).toBeGreaterThan(Math.max(units, loads));
});
