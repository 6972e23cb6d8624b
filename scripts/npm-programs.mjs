/** Programs that npm has as packages of one file for each platform, in the versions that the repository pins, installed below node_modules. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const INSTALL_LIMIT_MS = 300_000;

/**
 * @param {{ name: string, version: string, npmPackage: string, path: string }} program `name` is for the messages. `path` is the file of
 *   the program in its package. It has to print its version if it is given `--version`.
 * @param {string} folder where it is installed, and nothing else
 * @param {(line: string) => void} say called before something is installed
 * @returns {string} the path of the program
 */
export function findProgram({ name, version, npmPackage, path }, folder, say) {
  const program = join(folder, 'node_modules', npmPackage, path);
  if (isVersion(program, version)) return program;
  say(`Installing ${name} ${version} …`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund'];
  execFileSync('npm', ['install', ...flags, `${npmPackage}@${version}`], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: INSTALL_LIMIT_MS,
    shell: process.platform === 'win32',
  });
  if (isVersion(program, version)) return program;
  throw new Error(`npm has installed no ${name} ${version} for ${process.platform} ${process.arch}`);
}

/** Node prints `v20.20.2`, Bun `1.4.5`, and Deno `deno 2.9.6 (…)`. */
const isVersion = (program, version) =>
  existsSync(program) &&
  /\d+\.\d+\.\d+/.exec(execFileSync(program, ['--version'], { encoding: 'utf8' }))?.[0] === version;
