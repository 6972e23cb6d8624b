/** Finds the operations in the files src/operations/<family>/<operation>.ts. Other files there hold what a family shares. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, resolve, sep } from 'node:path';

export const FOLDER = resolve(import.meta.dirname, '../src/operations');
const MAKERS = 'poolOperation|serviceOperation|storedOperation';
const DECLARATION = new RegExp(`^export const (\\w+) = (${MAKERS})\\(\\s*'(\\w+)'`, 'gm');
const MADE = new RegExp(`= (?:${MAKERS})\\(`);

/**
 * @returns the operations by name: `name`, `constant`, `path` from the folder of operations, `family`, and whether the operation
 * is `stored`, which means that the pool describes what was set and does not act on it
 */
export function findOperations() {
  const operations = readdirSync(FOLDER, { recursive: true })
    .map((path) => path.split(sep).join('/'))
    .filter((path) => /^[^/]+\/[^/]+\.ts$/.test(path))
    .flatMap(readOperations)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const [index, { name, path }] of operations.entries()) {
    if (operations[index + 1]?.name === name) throw new Error(`${path} is a second file of ${name}.`);
  }
  return operations;
}

function readOperations(path) {
  const text = readFileSync(resolve(FOLDER, path), 'utf8');
  const found = [...text.matchAll(DECLARATION)];
  if (found.length === 0 && !MADE.test(text)) return [];
  if (found.length !== 1) throw new Error(`${path} must export one operation.`);
  const [[, constant, maker, name]] = found;
  if (constant !== name[0].toLowerCase() + name.slice(1)) {
    throw new Error(`The constant ${constant} in ${path} must be named like ${name}.`);
  }
  if (basename(path, '.ts').replaceAll('-', '') !== name.toLowerCase()) {
    throw new Error(`${path} must be named like ${name}.`);
  }
  return [{ name, constant, path, family: path.split('/')[0], stored: maker === 'storedOperation' }];
}
