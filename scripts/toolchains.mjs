/** Finds the toolchains of other languages on this machine, and says what is missing. */
import { spawnSync } from 'node:child_process';

/**
 * @typedef {object} Toolchain
 * @property {string} need what a script needs of it, in words
 * @property {() => string | undefined} find gives the command that runs it
 */

/** @type {Toolchain} */
export const PYTHON = { need: 'Python 3.10 or later with venv and pip', find: findPython };

/** @returns {Toolchain} */
export const goSince = (minor) => ({
  need: `Go 1.${minor} or later`,
  find: () => findVersion('go', ['env', 'GOVERSION'], /^go(\d+)\.(\d+)/, [1, minor]),
});

/** @type {Toolchain} */
export const JAVA = {
  need: 'a JDK 17 or later',
  // A runtime alone has no compiler, which Maven needs
  find: () => findVersion('javac', ['-version'], /javac (\d+)(?:\.(\d+))?/, [17, 0]) && 'java',
};

/** @type {Toolchain} */
export const MAVEN = {
  need: 'Maven 3.6 or later',
  find: () => findVersion('mvn', ['-version'], /Apache Maven (\d+)\.(\d+)/, [3, 6]),
};

/** The AWS SDK for Rust names the version that it needs. @type {Toolchain} */
export const RUST = {
  need: 'Rust 1.94 or later with cargo',
  find: () => findVersion('cargo', ['--version'], /^cargo (\d+)\.(\d+)/, [1, 94]),
};

/**
 * @param {Readonly<Record<string, Toolchain>>} wanted by their names
 * @returns {{ commands: Readonly<Record<string, string>>, missing: readonly string[] }} the command of each that is there, by its
 *   name, and the names of the others
 */
export function findCommands(wanted) {
  const found = Object.entries(wanted).map(([name, { find }]) => [name, find()]);
  return {
    commands: Object.fromEntries(found.filter(([, command]) => command !== undefined)),
    missing: found.filter(([, command]) => command === undefined).map(([name]) => name),
  };
}

/**
 * @param {string} script what needs them, as a user types it
 * @param {Readonly<Record<string, Toolchain>>} wanted by their names
 * @returns {Readonly<Record<string, string>>} the command of each, by its name
 * @throws Error whose message says in one line what is needed, and what of it is missing
 */
export function findToolchains(script, wanted) {
  const { commands, missing } = findCommands(wanted);
  if (missing.length === 0) return commands;
  const list = (words) => new Intl.ListFormat('en').format(words);
  const needs = Object.values(wanted).map(({ need }) => need);
  throw new Error(`${script} needs ${list(needs)}. Missing: ${list(missing)}`);
}

const PYTHON_CHECK = 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))';

/** @returns the command that runs a Python that can make virtual environments, or undefined */
export function findPython() {
  return ['python3', 'python'].find((command) => spawnSync(command, ['-c', PYTHON_CHECK]).status === 0);
}

/** @returns the command, if what it says of itself is this version or a later one */
function findVersion(command, args, pattern, [wantedMajor, wantedMinor]) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) return undefined;
  const [, major = 0, minor = 0] = (pattern.exec(stdout + stderr) ?? []).map(Number);
  const isEnough = major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
  return isEnough ? command : undefined;
}
