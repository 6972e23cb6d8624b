/** Installs packages of other languages below node_modules, in the versions that the repository pins, and builds programs that use them. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runKept } from './servers-kept.mjs';

const INSTALL_LIMIT_MS = 300_000;
/** A compiler works for as long as the cores of the machine are few. */
const COMPILE_LIMIT_MS = 1_200_000;

/**
 * Runs an installation where what it makes is not there, or was made of something else.
 *
 * @param {string} folder everything is made in it, and removed from it before
 * @param {string} wanted what it is made of: the versions, or the text of the files that name them
 * @param {() => Promise<void>} install
 */
export async function installOnce(folder, wanted, install) {
  const stamp = join(folder, 'installed.txt');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await install();
  // It is written last, so an installation that broke off is begun again
  writeFileSync(stamp, wanted);
}

/**
 * Makes a virtual environment with the packages of a requirements file.
 *
 * @param {string} python makes the environment
 * @param {string} folder of the environment. Its Python is `bin/python`.
 * @param {string} requirements the path of the file, which pins every package
 * @param {() => void} sayWhy called before something is installed
 * @throws Error if pip fails
 */
export const installPython = (python, folder, requirements, sayWhy) =>
  installOnce(folder, readFileSync(requirements, 'utf8'), async () => {
    sayWhy();
    await runKept([python, '-m', 'venv', folder], INSTALL_LIMIT_MS);
    const pip = [join(folder, 'bin/python'), '-m', 'pip', '--disable-pip-version-check', '--no-input'];
    await runKept([...pip, 'install', '--quiet', '-r', requirements], INSTALL_LIMIT_MS);
  });

/**
 * Builds a program in Go. Go fetches the modules that go.sum names, and keeps them and what it has built.
 *
 * @param {string} sources the folder with go.mod
 * @param {string} program the path of the program that is made
 * @param {() => void} [sayWhy] called where the program is not there yet
 * @throws Error if the build fails
 */
export async function buildGo(sources, program, sayWhy) {
  if (!existsSync(program)) sayWhy?.();
  mkdirSync(dirname(program), { recursive: true });
  await runKept(['go', 'build', '-mod=readonly', '-o', program, '.'], INSTALL_LIMIT_MS, { cwd: sources });
}

/**
 * Builds a program in Rust. Cargo fetches the crates that Cargo.lock names, and compiles what has changed.
 *
 * @param {string} sources the folder with Cargo.toml
 * @param {string} folder is given everything that is compiled. The program is in its folder `debug`.
 * @param {() => void} sayWhy called where the folder is not there yet
 * @throws Error if the build fails
 */
export async function buildRust(sources, folder, sayWhy) {
  if (!existsSync(folder)) sayWhy();
  const env = { CARGO_TARGET_DIR: folder };
  await runKept(['cargo', 'build', '--locked', '--quiet'], COMPILE_LIMIT_MS, { cwd: sources, env });
}

/**
 * Compiles a program in Java with Maven, and copies the libraries that it uses.
 *
 * @param {string} maven the command
 * @param {string} sources the folder with pom.xml, which pins the libraries and the plugins
 * @param {string} folder is given `classes` and `libraries`
 * @param {() => void} sayWhy called before something is built
 * @throws Error if Maven fails
 */
export const buildJava = (maven, sources, folder, sayWhy) =>
  installOnce(folder, textOf(sources), async () => {
    sayWhy();
    const flags = ['--batch-mode', '--quiet', '--file', join(sources, 'pom.xml'), `-Dbuild.folder=${folder}`];
    await runKept([maven, ...flags, 'compile', 'dependency:copy-dependencies'], INSTALL_LIMIT_MS);
  });

/** The text of all files of a folder. */
const textOf = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
