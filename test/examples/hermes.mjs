/** Runs react-native-in-hermes.js in the Hermes of the devDependencies. Its input is JSON on standard input. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { hermesBundle } from '../runtimes/bundle.mjs';
import { RUNTIMES } from '../runtimes/runtimes.mjs';

const code = await hermesBundle(join(import.meta.dirname, 'react-native-in-hermes.js'));
const hermes = RUNTIMES.find(({ name }) => name === 'hermes');
const binary = await hermes.find();
if (!binary) throw new Error('hermes-engine-cli has no Hermes for this platform');
const folder = await mkdtemp(join(tmpdir(), 'cognito-srp-hermes-'));
try {
  const input = JSON.parse(await text(process.stdin));
  console.log(JSON.stringify(await hermes.run(binary, { code, input, folder })));
} finally {
  await rm(folder, { recursive: true, force: true });
}
