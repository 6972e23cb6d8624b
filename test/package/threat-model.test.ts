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

const COLUMNS = ['threat', 'measure', 'where', 'shown by'];

const cellsOf = (line: string): readonly string[] =>
  line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim());

/** The lines of each table whose first column is "threat". */
const threatTablesOf = (page: string): readonly (readonly string[])[] =>
  page
    .split(/\n\n/)
    .filter((block) => /^\| *threats? *\|/i.test(block))
    .map((block) => block.split('\n'));

/** The heads of the tables of threats that have other columns than `COLUMNS`, so that their rows could not be checked. */
const oddHeadsOf = (page: string): readonly string[] =>
  threatTablesOf(page)
    .map(([head = '']) => head)
    .filter((head) => cellsOf(head).join() !== COLUMNS.join());

const rowsOf = (page: string): readonly Row[] =>
  threatTablesOf(page).flatMap((lines) =>
    lines.slice(2).map((line) => {
      const cells = cellsOf(line);
      return { threat: cells[0] ?? '', shownBy: cells[3] ?? '' };
    }),
  );

/** The headings that stand more than once, of whatever level. */
function repeatedHeadingsOf(page: string): readonly string[] {
  const headings = [...page.matchAll(/^#+ +(.+)$/gm)].map(([, heading = '']) => heading.trim());
  return headings.filter((heading, index) => headings.indexOf(heading) !== index);
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

test('every table of threats says what shows each of them, and no heading stands twice', () => {
  expect(oddHeadsOf(PAGE)).toEqual([]);
  expect(repeatedHeadingsOf(PAGE)).toEqual([]);
});

test('a table without "shown by" and a heading that stands twice are noticed', () => {
  const head = '| threat  | measure | where |';
  const page = `## A\n\n${head}\n| --- | --- | --- |\n| one | two | three |\n\n### B\n\n## A\n`;
  expect(oddHeadsOf(page)).toEqual([head]);
  expect(rowsOf(page)).toEqual([{ threat: 'one', shownBy: '' }]);
  expect(repeatedHeadingsOf(page)).toEqual(['A']);
});

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
