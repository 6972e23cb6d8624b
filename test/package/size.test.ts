/** What a consumer's bundle holds and weighs. `npm run size` shows the table, and what the bytes are. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { evaluate, root } from './run.ts';

interface Size {
  readonly title: string;
  readonly gzip: number;
  readonly ceiling: number;
  readonly unwanted: readonly string[];
}

let sizes: readonly Size[];
beforeAll(async () => {
  sizes = await evaluate(
    'module',
    `import { BUNDLES, measure } from './scripts/size.mjs';
     const sizes = await Promise.all(BUNDLES.map(async (bundle) => ({ ...bundle, ...(await measure(bundle)) })));
     console.log(JSON.stringify(sizes));`,
  );
});

test('no bundle holds what was not imported, jsbn, buffer or a module of Node', () => {
  expect(sizes.length).toBeGreaterThan(5);
  expect(sizes.flatMap(({ title, unwanted }) => unwanted.map((path) => `${title}: ${path}`))).toEqual([]);
});

test('no bundle has grown over its ceiling', () => {
  expect(sizes.filter(({ gzip, ceiling }) => gzip > ceiling).map(({ title }) => title)).toEqual([]);
});

test('docs/internals/performance.md has these sizes', () => {
  const text = readFileSync(join(root, 'docs/internals/performance.md'), 'utf8');
  for (const { title, gzip } of sizes) {
    const [, written = ''] =
      text
        .split('\n')
        .map((line) => line.split('|').map((cell) => cell.trim()))
        .find(([, cell]) => cell === title)
        ?.slice(1) ?? [];
    // Another zlib packs a few bytes more or less
    expect({ title, bytes: Math.abs(Number(written) - gzip) < 30 ? gzip : Number(written) }).toEqual({
      title,
      bytes: gzip,
    });
  }
});
