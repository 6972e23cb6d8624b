/**
 * Writes the tables of the benches into docs/ between markers, so that the pages show what was measured, and checks limits.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** The folder of the documents and figures that the benches write. */
export const internals = resolve(import.meta.dirname, '../docs/internals');

/** @param values an odd number of values. The median is then one of them */
export const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/**
 * Makes a Markdown table whose columns line up. All but the first are aligned to the right.
 *
 * @param rows lists of cells, the head first
 */
export function table([head, ...rows]) {
  const widths = head.map((_, column) => Math.max(3, ...[head, ...rows].map((row) => row[column].length)));
  const line = (row) =>
    `| ${row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join(' | ')} |`;
  const rule = widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [line(head), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n');
}

/**
 * Puts text between `<!-- name -->` and `<!-- /name -->` of a file in docs/internals.
 *
 * @throws Error where the file does not have both markers once
 */
export function writeBetween(file, name, text) {
  const path = resolve(internals, file);
  const [before, rest, ...more] = readFileSync(path, 'utf8').split(`<!-- ${name} -->\n`);
  const at = rest?.indexOf(`<!-- /${name} -->`) ?? -1;
  if (at < 0 || more.length > 0)
    throw new Error(`docs/internals/${file} has no <!-- ${name} --> … <!-- /${name} -->`);
  writeFileSync(path, `${before}<!-- ${name} -->\n\n${text}\n\n${rest.slice(at)}`);
}

/** Makes JSON in the format that `npm run check` expects. Numbers have two places. */
export function writeJson(file, value) {
  const path = resolve(internals, file);
  const short = (_, n) => (typeof n === 'number' ? Number(n.toFixed(2)) : n);
  writeFileSync(path, `${JSON.stringify(value, short, 2)}\n`);
  execFileSync(resolve(internals, '../../node_modules/.bin/biome'), ['format', '--write', path], {
    stdio: 'ignore',
  });
}

/** Makes one line for a limit that says whether it was kept. A ratio that could not be measured is a miss. */
export function requirement(what, ratio, { atLeast, atMost }) {
  const ok = atLeast === undefined ? ratio <= atMost : ratio >= atLeast;
  return {
    what,
    ratio: Number(ratio?.toFixed(2)),
    ...(atLeast === undefined ? { atMost } : { atLeast }),
    ok,
  };
}

export const requirementsTable = (requirements) =>
  table([
    ['', 'measured', 'limit', ''],
    ...requirements.map(({ what, ratio, atLeast, atMost, ok }) => [
      what,
      String(ratio),
      atLeast === undefined ? `≤ ${atMost}` : `≥ ${atLeast}`,
      ok ? 'ok' : '**missed**',
    ]),
  ]);
