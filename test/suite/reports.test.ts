/** What the reports of benches and scripts share: figures of many values, Markdown tables, and pages with markers. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, quantile, table, wideTable, writeBetween } from '../../bench/report.mjs';

const HUNDRED = Array.from({ length: 100 }, (_, index) => 100 - index);

test('a quantile is the value that so many of the values are below, in whatever order they come', () => {
  expect([0, 0.5, 0.99, 1].map((part) => quantile(HUNDRED, part))).toEqual([1, 51, 100, 100]);
  expect(median([9, 1, 5])).toBe(5);
  expect(HUNDRED[0]).toBe(100);
});

test('nothing that was measured has no quantile', () => {
  expect(quantile([], 0.5)).toBeNaN();
});

const ROWS = [
  ['', 'p50', 'found'],
  ['in memory', '4.4 ms', 'none'],
];

test('the columns of a table line up, and those of figures end at the right', () => {
  expect(table(ROWS)).toBe(`|           |    p50 | found |
| --------- | -----: | ----: |
| in memory | 4.4 ms |  none |`);
});

test('a wide table is not padded', () => {
  expect(wideTable(ROWS)).toBe(`|  | p50 | found |
| --- | --- | --- |
| in memory | 4.4 ms | none |`);
});

describe('a page', () => {
  let folder: string;
  let page: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'reports-test-'));
    page = join(folder, 'page.md');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const block = (name: string, text: string) => `<!-- ${name} -->\n\n${text}\n\n<!-- /${name} -->\n`;

  test('gets the text between the markers of that name, and stays as it is elsewhere', () => {
    writeFileSync(page, `# Title\n\n${block('start', 'old')}\n${block('load', 'kept')}`);
    writeBetween(page, 'start', 'new');
    expect(readFileSync(page, 'utf8')).toBe(`# Title\n\n${block('start', 'new')}\n${block('load', 'kept')}`);
  });

  test.each([
    ['no marker', '# Title\n'],
    ['no marker of the end', '<!-- start -->\n'],
    ['two blocks of the name', block('start', 'one') + block('start', 'two')],
  ])('with %s is refused by its path, and stays as it is', (_, text) => {
    writeFileSync(page, text);
    expect(() => writeBetween(page, 'start', 'new')).toThrow(
      `${page} has no <!-- start --> … <!-- /start -->`,
    );
    expect(readFileSync(page, 'utf8')).toBe(text);
  });

  test('is found from the root of the repository', () => {
    expect(() => writeBetween('docs/internals/style.md', 'start', 'new')).toThrow(
      'docs/internals/style.md has no <!-- start --> … <!-- /start -->',
    );
  });
});
