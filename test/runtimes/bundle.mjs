/** Bundles the script that an engine runs, as an application's bundler would, and makes its input. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { transformAsync } from '@babel/core';
import esbuild from 'esbuild';

const root = resolve(import.meta.dirname, '../..');
const json = (name) => JSON.parse(readFileSync(join(root, 'vectors', name), 'utf8'));

/** Without the bench the peers stay out: importing theirs needs secure randomness at once. */
const withoutPeers = {
  name: 'without-peers',
  setup(build) {
    build.onLoad({ filter: /peers-in-engine\.js$/ }, () => ({
      contents: 'export const jsbnSignIn = undefined, plainSignIn = undefined;',
    }));
  },
};

/** @param transform 'hermes': see `hermesBundle` */
export function runtimeBundle(transform, { bench }) {
  const entryPoint = join(import.meta.dirname, 'in-engine.js');
  const plugins = bench ? [] : [withoutPeers];
  return transform === 'hermes' ? hermesBundle(entryPoint, plugins) : bundled(entryPoint, 'es2022', plugins);
}

/** As React Native's bundler does: async functions, classes and block scopes are lowered. */
async function hermesBundle(entryPoint, plugins = []) {
  const { code } = await transformAsync(await bundled(entryPoint, 'es2016', plugins), {
    plugins: ['@babel/plugin-transform-block-scoping', '@babel/plugin-transform-classes'],
    configFile: false,
    babelrc: false,
    compact: false,
    sourceType: 'script',
  });
  // The command's own runs at once, whatever the delay: every time limit would have passed. React Native's waits
  return `globalThis.setTimeout = undefined;\n${code}`;
}

async function bundled(entryPoint, target, plugins) {
  const { outputFiles } = await esbuild.build({
    entryPoints: [entryPoint],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target,
    // Hermes knows them; esbuild's es2016 does not
    supported: { bigint: true },
    define: { global: 'globalThis' },
    plugins,
    logLevel: 'error',
  });
  return outputFiles[0].text;
}

/** JSON for the engine; the exchange without its check. */
export function runtimeInput({ username, password, SALT, SRP_B, SECRET_BLOCK }, { seed, rounds }) {
  return {
    corpus: json('cognito-srp.json').cases.map((c) => ({ ...c, now: Date.parse(c.TIMESTAMP) })),
    timestamps: json('java-timestamps.json').cases,
    exchange: { username, password, SALT, SRP_B, SECRET_BLOCK },
    ...(seed && { seed: [...crypto.getRandomValues(new Uint8Array(32))] }),
    ...(rounds && { rounds }),
  };
}
