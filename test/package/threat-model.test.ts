/** Each row of the threat model names tests that are there, or says why there is none. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/node-process.ts';

const PAGE = readFileSync(join(root, 'docs/internals/threat-model.md'), 'utf8');

interface Row {
  readonly threat: string;
  /** The last cell. */
  readonly shownBy: string;
}

/** The rows of the tables whose last column is "shown by". */
function rowsOf(page: string): readonly Row[] {
  const tables = page.split(/\n\n/).filter((block) => /^\|.*\| shown by +\|\n/.test(block));
  return tables.flatMap((table) =>
    table
      .split('\n')
      .slice(2)
      .map((line) => {
        const cells = line
          .split(/(?<!\\)\|/)
          .slice(1, -1)
          .map((cell) => cell.trim());
        return { threat: cells[0] ?? '', shownBy: cells[3] ?? '' };
      }),
  );
}

interface NamedTest {
  readonly file: string;
  readonly title: string;
}

/** `` `file` "title"; "title" `` is two tests of one file. */
function testsIn(cell: string): readonly NamedTest[] {
  const tests: NamedTest[] = [];
  let file = '';
  for (const [, path, title] of cell.matchAll(/`([^`]+\.test\.ts)`|"([^"]+)"/g)) {
    if (path !== undefined) file = path;
    else if (title !== undefined) tests.push({ file, title });
  }
  return tests;
}

/** Whether a file has a test of this title, which stands in quotes before the function of the test. */
function hasTest({ file, title }: NamedTest): boolean {
  const path = join(root, file);
  if (!existsSync(path)) return false;
  const written = title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(['"\`])${written}\\1,\\s*(async )?(\\(|_ ?=>|\\w+ =>|function)`).test(
    readFileSync(path, 'utf8'),
  );
}

const ROWS = rowsOf(PAGE);

test('every row of the threat model names a test or a reason', () => {
  const without = ROWS.filter(
    ({ shownBy }) => testsIn(shownBy).length === 0 && !/^No test: .{20,}/.test(shownBy),
  );
  expect(without).toEqual([]);
  expect(ROWS.length).toBeGreaterThan(60);
});

test('every test that the threat model names is there', () => {
  const named = ROWS.flatMap(({ shownBy }) => testsIn(shownBy));
  expect(named.filter((each) => !hasTest(each))).toEqual([]);
  expect(named.length).toBeGreaterThan(100);
});

test('a test that was renamed or moved is noticed', () => {
  const file = 'test/package/threat-model.test.ts';
  const title = 'a test that was renamed or moved is noticed';
  expect(hasTest({ file, title })).toBe(true);
  expect(hasTest({ file, title: 'a test that was renamed' })).toBe(false);
  expect(hasTest({ file: 'test/threat-model.test.ts', title })).toBe(false);
  expect(testsIn('`a.test.ts` "one"; "two"; `b.test.ts` "three". And more.')).toEqual([
    { file: 'a.test.ts', title: 'one' },
    { file: 'a.test.ts', title: 'two' },
    { file: 'b.test.ts', title: 'three' },
  ]);
});
