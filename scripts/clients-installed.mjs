/** Installs the clients of others that `npm run test:clients` runs, in the versions that the repository pins. */
import { delimiter, join, resolve } from 'node:path';
import { buildGo, buildJava, installPython } from './foreign-packages.mjs';

const PROGRAMS = resolve(import.meta.dirname, '../pool/test/clients');
/** Everything is below node_modules, which git ignores. */
const CACHE = resolve(import.meta.dirname, '../node_modules/.cache/clients');

const JAVA_CLASSES = [join(CACHE, 'java/classes'), join(CACHE, 'java/libraries/*')].join(delimiter);

/** The command line of each program, by the client that it tests. */
export const PROGRAM_COMMANDS = {
  boto3: python('boto3_cases.py'),
  pycognito: python('pycognito_cases.py'),
  'AWS CLI': python('aws_cli_cases.py'),
  Authlib: python('authlib_cases.py'),
  'Go SDK': [join(CACHE, 'go-cases')],
  // It starts sooner without the second compiler
  'Spring Security': ['java', '-XX:TieredStopAtLevel=1', '-Xshare:auto', '-cp', JAVA_CLASSES, 'Main'],
};

function python(file) {
  return [join(CACHE, 'python/bin/python'), join(PROGRAMS, 'python', file)];
}

/**
 * Installs the Python packages where they are not there in these versions, and builds the programs in Java and in Go.
 *
 * @param {{ Python: string, Maven: string }} commands
 * @param {(line: string) => void} say called before a long step
 * @throws Error if pip, Maven or Go fails
 */
export async function installClients({ Python, Maven }, say) {
  await installPython(Python, join(CACHE, 'python'), join(PROGRAMS, 'python/requirements.txt'), () =>
    say('Installing boto3, pycognito, the AWS CLI and Authlib …'),
  );
  await buildJava(Maven, join(PROGRAMS, 'java'), join(CACHE, 'java'), () =>
    say('Installing Spring Security, and building the program in Java …'),
  );
  say('Building the program in Go …');
  await buildGo(join(PROGRAMS, 'go'), join(CACHE, 'go-cases'));
}
