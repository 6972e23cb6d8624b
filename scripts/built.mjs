/** Whether dist/ is as new as what it is made of, and the build where it is not. */
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const SOURCES = ['src', 'scripts/build.mjs', 'package.json', 'tsconfig.json', 'tsconfig.build.json'];

/** When a file, or the newest entry below a folder, was written; 0 where there is none. */
function writtenAt(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat?.isDirectory()) return stat?.mtimeMs ?? 0;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => writtenAt(join(path, name))));
}

function isBuilt() {
  const newest = Math.max(...SOURCES.map((name) => writtenAt(join(root, name))));
  return writtenAt(join(root, 'dist/cjs/package.json')) >= newest && writtenAt(join(root, 'dist/esm')) > 0;
}

/** @param say told before a build begins, in one line */
export function buildWhereOld(say) {
  if (isBuilt()) return;
  say('Building the package …');
  execFileSync(process.execPath, [join(root, 'scripts/build.mjs')], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}
