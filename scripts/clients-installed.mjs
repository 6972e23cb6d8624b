/** Installs the clients of others that `npm run test:clients` runs, in the versions that the repository pins. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findPython } from './servers-installed.mjs';
import { runKept } from './servers-kept.mjs';

const PROGRAMS = resolve(import.meta.dirname, '../pool/test/clients');
/** Everything is below node_modules, which git ignores. */
const CACHE = resolve(import.meta.dirname, '../node_modules/.cache/clients');
/** Says what is installed. It is written last, so an installation that broke off is begun again. */
const STAMP = join(CACHE, 'installed.txt');
const REQUIREMENTS = join(PROGRAMS, 'python/requirements.txt');
const INSTALL_LIMIT_MS = 300_000;

const NEEDS = 'npm run test:clients needs Python 3.10 or later with venv and pip, and Go 1.24 or later.';

/** @throws Error whose message says in one line what is needed, and what of it is missing */
export function findTools() {
  const python = findPython();
  const missing = [...(python === undefined ? ['Python'] : []), ...(hasGo() ? [] : ['Go'])];
  if (missing.length > 0) throw new Error(`${NEEDS} Missing: ${missing.join(' and ')}`);
  return { python };
}

function hasGo() {
  const { status, stdout } = spawnSync('go', ['env', 'GOVERSION'], { encoding: 'utf8' });
  if (status !== 0) return false;
  const [, major = 0, minor = 0] = /^go(\d+)\.(\d+)/.exec(stdout) ?? [];
  return Number(major) > 1 || Number(minor) >= 24;
}

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
 * Installs the Python packages where they are not there in these versions, and builds the program in Go. Go keeps what it
 * has built.
 *
 * @param {string} pythonCommand makes the virtual environment
 * @param {(line: string) => void} say called before a long step
 * @throws Error if pip or Go fails
 */
export async function installClients(pythonCommand, say) {
  const wanted = readFileSync(REQUIREMENTS, 'utf8');
  if (readStamp() !== wanted) {
    say('Installing boto3, pycognito and the AWS CLI …');
    rmSync(CACHE, { recursive: true, force: true });
    mkdirSync(CACHE, { recursive: true });
    const folder = join(CACHE, 'python');
    await runKept([pythonCommand, '-m', 'venv', folder], INSTALL_LIMIT_MS);
    const pip = [join(folder, 'bin/python'), '-m', 'pip', '--disable-pip-version-check', '--no-input'];
    await runKept([...pip, 'install', '--quiet', '-r', REQUIREMENTS], INSTALL_LIMIT_MS);
    writeFileSync(STAMP, wanted);
  }
  say('Building the program in Go …');
  const build = ['go', 'build', '-mod=readonly', '-o', join(CACHE, 'go-cases'), '.'];
  await runKept(build, INSTALL_LIMIT_MS, { cwd: join(PROGRAMS, 'go') });
}

function readStamp() {
  try {
    return readFileSync(STAMP, 'utf8');
  } catch {
    return undefined;
  }
}
