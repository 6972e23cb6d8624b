/**
 * `npm run owner`: writes what owner.json says into the files that need it: both package.json and SECURITY.md. With `-- --check` it
 * changes nothing, and exits with 1 if a file says something else.
 *
 * A field that is empty is left out everywhere, so the packages can be built, packed and tested before there is a repository.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PACKAGES, readJson, readText, root } from './packages.mjs';

const FIELDS = ['repository', 'homepage', 'bugs', 'security', 'author'];
const REPOSITORY = /^https:\/\/github\.com\/[\w.-]+\/[\w.-]+$/;
/** Text that is written anew stands between these lines. */
const MARKED = /(<!-- owner\.json -->\n)[\s\S]*?(\n<!-- \/owner\.json -->)/;

/** @returns the fields that are not filled in. npm and provenance need `repository`, and reports of vulnerabilities `security` */
export const emptyFields = (owner) => FIELDS.filter((name) => owner[name] === '');

/** @throws Error if a field is missing, unknown, or not what it has to be */
export function checkOwner(owner) {
  const names = Object.keys(owner).filter((name) => name !== '//');
  if (names.sort().join() !== [...FIELDS].sort().join()) {
    throw new Error(`owner.json must have the fields ${FIELDS.join(', ')}, got ${names.join(', ')}`);
  }
  if (owner.repository !== '' && !REPOSITORY.test(owner.repository)) {
    throw new Error(
      `"repository" in owner.json must be https://github.com/OWNER/NAME, got "${owner.repository}"`,
    );
  }
}

/**
 * @param {Record<string, unknown>} packageJson
 * @param {Record<string, string>} owner
 * @param {string} folder of the package, `.` for the root
 * @returns the package.json, with the owner's fields after `license`
 */
export function withOwner(packageJson, owner, folder) {
  const { repository, homepage, bugs, author } = owner;
  const directory = folder === '.' ? {} : { directory: folder };
  const fields = {
    ...(author !== '' && { author }),
    ...(repository !== '' && {
      repository: { type: 'git', url: `git+${repository}.git`, ...directory },
      homepage: homepage || `${repository}${folder === '.' ? '' : `/tree/main/${folder}`}#readme`,
      bugs: bugs || `${repository}/issues`,
    }),
  };
  const others = Object.entries(packageJson).filter(
    ([name]) => !['author', 'repository', 'homepage', 'bugs'].includes(name),
  );
  const place = others.findIndex(([name]) => name === 'license') + 1;
  return Object.fromEntries([...others.slice(0, place), ...Object.entries(fields), ...others.slice(place)]);
}

/** The paragraph of SECURITY.md that says where to report. */
export function securityText({ repository, security }) {
  const places = [
    ...(repository === '' ? [] : [`[${repository}](${repository}/security/advisories/new)`]),
    ...(security === '' ? [] : [security]),
  ];
  return places.length === 0
    ? 'The repository that you got this package from has the form: _Security_, then _Report a vulnerability_.'
    : `Report here: ${places.join(', or ')}.`;
}

/** @returns the texts of the files that name the owner, as they have to be, by their paths */
export function filesWithOwner(owner) {
  checkOwner(owner);
  const packages = PACKAGES.map(({ folder }) => {
    const path = join(folder, 'package.json');
    return [path, `${JSON.stringify(withOwner(readJson(path), owner, folder), undefined, 2)}\n`];
  });
  const security = readText('SECURITY.md').replace(
    MARKED,
    (_, begin, end) => begin + securityText(owner) + end,
  );
  return Object.fromEntries([...packages, ['SECURITY.md', security]]);
}

/** @returns the files that say something else than owner.json */
export const filesThatDiffer = (owner) =>
  Object.entries(filesWithOwner(owner)).filter(([path, text]) => readText(path) !== text);

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const differ = filesThatDiffer(readJson('owner.json'));
  const isCheck = process.argv.includes('--check');
  for (const [path, text] of differ) {
    if (isCheck) console.error(`${path} does not say what owner.json says. Run: npm run owner`);
    else {
      writeFileSync(join(root, path), text);
      console.log(`Wrote ${path}`);
    }
  }
  process.exitCode = isCheck && differ.length > 0 ? 1 : 0;
}
