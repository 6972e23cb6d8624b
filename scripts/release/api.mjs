/**
 * `npm run api`: writes the reports of both public interfaces and the record of sizes, in api/. With `-- --check` it changes nothing, and
 * exits with 1 if the interface is not the one of the report, or a size is not the one of the record. So a change of either is a change
 * of a file that a reviewer sees.
 *
 * It also compares the interface with the one of the last release, by the last tag `v…`, and fails if the version is too small a step.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildWhereOld } from '../built.mjs';
import { compareReports, stepTooSmall } from './api-changes.mjs';
import { apiReportOf } from './api-report.mjs';
import { PACKAGES, readJson, readText, root } from './packages.mjs';
import { measureSizes, sizesThatMoved } from './sizes.mjs';

const SIZES = 'api/sizes.json';
const reportPath = ({ name }) => `api/${name}.api.md`;
const textOrNothing = (path) => (existsSync(join(root, path)) ? readText(path) : '');

const git = (...args) =>
  execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();

/** @returns the version that was released last before the one of package.json, or undefined */
function lastRelease(version) {
  try {
    const tags = git('tag', '--list', 'v*', '--sort=-version:refname', '--merged', 'HEAD').split('\n');
    return tags.map((tag) => tag.slice(1)).find((released) => released !== '' && released !== version);
  } catch {
    return undefined;
  }
}

const list = (verb, names) => names.map((name) => `  ${verb} ${name}`);

/**
 * @param {(line: string) => void} say
 * @returns {Promise<string[]>} what is wrong, a line each
 */
export async function checkApi(say) {
  const failures = [];
  for (const onePackage of PACKAGES) {
    const path = reportPath(onePackage);
    const { removed, changed, added } = compareReports(textOrNothing(path), apiReportOf(onePackage));
    const lines = [...list('removed', removed), ...list('changed', changed), ...list('added', added)];
    if (lines.length > 0)
      failures.push(`The interface is not the one in ${path}. Run: npm run api\n${lines.join('\n')}`);
  }
  const recorded = existsSync(join(root, SIZES)) ? readJson(SIZES) : {};
  const moved = sizesThatMoved(recorded, await measureSizes());
  if (moved.length > 0) {
    failures.push(`Sizes are not the ones in ${SIZES}. Run: npm run api\n${list('', moved).join('\n')}`);
  }
  failures.push(...sinceLastRelease(say));
  return failures;
}

function sinceLastRelease(say) {
  const { version } = readJson('package.json');
  const released = lastRelease(version);
  if (released === undefined) {
    say('No release is tagged before this one, so there is no interface to compare with');
    return [];
  }
  return PACKAGES.flatMap((onePackage) => {
    const path = reportPath(onePackage);
    const before = git('show', `v${released}:${path}`);
    const changes = compareReports(before, readText(path));
    say(
      `${onePackage.name} since ${released}: ${changes.removed.length} removed, ${changes.changed.length} changed, ${changes.added.length} added`,
    );
    const reason = stepTooSmall(released, version, changes);
    return reason === undefined ? [] : [`${onePackage.name}: ${reason}`];
  });
}

async function writeApi() {
  for (const onePackage of PACKAGES) {
    writeFileSync(join(root, reportPath(onePackage)), apiReportOf(onePackage));
  }
  writeFileSync(join(root, SIZES), `${JSON.stringify(await measureSizes(), undefined, 2)}\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  buildWhereOld(console.error);
  if (process.argv.includes('--check')) {
    const failures = await checkApi(console.log);
    for (const line of failures) console.error(line);
    process.exitCode = failures.length === 0 ? 0 : 1;
  } else {
    await writeApi();
    for (const line of sinceLastRelease(console.log)) console.error(line);
  }
}
