/** The releases of Node that the packages support, each as npm has it, installed below node_modules. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './packages.mjs';

const { platform, arch } = process;
const SYSTEM = platform === 'win32' ? 'win' : platform;
const CACHE = join(root, 'node_modules/.cache/release-nodes');
const INSTALL_LIMIT_MS = 300_000;

/** The newest release of each line that is supported, on the day it was written here. */
export const NODE_VERSIONS = ['20.20.2', '22.23.3', '24.21.0'];

/**
 * @param {string} version
 * @param {(line: string) => void} say called before something is installed
 * @returns {string} the folder with the program `node` of this version
 */
export function findNode(version, say) {
  const folder = join(CACHE, version);
  const bin = join(folder, `node_modules/node-${SYSTEM}-${arch}/bin`);
  const program = join(bin, platform === 'win32' ? 'node.exe' : 'node');
  if (isVersion(program, version)) return bin;
  say(`Installing Node ${version} …`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund'];
  execFileSync('npm', ['install', ...flags, `node-${SYSTEM}-${arch}@${version}`], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: INSTALL_LIMIT_MS,
    shell: platform === 'win32',
  });
  if (!isVersion(program, version))
    throw new Error(`npm has installed no Node ${version} for ${platform} ${arch}`);
  return bin;
}

const isVersion = (program, version) =>
  existsSync(program) && execFileSync(program, ['--version'], { encoding: 'utf8' }).trim() === `v${version}`;
