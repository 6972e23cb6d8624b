/**
 * The argued survivors of a part: `survivors/PART.json`, rows of a mutant that no test can notice, and the reason.
 *
 * A row names its mutant by texts and not by numbers, because lines move.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), 'survivors');
const MAX_LENGTH = 100;

/**
 * @typedef {object} Survivor
 * @property {string} file
 * @property {string} line the whole line where the changed code begins
 * @property {string} from the code that is changed
 * @property {string} to what it is changed to
 * @property {string} [why] the reason why no test can notice
 */

/** @returns {readonly Survivor[]} */
export function readSurvivors(part) {
  const path = join(FOLDER, `${part}.json`);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : [];
}

/** One text for each mutant, by which a row is found. Two mutants of equal text in equal lines of one file share it. */
export const keyOf = ({ file, line, from, to }) => JSON.stringify([file, line, from, to]);

/** How a row of the list names a mutant of Stryker's report. */
export function describeMutant(file, source, { location: { start, end }, replacement }) {
  const lines = source.split('\n');
  const changed = lines.slice(start.line - 1, end.line);
  const last = changed.length - 1;
  changed[last] = changed[last].slice(0, end.column - 1);
  changed[0] = changed[0].slice(start.column - 1);
  return {
    file,
    line: lines[start.line - 1].trim(),
    from: shorten(changed.join('\n')),
    to: shorten(replacement),
  };
}

/** On one line, and not longer than a row can be read. */
function shorten(code) {
  const text = code.replace(/\s+/g, ' ').trim();
  return text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH)}…`;
}
