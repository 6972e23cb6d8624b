/**
 * Shows that a tarball depends on the commit alone: packs twice from this folder, and once from a copy in another folder, which is built
 * anew under another umask, time zone and language. All three have to be the same bytes.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from './packages.mjs';
import { packAll } from './tarballs.mjs';

const run = (file, args, options = {}) =>
  execFileSync(file, args, { stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8', ...options });

/** Copies what belongs to the repository, and links what is installed: a build follows paths into node_modules. */
function copyRepository(destination) {
  const paths = run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root });
  for (const path of paths.split('\0').filter((name) => name !== '' && existsSync(join(root, name)))) {
    const target = join(destination, path);
    mkdirSync(dirname(target), { recursive: true });
    cpSync(join(root, path), target);
  }
  for (const path of ['node_modules', 'docs/node_modules', 'pool/node_modules']) {
    if (existsSync(join(root, path))) linkFolder(join(root, path), join(destination, path));
  }
}

function linkFolder(from, to) {
  try {
    execFileSync('cp', ['-al', from, to], { stdio: 'ignore' });
  } catch {
    // Another file system, or a cp without links
    rmSync(to, { recursive: true, force: true });
    cpSync(from, to, { recursive: true, verbatimSymlinks: true });
  }
}

/** Builds as another user would on another machine. */
function buildElsewhere(checkout) {
  const previous = process.umask(0o077);
  try {
    const env = { ...process.env, TZ: 'Asia/Tokyo', LANG: 'C', LC_ALL: 'C' };
    run(process.execPath, ['scripts/build.mjs'], { cwd: checkout, env });
  } finally {
    process.umask(previous);
  }
}

/** @returns the hash of each file in a tarball, by its path there */
function hashesIn(tarball, folder) {
  mkdirSync(folder, { recursive: true });
  run('tar', ['-xzf', tarball, '-C', folder]);
  const paths = readdirSync(folder, { recursive: true }).filter((path) =>
    lstatSync(join(folder, path)).isFile(),
  );
  const hash = (path) =>
    `${lstatSync(join(folder, path)).mode} ${createHash('sha256')
      .update(readFileSync(join(folder, path)))
      .digest('hex')}`;
  return new Map(paths.map((path) => [path, hash(path)]));
}

function describeDifference(name, one, other, folder) {
  const [a, b] = [hashesIn(one, join(folder, 'a', name)), hashesIn(other, join(folder, 'b', name))];
  const differ = [...new Set([...a.keys(), ...b.keys()])].filter((path) => a.get(path) !== b.get(path));
  return differ.length === 0 ? 'the order or the headers of its files' : differ.slice(0, 10).join(', ');
}

/**
 * @param {(line: string) => void} say
 * @returns {string[]} what is wrong, a line each
 */
export function checkReproducible(say) {
  const folder = mkdtempSync(join(tmpdir(), 'cognito-srp-reproducible-'));
  try {
    const copy = join(folder, 'in-a-longer-path', 'another-name');
    copyRepository(copy);
    buildElsewhere(copy);
    const once = packAll(join(folder, 'once'));
    const places = {
      'packed a second time': packAll(join(folder, 'twice')),
      'built and packed in another folder': packAll(join(folder, 'elsewhere'), copy),
    };
    return Object.entries(places).flatMap(([place, tarballs]) =>
      tarballs.flatMap(({ name, file, sha256 }, index) => {
        if (sha256 === once[index].sha256) {
          say(`${name}, ${place}: the same ${once[index].packed} bytes`);
          return [];
        }
        const what = describeDifference(name, once[index].file, file, folder);
        return [`${name}, ${place}, is not the same: ${what}`];
      }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
