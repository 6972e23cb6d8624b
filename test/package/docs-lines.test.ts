/** The pages can be read as text: a line of prose has the length of its neighbours. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/node-process.ts';

/** Lines are wrapped at 120. One that a link or a name in code makes a little longer stays. */
const LONGEST = 140;

const pages = execFileSync('git', ['ls-files', '*.md'], { cwd: root, encoding: 'utf8' }).trim().split('\n');

/** Leaves out code, tables, and what scripts write between comments such as `<!-- size -->`. */
const proseOf = (page: string): string[] =>
  page
    .replace(/^\s*```[\s\S]*?^\s*```$/gm, '')
    .replace(/<!-- ([\w-]+)(?::begin)? -->[\s\S]*?<!-- (?:\/\1|\1:end) -->/g, '')
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('|'));

test('no line of prose is longer than 140 characters', () => {
  const long = pages.flatMap((page) =>
    proseOf(readFileSync(join(root, page), 'utf8'))
      .filter((line) => line.length > LONGEST)
      .map((line) => `${page}: ${line}`),
  );
  expect(pages.length).toBeGreaterThan(50);
  expect(long).toEqual([]);
});
