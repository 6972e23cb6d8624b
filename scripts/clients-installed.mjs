/** The clients of others that `npm run test:clients` runs, by their languages, each in the version that the repository pins. */
import { readFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { buildGo, buildJava, buildRust, installPython } from './foreign-packages.mjs';
import { goSince, JAVA, MAVEN, PYTHON, RUST } from './toolchains.mjs';

const PROGRAMS = resolve(import.meta.dirname, '../pool/test/clients');
/** Everything is below node_modules, which git ignores. */
const CACHE = resolve(import.meta.dirname, '../node_modules/.cache/clients');

/**
 * @typedef {import('./toolchains.mjs').Toolchain} Toolchain
 *
 * @typedef {object} Client
 * @property {readonly string[]} commandLine of the program that tests it
 * @property {() => string} version as its lock file or its build file pins it
 *
 * @typedef {object} Language
 * @property {Readonly<Record<string, Toolchain>>} needs the toolchains, by their names
 * @property {Readonly<Record<string, Client>>} clients by their names
 * @property {(commands: Readonly<Record<string, string>>, say: () => void) => Promise<void>} install installs the clients where they
 *   are not there in these versions, and builds their programs. It takes the commands of the toolchains, and a function that it calls
 *   before a long step. It throws if a package client or a compiler fails.
 */

/** @type {Readonly<Record<string, Language>>} */
export const LANGUAGES = {
  python: {
    needs: { Python: PYTHON },
    clients: {
      boto3: python('boto3_cases.py', 'boto3'),
      pycognito: python('pycognito_cases.py', 'pycognito'),
      'warrant-lite': python('warrant_lite_cases.py', 'warrant-lite'),
      'AWS CLI v1': python('aws_cli_cases.py', 'awscli'),
      Authlib: python('authlib_cases.py', 'Authlib'),
    },
    install: ({ Python }, say) =>
      installPython(Python, join(CACHE, 'python'), join(PROGRAMS, 'python/requirements.txt'), say),
  },
  go: {
    needs: { Go: goSince(24) },
    clients: {
      'Go SDK': {
        commandLine: [join(CACHE, 'go-cases')],
        version: () => {
          const versionOf = (name) => pinned('go/go.mod', `${name} v([\\d.]+)`);
          return `${versionOf('service/cognitoidentityprovider')}, alexrudd/cognito-srp ${versionOf('alexrudd/cognito-srp/v4')}`;
        },
      },
    },
    install: (_, say) => buildGo(join(PROGRAMS, 'go'), join(CACHE, 'go-cases'), say),
  },
  java: {
    needs: { Java: JAVA, Maven: MAVEN },
    clients: {
      'Java SDK': java('AwsSdkCases', '<artifactId>bom</artifactId>'),
      'Spring Security': java(
        'SpringSecurityCases',
        '<artifactId>spring-security-oauth2-client</artifactId>',
      ),
    },
    install: ({ Maven }, say) => buildJava(Maven, join(PROGRAMS, 'java'), join(CACHE, 'java'), say),
  },
  rust: {
    needs: { Rust: RUST },
    clients: {
      'Rust SDK': {
        commandLine: [join(CACHE, 'rust/debug/cognito-local-pool-clients')],
        version: () => {
          const versionOf = (name) => pinned('rust/Cargo.lock', `name = "${name}"\\nversion = "([\\d.]+)"`);
          return `${versionOf('aws-sdk-cognitoidentityprovider')}, aws-cognito-srp ${versionOf('aws-cognito-srp')}`;
        },
      },
    },
    install: (_, say) => buildRust(join(PROGRAMS, 'rust'), join(CACHE, 'rust'), say),
  },
};

function python(file, name) {
  return {
    commandLine: [join(CACHE, 'python/bin/python'), join(PROGRAMS, 'python', file)],
    version: () => pinned('python/requirements.txt', `^${name}==(\\S+)`),
  };
}

function java(mainClass, artifact) {
  const classes = [join(CACHE, 'java/classes'), join(CACHE, 'java/libraries/*')].join(delimiter);
  return {
    // It starts sooner without the second compiler
    commandLine: ['java', '-XX:TieredStopAtLevel=1', '-Xshare:auto', '-cp', classes, mainClass],
    version: () => pinned('java/pom.xml', `${artifact}\\s+<version>([^<]+)<`),
  };
}

/** What a file of the programs says at the first match of a pattern. */
function pinned(file, pattern) {
  const found = new RegExp(pattern, 'm').exec(readFileSync(join(PROGRAMS, file), 'utf8'));
  if (found === null) throw new Error(`pool/test/clients/${file} has no ${pattern}`);
  return found[1];
}
