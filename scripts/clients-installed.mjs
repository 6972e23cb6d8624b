/** Installs the clients of others that `npm run test:clients` runs, in the versions that the repository pins. */
import { join, resolve } from 'node:path';
import { buildGo, installPython } from './foreign-packages.mjs';

const PROGRAMS = resolve(import.meta.dirname, '../pool/test/clients');
/** Everything is below node_modules, which git ignores. */
const CACHE = resolve(import.meta.dirname, '../node_modules/.cache/clients');

/** The command line of each program, by the client that it tests. */
export const PROGRAM_COMMANDS = {
  boto3: python('boto3_cases.py'),
  pycognito: python('pycognito_cases.py'),
  'AWS CLI': python('aws_cli_cases.py'),
  'Go SDK': [join(CACHE, 'go-cases')],
};

function python(file) {
  return [join(CACHE, 'python/bin/python'), join(PROGRAMS, 'python', file)];
}

/**
 * Installs the Python packages where they are not there in these versions, and builds the program in Go.
 *
 * @param {string} pythonCommand makes the virtual environment
 * @param {(line: string) => void} say called before a long step
 * @throws Error if pip or Go fails
 */
export async function installClients(pythonCommand, say) {
  await installPython(pythonCommand, join(CACHE, 'python'), join(PROGRAMS, 'python/requirements.txt'), () =>
    say('Installing boto3, pycognito and the AWS CLI …'),
  );
  say('Building the program in Go …');
  await buildGo(join(PROGRAMS, 'go'), join(CACHE, 'go-cases'));
}
