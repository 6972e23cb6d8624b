/**
 * What the reports of benches and scripts share: medians, Markdown tables, limits, and how a page gets them between its markers, so that it
 * shows what was measured.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
/** The folder of the figures and pictures that the benches write. */
export const internals = resolve(root, 'docs/internals');

/** @param values an odd number of values. The median is then one of them */
export const median = (values) => quantile(values, 0.5);

/**
 * @param part 0.5 for the median, 0.99 for the time that one of 100 exceeds
 * @returns one of the values, or NaN if there are none
 */
export function quantile(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
}

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
 * Makes a Markdown table whose columns do not line up, because some of its cells are too long.
 *
 * @param rows lists of cells, the head first
 */
export const wideTable = ([head, ...rows]) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/**
 * Puts text between `<!-- name -->` and `<!-- /name -->` of a page.
 *
 * @param page the path from the root of the repository
 * @throws Error where the page does not have both markers once
 */
export function writeBetween(page, name, text) {
  const path = resolve(root, page);
  const [before, rest, ...more] = readFileSync(path, 'utf8').split(`<!-- ${name} -->\n`);
  const at = rest?.indexOf(`<!-- /${name} -->`) ?? -1;
  if (at < 0 || more.length > 0) throw new Error(`${page} has no <!-- ${name} --> … <!-- /${name} -->`);
  writeFileSync(path, `${before}<!-- ${name} -->\n\n${text}\n\n${rest.slice(at)}`);
}

/** Says when a table was measured, and with which Node. */
export const measuredToday = () =>
  `Measured on ${new Date().toISOString().slice(0, 10)} with Node ${process.versions.node}.`;

/** Makes JSON in the format that `npm run check` expects. Numbers have two places. */
export function writeJson(file, value) {
  const path = resolve(internals, file);
  const short = (_, n) => (typeof n === 'number' ? Number(n.toFixed(2)) : n);
  writeFileSync(path, `${JSON.stringify(value, short, 2)}\n`);
  execFileSync(resolve(root, 'node_modules/.bin/biome'), ['format', '--write', path], {
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
