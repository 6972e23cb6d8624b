/**
 * Programs and packages that tests need and that are too large for the lock file, in the versions that the repository pins, installed below
 * node_modules. npm has each program as a package for each platform.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const INSTALL_LIMIT_MS = 300_000;

/** @typedef {{ name: string, version: string, npmPackage: string }} PinnedPackage `name` is for the messages */
/**
 * @typedef {PinnedPackage & { path: string }} PinnedProgram `path` is the file of the program in its package. It has to print its version
 *   if it is given `--version`
 */

/**
 * @param {PinnedProgram} program
 * @param {string} folder where it is installed, and nothing else
 * @returns {string | undefined} the path of the program, if it is there in this version
 */
export function installedProgram({ version, npmPackage, path }, folder) {
  const program = join(folder, 'node_modules', npmPackage, path);
  if (!existsSync(program)) return undefined;
  return readVersion(execFileSync(program, ['--version'], { encoding: 'utf8' })) === version
    ? program
    : undefined;
}

/**
 * @param {PinnedPackage} onePackage
 * @param {string} folder where it is installed, and nothing else
 * @returns {string | undefined} the path of its package.json, if it is there in this version
 */
export function installedPackage({ version, npmPackage }, folder) {
  const packageJson = join(folder, 'node_modules', npmPackage, 'package.json');
  if (!existsSync(packageJson)) return undefined;
  return JSON.parse(readFileSync(packageJson, 'utf8')).version === version ? packageJson : undefined;
}

/**
 * @param {PinnedProgram} program
 * @param {string} folder where it is installed, and nothing else
 * @param {(line: string) => void} say called before something is installed
 * @returns {string} the path of the program
 */
export const findProgram = (program, folder, say) => findOrInstall(installedProgram, program, folder, say);

/**
 * @param {PinnedPackage} onePackage
 * @param {string} folder where it is installed, and nothing else
 * @param {(line: string) => void} say called before something is installed
 * @returns {string} the path of its package.json
 */
export const findPackage = (onePackage, folder, say) =>
  findOrInstall(installedPackage, onePackage, folder, say);

function findOrInstall(installed, wanted, folder, say) {
  const { name, version, npmPackage } = wanted;
  const there = installed(wanted, folder);
  if (there !== undefined) return there;
  say(`Installing ${name} ${version} …`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  // Without scripts: none of them needs its own, and those of Bun and Deno replace what is already there
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund'];
  execFileSync('npm', ['install', ...flags, `${npmPackage}@${version}`], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: INSTALL_LIMIT_MS,
    shell: process.platform === 'win32',
  });
  const path = installed(wanted, folder);
  if (path !== undefined) return path;
  throw new Error(`npm has installed no ${name} ${version} for ${process.platform} ${process.arch}`);
}

/** Node prints `v20.20.2`, Bun `1.4.5`, and Deno `deno 2.9.6 (…)`. */
const readVersion = (printed) => /\d+\.\d+\.\d+/.exec(printed)?.[0];
