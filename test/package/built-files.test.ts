/** The built package loads few files, and a bundle of it holds no more than what it uses. */
import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { build } from 'esbuild';
import { root } from '../support/node-process.ts';

const BUILT = join(root, 'dist/esm');
const read = (file: string) => readFileSync(join(BUILT, file), 'utf8');

/** The files of the package that are loaded with one of them. */
function loadedWith(file: string, found = new Set<string>()): readonly string[] {
  found.add(file);
  for (const [, path = ''] of read(file).matchAll(/^(?:import|\}) ?(?:from )?.*?"(\.[^"]+)";$/gm)) {
    const next = relative(BUILT, resolve(BUILT, dirname(file), path));
    if (!found.has(next)) loadedWith(next, found);
  }
  return [...found].sort();
}

/** The bytes of a minified bundle for browsers. */
async function bytesOf(contents: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
  });
  return outputFiles[0]?.contents.length ?? Number.NaN;
}

// Node takes time for each file that it loads
test('an import of the package loads three of its files, and one of ./srp two', () => {
  expect(loadedWith('index.js')).toEqual(['chunk-engine.js', 'chunk-srp.js', 'index.js']);
  expect(loadedWith('srp/index.js')).toEqual(['chunk-srp.js', 'srp/index.js']);
});

test.each([
  'storage/index.js',
  'verify/index.js',
  'flow/index.js',
  'session/index.js',
  'cookies/index.js',
  'redirect/index.js',
  'texts/index.js',
  'texts/de/index.js',
  'cli/main.js',
])('every file that %s imports is there', (entry) => {
  for (const file of loadedWith(entry)) expect(read(file)).not.toBe('');
});

test.each([
  ['index', 'signIn, respond'],
  ['index', 'webStorage'],
  ['session/index', 'createSession'],
  ['flow/index', 'createSignInFlow'],
  ['cookies/index', 'cookieStorage'],
  ['texts/index', 'textOfError'],
])('a bundle of the built %s with %s weighs as much as one of its sources', async (entry, names) => {
  const [built, source] = await Promise.all([
    bytesOf(`export { ${names} } from './dist/esm/${entry}.js'`),
    bytesOf(`export { ${names} } from './src/${entry}.ts'`),
  ]);
  expect(built).toBeLessThan(1.02 * source + 100);
});
