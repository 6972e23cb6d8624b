/** The releases of Node that the packages support, each as npm has it, installed below node_modules. */
import { dirname, join } from 'node:path';
import { findProgram, installedProgram } from '../npm-programs.mjs';
import { root } from './packages.mjs';

const { platform, arch } = process;
const SYSTEM = platform === 'win32' ? 'win' : platform;
const CACHE = join(root, 'node_modules/.cache/release-nodes');

/** A release of each line that is supported. They are raised by hand: see docs/internals/releasing.md, "Dependencies". */
export const NODE_VERSIONS = ['20.20.2', '22.23.3', '24.21.0'];

const programOf = (version) => ({
  name: 'Node',
  version,
  npmPackage: `node-${SYSTEM}-${arch}`,
  path: `bin/${platform === 'win32' ? 'node.exe' : 'node'}`,
});

/**
 * @param {string} version
 * @param {(line: string) => void} say called before something is installed
 * @returns {string} the folder with the program `node` of this version
 */
export const findNode = (version, say) => dirname(findProgram(programOf(version), join(CACHE, version), say));

/** @returns {string | undefined} the path of the program `node`, if this version is installed. It installs nothing */
export const installedNode = (version) => installedProgram(programOf(version), join(CACHE, version));
