/** Writes docs/internals/fuzzing.md from the newest result of each target, and from the faults that were found so far. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

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
  writeFileSync(path, `${before}\n\n${resultTable(results)}\n\n${faultTable(faults)}\n\n${after}`);
}

const number = (value) => Math.round(value).toLocaleString('en-US').replaceAll(',', ' ');

function resultTable(results) {
  const rows = results.map(
    ({ name, inputs, cases, seconds, cpuSeconds, seed, longestMs, growthMb, largestMb, ok, at }) => {
      const [day] = at.split('T');
      const heap = `${number(largestMb)} MB, ${growthMb < 0 ? '−' : '+'}${number(Math.abs(growthMb))} MB`;
      return [
        `\`${name}\``,
        inputs,
        number(cases),
        `${number(seconds)} s`,
        `${((cpuSeconds / cases) * 1000).toFixed(1)} ms`,
        seed,
        `${number(longestMs)} ms`,
        heap,
        ok ? 'none' : 'some',
        day,
      ];
    },
  );
  return table(
    ['target', 'inputs', 'cases', 'time', 'processor, each', 'seed', 'longest case', 'heap', 'faults', 'day'],
    rows,
  );
}

function faultTable(faults) {
  return table(
    ['target', 'fault that was found and mended', 'test'],
    faults.map(({ target, fault, test }) => [`\`${target}\``, fault, `\`${test}\``]),
  );
}

const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
