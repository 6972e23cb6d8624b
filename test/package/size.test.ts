/** A consumer's bundle holds only what it may and keeps its ceiling. `npm run size` shows what it weighs. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { evaluate, root } from '../support/node-process.ts';

interface Bundle {
  readonly title: string;
  readonly gzip: number;
  readonly ceiling?: number;
  readonly without: readonly string[];
  readonly failures: readonly string[];
}

interface Sizes {
  readonly bundles: readonly Bundle[];
  readonly forbiddenPackages: readonly string[];
}

let bundles: readonly Bundle[];
let forbiddenPackages: readonly string[];
beforeAll(async () => {
  ({ bundles, forbiddenPackages } = await evaluate<Sizes>(
    'module',
    `import { checkBundles, FORBIDDEN_PACKAGES as forbiddenPackages } from './scripts/size.mjs';
     const bundles = (await checkBundles()).map(({ parts, imports, ...bundle }) => bundle);
     console.log(JSON.stringify({ bundles, forbiddenPackages }));`,
  ));
});

/** The failures of the first bundle, the whole client, if a line is added to src/index.ts. The file stays as it is. */
function failuresWith(line: string): Promise<readonly string[]> {
  return evaluate(
    'module',
    `import { readFileSync } from 'node:fs';
     import { BUNDLES, checkBundles } from './scripts/size.mjs';
     const addLine = {
       name: 'add-line',
       setup: ({ onLoad }) =>
         onLoad({ filter: /[/]src[/]index[.]ts$/ }, ({ path }) => {
           if (path.endsWith('/pool/src/index.ts')) return undefined;
           const contents = readFileSync(path, 'utf8') + ${JSON.stringify(`\n${line}\n`)};
           return { contents, loader: 'ts' };
         }),
     };
     const [everything] = await checkBundles(BUNDLES.slice(0, 1), [addLine]);
     console.log(JSON.stringify(everything.failures));`,
  );
}

test('no bundle holds what it must not, and none is over its ceiling', () => {
  expect(bundles.length).toBeGreaterThan(5);
  expect(bundles.flatMap(({ failures }) => failures)).toEqual([]);
});

test('what signs in has at most 22 KB, the whole client 28 KB, and ./srp 7 KB', () => {
  const ceilings = bundles.filter(({ ceiling }) => ceiling !== undefined);
  expect(ceilings.map(({ title, ceiling }) => [title, ceiling])).toEqual([
    ['everything', 28 * 1024],
    ['signIn, respond, confirmNewDevice', 22 * 1024],
    ['./srp', 7 * 1024],
  ]);
});

test('every path that a bundle must not hold exists', () => {
  const packages = forbiddenPackages.map((name) => `node_modules/${name}/`);
  const paths = [...packages, ...bundles.flatMap(({ without }) => without)];
  expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test.each(['jose', 'jsbn', 'buffer/', 'otpauth', '@simplewebauthn/server', 'node:crypto'])(
  'an import of %s in src/index.ts is refused by name',
  async (specifier) => {
    const failures = await failuresWith(`import '${specifier}';`);
    expect(failures).toContain(
      `everything: src/index.ts imports ${specifier}, which no client bundle may import`,
    );
  },
);

test('the local pool in src/index.ts is refused by its folder and its packages', async () => {
  const failures = await failuresWith("export { createUserPool } from '../pool/src/index.ts';");
  expect(failures).toContainEqual(
    expect.stringMatching(/^everything: must not hold pool\/src\/, but holds pool\/src/),
  );
  expect(failures).toContainEqual(expect.stringMatching(/^everything: pool\/src\/.* imports jose, /));
});

test('a bundle over its ceiling is refused with both numbers', async () => {
  // Random digits, so that gzip cannot make them small
  const digits = Array.from({ length: 30_000 }, () => Math.floor(Math.random() * 36).toString(36)).join('');
  const failures = await failuresWith(`export const padding = '${digits}';`);
  expect(failures).toEqual([
    expect.stringMatching(/^everything: weighs \d+ bytes of gzip, which must be at most 28672$/),
  ]);
});
