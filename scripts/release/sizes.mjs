/** Measures what a release weighs, and compares it with the record in api/sizes.json. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkBundles, gzipByTitle } from '../size.mjs';
import { packAll } from './tarballs.mjs';

/** Another zlib compresses a little better or worse, and a fix may add a line. */
const TOLERANCE = 0.02;
const SLACK_BYTES = 128;

/** @returns bytes of gzip by bundle, and by package the bytes of the tarball and of its files, and how many there are */
export const measureSizes = async () => ({
  bundles: gzipByTitle(await checkBundles()),
  packages: measurePackages(),
});

export function measurePackages() {
  const folder = mkdtempSync(join(tmpdir(), 'cognito-srp-sizes-'));
  try {
    const packages = packAll(folder).map(({ name, packed, unpacked, files }) => [
      name,
      { packed, unpacked, files: files.length },
    ]);
    return Object.fromEntries(packages);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `{ a: { b: 1 } }` → `[['a, b', 1]]` */
const flatten = (sizes, path = []) =>
  Object.entries(sizes).flatMap(([name, value]) =>
    typeof value === 'number' ? [[[...path, name].join(', '), value]] : flatten(value, [...path, name]),
  );

/**
 * @param recorded as `measureSizes` gave them
 * @param measured the same of now
 * @returns {string[]} a line for each size that has moved by more than 2 % and 128 bytes, or is there on one side only
 */
export function sizesThatMoved(recorded, measured) {
  const before = new Map(flatten(recorded));
  const after = new Map(flatten(measured));
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name) => {
    const [was, is] = [before.get(name), after.get(name)];
    if (was === undefined || is === undefined) return [`${name}: ${was ?? 'not recorded'} → ${is ?? 'gone'}`];
    // How many files there are is exact
    const allowed = name.endsWith(', files') ? 0 : Math.max(was * TOLERANCE, SLACK_BYTES);
    if (Math.abs(is - was) <= allowed) return [];
    const percent = ((is / was - 1) * 100).toFixed(1);
    return [`${name}: ${was} → ${is} (${is > was ? '+' : ''}${percent} %)`];
  });
}
