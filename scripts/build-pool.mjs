/**
 * Builds pool/dist/ of cognito-local-pool: its entry as ESM and CommonJS, the command, and the types of both formats.
 *
 * Every package that the entry uses is bundled, so that it loads where the packages themselves would not: in Jest, which takes no
 * ESM, and in jsdom, which lacks globals that they use. The command alone needs tinypool, whose worker file cannot be bundled.
 */
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import {
  bundle,
  copyTypes,
  dropBareImports,
  emitTypes,
  keepPublicTypes,
  root,
  takeGlobalsFromRealm,
  toCommonJs,
  writeSubpathFolders,
} from './build-steps.mjs';
import { writeLicenses } from './licenses.mjs';

const ENTRIES = {
  index: 'pool/src/index.ts',
  'playwright/index': 'pool/src/playwright/index.ts',
  'cypress/index': 'pool/src/cypress/index.ts',
  'cypress/commands/index': 'pool/src/cypress/commands/index.ts',
  'jest/index': 'pool/src/jest/index.ts',
  'vitest/index': 'pool/src/vitest/index.ts',
};
const COMMAND = {
  'cli/main': 'pool/src/cli/main.ts',
  // Threads and measurements load these by their path
  'arithmetic/worker': 'pool/src/arithmetic/worker.ts',
  'arithmetic/in-workers': 'pool/src/arithmetic/in-workers.ts',
  'arithmetic/openssl': 'pool/src/arithmetic/openssl.ts',
};

/** The page of managed login, with the engine in it. */
const LOGIN_PAGE = 'pool/login-page/main.ts';
const STYLES = ['login-page/page.css'];

/** The page has the engine of this repository in it, and not one that was built before. */
const ENGINE_SOURCES = {
  name: 'engine-sources',
  setup({ onResolve }) {
    onResolve({ filter: /^cognito-srp-engine(\/|$)/ }, ({ path }) => ({
      path: resolve(root, path.replace('cognito-srp-engine', 'src'), 'index.ts'),
    }));
  },
};

const OPTIONS = {
  external: ['tinypool'],
  conditions: [],
  plugins: [takeGlobalsFromRealm(/./)],
};

/** The working folder must be the root of the repository. */
export async function buildPool() {
  await rm('pool/dist', { recursive: true, force: true });
  const page = await buildLoginPage();
  const options = { ...OPTIONS, define: page.define };
  const esm = await bundle({ ...ENTRIES, ...COMMAND }, 'pool/dist/esm', options);
  await dropBareImports('pool/dist/esm');

  const cjs = await bundle(ENTRIES, 'pool/dist/cjs', options);
  // Jest runs import() only behind a Node flag, and `require` needs none
  await toCommonJs(cjs.metafile.outputs, { supported: { 'dynamic-import': false } });
  await writeFile('pool/dist/cjs/package.json', '{ "type": "commonjs" }\n');
  await writeLicenses('pool/dist/third-party-licenses.txt', [esm, cjs, page]);

  emitTypes('pool/tsconfig.build.json');
  // Besides the pool's, there are the declarations of the engine's arithmetic, which no public type names
  await cp('pool/dist/types/pool/src', 'pool/dist/esm', { recursive: true });
  await rm('pool/dist/types', { recursive: true });
  await keepPublicTypes('pool/dist/esm', Object.keys(ENTRIES));
  await copyTypes('pool/dist/esm', 'pool/dist/cjs');
  await writeSubpathFolders('pool');
}

/** Bundles the page for browsers: one script and one style sheet, which the entry holds as texts in the place of two names. */
async function buildLoginPage() {
  const { outputFiles, metafile } = await build({
    entryPoints: [LOGIN_PAGE],
    plugins: [ENGINE_SOURCES],
    bundle: true,
    minify: true,
    format: 'esm',
    charset: 'utf8',
    target: 'es2022',
    write: false,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  });
  const styles = await Promise.all(STYLES.map((file) => readFile(file, 'utf8')));
  const define = {
    LOGIN_PAGE_SCRIPT: JSON.stringify(outputFiles[0].text),
    LOGIN_PAGE_STYLE: JSON.stringify(styles.join('\n')),
  };
  return { metafile, define };
}
