/** Packs a package of this repository and unpacks it, as installing it would. */
import { readdirSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, run } from './node-process.ts';

export interface Packed {
  /** An empty folder, apart from the tarball and `node_modules` with the package. */
  readonly folder: string;
  readonly tarball: string;
  /** Where the package is unpacked, in `node_modules`. */
  readonly installed: string;
  readonly remove: () => Promise<void>;
}

/**
 * @param name of the package
 * @param source its folder, from the root of the repository
 */
export async function packAndUnpack(name: string, source: string): Promise<Packed> {
  const folder = await mkdtemp(join(tmpdir(), `${name}-package-`));
  // Without scripts, because prepare and prepack would build dist anew under the other tests
  await runOrThrow('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], join(root, source));
  const tarball = join(folder, readdirSync(folder)[0] ?? '');
  const installed = join(folder, 'node_modules', name);
  await mkdir(installed, { recursive: true });
  await runOrThrow('tar', ['-xzf', tarball, '--strip-components=1', '-C', installed], root);
  return { folder, tarball, installed, remove: () => rm(folder, { recursive: true, force: true }) };
}

async function runOrThrow(file: string, args: readonly string[], cwd: string): Promise<void> {
  const { code, output } = await run(file, args, cwd);
  if (code !== 0) throw new Error(output);
}

/** Every file below a folder, by its path from there. */
export const filesIn = (path: string): string[] =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1));
