/**
 * `npm run size`: what a consumer's bundle holds and weighs. Bundles parts of src/ with esbuild for browsers, minified,
 * and writes their sizes to docs/internals/performance.md and to the record of `npm run api`, which a test holds equal. With `-- --parts`
 * it also prints the bytes of every file.
 *
 * What is gated is what a bundle holds, and one ceiling each for the whole client, for what signs in and for ./srp. Exits with 1 and one
 * line per failure if a bundle holds what it must not, or is larger than its ceiling. All other sizes are recorded,
 * and `npm run release:check` compares them with the record (docs/internals/decisions/0013-sizes-are-recorded.md).
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import esbuild from 'esbuild';
import { table, writeBetween } from '../bench/report.mjs';

const root = resolve(import.meta.dirname, '..');
const RECORD = resolve(root, 'api/sizes.json');
const KB = 1024;

/**
 * Packages that no client bundle may import, not even for a part that a bundler removes: a login page would have to
 * install them. Modules of Node (`node:…`) are refused as well.
 */
export const FORBIDDEN_PACKAGES = ['jsbn', 'buffer', 'jose', 'otpauth', '@simplewebauthn/server'];
/** Folders and files that no client bundle may hold. */
const NOT_CLIENT = ['pool/src/', 'src/cli/', 'src/srp/encoding.buffer.ts', 'src/srp/big-integer.jsbn.ts'];
/** A bundle that imports the English texts alone has none of these. */
const OTHER_LANGUAGES = ['de', 'fr', 'es', 'pt', 'ja'].map((language) => `src/texts/${language}/`);
/** What a page that signs in by itself does not pay for. */
const REDIRECT = ['src/redirect/', 'src/cookies/', 'node_modules/oauth4webapi/'];
const POWERS = ['src/srp/montgomery.native.ts', 'src/srp/comb.native.ts'];

/** `without` lists folders and files that must not be in the bundle; `ceiling` is in bytes of gzip. */
export const BUNDLES = [
  {
    title: 'everything',
    code: "export * from './src/index.ts'",
    ceiling: 28 * KB,
    without: [
      ...NOT_CLIENT,
      'src/storage/',
      'src/verify/',
      'src/flow/',
      'src/session/',
      ...REDIRECT,
      'src/texts/',
    ],
  },
  {
    title: 'signIn, respond, confirmNewDevice',
    code: "export { signIn, respond, confirmNewDevice } from './src/index.ts'",
    ceiling: 22 * KB,
    without: [
      ...NOT_CLIENT,
      'src/cognito/account/',
      'src/cognito/tokens/',
      'src/flow/',
      'src/session/',
      ...REDIRECT,
      'src/texts/',
    ],
  },
  {
    title: './srp',
    code: "export * from './src/srp/index.ts'",
    ceiling: 7 * KB,
    without: [...NOT_CLIENT, 'src/cognito/'],
  },
  {
    title: 'decodeClaims alone',
    code: "export { decodeClaims } from './src/index.ts'",
    without: [
      ...NOT_CLIENT,
      ...POWERS,
      'src/srp/big-integer.native.ts',
      'node_modules/@noble/hashes/',
      'src/cognito/client/',
      'src/cognito/sign-in/',
    ],
  },
  {
    title: 'secretHash alone',
    code: "export { secretHash } from './src/index.ts'",
    without: [...NOT_CLIENT, ...POWERS, 'src/cognito/client/', 'src/cognito/sign-in/'],
  },
  {
    title: 'forgotPassword alone: no SRP',
    code: "export { forgotPassword } from './src/index.ts'",
    without: [...NOT_CLIENT, ...POWERS, 'src/cognito/sign-in/'],
  },
  {
    title: './session alone',
    code: "export * from './src/session/index.ts'",
    without: [...NOT_CLIENT, ...POWERS, ...REDIRECT, 'src/flow/', 'src/texts/'],
  },
  {
    title: './flow: createSignInFlow with what signs in',
    code: "export { createSignInFlow } from './src/flow/index.ts'",
    without: [
      ...NOT_CLIENT,
      'src/flow/sign-up-flow.ts',
      'src/flow/password-reset-flow.ts',
      'src/cognito/account/',
      'src/cognito/tokens/user-store.ts',
      'src/session/',
      'src/texts/',
    ],
  },
  {
    title: './flow: all three',
    code: "export * from './src/flow/index.ts'",
    without: [...NOT_CLIENT, 'src/cognito/tokens/user-store.ts', 'src/session/', 'src/texts/'],
  },
  {
    title: './redirect: begin and complete, with oauth4webapi',
    code: "export { beginRedirectSignIn, completeRedirectSignIn, redirectSignOutUrl } from './src/redirect/index.ts'",
    without: [
      ...NOT_CLIENT,
      ...POWERS,
      'src/srp/big-integer.native.ts',
      'src/cookies/',
      'src/cognito/tokens/user-store.ts',
      'src/cognito/sign-in/sign-in.ts',
      'src/flow/',
      'src/session/',
      'src/texts/',
    ],
  },
  {
    title: './cookies alone',
    code: "export * from './src/cookies/index.ts'",
    without: [
      ...NOT_CLIENT,
      ...POWERS,
      'src/cognito/sign-in/',
      'src/redirect/',
      'src/session/',
      'src/texts/',
    ],
  },
  {
    title: './texts and one language',
    code: "export * from './src/texts/index.ts'; export { en } from './src/texts/en/index.ts'",
    without: [...NOT_CLIENT, ...POWERS, ...OTHER_LANGUAGES, 'src/cognito/', 'src/errors.ts', 'src/flow/'],
  },
  {
    title: './texts/en alone',
    code: "export { en } from './src/texts/en/index.ts'",
    without: [...NOT_CLIENT, ...OTHER_LANGUAGES, 'src/cognito/', 'src/errors.ts', 'src/texts/text-of.ts'],
  },
];
/** The peers, as much of each as is needed to sign in. Their sizes are shown for comparison. */
const PEERS = [
  {
    title: 'amazon-cognito-identity-js',
    code: "export { AuthenticationDetails, CognitoUser, CognitoUserPool } from 'amazon-cognito-identity-js'",
  },
  {
    title: 'aws-amplify: configure, signIn, confirmSignIn, fetchAuthSession, signOut',
    code: "export { Amplify } from 'aws-amplify'; export { signIn, confirmSignIn, fetchAuthSession, signOut } from 'aws-amplify/auth'",
  },
  { title: 'cognito-srp-helper: no requests', code: "export * from 'cognito-srp-helper'" },
  {
    title: 'amazon-cognito-passwordless-auth: SRP alone, no devices',
    code: "export { configure } from 'amazon-cognito-passwordless-auth'; export { authenticateWithSRP } from 'amazon-cognito-passwordless-auth/srp'",
  },
];

