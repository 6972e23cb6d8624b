/** The two packages that a release publishes, always in the same version. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');
/** What a release leaves: the tarballs, the SBOMs and their sums. */
export const RELEASE_FOLDER = join(root, 'release');

/** `folder` is from the root of the repository. */
export const PACKAGES = [
  { name: 'cognito-srp-engine', folder: '.' },
  { name: 'cognito-local-pool', folder: 'pool' },
];

/** What a step of `npm run release:check` gives that could not be done here. It counts neither as passed nor as failed. */
export const NOT_DONE = 'not done';

export const readJson = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));
export const readText = (path) => readFileSync(join(root, path), 'utf8');
/** The report of a package's public interface, from the root of the repository. */
export const reportPath = ({ name }) => `api/${name}.api.md`;
export const packageJsonOf = ({ folder }) => readJson(join(folder, 'package.json'));
