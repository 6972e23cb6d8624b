/** Runs react-native-in-hermes.js in the Hermes of the devDependencies; the input is JSON on stdin. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { transformAsync } from '@babel/core';
import esbuild from 'esbuild';
import { RUNTIMES } from '../runtimes/runtimes.mjs';

const here = import.meta.dirname;
// As React Native's bundler does: async functions, classes and block scopes are lowered
const { outputFiles } = await esbuild.build({
  entryPoints: [join(here, 'react-native-in-hermes.js')],
  bundle: true,
  write: false,
  format: 'iife',
  platform: 'browser',
  target: 'es2016',
  supported: { bigint: true },
  define: { global: 'globalThis' },
  logLevel: 'error',
});
const { code } = await transformAsync(outputFiles[0].text, {
  plugins: ['@babel/plugin-transform-block-scoping', '@babel/plugin-transform-classes'],
  configFile: false,
  babelrc: false,
  compact: false,
  sourceType: 'script',
});
const prelude = [
  await readFile(join(here, '../runtimes/hermes-prelude.js'), 'utf8'),
].join('\n');

const hermes = RUNTIMES.find(({ name }) => name === 'hermes');
const binary = await hermes.find();
if (!binary) throw new Error('hermes-engine-cli has no Hermes for this platform');
const folder = await mkdtemp(join(tmpdir(), 'cognito-srp-hermes-'));
try {
  const input = JSON.parse(await text(process.stdin));
  console.log(JSON.stringify(await hermes.run(binary, { code: `${prelude}\n${code}`, input, folder })));
} finally {
  await rm(folder, { recursive: true, force: true });
}
