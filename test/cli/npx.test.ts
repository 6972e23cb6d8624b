/** Help and documentation name this package, and not another, where they say npx. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };

const ROOT = resolve(__dirname, '../..');

const files = ['README.md', 'src', 'docs', 'examples', 'scripts'].flatMap((name) =>
  name.endsWith('.md')
    ? [name]
    : readdirSync(join(ROOT, name), { recursive: true, encoding: 'utf8' })
        .filter((path) => /\.(ts|mjs|js|md|yml|html)$/.test(path) && !path.includes('node_modules'))
        .map((path) => join(name, path)),
);

// The registry has a stranger's package of the command's name
test('help and documentation give npx the name of this package, and not the name of its command', () => {
  const lines = files.flatMap((file) =>
    [...readFileSync(join(ROOT, file), 'utf8').matchAll(/npx (cognito-srp[\w-]*)/g)].map(
      ([, name]) => `${file}: ${name}`,
    ),
  );
  expect(lines.filter((line) => !line.endsWith(`: ${packageJson.name}`))).toEqual([]);
  expect(lines.length).toBeGreaterThan(3);
});
