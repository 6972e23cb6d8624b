/**
 * Builds pool/dist/ of cognito-local-pool: its entry as ESM and CommonJS, the command, and the types of both formats.
 *
 * Every package that the entry uses is bundled, so that it loads where the packages themselves would not: in Jest, which takes no
 * ESM, and in jsdom, which lacks globals that they use. The command alone needs tinypool, whose worker file cannot be bundled.
 */
import { cp, rm, writeFile } from 'node:fs/promises';
import {
  bundle,
  copyTypes,
  dropBareImports,
  emitTypes,
  keepPublicTypes,
  takeGlobalsFromRealm,
  toCommonJs,
  writeLicenses,
} from './build-steps.mjs';

const ENTRIES = { index: 'pool/src/index.ts' };
const COMMAND = {
  'cli/main': 'pool/src/cli/main.ts',
  // Threads and measurements load these by their path
  'arithmetic/worker': 'pool/src/arithmetic/worker.ts',
  'arithmetic/in-workers': 'pool/src/arithmetic/in-workers.ts',
  'arithmetic/openssl': 'pool/src/arithmetic/openssl.ts',
};

const OPTIONS = {
  external: ['tinypool'],
  conditions: [],
  plugins: [takeGlobalsFromRealm(/./)],
};

/** The working folder must be the root of the repository. */
export async function buildPool() {
  await rm('pool/dist', { recursive: true, force: true });
  const esm = await bundle({ ...ENTRIES, ...COMMAND }, 'pool/dist/esm', OPTIONS);
  await dropBareImports('pool/dist/esm');

  const cjs = await bundle(ENTRIES, 'pool/dist/cjs', OPTIONS);
  // Jest runs import() only behind a Node flag, and `require` needs none
  await toCommonJs(cjs.metafile.outputs, { supported: { 'dynamic-import': false } });
  await writeFile('pool/dist/cjs/package.json', '{ "type": "commonjs" }\n');
  await writeLicenses('pool/dist/third-party-licenses.txt', [esm, cjs]);

  emitTypes('pool/tsconfig.build.json');
  // Besides the pool's, there are the declarations of the engine's arithmetic, which no public type names
  await cp('pool/dist/types/pool/src', 'pool/dist/esm', { recursive: true });
  await rm('pool/dist/types', { recursive: true });
  await keepPublicTypes('pool/dist/esm', Object.keys(ENTRIES));
  await copyTypes('pool/dist/esm', 'pool/dist/cjs');
}
