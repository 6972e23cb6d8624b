/** Bun, Deno and Miniflare, which brings workerd: the runtimes that tests run in beside Node, each as npm has it, installed below node_modules. */
import { join, resolve } from 'node:path';
import { findPackage, findProgram, installedPackage, installedProgram } from './npm-programs.mjs';

const CACHE = join(resolve(import.meta.dirname, '..'), 'node_modules/.cache/runtimes');
const { platform, arch } = process;
const EXE = platform === 'win32' ? '.exe' : '';

/** They are raised by hand: see docs/internals/releasing.md, "Dependencies". */
export const BUN_VERSION = '1.4.5';
export const DENO_VERSION = '2.9.6';
const MINIFLARE_VERSION = '4.20260415.0';

const bun = {
  name: 'Bun',
  version: BUN_VERSION,
  npmPackage: `@oven/bun-${platform === 'win32' ? 'windows' : platform}-${arch === 'arm64' ? 'aarch64' : arch}`,
  path: `bin/bun${EXE}`,
};
const deno = {
  name: 'Deno',
  version: DENO_VERSION,
  npmPackage: `@deno/${platform}-${arch}${platform === 'linux' ? '-glibc' : ''}`,
  path: `deno${EXE}`,
};
const miniflare = { name: 'Miniflare', version: MINIFLARE_VERSION, npmPackage: 'miniflare' };

const folderOf = ({ name, version }) => join(CACHE, name.toLowerCase(), version);

/**
 * Each gives the path of the program, and installs it if it is not there in the pinned version.
 *
 * @param {(line: string) => void} say called before something is installed
 */
export const findBun = (say) => findProgram(bun, folderOf(bun), say);
export const findDeno = (say) => findProgram(deno, folderOf(deno), say);
/** The same for Miniflare. @returns {string} the path of its package.json, from which it can be resolved */
export const findMiniflare = (say) => findPackage(miniflare, folderOf(miniflare), say);

/** Each gives the same path, or `undefined` if the pinned version is not installed. They install nothing. */
export const installedBun = () => installedProgram(bun, folderOf(bun));
export const installedDeno = () => installedProgram(deno, folderOf(deno));
export const installedMiniflare = () => installedPackage(miniflare, folderOf(miniflare));