/**
 * @param code the text of the module that is bundled
 * @param plugins more esbuild plugins: a test changes a file of src/ with one
 * @returns bytes of gzip, minified bytes, minified bytes by file, and every import as `{ importer, specifier }`
 */
async function measureBundle(code, plugins) {
  const { outputFiles, metafile } = await esbuild.build({
    stdin: { contents: code, resolveDir: root, loader: 'ts' },
    absWorkingDir: root,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    // Without this an import of Node's modules ends the build before it can be reported
    external: ['node:*'],
    write: false,
    metafile: true,
    logLevel: 'error',
    plugins,
  });
  const [{ inputs }] = Object.values(metafile.outputs);
  const parts = Object.entries(inputs)
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path, { bytesInOutput }]) => ({ path, bytes: bytesInOutput }))
    .sort((a, b) => b.bytes - a.bytes);
  const imports = Object.entries(metafile.inputs).flatMap(([importer, file]) =>
    file.imports.map(({ original, path }) => ({ importer, specifier: original ?? path })),
  );
  const [{ contents }] = outputFiles;
  return { gzip: gzipSync(contents, { level: 9 }).length, minified: contents.length, parts, imports };
}

const isPartOf = (path, name) => path === name || path.startsWith(name.endsWith('/') ? name : `${name}/`);

function isForbidden(specifier) {
  return specifier.startsWith('node:') || FORBIDDEN_PACKAGES.some((name) => isPartOf(specifier, name));
}

/** @returns one line for each thing the bundle must not import, must not hold, or for its weight */
function findFailures({ title, ceiling, without }, { gzip, parts, imports }) {
  const lines = [];
  const forbidden = imports.filter(({ specifier }) => isForbidden(specifier));
  for (const specifier of new Set(forbidden.map((entry) => entry.specifier))) {
    const { importer } = forbidden.find((entry) => entry.specifier === specifier);
    lines.push(`${title}: ${importer} imports ${specifier}, which no client bundle may import`);
  }
  for (const name of without) {
    const held = parts.filter(({ path }) => isPartOf(path, name)).map(({ path }) => path);
    if (held.length > 0) lines.push(`${title}: must not hold ${name}, but holds ${held.join(', ')}`);
  }
  if (gzip > ceiling) lines.push(`${title}: weighs ${gzip} bytes of gzip, which must be at most ${ceiling}`);
  return lines;
}

/**
 * @param plugins more esbuild plugins
 * @returns each of `BUNDLES` with its sizes, and its failures as lines
 */
export async function checkBundles(bundles = BUNDLES, plugins = []) {
  const checked = [];
  for (const bundle of bundles) {
    const measured = await measureBundle(bundle.code, plugins);
    checked.push({ ...bundle, ...measured, failures: findFailures(bundle, measured) });
  }
  return checked;
}

/** @param bundles as `checkBundles` gave them. @returns bytes of gzip by title */
export const gzipByTitle = (bundles) => Object.fromEntries(bundles.map(({ title, gzip }) => [title, gzip]));

/**
 * Writes the table of the page about performance, and the record.
 *
 * @param bundles as `checkBundles` gave them
 * @param others what else the record has: sizes of packages. Without it, those stay that are there.
 * @returns the table
 */
export async function writeSizes(bundles, others = {}) {
  const rows = bundles.map(({ title, gzip, minified, ceiling = '' }) => [title, gzip, minified, ceiling]);
  for (const { title, code } of PEERS) {
    const { gzip, minified } = await measureBundle(code);
    rows.push([title, gzip, minified, '']);
  }
  const written = table([['bundle', 'gzip', 'minified', 'ceiling'], ...rows.map((row) => row.map(String))]);
  writeBetween('docs/internals/performance.md', 'size', written);
  const record = { ...JSON.parse(readFileSync(RECORD, 'utf8')), ...others, bundles: gzipByTitle(bundles) };
  writeFileSync(RECORD, `${JSON.stringify(record, undefined, 2)}\n`);
  return written;
}

async function main() {
  const bundles = await checkBundles();
  if (process.argv.includes('--parts')) {
    for (const { title, parts } of bundles) {
      console.error(title);
      for (const { path, bytes } of parts) console.error(`  ${String(bytes).padStart(6)} ${path}`);
    }
  }
  console.log(await writeSizes(bundles));
  const failures = bundles.flatMap((bundle) => bundle.failures);
  for (const line of failures) console.error(line);
  if (failures.length > 0) process.exitCode = 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
