/** The files of src keep the import rules, and each rule fails for an example that breaks it. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { build } from 'esbuild';
import { root, run } from '../support/node-process.ts';
import {
  fileNameViolations,
  GLOBAL_RULES,
  importsOf,
  repositoryFiles,
  TEXT_RULES,
  violations,
} from './import-rules.ts';

const files = repositoryFiles(root);

test('every file of the repository keeps the rules', () => {
  expect(files.length).toBeGreaterThan(50);
  expect(violations(files)).toEqual([]);
});

test('no file name stands twice in a package, and no file of src/cognito is a crumb', () => {
  expect(fileNameViolations(files)).toEqual([]);
  const file = (path: string, lines: number) => ({ path, text: '\n'.repeat(lines - 1).concat('end\n') });
  const wrong = [
    file('src/index.ts', 1),
    file('src/srp/index.ts', 1),
    file('src/cli/timestamp.ts', 20),
    file('src/srp/timestamp.ts', 20),
    file('pool/src/timestamp.ts', 20),
    file('pool/src/cli/timestamp.ts', 20),
    file('src/cognito/client/wire.ts', 19),
    file('test/timestamp.ts', 1),
  ];
  expect(fileNameViolations(wrong)).toEqual([
    'src/srp/timestamp.ts has the name of src/cli/timestamp.ts',
    'pool/src/cli/timestamp.ts has the name of pool/src/timestamp.ts',
    'src/cognito/client/wire.ts has 19 lines: a file is a whole thought, so it belongs to another one',
  ]);
});

test('importsOf sees every import that esbuild sees', async () => {
  const sources = files.filter(({ path }) => /^(pool\/)?src\/.*\.ts$/.test(path));
  for (const conditions of [[], ['portable']]) {
    const { metafile } = await build({
      entryPoints: sources.map(({ path }) => join(root, path)),
      absWorkingDir: root,
      bundle: true,
      packages: 'external',
      platform: 'neutral',
      format: 'esm',
      outdir: 'out',
      write: false,
      metafile: true,
      conditions,
    });
    for (const source of sources) {
      const seen = importsOf(source);
      const actual = metafile.inputs[source.path]?.imports.map(({ path }) => posix.normalize(path)) ?? [];
      expect({ path: source.path, unseen: actual.filter((path) => !seen.includes(path)) }).toEqual({
        path: source.path,
        unseen: [],
      });
    }
  }
});

// In parts, so that this file keeps the rules itself.
const ANY = `a${'ny'}`;
const MOCK = `jest${'.mock'}`;
const REGISTRY = `registry${'.npmjs'}.org`;
const HOME = `/ho${'me'}`;

/** [a file, its text, what the answer must name] */
const BROKEN: readonly (readonly [path: string, text: string, message: RegExp])[] = [
  ['src/cognito/tokens/user-store.ts', 'export const s = localStorage;', /localStorage.*no platform/],
  ['src/cognito/sign-in/passkey-json.ts', 'export const c = document.cookie;', /document.*no platform/],
  ['src/srp/formulas.ts', 'export const get = () => fetch("x");', /fetch.*no I\/O/],
  ['src/srp/formulas.ts', 'export const get = globalThis.fetch;', /fetch.*no I\/O/],
  ['src/srp/formulas.ts', 'export const there = typeof document;', /document.*no I\/O/],
  ['src/srp/formulas.ts', 'export const there = { w: window };', /window.*no I\/O/],
  ['src/srp/formulas.ts', 'export const t = () => Date.now();', /Date\.now.*another clock/],
  ['src/srp/random.ts', 'export const r = Math.random;', /Math\.random.*secure/],
  [
    'src/cognito/client/connection.ts',
    'export const get = (options = { fetch }) => options;',
    /fetch.*one place/,
  ],
  [
    'src/cognito/client/connection.ts',
    'export const get = (o: Options) => o.fetch?.("x");',
    /fetch.*one place/,
  ],
  ['src/cognito/client/connection.ts', `export const x: ${ANY} = 1;`, /unknown is/],
  ['src/srp/formulas.ts', "const crypto = require('crypto');", /biome\.json/],
  ['test/setup.ts', `type F = () => ${ANY};`, /unknown is/],
  ['test/setup.ts', `const x = y as ${ANY};`, /unknown is/],
  ['test/setup.ts', `const x = (y: Record<string, ${ANY}>, z: readonly ${ANY}[]) => y;`, /unknown is/],
  ['src/errors.ts', `  // @ts${'-ignore'} later`, /hides every error/],
  ['test/setup.ts', `/* @ts${'-nocheck'} */`, /hides every error/],
  ['test/setup.ts', `${MOCK}('../src/errors.ts');`, /need no replacing/],
  ['src/errors.ts', '\n'.repeat(401), /more than 400 lines/],
  ['package-lock.json', `"resolved": "https://${REGISTRY}/jest"`, /whichever registry/],
  ['docs/x.md', `see ${HOME}/someone/notes`, /one machine/],
];

