/**
 * `npm run size`: what a consumer's bundle costs, built from src/ by esbuild for browsers, minified, gzip. Fails over
 * budget, and where importing one thing brings along what it does not need. Writes the table of docs/performance.md.
 */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import esbuild from 'esbuild';
import { table, writeBetween } from '../bench/report.mjs';

const root = resolve(import.meta.dirname, '..');
const KB = 1024;

/**
 * `budget` is what a bundle should weigh, `ceiling` what the tests allow; where they differ, docs/performance.md says
 * where the bytes are. `without` must not be in it; jsbn, buffer and Node's modules must not be in any.
 */
export const BUNDLES = [
  {
    title: 'everything',
    code: "export * from './src/index.ts'",
    budget: 12 * KB,
    ceiling: 19.4 * KB,
    without: /src\/(pool|cli)/,
  },
  {
    title: 'signIn, respond, confirmNewDevice',
    code: "export { signIn, respond, confirmNewDevice } from './src/index.ts'",
    budget: 9 * KB,
    ceiling: 15.4 * KB,
    without: /src\/(pool|cli)|sign-up/,
  },
  {
    title: './srp',
    code: "export * from './src/srp/index.ts'",
    budget: 6 * KB,
    ceiling: 6 * KB,
    without: /src\/(pool|cli|cognito)/,
  },
  {
    title: 'decodeClaims alone',
    code: "export { decodeClaims } from './src/index.ts'",
    budget: 1 * KB,
    ceiling: 1 * KB,
    without: /big-integer|@noble|sign-in|challenges/,
  },
  {
    title: 'secretHash alone',
    code: "export { secretHash } from './src/index.ts'",
    budget: 4 * KB,
    ceiling: 4 * KB,
    without: /montgomery|comb|sign-in|challenges/,
  },
  {
    title: 'forgotPassword alone: no SRP',
    code: "export { forgotPassword } from './src/index.ts'",
    budget: 8500,
    ceiling: 8500,
    without: /montgomery|comb|challenges\.ts/,
  },
];
/** The peers, as much of each as signs in; none has a budget. */
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
const NEVER = /node_modules\/(jsbn|buffer)\/|encoding\.buffer|big-integer\.jsbn|^node:/;

/** @returns gzip bytes, minified bytes, and gzip-free bytes by input that has any */
export async function measure({ code, without = /^$/ }) {
  const { outputFiles, metafile } = await esbuild.build({
    stdin: { contents: code, resolveDir: root, loader: 'ts' },
    absWorkingDir: root,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    write: false,
    metafile: true,
    logLevel: 'error',
  });
  const [{ inputs }] = Object.values(metafile.outputs);
  const parts = Object.entries(inputs)
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path, { bytesInOutput }]) => ({ path, bytes: bytesInOutput }))
    .sort((a, b) => b.bytes - a.bytes);
  const unwanted = parts.map(({ path }) => path).filter((path) => NEVER.test(path) || without.test(path));
  const [{ contents }] = outputFiles;
  return { gzip: gzipSync(contents, { level: 9 }).length, minified: contents.length, parts, unwanted };
}

async function main() {
  const rows = [['bundle', 'gzip', 'minified', 'budget']];
  for (const bundle of BUNDLES) {
    const { gzip, minified, parts, unwanted } = await measure(bundle);
    const over = gzip > bundle.budget;
    rows.push([bundle.title, String(gzip), String(minified), `${bundle.budget}${over ? ', **over**' : ''}`]);
    for (const path of unwanted) console.error(`${bundle.title} holds ${path}`);
    if (over || process.argv.includes('--parts')) {
      console.error(bundle.title);
      for (const { path, bytes } of parts) console.error(`  ${String(bytes).padStart(6)} ${path}`);
    }
    if (over || unwanted.length > 0) process.exitCode = 1;
  }
  for (const peer of PEERS) {
    const { gzip, minified } = await measure(peer);
    rows.push([peer.title, String(gzip), String(minified), '']);
  }
  console.log(table(rows));
  writeBetween('performance.md', 'size', table(rows));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
