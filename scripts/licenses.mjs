/** The licences of what a build contains, which every copy has to carry, and the file that holds them. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const SEPARATOR = '\n---\n\n';
/** Licences, and the notices that Apache-2.0 wants handed on. */
const LICENSE_FILE = /^(licen[cs]e|notice|copyright)/i;

/**
 * What a package contains of others without their licence, and what is no package at all.
 *
 * @typedef {object} Foreign
 * @property {RegExp} input a bundled file that stands for it
 * @property {string} name
 * @property {string} version
 * @property {string} license SPDX
 * @property {string} file its licence
 * @property {string} [notice] what the licence demands to be said
 */

/** @type {readonly Foreign[]} */
const FOREIGN = [
  {
    input: /^node_modules\/undici\/lib\/llhttp\//,
    name: 'llhttp',
    // The version that undici compiled is in none of its files
    version: 'unknown',
    license: 'MIT',
    file: 'scripts/licenses/llhttp.txt',
  },
  {
    input: /^pool\/src\/model\/.+\.generated\.ts$/,
    name: 'cognito-idp-service-model',
    version: '1.44.8',
    license: 'Apache-2.0',
    file: 'pool/model/LICENSE',
    notice:
      "AWS's model of Amazon Cognito user pools, as botocore 1.44.8 has it. Copyright Amazon.com, Inc. or its affiliates. It was changed: texts are left out, and tables of operations and shapes are made from it.",
  },
];

const read = (path) => readFile(join(root, path), 'utf8');

/** The package that a file is from: of nested ones the innermost. */
const packageOf = (path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];

/** The folders from a file up to its package. A package may contain parts that have a licence of their own. */
function foldersOf(path, top) {
  const folders = [];
  for (let folder = dirname(path); folder.length >= top.length; folder = dirname(folder))
    folders.push(folder);
  return folders;
}

async function licensesIn(folder) {
  const names = (await readdir(join(root, folder))).filter((name) => LICENSE_FILE.test(name));
  return names.sort().map((name) => `${folder}/${name}`);
}

/** @throws Error if the package has no licence, or names none */
async function entryOf(top, inputs) {
  const { name, version, license } = JSON.parse(await read(`${top}/package.json`));
  const folders = new Set(inputs.flatMap((path) => foldersOf(path, top)));
  const files = (await Promise.all([...folders].sort().map(licensesIn))).flat();
  if (license === undefined || files.length === 0) {
    throw new Error(
      `${top} is bundled, but has no licence. Look it up, and add a row to scripts/licenses.mjs`,
    );
  }
  const texts = await Promise.all(files.map(read));
  return { name, version, license, text: texts.map((text) => text.trim()).join('\n\n') };
}

async function foreignEntryOf({ name, version, license, file, notice }) {
  const text = (await read(file)).trim();
  return { name, version, license, text: notice === undefined ? text : `${notice}\n\n${text}` };
}

/**
 * Writes the licences of what is bundled. An entry begins with a line `name version (licence)`.
 *
 * @param {string} file
 * @param {readonly { metafile: import('esbuild').Metafile }[]} results of esbuild
 */
export async function writeLicenses(file, results) {
  const inputs = [...new Set(results.flatMap(({ metafile }) => Object.keys(metafile.inputs)))];
  const tops = [...new Set(inputs.map(packageOf))].filter((top) => top !== undefined);
  const entries = await Promise.all([
    ...tops.map((top) =>
      entryOf(
        top,
        inputs.filter((path) => packageOf(path) === top),
      ),
    ),
    ...FOREIGN.filter(({ input }) => inputs.some((path) => input.test(path))).map(foreignEntryOf),
  ]);
  const texts = entries.map(
    ({ name, version, license, text }) => `${name} ${version} (${license})\n\n${text}\n`,
  );
  await writeFile(file, texts.sort().join(SEPARATOR));
}

/**
 * @param {string} text of the file that `writeLicenses` wrote
 * @returns {readonly { name: string, version: string, license: string }[]} what is bundled
 */
export const readLicenses = (text) =>
  text.split(SEPARATOR).flatMap((entry) => {
    const [, name, version, license] = /^(\S+) (\S+) \((.+)\)\n/.exec(entry) ?? [];
    return name === undefined ? [] : [{ name, version, license }];
  });
