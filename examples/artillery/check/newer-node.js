/** Finds a Node that Artillery runs in, and installs one where this process has an older one. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const VERSION = '24.21.0';
const FOLDER = resolve('node_modules/.cache/node');

/** @returns the folder that has to come first in PATH */
export function folderOfNewerNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return dirname(process.execPath);
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  // What the package `node` installs by a script of its own
  const name = `node-${platform}-${process.arch}`;
  mkdirSync(FOLDER, { recursive: true });
  const args = `install --prefix ${FOLDER} --no-save --prefer-offline --no-audit --no-fund ${name}@${VERSION}`;
  execFileSync('npm', args.split(' '), { stdio: ['ignore', 'ignore', 'inherit'] });
  return join(FOLDER, 'node_modules', name, 'bin');
}
