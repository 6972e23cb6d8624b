/** Every relative link and anchor of every Markdown file leads somewhere, the README's also in the npm package. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root, run } from '../support/node-process.ts';

/** Folders that hold what was installed or built. */
const NOT_OURS = new Set(['node_modules', 'dist', 'site', '.git']);

function markdownIn(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : markdownIn(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

const files = markdownIn('');

/** The text without its code, in which nothing is a link or a heading. */
const withoutBlocks = (text: string) => text.replace(/^ *```[\s\S]*?^ *```$/gm, '');
const withoutCode = (text: string) => withoutBlocks(text).replace(/`[^`\n]*`/g, 'code');

interface Link {
  /** As it is written. */
  readonly target: string;
  /** From the root; without the anchor. */
  readonly path: string;
  readonly anchor: string | undefined;
  /** The paragraph, or the item of a list, that it stands in. */
  readonly paragraph: string;
}

function linksOf(file: string): Link[] {
  return withoutCode(readFileSync(join(root, file), 'utf8'))
    .split(/\n\n|\n(?=- )/)
    .flatMap((paragraph) =>
      [...paragraph.matchAll(/\]\(([^)\s]+)\)|(?:src|srcset|href)="([^"]+)"/g)].map(
        ([, inText, inTag = '']) => [inText ?? inTag, paragraph] as const,
      ),
    )
    .filter(([target]) => !/^[a-z]+:/.test(target))
    .map(([target, paragraph]) => {
      const [path = '', anchor] = target.split('#');
      return { target, paragraph, anchor, path: path === '' ? file : join(dirname(file), path) };
    });
}

/** The anchors of a page, as GitHub makes them of its headings. */
function anchorsOf(file: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading = ''] of withoutBlocks(readFileSync(join(root, file), 'utf8')).matchAll(
    /^#+ (.*)$/gm,
  )) {
    const slug = heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
      .replaceAll(' ', '-');
    let free = slug;
    for (let count = 1; anchors.has(free); count++) free = `${slug}-${count}`;
    anchors.add(free);
  }
  return anchors;
}

const isThere = ({ path, anchor }: Link): boolean => {
  if (!existsSync(join(root, path))) return false;
  return anchor === undefined || (statSync(join(root, path)).isFile() && anchorsOf(path).has(anchor));
};

test('there are links to follow', () => {
  expect(files).toEqual(expect.arrayContaining(['README.md', 'docs/guide/moving.md']));
  expect(files.flatMap(linksOf).length).toBeGreaterThan(60);
  expect(linksOf('docs/guide/challenges.md').filter(({ anchor }) => anchor === 'mfa_setup')).toHaveLength(1);
});

test.each(files)('every link of %s leads somewhere', (file) => {
  const broken = linksOf(file).filter((link) => !isThere(link));
  expect(broken.map(({ target }) => target)).toEqual([]);
});

test('every page of the guide is in its list', () => {
  const listed = linksOf('docs/guide/README.md').map(({ path }) => path);
  const pages = files.filter((file) => /^docs\/guide\/.+\.md$/.test(file) && !file.endsWith('/README.md'));
  expect(pages.filter((page) => !listed.includes(page))).toEqual([]);
});

test('what the README and the guide link to is in the npm package, or is named as part of the repository', async () => {
  const { output } = await run('npm', ['pack', '--dry-run', '--ignore-scripts', '--json'], root);
  const [{ files: packed }] = JSON.parse(output.slice(output.indexOf('['))) as [
    { files: { path: string }[] },
  ];
  const paths = new Set(packed.map(({ path }) => path));
  const pages = files.filter((file) => file === 'README.md' || file.startsWith('docs/guide/'));
  const missing = pages
    .flatMap(linksOf)
    .filter(({ path }) => !paths.has(path))
    .filter(({ paragraph }) => !paragraph.includes('repository'));
  expect(missing.map(({ target }) => target)).toEqual([]);
});
