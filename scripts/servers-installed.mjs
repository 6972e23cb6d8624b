/** Installs the servers of others that `npm run test:servers` signs in to, each in its pinned version. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { installOnce } from './foreign-packages.mjs';
import { runKept } from './servers-kept.mjs';

/** Everything is below node_modules, which git ignores. */
const CACHE = resolve(import.meta.dirname, '../node_modules/.cache/servers');
const INSTALL_LIMIT_MS = 300_000;

export const VERSIONS = { moto: '5.2.5', ministack: '1.5.33', 'cognito-local': '5.3.0' };

/** What pip is asked for. Each has a virtual environment of its own, as somebody who uses one of them would. */
const PYTHON_PACKAGES = {
  moto: `moto[server]==${VERSIONS.moto}`,
  ministack: `ministack==${VERSIONS.ministack}`,
};

export const PYTHON_IS_MISSING =
  'npm run test:servers needs Python 3.10 or later with venv and pip, which Debian has in python3 and python3-venv';

/** The command of each server, without its arguments. */
export const COMMANDS = {
  moto: [join(CACHE, 'moto/bin/moto_server')],
  ministack: [join(CACHE, 'ministack/bin/ministack')],
  'cognito-local': [
    process.execPath,
    join(CACHE, 'cognito-local/node_modules/cognito-local/lib/bin/start.js'),
  ],
};

/**
 * Installs what is not there, or is there in another version.
 *
 * @param {string} python makes the virtual environments
 * @param {(line: string) => void} say called before a long step
 * @throws Error if pip or npm fails
 */
export const installServers = (python, say) =>
  installOnce(CACHE, JSON.stringify(VERSIONS), async () => {
    say(
      `Installing ${Object.entries(VERSIONS)
        .map((pair) => pair.join(' '))
        .join(', ')} …`,
    );
    const installations = await Promise.allSettled([
      installFromPython(python, 'moto'),
      installFromPython(python, 'ministack'),
      installFromNpm('cognito-local'),
    ]);
    const failed = installations.find(({ status }) => status === 'rejected');
    if (failed) throw failed.reason;
  });

async function installFromPython(python, name) {
  const folder = join(CACHE, name);
  await runKept([python, '-m', 'venv', folder], INSTALL_LIMIT_MS);
  const pip = [join(folder, 'bin/python'), '-m', 'pip', '--disable-pip-version-check', '--no-input'];
  await runKept([...pip, 'install', '--quiet', PYTHON_PACKAGES[name]], INSTALL_LIMIT_MS);
}

async function installFromNpm(name) {
  const folder = join(CACHE, name);
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const flags = ['--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund'];
  const packages = `${name}@${VERSIONS[name]}`;
  await runKept(['npm', 'install', '--prefix', folder, ...flags, packages], INSTALL_LIMIT_MS);
}
