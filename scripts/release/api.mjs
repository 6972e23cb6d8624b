/**
 * `npm run api`: writes the reports of both public interfaces and the record of sizes, in api/, and the table of sizes in
 * docs/internals/performance.md. With `-- --check` it changes nothing, and exits with 1 if the interface is not the one of the report, or
 * a size is not the one of the record. So a change of either is a change of a file that a reviewer sees.
 *
 * It also compares the interface with the one of the last release, by the last tag `v…`, and fails if the version is too small a step.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildWhereOld } from '../built.mjs';
import { checkBundles, writeSizes } from '../size.mjs';
import { compareReports } from './api-changes.mjs';
import { apiReportOf } from './api-report.mjs';
import { NOT_DONE, PACKAGES, readJson, readText, reportPath, root } from './packages.mjs';
import { measurePackages, measureSizes, sizesThatMoved } from './sizes.mjs';
import { checkVersionStep } from './version-step.mjs';

const SIZES = 'api/sizes.json';
const textOrNothing = (path) => (existsSync(join(root, path)) ? readText(path) : '');

const list = (verb, names) => names.map((name) => `  ${verb} ${name}`);

/** @returns {Promise<string[]>} what is wrong, a line each */
export async function checkApi() {
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
  return failures;
}

async function writeApi() {
  for (const onePackage of PACKAGES) {
    writeFileSync(join(root, reportPath(onePackage)), apiReportOf(onePackage));
  }
  await writeSizes(await checkBundles(), { packages: measurePackages() });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  buildWhereOld(console.error);
  const isCheck = process.argv.includes('--check');
  const failures = isCheck ? await checkApi() : [];
  if (!isCheck) await writeApi();
  const step = checkVersionStep(console.log);
  if (step !== NOT_DONE) failures.push(...step);
  for (const line of failures) console.error(line);
  if (isCheck && failures.length > 0) process.exitCode = 1;
}
