/** Help and documentation name the packages of this repository, and no other, where they say npx. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import poolPackageJson from '../../pool/package.json' with { type: 'json' };

const ROOT = resolve(__dirname, '../..');
const NAMES = [packageJson.name, poolPackageJson.name];

const files = ['README.md', 'pool/README.md', 'src', 'pool/src', 'docs', 'examples', 'scripts'].flatMap(
  (name) =>
    name.endsWith('.md')
      ? [name]
      : readdirSync(join(ROOT, name), { recursive: true, encoding: 'utf8' })
          .filter((path) => /\.(ts|mjs|js|md|yml|html)$/.test(path) && !path.includes('node_modules'))
          .map((path) => join(name, path)),
);

// The registry has a stranger's package of the command's name
test('help and documentation give npx the name of a package, and not the name of a command', () => {
  const lines = files.flatMap((file) =>
    [...readFileSync(join(ROOT, file), 'utf8').matchAll(/npx (cognito-[\w-]*)/g)].map(
      ([, name]) => `${file}: ${name}`,
    ),
  );
  expect(lines.filter((line) => !NAMES.some((name) => line.endsWith(`: ${name}`)))).toEqual([]);
  expect(lines.length).toBeGreaterThan(3);
});
