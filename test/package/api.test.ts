/** docs/api.md is what the docstrings say. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import publicNames from './public-names.json' with { type: 'json' };
import { evaluate, root } from './run.ts';

const reference = readFileSync(join(root, 'docs/api.md'), 'utf8');

test('docs/api.md is up to date: npm run docs', async () => {
  const written = await evaluate<string>(
    'module',
    `import { apiReference } from './scripts/api.mjs'; console.log(JSON.stringify(apiReference()));`,
  );
  expect(reference).toBe(written);
});

test('every public function, class and type is in it', () => {
  const titles = [...reference.matchAll(/^### (\w+)$/gm)].map(([, name]) => name);
  const names = Object.values(publicNames).flatMap((entry) => Object.values(entry).flat());
  expect(names.length).toBeGreaterThan(100);
  expect([...new Set(names)].filter((name) => !titles.includes(name))).toEqual([]);
});
