/** The files that CONTRIBUTING, SECURITY and the pages in docs/internals name exist. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/node-process.ts';

/** Decisions tell of their day; what they name may have moved since. */
const PAGES = [
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync(join(root, 'docs/internals'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs/internals', name)),
];

/** A path in code quotes, from a folder of the repository on. One with `*` or `…` is more than one file. */
const NAMED = /`((?:src|test|pool|docs\/internals|bench|scripts|examples|vectors)\/[^`\s*…]+)`/g;

const namedIn = (page: string) =>
  [...readFileSync(join(root, page), 'utf8').matchAll(NAMED)].map(([, path = '']) => path);

test.each(PAGES)('every file that %s names is there', (page) => {
  expect(namedIn(page).filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test('the pages name files', () => {
  expect(PAGES.flatMap(namedIn).length).toBeGreaterThan(40);
});
