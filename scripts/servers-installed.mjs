/** Installs the servers of others that `npm run test:servers` signs in to, each in its pinned version. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildRust, installOnce } from './foreign-packages.mjs';
import { runKept } from './servers-kept.mjs';

/** Everything is below node_modules, which git ignores. */
const CACHE = resolve(import.meta.dirname, '../node_modules/.cache/servers');
const FAKECLOUD_SOURCES = resolve(import.meta.dirname, '../test/servers/fakecloud');
const FAKECLOUD_FOLDER = join(CACHE, 'fakecloud');
const INSTALL_LIMIT_MS = 300_000;

/**
 * ministack as it checks the most: with its variable AUTH, which has it check signatures, secrets, codes and tokens, and with cryptography,
 * which its extra `full` has and which its keys of 2048 bits need.
 */
export const STRICT = 'ministack-strict';
const CRYPTOGRAPHY = '50.0.2';
const MINISTACK = '1.5.33';

/** fakecloud's version is also that in Cargo.toml. */
export const VERSIONS = {
  moto: '5.2.5',
  ministack: MINISTACK,
  [STRICT]: MINISTACK,
  'cognito-local': '5.3.0',
  fakecloud: '0.51.0',
};

/** What pip is asked for. Each has a virtual environment of its own, as somebody who uses one of them would. */
const PYTHON_PACKAGES = {
  moto: [`moto[server]==${VERSIONS.moto}`],
  ministack: [`ministack==${MINISTACK}`],
  [STRICT]: [`ministack==${MINISTACK}`, `cryptography==${CRYPTOGRAPHY}`],
};

/** The Python of each virtual environment. */
export const PYTHON_OF = {
  moto: join(CACHE, 'moto/bin/python'),
  ministack: join(CACHE, 'ministack/bin/python'),
  [STRICT]: join(CACHE, STRICT, 'bin/python'),
};

export const PYTHON_IS_MISSING =
  'npm run test:servers needs Python 3.10 or later with venv and pip, which Debian has in python3 and python3-venv';

/** The command of each server, without its arguments. */
export const COMMANDS = {
  moto: [join(CACHE, 'moto/bin/moto_server')],
  ministack: [join(CACHE, 'ministack/bin/ministack')],
  [STRICT]: [join(CACHE, STRICT, 'bin/ministack')],
  'cognito-local': [
    process.execPath,
    join(CACHE, 'cognito-local/node_modules/cognito-local/lib/bin/start.js'),
  ],
  fakecloud: [join(FAKECLOUD_FOLDER, 'debug/fakecloud-server')],
};

/**
 * Installs what is not there, or is there in another version.
 *
 * @param {readonly string[]} names the servers
 * @param {string} python makes the virtual environments
 * @param {(line: string) => void} say called before a long step, and after it
 * @throws Error if pip, npm or cargo fails
 */
export async function installServers(names, python, say) {
  const began = Date.now();
  const installations = await Promise.allSettled(names.map((name) => installServer(name, python, say)));
  const failed = installations.find(({ status }) => status === 'rejected');
  if (failed) throw failed.reason;
  say(`Installed after ${Math.round((Date.now() - began) / 1000)} s`);
}

function installServer(name, python, say) {
  const sayWhy = () => say(`Installing ${name} ${VERSIONS[name]} …`);
  if (name === 'fakecloud') return buildRust(FAKECLOUD_SOURCES, FAKECLOUD_FOLDER, sayWhy);
  const folder = join(CACHE, name);
  const wanted = PYTHON_PACKAGES[name]?.join(' ') ?? VERSIONS[name];
  return installOnce(folder, wanted, () => {
    sayWhy();
    return name === 'cognito-local' ? installFromNpm(name, folder) : installFromPython(python, name, folder);
  });
}

async function installFromPython(python, name, folder) {
  await runKept([python, '-m', 'venv', folder], INSTALL_LIMIT_MS);
  const pip = [PYTHON_OF[name], '-m', 'pip', '--disable-pip-version-check', '--no-input'];
  await runKept([...pip, 'install', '--quiet', ...PYTHON_PACKAGES[name]], INSTALL_LIMIT_MS);
}

async function installFromNpm(name, folder) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const flags = ['--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund'];
  const packages = `${name}@${VERSIONS[name]}`;
  await runKept(['npm', 'install', '--prefix', folder, ...flags, packages], INSTALL_LIMIT_MS);
}
