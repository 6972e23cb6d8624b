/** The argued survivors of a part: `survivors/PART.json`, rows of a mutant that no test can notice, and the reason. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

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
  const path = join(import.meta.dirname, 'survivors', `${part}.json`);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : [];
}
