/** Packs a package as it is published: the same files give the same bytes on every machine. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGES, root } from './packages.mjs';

const npm = (args, cwd) =>
  execFileSync('npm', args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });

/**
 * Packs without the scripts of package.json, so dist/ must be built.
 *
 * @param {{ name: string, folder: string }} onePackage
 * @param {string} destination a folder, made if it is not there
 * @param {string} [checkout] the repository, if it is not this one
 * @returns {{ file: string, packed: number, unpacked: number, files: readonly string[], sha256: string }} sizes in bytes
 */
export function pack({ folder }, destination, checkout = root) {
  mkdirSync(destination, { recursive: true });
  const source = join(checkout, folder);
  const list = JSON.parse(npm(['pack', '--dry-run', '--json', '--ignore-scripts'], source));
  const paths = filesOf(list).map(({ path }) => path);
  for (const path of paths) setMode(join(source, path));
  const [packed] = resultsOf(
    JSON.parse(npm(['pack', '--json', '--ignore-scripts', '--pack-destination', destination], source)),
  );
  const file = join(destination, packed.filename);
  const bytes = readFileSync(file);
  return {
    file,
    packed: bytes.length,
    unpacked: packed.unpackedSize,
    files: paths.sort(),
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
}

/** npm 11 answers with a list, and later ones with an object by name. */
const resultsOf = (answer) => (Array.isArray(answer) ? answer : Object.values(answer));
const filesOf = (answer) => resultsOf(answer)[0].files;

/**
 * npm packs the permissions that a file has, except those of others to write, and a checkout's follow the user's umask. So the ones of git
 * are set: 755 for a program, and 644 for all else.
 */
function setMode(path) {
  const { mode } = statSync(path);
  const wanted = (mode & 0o100) === 0 ? 0o644 : 0o755;
  if ((mode & 0o777) !== wanted) chmodSync(path, wanted);
}

export const packAll = (destination, checkout) =>
  PACKAGES.map((onePackage) => ({ ...onePackage, ...pack(onePackage, destination, checkout) }));
