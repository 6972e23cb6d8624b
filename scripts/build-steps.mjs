/** The steps that the builds of both packages share. Paths are from the root of the repository. */
import { execFileSync } from 'node:child_process';
import { chmod, cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve, sep } from 'node:path';
import esbuild from 'esbuild';

export const root = resolve(import.meta.dirname, '..');

/** Globals that are missing or different in a window of jsdom. */
const OF_THE_REALM = [
  'AbortController',
  'AbortSignal',
  'ArrayBuffer',
  'Headers',
  'Request',
  'Response',
  'TextDecoder',
  'TextEncoder',
  'URL',
  'Uint8Array',
  'atob',
  'btoa',
  'crypto',
  'structuredClone',
];

/**
 * A plugin that takes such globals from scripts/realm.mjs. It reads a global where it is used, and nothing when it is loaded.
 *
 * @param filter the files whose globals are taken from there
 */
export const takeGlobalsFromRealm = (filter) => ({
  name: 'globals-from-realm',
  setup({ onLoad }) {
    const define = Object.fromEntries(
      OF_THE_REALM.flatMap((name) => [name, `globalThis.${name}`].map((key) => [key, `__realm.${name}`])),
    );
    onLoad({ filter }, async ({ path }) => {
      if (path === REALM || !/\.[cm]?[jt]s$/.test(path)) return undefined;
      const loader = path.endsWith('ts') ? 'ts' : 'js';
      const source = await readFile(path, 'utf8');
      const { code } = await esbuild.transform(source, { define, loader, sourcefile: path });
      if (!code.includes('__realm')) return { contents: source, loader };
      return {
        contents: `import { realm as __realm } from ${JSON.stringify(REALM)};\n${code}`,
        loader: 'js',
      };
    });
  },
});

const REALM = resolve(import.meta.dirname, 'realm.mjs');

/**
 * Bundles entries as ESM, split so that entries share one copy of each module.
 *
 * @param options.target the language level
 */
export const bundle = (entryPoints, outdir, { external, target = 'es2022', ...options }) =>
  esbuild.build({
    entryPoints,
    outdir,
    // By default esbuild would take the folder that the build was started from
    absWorkingDir: root,
    bundle: true,
    splitting: true,
    format: 'esm',
    target,
    platform: 'neutral',
    mainFields: ['module', 'main'],
    external: [...external, 'node:*'],
    chunkNames: 'chunk-[hash]',
    legalComments: 'inline',
    metafile: true,
    logLevel: 'warning',
    ...options,
  });

/**
 * Turns bundled ESM into CommonJS, in place.
 *
 * @param options for esbuild
 */
export async function toCommonJs(outputs, options = {}) {
  await Promise.all(
    Object.keys(outputs).map(async (file) => {
      const code = await readFile(join(root, file), 'utf8');
      const settings = { format: 'cjs', target: 'es2020', platform: 'node', ...options };
      await writeFile(join(root, file), (await esbuild.transform(code, settings)).code);
    }),
  );
}

/**
 * Removes the bare `import "./chunk-….js"` that splitting leaves. Bundlers warn about them, and they do nothing, because no
 * module here has side effects.
 */
export async function dropBareImports(folder) {
  const files = (await readdir(folder, { recursive: true })).filter((path) => path.endsWith('.js'));
  for (const file of files.map((path) => join(folder, path))) {
    const code = await readFile(file, 'utf8');
    await writeFile(file, code.replace(/^import "\.[^"]*chunk-[^"]+";\n/gm, ''));
  }
}

/** Adds the shebang, and the mode that a checkout needs. npm sets the mode of what it installs. */
export async function makeExecutable(file) {
  const code = await readFile(file, 'utf8');
  await writeFile(file, `#!/usr/bin/env node\n${code.replace(/^#!.*\n/, '')}`);
  await chmod(file, 0o755);
}

/** Writes the declarations of a project of TypeScript. */
export function emitTypes(tsconfig) {
  const tsc = resolve(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', tsconfig], { cwd: root, stdio: 'inherit' });
}

/** Keeps the declarations that an entry reaches, and gives their imports the endings that a consumer resolves. */
export async function keepPublicTypes(folder, entries) {
  const reached = new Set();
  const pending = entries.map((entry) => join(folder, `${entry}.d.ts`));
  for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
    if (reached.has(file)) continue;
    reached.add(file);
    const text = await readFile(file, 'utf8');
    const resolved = text.replace(/(from\s+|import\()'(\.[^']+)\.ts'/g, (_, lead, path) => {
      pending.push(join(dirname(file), `${path}.d.ts`));
      return `${lead}'${path}.js'`;
    });
    await writeFile(file, resolved);
  }
  const all = await readdir(folder, { recursive: true });
  const hidden = all.filter((path) => path.endsWith('.d.ts') && !reached.has(join(folder, path)));
  await Promise.all(hidden.map((path) => rm(join(folder, path))));
}

/** Copies the declarations, which are the same for both formats. */
export const copyTypes = (from, to) =>
  cp(from, to, {
    recursive: true,
    filter: (path) => !path.endsWith('.js') && !path.endsWith('/cli'),
  });

/**
 * Writes a folder with a package.json for each subpath of the package's `exports`. Metro without package exports, webpack 4 and
 * TypeScript's `node10` look for such a folder and not into `exports`.
 *
 * @param folder where the package's package.json is
 */
export async function writeSubpathFolders(folder) {
  const { exports } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  for (const [subpath, target] of Object.entries(exports)) {
    if (subpath === '.' || typeof target === 'string') continue;
    const path = join(folder, subpath);
    const fromThere = (file) => relative(path, join(folder, file)).split(sep).join('/');
    const content = {
      main: fromThere(target.require),
      module: fromThere(target.import),
      types: fromThere(target.require.replace(/\.js$/, '.d.ts')),
      sideEffects: false,
    };
    await mkdir(path, { recursive: true });
    await writeFile(join(path, 'package.json'), `${JSON.stringify(content, undefined, 2)}\n`);
  }
}
