/**
 * `npm run release:check`: whether both packages could be published as they are. It publishes nothing. It leaves what a release is made of
 * in release/: the tarballs, their bills of materials (CycloneDX) and SHA256SUMS. It prints a line for each step, and ends with one
 * plain line: `N passed, N failed`.
 *
 * With `-- --publish`, as the release workflow runs it, what only the owner knows must be filled in, the changelog's section must be
 * closed with a date, npm's registry must have answered the audit, and a release before must be tagged, unless this is the first.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { buildWhereOld } from '../built.mjs';
import { checkApi } from './api.mjs';
import { emptyFields, filesThatDiffer } from './owner.mjs';
import { NOT_DONE, PACKAGES, packageJsonOf, RELEASE_FOLDER, readJson, readText, root } from './packages.mjs';
import { checkReproducible } from './reproducible.mjs';
import { writeSboms } from './sbom.mjs';
import { packAll } from './tarballs.mjs';
import { checkVersionStep } from './version-step.mjs';

const isForPublishing = process.argv.includes('--publish');
const LIMIT_MS = 120_000;
const say = (line) => console.error(`     ${line}`);

/** Each returns what is wrong, a line each, or `NOT_DONE`. */
const STEPS = [
  ['the versions agree', checkVersions],
  ["the owner's fields are where they belong", checkOwnerFields],
  ['the interfaces and the sizes are the recorded ones', checkApi],
  [
    'the version is a large enough step from the last release',
    () => checkVersionStep(say, { isForPublishing }),
  ],
  ['the tarballs are the same bytes, packed twice and in two folders', () => checkReproducible(say)],
  ['the tarballs and the bills of materials are written', writeFiles],
  ...PACKAGES.map(({ name }) => [`npm publish --dry-run of ${name}`, () => dryRun(name)]),
  ['npm audit finds nothing in what is installed or bundled', audit],
];

rmSync(RELEASE_FOLDER, { recursive: true, force: true });
buildWhereOld(console.error);
const counts = { 'ok  ': 0, FAIL: 0, '--  ': 0 };
for (const [title, check] of STEPS) {
  const outcome = await Promise.resolve()
    .then(check)
    .catch((error) => [error.stderr || error.message]);
  const failures = outcome === NOT_DONE ? [] : outcome;
  const word = outcome === NOT_DONE ? '--  ' : failures.length === 0 ? 'ok  ' : 'FAIL';
  counts[word] += 1;
  console.error(`${word} ${title}`);
  for (const line of failures) say(String(line).replaceAll('\n', '\n     '));
}
const { 'ok  ': passed, FAIL: failed } = counts;
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function checkVersions() {
  const { version } = readJson('package.json');
  const lock = readJson('package-lock.json');
  const others = {
    'pool/package.json': readJson('pool/package.json').version,
    'package-lock.json': lock.version,
    'package-lock.json, packages[""]': lock.packages[''].version,
    'package-lock.json, packages.pool': lock.packages.pool.version,
    '.release-please-manifest.json': readJson('.release-please-manifest.json')['.'],
  };
  const failures = Object.entries(others)
    .filter(([, other]) => other !== version)
    .map(([place, other]) => `package.json has ${version}, and ${place} has ${other}`);
  const changelog = readText('CHANGELOG.md');
  const escaped = version.replaceAll('.', '\\.');
  const isClosed = new RegExp(`^## ${escaped} \\(\\d{4}-\\d\\d-\\d\\d\\)$`, 'm').test(changelog);
  const isOpen = new RegExp(`^## Unreleased \\(${escaped}\\)$`, 'm').test(changelog);
  if (!isClosed && (isForPublishing || !isOpen)) {
    failures.push(`CHANGELOG.md has no section "## ${version} (YYYY-MM-DD)"`);
  }
  return failures;
}

function checkOwnerFields() {
  const owner = readJson('owner.json');
  const failures = filesThatDiffer(owner).map(
    ([path]) => `${path} does not say what owner.json says. Run: npm run owner`,
  );
  const empty = emptyFields(owner);
  if (empty.length > 0) say(`Left to the owner, in owner.json: ${empty.join(', ')}`);
  if (isForPublishing && (owner.repository === '' || owner.security === '')) {
    failures.push('owner.json: "repository" and "security" must be filled in before publishing');
  }
  return failures;
}

function writeFiles() {
  const tarballs = packAll(RELEASE_FOLDER).map(({ file }) => file);
  const sboms = writeSboms().map(({ file, components }) => {
    say(`${basename(file)}: ${components} components`);
    return file;
  });
  const sums = [...tarballs, ...sboms].map((file) => {
    const hash = createHash('sha256').update(readFileSync(file)).digest('hex');
    return `${hash}  ${basename(file)}\n`;
  });
  writeFileSync(join(RELEASE_FOLDER, 'SHA256SUMS'), sums.join(''));
  return [];
}

function dryRun(name) {
  const { version } = packageJsonOf(PACKAGES.find((one) => one.name === name));
  const output = execFileSync(
    'npm',
    ['publish', `./release/${name}-${version}.tgz`, '--dry-run', '--access', 'public', '--json'],
    { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: LIMIT_MS },
  );
  const answer = JSON.parse(output);
  const [packed] = answer.id === undefined ? Object.values(answer) : [answer];
  say(`${packed.id}: ${packed.entryCount ?? packed.files.length} files, ${packed.size} bytes`);
  return packed.id === `${name}@${version}` ? [] : [`npm would publish ${packed.id}`];
}

/** Development dependencies count as well, because the pool's build contains some of them. */
function audit() {
  const { stdout } = spawnSync('npm', ['audit', '--json', '--audit-level=low'], {
    cwd: root,
    encoding: 'utf8',
    timeout: LIMIT_MS,
  });
  const answer = readAnswer(stdout);
  if (answer?.metadata === undefined) {
    const reason = `npm's registry has not answered the audit: ${answer?.message ?? 'no answer'}`;
    if (isForPublishing) return [reason];
    say(reason);
    return NOT_DONE;
  }
  const found = Object.values(answer.vulnerabilities);
  return found.map(({ name, severity, range }) => `${name} ${range}: ${severity}`);
}

function readAnswer(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
