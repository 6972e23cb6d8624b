/**
 * `npm run test:unit-runtimes [-- node@22 bun …] [-- --write]`: runs the tests of the Jest project `unit` in Node 20, 22 and 24, Bun and
 * Deno, or in those that are named. Each comes from npm and goes below node_modules.
 *
 * It fails if a test fails, if a runtime runs fewer or more tests of a file than the first one, and if a test that
 * unit-runtimes-left-out.mjs names as impossible somewhere passes there. It prints a table, and ends with one plain line:
 * `N passed, N failed`. `--write` puts the table into docs/internals/runtimes.md, after a run of all in which nothing has failed.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { table, wideTable, writeBetween } from '../bench/report.mjs';
import { judge } from './unit-runtimes-judge.mjs';
import { LEFT_OUT } from './unit-runtimes-left-out.mjs';
import { RUNTIMES, unitFiles } from './unit-runtimes-run.mjs';

const args = process.argv.slice(2);
const named = args.filter((arg) => !arg.startsWith('--'));
const known = RUNTIMES.map(({ name }) => name);
const unknown = args.filter((arg) => arg !== '--write' && !known.includes(arg));
const isWrite = args.includes('--write');
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. Runtimes: ${known.join(', ')}`);
  process.exit(2);
}
if (isWrite && named.length > 0) {
  console.error('"--write" needs a run in all runtimes, so no runtime can be named with it');
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'cognito-srp-unit-runtimes-'));
const rows = [];
let first;
try {
  const files = unitFiles();
  for (const { name, title, version, run } of RUNTIMES) {
    if (named.length > 0 && !named.includes(name)) continue;
    console.error(`${title} ${version}: ${files.length} files …`);
    const start = performance.now();
    const outcomes = await run({ files, outputFile: join(folder, name), say: console.error });
    const verdict = judge({ name, outcomes, leftOut: LEFT_OUT, first });
    first ??= { title: `${title} ${version}`, outcomes };
    rows.push({ title, version, ...verdict });
    for (const problem of verdict.problems) console.error(`FAIL ${title} ${version}: ${problem}`);
    const seconds = Math.round((performance.now() - start) / 1000);
    console.error(
      `${title} ${version}: ${verdict.passed} passed, ${verdict.problems.length} failed, ${seconds} s`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const cells = rows.map((row) => [
  `${row.title} ${row.version}`,
  ...[row.files, row.passed, row.problems.length, row.leftOut].map(String),
]);
const text = table([['runtime', 'files', 'passed', 'failed', 'left out'], ...cells]);
console.log(text);
const [passed, failed] = [
  rows.reduce((sum, row) => sum + row.passed, 0),
  rows.reduce((sum, row) => sum + row.problems.length, 0),
];
if (isWrite && failed === 0) {
  writeBetween('docs/internals/runtimes.md', 'unit-runtimes', text);
  writeBetween('docs/internals/runtimes.md', 'left-out', leftOutTable());
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

function leftOutTable() {
  const head = ['runtime', 'file', 'tests', 'why they cannot run there'];
  const titleOf = (name) => RUNTIMES.find((runtime) => runtime.name === name).title;
  const lines = LEFT_OUT.map(({ runtime, file, tests, reason }) => [
    titleOf(runtime),
    `\`${file}\``,
    String(tests.length),
    reason,
  ]);
  return wideTable([head, ...lines]);
}
