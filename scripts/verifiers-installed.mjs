/** Installs the libraries that `npm run test:verifiers` gives tokens to, in the versions that the repository pins. */
import { delimiter, join, resolve } from 'node:path';
import { build } from 'esbuild';
import { buildGo, buildJava, installPython } from './foreign-packages.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const PROGRAMS = join(ROOT, 'pool/test/verifiers');
/** Everything is below node_modules, which git ignores. */
const CACHE = join(ROOT, 'node_modules/.cache/verifiers');

const inNode = (library) => [process.execPath, join(CACHE, 'node/main.mjs'), library];
const JAVA_CLASSES = [join(CACHE, 'java/classes'), join(CACHE, 'java/libraries/*')].join(delimiter);

/** Each library, and the program that asks it. The file with the cases is added to its command line. */
export const VERIFIERS = [
  ...['cognito-srp-engine/verify', 'aws-jwt-verify', 'jose', 'jwks-rsa and jsonwebtoken'].map((name) => ({
    name,
    commandLine: inNode(name),
  })),
  { name: 'PyJWT', commandLine: [join(CACHE, 'python/bin/python'), join(PROGRAMS, 'python/main.py')] },
  { name: 'lestrrat-go/jwx', commandLine: [join(CACHE, 'go-verifier')] },
  {
    name: 'Spring Security',
    // It starts sooner without the second compiler
    commandLine: ['java', '-XX:TieredStopAtLevel=1', '-Xshare:auto', '-cp', JAVA_CLASSES, 'Main'],
    findsKeysFromIssuer: true,
  },
];

/**
 * Installs what is not there in these versions, and builds the programs. The libraries for Node are in node_modules.
 *
 * @param {{ Python: string, Maven: string }} commands
 * @param {(line: string) => void} say called before a long step
 * @throws Error if a package client or a compiler fails
 */
export async function installVerifiers({ Python, Maven }, say) {
  await buildForNode();
  await installPython(Python, join(CACHE, 'python'), join(PROGRAMS, 'python/requirements.txt'), () =>
    say('Installing PyJWT …'),
  );
  await buildJava(Maven, join(PROGRAMS, 'java'), join(CACHE, 'java'), () =>
    say('Installing Spring Security, and building the program in Java …'),
  );
  say('Building the program in Go …');
  await buildGo(join(PROGRAMS, 'go'), join(CACHE, 'go-verifier'));
}

/** The packages stay outside the bundle, so that Node loads them as it does for an application. */
const buildForNode = () =>
  build({
    entryPoints: [join(PROGRAMS, 'node/main.ts')],
    outfile: join(CACHE, 'node/main.mjs'),
    bundle: true,
    packages: 'external',
    alias: { 'cognito-srp-engine/verify': join(ROOT, 'dist/esm/verify/index.js') },
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'silent',
  });
