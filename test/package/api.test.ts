/** docs/api.md is what the docstrings say. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import publicNames from './public-names.json' with { type: 'json' };
import { evaluate, root } from './run.ts';

const reference = readFileSync(join(root, 'docs/api.md'), 'utf8');

/** `### name`, its text, and its declaration. */
const sections = [...reference.matchAll(/^### (\w+)\n\n([\s\S]*?)```ts\n([\s\S]*?)\n```/gm)].map(
  ([, name = '', text = '', code = '']) => ({ name, text, code }),
);

const generated = <T>(expression: string) =>
  evaluate<T>(
    'module',
    `import * as api from './scripts/api.mjs'; console.log(JSON.stringify(${expression}));`,
  );

test('docs/api.md is up to date: npm run docs', async () => {
  const written = await generated<string>('api.apiReference()');
  expect(reference).toBe(written);
});

const names = Object.values(publicNames).flatMap((entry) => Object.values(entry).flat());

test('every public function, class and type is in it', () => {
  const titles = sections.map(({ name }) => name);
  expect(names.length).toBeGreaterThan(100);
  expect([...new Set(names)].filter((name) => !titles.includes(name))).toEqual([]);
});

test('what is called says what it does', () => {
  const called = sections.filter(({ code }) => /^(function|class)/.test(code));
  expect(called.length).toBeGreaterThan(40);
  expect(called.filter(({ text }) => text === '').map(({ name }) => name)).toEqual([]);
});

test("every name in a declaration is defined, or is the platform's", async () => {
  const codes = JSON.stringify(sections.map(({ code }) => code));
  const used = await generated<string[]>(`${codes}.flatMap(api.namesIn)`);
  const known = new Set([
    ...(await generated<string[]>('api.PLATFORM')),
    ...sections.map(({ name }) => name),
  ]);
  expect(used).toEqual(expect.arrayContaining(['AdminOptions', 'AbortSignal', 'AccessTokenInput']));
  expect(used.filter((name) => !known.has(name))).toEqual([]);
});

test('which names a declaration refers to', async () => {
  const code = `interface Shape<First extends Base<{ a: 1 }>, Response> extends Parent, Pick<Other, 'Text'> {
    /** Of a Comment. */
    readonly Member: First | "Text";
    Optional?: typeof CONSTANT;
    work<T>(given: Response): { [Key in Keys]: Value<Key> };
    made: Type extends Array<infer Item> ? Item : never;
  }`;
  const used = await generated<string[]>(`api.namesIn(${JSON.stringify(code)})`);
  expect(used).toEqual([
    'Shape',
    'Base',
    'Parent',
    'Pick',
    'Other',
    'CONSTANT',
    'Keys',
    'Value',
    'Type',
    'Array',
  ]);
});