describe('a rule fails for', () => {
  test.each(BROKEN)('%s with %j', (path, text, message) => {
    expect(violations([{ path, text }]).join('\n')).toMatch(message);
  });

  test('all of the rules: there is an example for every reason', () => {
    const shown = BROKEN.flatMap(([path, text]) => violations([{ path, text }])).join('\n');
    const reasons = [...GLOBAL_RULES, ...TEXT_RULES].map(({ reason }) => reason);
    expect(reasons.filter((reason) => !shown.includes(reason))).toEqual([]);
  });
});

/** Right code that looks a little like wrong code. */
const KEPT: readonly (readonly [path: string, text: string])[] = [
  ['src/srp/formulas.ts', "// import { x } from '../cognito/x.ts'; fetch(x); Date.now()"],
  ['src/srp/formulas.ts', '/** `now`: Date.now(), or the clock of the window */'],
  [
    'src/srp/formulas.ts',
    'export const f = (fetch: (x: string) => void, now = new Date(0)) => fetch(String(now));',
  ],
  ['src/srp/formulas.ts', "export const message = 'window and document';"],
  ['src/cognito/client/connection.ts', 'const a = { fetch: options.fetch };'],
  ['src/cognito/client/connection.ts', "// any one of them: any\nconst any = 'as any'; /* x: any */"],
  ['src/errors.ts', '\n'.repeat(400)],
  ['docs/x.md', 'https://example.com/home/page, src/tmp/x and ./root/y'],
];

test.each(KEPT)('no rule fails for %s with %j', (path, text) => {
  expect(violations([{ path, text }])).toEqual([]);
});

