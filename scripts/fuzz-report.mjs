/**
 * Writes docs/internals/fuzzing.md from the newest result of each target, and from the faults that were found so far. The row of a target
 * that has no result in this checkout stays.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { wideTable } from '../bench/report.mjs';
import { judgeSpeed } from './fuzz-speed.mjs';

const BEGIN = '<!-- fuzz:begin -->';
const END = '<!-- fuzz:end -->';

/**
 * @param {string} root of the repository
 * @param {string} folder of the results
 */
export function writeReport(root, folder) {
  const results = readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')));
  const faults = JSON.parse(readFileSync(join(root, 'test/fuzz/faults.json'), 'utf8'));
  const path = join(root, 'docs/internals/fuzzing.md');
  const text = readFileSync(path, 'utf8');
  const before = text.slice(0, text.indexOf(BEGIN) + BEGIN.length);
  const after = text.slice(text.indexOf(END));
  const written = text.slice(before.length, -after.length);
  writeFileSync(path, `${before}\n\n${resultTable(results, written)}\n\n${faultTable(faults)}\n\n${after}`);
}

const number = (value) => Math.round(value).toLocaleString('en-US').replaceAll(',', ' ');

const HEAD = [
  'target',
  'inputs',
  'cases',
  'time',
  'processor, each',
  'seed',
  'longest case',
  'heap',
  'faults',
  'day',
];

/** @param {string} written the tables of the run before */
function resultTable(results, written) {
  const rowsBefore = written
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').slice(1, -1))
    .filter((cells) => cells.length === HEAD.length)
    .map((cells) => cells.map((cell) => cell.trim()));
  const rows = new Map([...rowsBefore, ...rowsOf(results)].map((cells) => [cells[0], cells]));
  return wideTable([HEAD, ...[...rows.values()].sort(([a], [b]) => (a < b ? -1 : 1))]);
}

const rowsOf = (results) =>
  results.map(
    ({ name, inputs, cases, seconds, cpuSeconds, seed, longestMs, growthMb, largestMb, ok, at }) => {
      const [day] = at.split('T');
      const heap = `${number(largestMb)} MB, ${growthMb < 0 ? '−' : '+'}${number(Math.abs(growthMb))} MB`;
      return [
        `\`${name}\``,
        inputs,
        number(cases),
        `${number(seconds)} s`,
        `${((cpuSeconds / cases) * 1000).toFixed(1)} ms${judgeSpeed({ cases, cpuSeconds }) ? ', too slow' : ''}`,
        seed,
        `${number(longestMs)} ms`,
        heap,
        ok ? 'none' : 'some',
        day,
      ];
    },
  );

function faultTable(faults) {
  return wideTable([
    ['target', 'fault that was found and mended', 'test'],
    ...faults.map(({ target, fault, test }) => [`\`${target}\``, fault, `\`${test}\``]),
  ]);
}
