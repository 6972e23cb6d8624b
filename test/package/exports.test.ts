/** The entries export the pinned names and types, and importing them does nothing else. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import enginePackage from '../../package.json' with { type: 'json' };
import poolPackage from '../../pool/package.json' with { type: 'json' };
import poolNames from '../../pool/test/package/public-names.json' with { type: 'json' };
import { evaluate, root } from '../support/node-process.ts';
import engineNames from './public-names.json' with { type: 'json' };

interface Names {
  readonly values: readonly string[];
  readonly types: readonly string[];
}

/** A package, its folder from the root, and entry → public names. A change there is a change of the package's interface. */
const PACKAGES: readonly {
  readonly name: string;
  readonly folder: string;
  readonly packageJson: {
    readonly exports: Readonly<Record<string, unknown>>;
    readonly sideEffects: boolean;
  };
  readonly entries: Readonly<Record<string, Names>>;
}[] = [
  { name: enginePackage.name, folder: '.', packageJson: enginePackage, entries: engineNames },
  { name: poolPackage.name, folder: 'pool', packageJson: poolPackage, entries: poolNames },
];

const FORMATS = [
  { format: 'module', condition: 'import', load: (id: string) => `await import('${id}')` },
  { format: 'commonjs', condition: 'require', load: (id: string) => `require('${id}')` },
] as const;

const sorted = (names: Iterable<string>) => [...names].sort();

describe.each(PACKAGES)('$name', ({ name: packageName, folder, packageJson, entries }) => {
  const nameOf = (entry: string) => entry.replace('.', packageName);

  test('package.json has these entries and no other', () => {
    expect(Object.keys(packageJson.exports)).toEqual([...Object.keys(entries), './package.json']);
  });

  test('no module has side effects, so that bundlers may drop what is not used', () => {
    expect(packageJson.sideEffects).toBe(false);
  });

  describe.each(FORMATS)('by $condition', ({ format, condition, load }) => {
    test.each(Object.entries(entries))('%s has exactly the pinned values', async (entry, { values }) => {
      const names = await evaluate<string[]>(
        format,
        `console.log(JSON.stringify(Object.keys(${load(nameOf(entry))})))`,
      );
      expect(sorted(names)).toEqual(sorted(values));
    });

    test.each(Object.entries(entries))('%s has exactly the pinned names in its types', (entry, names) => {
      const files = packageJson.exports[entry] as Readonly<Record<'import' | 'require', string>>;
      const file = files[condition].replace(/\.js$/, '.d.ts');
      expect(sorted(declaredNames(join(root, folder, file)))).toEqual(
        sorted([...names.values, ...names.types]),
      );
    });

    test('importing every entry adds no global, starts nothing and prints nothing', async () => {
      const done = await evaluate<{ added: string[]; active: string[]; changed: boolean }>(
        format,
        `const globals = () => Reflect.ownKeys(globalThis).map(String);
        const prototypes = () => [Object, Array, String, Number, Uint8Array, Promise, Function]
          .map((type) => Reflect.ownKeys(type.prototype).length + Reflect.ownKeys(type).length).join();
        const before = new Set(globals()), shape = prototypes(), listeners = process.eventNames().length;
        ${Object.keys(entries)
          .map((entry) => `${load(nameOf(entry))};`)
          .join('\n')}
        const idle = new Set(['PipeWrap', 'TTYWrap', 'FSReqPromise', 'CloseReq']);
        console.log(JSON.stringify({
          added: globals().filter((name) => !before.has(name)),
          active: process.getActiveResourcesInfo().filter((name) => !idle.has(name)),
          changed: prototypes() !== shape || process.eventNames().length !== listeners,
        }));`,
      );
      expect(done).toEqual({ added: [], active: [], changed: false });
    });
  });
});

test.each(FORMATS)('. and ./srp have the same error classes by $condition', async ({ format, load }) => {
  const same = await evaluate<boolean[]>(
    format,
    `const main = ${load('cognito-srp-engine')}, srp = ${load('cognito-srp-engine/srp')};
    console.log(JSON.stringify(['ArgumentError', 'ProtocolError'].map((name) => main[name] === srp[name])));`,
  );
  expect(same).toEqual([true, true]);
});

describe.each(Object.keys(engineNames).filter((entry) => entry.startsWith('./texts/')))('%s', (entry) => {
  test.each(['esm', 'cjs'])('by %s brings its own language, and no function', async (format) => {
    const { outputFiles } = await build({
      entryPoints: [join(root, 'dist', format, entry, 'index.js')],
      bundle: true,
      format: 'esm',
      charset: 'utf8',
      write: false,
    });
    const text = outputFiles[0]?.text ?? '';
    expect(text.match(/\blanguage: "[a-z]{2}(-[A-Z]{2})?"/g)).toEqual([
      expect.stringContaining(entry.slice('./texts/'.length)),
    ]);
    expect(text).not.toMatch(/textOf|createSignIn/);
  });
});

describe.each(['dist/esm', 'dist/cjs', 'pool/dist/esm', 'pool/dist/cjs'])('the types of %s', (folder) => {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.d.ts'))
    .map((path) => join(root, folder, path));

  test('name no module of package.json "imports"', () => {
    expect(files.flatMap(specifiers).filter((specifier) => specifier.startsWith('#'))).toEqual([]);
  });

  test('refer to files that are there, by the ending a consumer resolves', () => {
    const missing = files.flatMap((file) =>
      specifiers(file)
        .filter((specifier) => specifier.startsWith('.'))
        .filter(
          (specifier) =>
            !specifier.endsWith('.js') ||
            !existsSync(join(dirname(file), specifier.replace(/\.js$/, '.d.ts'))),
        )
        .map((specifier) => `${file}: ${specifier}`),
    );
    expect(missing).toEqual([]);
  });

  // One of ES modules only would be out of reach for a CommonJS module under TypeScript before 5.8
  test('refer to no other package', () => {
    expect(files.flatMap(specifiers).filter((specifier) => /^[^.#]/.test(specifier))).toEqual([]);
  });

  test('leave out what is marked @internal', () => {
    expect(files.filter((file) => readFileSync(file, 'utf8').includes('@internal'))).toEqual([]);
  });
});

/** The names an entry's declarations export. Entries are lists of re-exports. */
function declaredNames(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  const lists = [...text.matchAll(/^export (?:type )?\{([^}]*)\}/gm)].flatMap(([, list = '']) =>
    list.split(','),
  );
  const names = lists.map((name) => name.replace(/^\s*type\s/, '').trim()).filter((name) => name !== '');
  const stars = [...text.matchAll(/^export \* from '(.+)\.js'/gm)].map(([, path = '']) => path);
  return [...names, ...stars.flatMap((path) => declaredNames(join(dirname(file), `${path}.d.ts`)))];
}

/** What a file imports. The examples in its comments import the package itself. */
function specifiers(file: string): string[] {
  const text = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  return [...text.matchAll(/(?:\bfrom\s+|\bimport\(\s*|^import\s+)['"]([^'"]+)['"]/gm)].map(
    ([, id = '']) => id,
  );
}
