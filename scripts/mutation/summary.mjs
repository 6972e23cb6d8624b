/** Writes what a part has given to `results/PART.json`, and all of it with the argued survivors to docs/internals/mutation.md. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { table, writeBetween } from '../../bench/report.mjs';
import { PARTS } from './parts.mjs';
import { readSurvivors } from './survivors.mjs';

const RESULTS = join(import.meta.dirname, 'results');
const resultPath = (name) => join(RESULTS, `${name}.json`);

export function writeSummary(name, figures) {
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(resultPath(name), `${JSON.stringify(figures, undefined, 2)}\n`);
  writeBetween('docs/internals/mutation.md', 'scores', scores());
  writeBetween('docs/internals/mutation.md', 'survivors', survivors());
}

function scores() {
  const measured = Object.keys(PARTS).filter((name) => existsSync(resultPath(name)));
  const rows = measured.map((name) => {
    const { mutants, killed, timeout, survived, argued, score } = JSON.parse(
      readFileSync(resultPath(name), 'utf8'),
    );
    const counts = [mutants, killed, timeout, survived, argued].map(String);
    return [`\`${name}\``, ...counts, `${score.toFixed(1)} %`];
  });
  return table([['part', 'mutants', 'killed', 'timeout', 'survived', 'of them argued', 'score'], ...rows]);
}

function survivors() {
  const parts = Object.keys(PARTS).filter((name) => readSurvivors(name).length > 0);
  return parts
    .map((name) => {
      const rows = readSurvivors(name).map(
        ({ file, from, to, why }) => `- \`${file}\`: ${code(from)} becomes ${code(to)}. ${why}`,
      );
      return [`### \`${name}\``, '', ...rows].join('\n');
    })
    .join('\n\n');
}

/** As code in Markdown, also if it has a backtick. */
const code = (text) => (text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``);
