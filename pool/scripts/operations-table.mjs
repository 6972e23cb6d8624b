/**
 * `node pool/scripts/operations-table.mjs`: writes the table of all operations of AWS's model into README.md, between its
 * markers: which ones have their behaviour, which ones are stored and described, and which ones are refused. With `--check`
 * it writes nothing, and exits with 1 if the table is not up to date or if an operation with behaviour has no test of its own.
 *
 * An operation has a test of its own if the title of a test or of a group of tests in test/ names it as a word.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { findOperations } from './operation-files.mjs';

const POOL = resolve(import.meta.dirname, '..');
const README = resolve(POOL, 'README.md');
const [BEGIN, END] = ['<!-- operations -->', '<!-- /operations -->'];

const operations = findOperations();
const { operations: modelled } = JSON.parse(readFileSync(resolve(POOL, 'model/cognito-idp.json'), 'utf8'));
const all = Object.keys(modelled).sort();

const named = (names) => names.map((name) => `\`${name}\``).join(', ');

/** The rows of one state, a row for each family. */
function rowsOf(state, members) {
  const families = [...new Set(members.map(({ family }) => family))].sort();
  return families.map((family) => {
    const names = members.filter((member) => member.family === family).map(({ name }) => name);
    return `| ${state} | ${family} | ${named(names)} |`;
  });
}

function makeTable() {
  const acting = operations.filter(({ stored }) => !stored);
  const stored = operations.filter((operation) => operation.stored);
  const refused = all.filter((name) => operations.every((operation) => operation.name !== name));
  return [
    `Of the ${all.length} operations, ${acting.length} have their behaviour, ${stored.length} are stored and described, and ${refused.length} are refused.`,
    '',
    '| In the local pool | Family | Operations |',
    '| --- | --- | --- |',
    ...rowsOf('with behaviour', acting),
    ...rowsOf('stored and described', stored),
    ...(refused.length > 0 ? [`| refused | | ${named(refused)} |`] : []),
  ].join('\n');
}

/** The titles of all tests and groups of tests. The title of a table of tests stands after the table. */
function titlesOfTests() {
  const title = /(?:\b(?:test|describe)|\))\(\s*(['"`])(.*?)\1/g;
  return readdirSync(resolve(POOL, 'test'), { recursive: true })
    .filter((path) => path.endsWith('.test.ts'))
    .flatMap((path) => [...readFileSync(resolve(POOL, 'test', path), 'utf8').matchAll(title)])
    .map(([, , text]) => text)
    .join('\n');
}

const readme = readFileSync(README, 'utf8');
const [begin, end] = [readme.indexOf(BEGIN), readme.indexOf(END)];
if (begin < 0 || end < begin) throw new Error(`${README} must have the markers ${BEGIN} and ${END}.`);
const written = `${readme.slice(0, begin + BEGIN.length)}\n\n${makeTable()}\n\n${readme.slice(end)}`;

if (!process.argv.includes('--check')) {
  writeFileSync(README, written);
} else {
  if (readme !== written)
    fail('The table in pool/README.md is not up to date. Run node pool/scripts/operations-table.mjs.');
  const titles = titlesOfTests();
  for (const { name, stored } of operations) {
    if (!stored && !new RegExp(`\\b${name}\\b`).test(titles)) fail(`No title of a test names ${name}.`);
  }
}

function fail(message) {
  console.error(message);
  process.exitCode = 1;
}
