/**
 * The source of the native powers has no branch and no division where the secrets are. These tests read the files, so they are left out
 * of `npm run mutation`, which rewrites them.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

test.each([
  ['comb.native.ts', /let power = one;[\s\S]*?return/],
  // Which number of a table is taken
  ['comb.native.ts', /let index = 0;[\s\S]*?return/],
  // What a product is made of
  ['montgomery.native.ts', /const friendlyStep = [\s\S]*?const one/],
])('no branch and no division where %s has secrets', (file, part) => {
  const source = readFileSync(join(__dirname, '../../src/srp', file), 'utf8');
  const [inside = ''] = part.exec(source.replace(/\/\/.*$/gm, '')) ?? [];
  expect(inside.length).toBeGreaterThan(80);
  expect(inside).not.toMatch(/[%/?]|&&|\|\||\b(if|while|switch|break|continue)\b/);
});

test('a reduction is its three steps and nothing else', () => {
  const source = readFileSync(join(__dirname, '../../src/srp/montgomery.native.ts'), 'utf8');
  expect(source).toContain('redc: (T) => exactStep(divideByS(divideByR(T))),');
});
