/** Compares both public interfaces with those of the last release, and says whether the version is a step large enough. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareReports, stepTooSmall } from './api-changes.mjs';
import { NOT_DONE, PACKAGES, reportPath, root } from './packages.mjs';

/** The first version on npm. Nothing is before it to compare with, so it alone is published without the comparison. */
const FIRST_RELEASE = '0.2.0';

/**
 * The last release is the one of the last tag `v…` before this version.
 *
 * @param {(line: string) => void} say
 * @param {{ isForPublishing?: boolean, checkout?: string }} [options] `checkout` is the repository, if it is not this one
 * @returns {string[] | typeof NOT_DONE} what is wrong, a line each, or `NOT_DONE` if no release before this one is tagged
 */
export function checkVersionStep(say, { isForPublishing = false, checkout = root } = {}) {
  const read = (path) => readFileSync(join(checkout, path), 'utf8');
  const git = (...args) =>
    execFileSync('git', args, { cwd: checkout, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();

  const { version } = JSON.parse(read('package.json'));
  const tags = git('tag', '--list', 'v?*', '--sort=-version:refname', '--merged', 'HEAD').split('\n');
  const released = tags.map((tag) => tag.slice(1)).find((tagged) => tagged !== '' && tagged !== version);
  if (released === undefined) {
    const reason = `No release before ${version} is tagged here, so the interface is compared with nothing`;
    if (isForPublishing && version !== FIRST_RELEASE) return [`${reason}. Run: git fetch --tags`];
    say(reason);
    return NOT_DONE;
  }
  return PACKAGES.flatMap((onePackage) => {
    const path = reportPath(onePackage);
    const changes = compareReports(git('show', `v${released}:${path}`), read(path));
    const { removed, changed, added } = changes;
    say(
      `${onePackage.name} since ${released}: ${removed.length} removed, ${changed.length} changed, ${added.length} added`,
    );
    const reason = stepTooSmall(released, version, changes);
    return reason === undefined ? [] : [`${onePackage.name}: ${reason}`];
  });
}
