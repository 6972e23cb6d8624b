/**
 * Which folders of `examples` can be copied out, and how one is made ready outside the repository. Such a folder has a package.json
 * with the script `check`, which builds the example and proves that it works.
 */
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const EXAMPLES = join(import.meta.dirname, '../examples');
const DEPENDENCIES = ['dependencies', 'devDependencies'];
/** What an example makes in its own folder. It is not copied. */
const MADE = ['node_modules', 'dist', '.next', 'next-env.d.ts', '.svelte-kit', 'build', 'package-lock.json'];
const EXACT_VERSION = /^\d+\.\d+\.\d+(-[\w.]+)?$/;

/**
 * @param {readonly string[]} wanted names, or the beginnings of names; none stands for all
 * @returns {string[]} the names of the folders
 * @throws Error if a wanted one is not there
 */
export function findExamples(wanted) {
  const names = readdirSync(EXAMPLES)
    .filter((name) => readPackage(join(EXAMPLES, name))?.scripts?.check)
    .sort();
  const unknown = wanted.find((begin) => !names.some((name) => name.startsWith(begin)));
  if (unknown !== undefined)
    throw new Error(`No example is called ${unknown}. There are: ${names.join(', ')}`);
  return names.filter((name) => wanted.length === 0 || wanted.some((begin) => name.startsWith(begin)));
}

/**
 * Copies an example, and makes it depend on packed packages.
 *
 * @param {string} name of the example
 * @param {string} folder is made
 * @param {Readonly<Record<string, string>>} tarballs package → path of its tarball
 * @throws Error if a version of another package is not exact, or our packages are not named by a version
 */
export function copyExample(name, folder, tarballs) {
  cpSync(join(EXAMPLES, name), folder, {
    recursive: true,
    filter: (path) => !MADE.includes(basename(path)),
  });
  const description = readPackage(folder);
  for (const kind of DEPENDENCIES) {
    description[kind] = Object.fromEntries(
      Object.entries(description[kind] ?? {}).map(([dependency, version]) => [
        dependency,
        versionToInstall(dependency, version, tarballs),
      ]),
    );
  }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(description, null, 2));
}

function versionToInstall(dependency, version, tarballs) {
  const tarball = tarballs[dependency];
  if (tarball === undefined) {
    if (EXACT_VERSION.test(version)) return version;
    throw new Error(`package.json has to name an exact version of ${dependency}, and names ${version}`);
  }
  if (/^\^\d+\.\d+\.\d+$/.test(version)) return `file:${tarball}`;
  throw new Error(`package.json has to name ${dependency} by a version such as ^0.2.0, and names ${version}`);
}

function readPackage(folder) {
  const path = join(folder, 'package.json');
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}
