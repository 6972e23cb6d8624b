/** The reference that TypeDoc writes for `npm run docs` has every public name, and TypeDoc finds no error. */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import poolNames from '../../pool/test/package/public-names.json' with { type: 'json' };
import { type Run, root, run } from '../support/node-process.ts';
import publicNames from './public-names.json' with { type: 'json' };

/** What TypeDoc's JSON has of a module, function, class or type. */
interface Reflection {
  readonly name: string;
  readonly kind: number;
  readonly comment?: object;
  readonly children?: readonly Reflection[];
  readonly signatures?: readonly Reflection[];
}

/** TypeDoc's numbers of kinds (`ReflectionKind`). */
const [MODULE, FUNCTION, CLASS] = [2, 64, 128];

let typedoc: Run;
let modules: readonly Reflection[];

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cognito-srp-reference-'));
  const file = join(folder, 'reference.json');
  const bin = join(root, 'docs/node_modules/typedoc/bin/typedoc');
  typedoc = await run(
    process.execPath,
    [bin, '--options', join(root, 'docs/typedoc.config.mjs'), '--json', file],
    join(root, 'docs'),
  );
  const project = JSON.parse(readFileSync(file, 'utf8')) as Reflection;
  modules = (project.children ?? []).filter(({ kind }) => kind === MODULE);
  await rm(folder, { recursive: true });
}, 90_000);

test('no public type is missing in it, and no link in it or in the documents is broken', () => {
  expect(typedoc).toMatchObject({ code: 0 });
});

test('every public function, class and type is in it', () => {
  const inReference = Object.fromEntries(
    modules.map(({ name, children = [] }) => [name, children.map((child) => child.name)]),
  );
  const ofThePool = Object.fromEntries(
    Object.entries(poolNames).map(([entry, names]) => [entry.replace('.', 'cognito-local-pool'), names]),
  );
  for (const [entry, { values, types }] of Object.entries({ ...publicNames, ...ofThePool })) {
    // It has the names of the main entry: a test of the entries holds that
    if (entry === './portable') continue;
    const names = inReference[entry.replace('.', 'cognito-srp-engine')] ?? [];
    expect([entry, [...values, ...types].filter((name) => !names.includes(name))]).toEqual([entry, []]);
  }
});

test('every function and class says what it does', () => {
  const called = modules
    .flatMap(({ children = [] }) => children)
    .filter(({ kind }) => kind === FUNCTION || kind === CLASS);
  const silent = called.filter(
    ({ comment, signatures = [] }) => !comment && !signatures.some((signature) => signature.comment),
  );
  expect(called.length).toBeGreaterThan(40);
  expect(silent.map(({ name }) => name)).toEqual([]);
});
