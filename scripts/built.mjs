/** Builds both packages where their dist/ is missing or older than what it is made of. */
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const SOURCES = [
  'src',
  'pool/src',
  'pool/login-page',
  'login-page',
  'pool/engine-arithmetic.ts',
  'pool/package.json',
  'pool/tsconfig.build.json',
  ...['build', 'build-engine', 'build-pool', 'build-steps', 'licenses', 'realm'].map(
    (name) => `scripts/${name}.mjs`,
  ),
  'package.json',
  'tsconfig.json',
  'tsconfig.build.json',
];

/** @returns when a file, or the newest entry below a folder, was written. It is 0 where there is none */
function writtenAt(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat?.isDirectory()) return stat?.mtimeMs ?? 0;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => writtenAt(join(path, name))));
}

function isBuilt() {
  const newest = Math.max(...SOURCES.map((name) => writtenAt(join(root, name))));
  // The build writes the pool's last
  const written = writtenAt(join(root, 'pool/dist/cjs/package.json'));
  return (
    written >= newest && ['dist/esm', 'pool/dist/esm'].every((folder) => writtenAt(join(root, folder)) > 0)
  );
}

/** @param say called with one line before a build begins */
export function buildWhereOld(say) {
  if (isBuilt()) return;
  say('Building the packages …');
  execFileSync(process.execPath, [join(root, 'scripts/build.mjs')], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}
