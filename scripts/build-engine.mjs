/**
 * Builds dist/ of cognito-srp-engine: every entry as ESM and CommonJS, the portable build, the command, and the types of
 * both formats.
 *
 * The CommonJS output contains the dependencies that are ESM only, because not every Node 20 can `require` ESM. It is
 * split like the ESM output, so that every entry has the same error classes.
 */
import { rm, writeFile } from 'node:fs/promises';
import {
  bundle,
  copyTypes,
  dropBareImports,
  emitTypes,
  keepPublicTypes,
  makeExecutable,
  takeGlobalsFromRealm,
  toCommonJs,
  writeSubpathFolders,
} from './build-steps.mjs';
import { writeLicenses } from './licenses.mjs';
import { mergeChunks } from './merged-chunks.mjs';

/** Each language is an entry of its own, so that a bundle holds only the ones that it imports. */
const LANGUAGES = ['en', 'de', 'fr', 'es', 'pt', 'ja'];
const ENTRIES = {
  index: 'src/index.ts',
  'srp/index': 'src/srp/index.ts',
  'storage/index': 'src/storage/index.ts',
  'verify/index': 'src/verify/index.ts',
  'flow/index': 'src/flow/index.ts',
  'session/index': 'src/session/index.ts',
  'cookies/index': 'src/cookies/index.ts',
  'redirect/index': 'src/redirect/index.ts',
  'texts/index': 'src/texts/index.ts',
  ...Object.fromEntries(
    LANGUAGES.map((language) => [`texts/${language}/index`, `src/texts/${language}/index.ts`]),
  ),
};
/** The files that chunks become: one has what `./srp` loads, and the other what the main entry loads besides. */
const MERGED = { 'chunk-srp': 'dist/esm/srp/index.js', 'chunk-engine': 'dist/esm/index.js' };
const PORTABLE = { portable: 'src/index.ts' };
const COMMAND = { 'cli/main': 'src/cli/main.ts' };
const ESM_ONLY = ['@noble/hashes', 'jose'];
/** Texts stay readable, and take 3 bytes a character in Japanese instead of 6. */
const CHARSET = 'utf8';
/** What the command reads if there is a proxy. */
const PROXY_CLIENT = { 'cli/proxy-client': 'src/cli/input/proxy-client.ts' };
const PROXY_CLIENT_APART = {
  name: 'proxy-client-apart',
  setup({ onResolve }) {
    onResolve({ filter: /proxy-client\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './proxy-client.js', external: true } : undefined,
    );
  },
};
/** It is minified, because nobody reads 770 KB, and CommonJS inside, which needs `require` for the modules of Node. */
const PROXY_CLIENT_OPTIONS = {
  external: [],
  conditions: [],
  platform: 'node',
  splitting: false,
  minify: true,
  banner: {
    js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);",
  },
};
/** The language level is older for the portable build. */
const PORTABLE_OPTIONS = { external: ['jsbn', 'buffer'], conditions: ['portable'], target: 'es2020' };

/** The files of ./verify and ./redirect with `jose` and `oauth4webapi`, which would throw when they are loaded in Jest with jsdom. */
const OF_THE_REALM = /[\\/](node_modules[\\/](jose|oauth4webapi)|src[\\/](verify|redirect))[\\/]/;

/** The working folder must be the root of the repository. */
export async function buildEngine() {
  await rm('dist', { recursive: true, force: true });
  const esm = await bundle({ ...ENTRIES, ...COMMAND }, 'dist/esm', {
    external: [...ESM_ONLY, 'oauth4webapi', 'jsbn', 'buffer'],
    plugins: [PROXY_CLIENT_APART],
    conditions: [],
    charset: CHARSET,
  });
  const proxyClient = await bundle(PROXY_CLIENT, 'dist/esm', PROXY_CLIENT_OPTIONS);
  await makeExecutable('dist/esm/cli/main.js');
  await dropBareImports('dist/esm');
  await mergeChunks(esm.metafile.outputs, MERGED, { target: 'es2022', charset: CHARSET });
  await bundle(PORTABLE, 'dist/esm', PORTABLE_OPTIONS);

  const cjs = await bundle(ENTRIES, 'dist/cjs', {
    external: ['jsbn', 'buffer'],
    conditions: [],
    plugins: [takeGlobalsFromRealm(OF_THE_REALM)],
    charset: CHARSET,
  });
  const cjsPortable = await bundle(PORTABLE, 'dist/cjs', PORTABLE_OPTIONS);
  await toCommonJs({ ...cjs.metafile.outputs, ...cjsPortable.metafile.outputs }, { charset: CHARSET });
  await writeFile('dist/cjs/package.json', '{ "type": "commonjs" }\n');
  await writeLicenses('dist/third-party-licenses.txt', [esm, proxyClient, cjs, cjsPortable]);

  emitTypes('tsconfig.build.json');
  await writeFile('dist/esm/portable.d.ts', "export * from './index.ts';\n");
  await keepPublicTypes('dist/esm', [...Object.keys(ENTRIES), ...Object.keys(PORTABLE)]);
  await copyTypes('dist/esm', 'dist/cjs');
  await writeSubpathFolders('.');
}