test('.gitignore is read: no file of dist or node_modules is looked at', () => {
  expect(readFileSync(join(root, '.gitignore'), 'utf8')).toContain('node_modules');
  expect(files.filter(({ path }) => /^(node_modules|dist|\.git)\//.test(path))).toEqual([]);
});

/** The rules of biome.json on imports. */
describe('Biome', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'cognito-srp-lint-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** What Biome says of these files below a copy of biome.json. */
  async function lint(sources: Readonly<Record<string, string>>): Promise<string> {
    const { overrides, linter } = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8')) as object & {
      readonly overrides: unknown;
      readonly linter: unknown;
    };
    const top = mkdtempSync(join(folder, 'repository-'));
    writeFileSync(join(top, 'biome.json'), JSON.stringify({ root: true, overrides, linter }));
    for (const [path, text] of Object.entries(sources)) {
      mkdirSync(dirname(join(top, path)), { recursive: true });
      writeFileSync(join(top, path), text);
    }
    const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
    const rules = ['style/noRestrictedImports', 'suspicious/noImportCycles'].map((rule) => `--only=${rule}`);
    const { output } = await run(
      process.execPath,
      [biome, 'lint', '--colors=off', '--max-diagnostics=200', ...rules, '.'],
      top,
    );
    return output.replace(/\s+/g, ' ');
  }

  /** [a file, its text, what the answer must say]. Each file stands once, so that one run of Biome sees all of them. */
  const WRONG: readonly (readonly [path: string, text: string, message: string])[] = [
    ['src/srp/a.ts', "import { signIn } from '../cognito/sign-in.ts';", 'the lowest layer'],
    ['src/srp/b.ts', "import type { Users } from '../../pool/test/users.ts';", 'the lowest layer'],
    ['src/srp/c.ts', "export * from '../cli/main.ts';", 'the lowest layer'],
    ['src/srp/d.ts', "import { x } from '../verify/token-verifier.ts';", 'the lowest layer'],
    ['src/srp/e.ts', "import { createHash } from 'node:crypto';", 'no module of Node'],
    ['src/srp/f.ts', "const fs = await import('node:fs/promises');", 'no module of Node'],
    ['src/srp/g.ts', "import jsbn from 'jsbn';", 'Only the portable build brings jsbn'],
    [
      'src/srp/big-integer.jsbn.ts',
      "import { Buffer } from 'buffer';",
      'Only the portable build brings buffer',
    ],
    ['src/srp/h.ts', "import { sha256 } from '@noble/hashes/sha2.js';", 'hash.ts is the one place'],
    ['src/srp/i.ts', "import { modPow } from './big-integer.jsbn.ts';", 'bring the wrong one'],
    ['src/srp/j.ts', "import { signIn } from './index.ts';", 'an entry for consumers'],
    ['src/cognito/client/a.ts', "import {\n  readFile,\n} from 'node:fs';", 'no module of Node'],
    ['src/cognito/client/b.ts', "import { users } from '../../pool/users.ts';", 'carry the local pool'],
    ['src/cognito/client/c.ts', "const main = await import('../../cli/main.ts');", 'carry the local pool'],
    ['src/cognito/client/d.ts', "import { Buffer } from 'buffer/';", 'Only the portable build brings buffer'],
    ['src/cognito/client/e.ts', "import { x } from '../../srp/encoding.native.ts';", 'bring the wrong one'],
    ['src/cognito/tokens/f.ts', "import { x } from '../../storage/file-storage.ts';", 'on servers alone'],
    ['src/cognito/sign-in/g.ts', "import { x } from '../../srp/index.ts';", 'an entry for consumers'],
    ['src/cognito/claims.ts', "import jsbn from 'jsbn';", 'Only the portable build brings jsbn'],
    ['pool/src/a.ts', "import { x } from '../../src/cognito/sign-in/step.ts';", 'its own SRP host'],
    ['pool/src/b.ts', "import './cli/main.ts';", 'not the pool on the command'],
    ['pool/src/c.ts', "import { verifier } from '../../src/srp/formulas.ts';", 'its own SRP host'],
    ['pool/src/d.ts', "import { signIn } from 'cognito-srp-engine';", 'its own SRP host'],
    ['pool/src/sign-in/e.ts', "import { modPow } from '#big-integer';", 'its own SRP host'],
    ['pool/src/f.ts', "import { x } from './index.ts';", 'an entry for consumers'],
    ['pool/src/g.ts', "const http = await import('node:http');", 'refuse modules of Node'],
    ['pool/src/cli/h.ts', "import { flags } from '../../../src/cli/input/flags.ts';", 'does not bring'],
    ['src/cli/a.ts', "import { connect } from '../cognito/client/connection.ts';", 'built on the entries'],
    ['src/cli/input/b.ts', "import { x } from '../../srp/formulas.ts';", 'built on the entries'],
    ['src/storage/a.ts', "import { x } from '../../pool/test/users.ts';", 'know the protocol at most'],
    ['src/verify/b.ts', "import { toBase64 } from '../srp/encoding.ts';", 'know the protocol at most'],
    ['src/flow/a.ts', "import { en } from '../texts/en/english.ts';", 'chooses its texts itself'],
    ['src/flow/b.ts', "import { provePassword } from '../srp/password-proof.ts';", 'on the protocol alone'],
    ['src/flow/c.ts', "import { readFile } from 'node:fs';", 'no module of Node'],
    ['src/texts/a.ts', "import { createSignInFlow } from '../flow/sign-in-flow.ts';", 'plain data'],
    ['src/texts/b.ts', "import { fill } from './index.ts';", 'an entry for consumers'],
    ['src/cognito/sign-in/h.ts', "import { en } from '../../texts/en/english.ts';", 'pay for what is built'],
    ['src/srp/k.ts', "import { en } from '../texts/en/english.ts';", 'the lowest layer'],
    ['src/omit-undefined.ts', "import { mustBe } from './errors.ts';", 'it imports nothing'],
    ['src/errors.ts', "import type { Step } from './cognito/step.ts';", 'it imports nothing'],
    ['src/index.ts', "export * from './pool/index.ts';", 'carry the local pool'],
  ];

  test('says of every import that is forbidden why it is', async () => {
    const said = await lint(Object.fromEntries(WRONG));
    const missing = WRONG.filter(([path, , message]) => {
      // One import can break two rules, and Biome says so in either order
      const [, ...places] = said.split(`${path}:`);
      return !places.some((after) => after.split('lint/')[1]?.includes(message));
    });
    expect(missing).toEqual([]);
  });

  test('says nothing of the imports that look a little like them', async () => {
    const right = {
      'src/srp/a.ts': "// import { x } from '../cognito/x.ts';\nimport { x } from './verifier.ts';",
      'pool/src/a.ts': "import { modPow } from '#engine-arithmetic';",
      'pool/src/cli/a.ts':
        "import { readFile } from 'node:fs';\nimport { createUserPool } from '../index.ts';",
      'src/cli/a.ts': "import { signIn } from '../index.ts';\nimport { p } from '../../pool/test/index.ts';",
      'src/verify/a.ts': "import { x } from '../cognito/client/connection.ts';",
      'src/index.ts': "export { secretHash } from './srp/index.ts';",
      'test/a.ts': "import jsbn from 'jsbn';\nimport { x } from '../src/srp/index.ts';",
    };
    expect(await lint(right)).toContain('Checked 8 files');
    expect(await lint(right)).not.toContain('lint/');
  });

  test('says that a file is reached from itself, by types too', async () => {
    const said = await lint({
      'src/a.ts': "import { b } from './b.ts';\nexport const a = b;",
      'src/b.ts': "import type { C } from './c.ts';\nexport const b = {} as C;",
      'src/c.ts': "import { a } from './a.ts';\nexport type C = typeof a;",
    });
    for (const file of ['a', 'b', 'c']) expect(said).toMatch(new RegExp(`src/${file}.ts:.*noImportCycles`));
  });
});
