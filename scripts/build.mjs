/**
 * Builds dist/: every entry as ESM and CommonJS, the portable build, the command, and the types of both formats.
 *
 * The CommonJS output contains the dependencies that are ESM only, because not every Node 20 can `require` ESM. It is
 * split like the ESM output, so that every entry has the same error classes.
 */
import { execFileSync } from 'node:child_process';
import { chmod, cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
process.chdir(root);

const ENTRIES = {
  index: 'src/index.ts',
  'srp/index': 'src/srp/index.ts',
  'pool/index': 'src/pool/index.ts',
  'storage/index': 'src/storage/index.ts',
  'verify/index': 'src/verify/index.ts',
};
const PORTABLE = { portable: 'src/index.ts' };
const COMMAND = { 'cli/main': 'src/cli/main.ts' };
const ESM_ONLY = ['@noble/hashes', 'jose'];
/** Dependencies of the local pool that CommonJS can `require`, so they are not bundled. */
const POOL_ONLY = ['otpauth', '@simplewebauthn/server'];

/** @param options.target the language level, which is older for the portable build */
const build = (entryPoints, outdir, { external, conditions = [], target = 'es2022' }) =>
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
    conditions,
    external: [...external, 'node:*'],
    chunkNames: 'chunk-[hash]',
    legalComments: 'inline',
    metafile: true,
    logLevel: 'warning',
  });

async function toCommonJs(outputs) {
  await Promise.all(
    Object.keys(outputs).map(async (file) => {
      const code = await readFile(file, 'utf8');
      const result = await esbuild.transform(code, { format: 'cjs', target: 'es2020', platform: 'node' });
      await writeFile(file, result.code);
    }),
  );
}

/**
 * Removes the bare `import "./chunk-….js"` that splitting leaves. Bundlers warn about them, and they do nothing, because no
 * module here has side effects.
 */
async function dropBareImports(folder) {
  const files = (await readdir(folder, { recursive: true })).filter((path) => path.endsWith('.js'));
  for (const file of files.map((path) => join(folder, path))) {
    const code = await readFile(file, 'utf8');
    await writeFile(file, code.replace(/^import "\.[^"]*chunk-[^"]+";\n/gm, ''));
  }
}

/** Adds the shebang, and the mode that a checkout needs. npm sets the mode of what it installs. */
async function makeExecutable(file) {
  const code = await readFile(file, 'utf8');
  await writeFile(file, `#!/usr/bin/env node\n${code.replace(/^#!.*\n/, '')}`);
  await chmod(file, 0o755);
}

await rm('dist', { recursive: true, force: true });

const esm = await build({ ...ENTRIES, ...COMMAND }, 'dist/esm', {
  external: [...ESM_ONLY, ...POOL_ONLY, 'jsbn', 'buffer'],
});
await makeExecutable('dist/esm/cli/main.js');
await dropBareImports('dist/esm');
await build(PORTABLE, 'dist/esm', {
  external: ['jsbn', 'buffer'],
  conditions: ['portable'],
  target: 'es2020',
});

const cjs = await build(ENTRIES, 'dist/cjs', { external: [...POOL_ONLY, 'jsbn', 'buffer'] });
const cjsPortable = await build(PORTABLE, 'dist/cjs', {
  external: ['jsbn', 'buffer'],
  conditions: ['portable'],
  target: 'es2020',
});
await toCommonJs({ ...cjs.metafile.outputs, ...cjsPortable.metafile.outputs });
await writeFile('dist/cjs/package.json', '{ "type": "commonjs" }\n');
await writeLicenses('dist/third-party-licenses.txt', [esm, cjs, cjsPortable]);

const tsc = resolve(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
await writeFile('dist/esm/portable.d.ts', "export * from './index.ts';\n");
await keepPublicTypes('dist/esm', [...Object.keys(ENTRIES), ...Object.keys(PORTABLE)]);
await mkdir('dist/cjs', { recursive: true });
await cp('dist/esm', 'dist/cjs', {
  recursive: true,
  filter: (path) => !path.endsWith('.js') && !path.endsWith('/cli'),
});

/** Writes the licences of the bundled packages, because the MIT licence asks for them in every copy. */
async function writeLicenses(file, results) {
  const inputs = results.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  const folders = inputs.flatMap((path) => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? []);
  const licenses = [...new Set(folders)].sort().map(async (folder) => {
    const name = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
    return `${folder.slice('node_modules/'.length)}\n\n${(await readFile(join(folder, name), 'utf8')).trim()}\n`;
  });
  await writeFile(file, (await Promise.all(licenses)).join('\n---\n\n'));
}

/** Keeps the declarations that an entry reaches, and gives their imports the endings that a consumer resolves. */
async function keepPublicTypes(folder, entries) {
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
