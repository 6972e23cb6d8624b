/** The files of src keep the import rules, and each rule fails for an example that breaks it. */
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { build } from 'esbuild';
import { root } from '../support/node-process.ts';
import {
  GLOBAL_RULES,
  IMPORT_RULES,
  importCycles,
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

test('imports go one way: no file is reached from itself, by types either', () => {
  expect(importCycles(files.filter(({ path }) => /^(src|examples)\/.*\.ts$/.test(path)))).toEqual([]);
  const file = (path: string, text: string) => ({ path, text });
  expect(
    importCycles([
      file('src/a.ts', "import { b } from './b.ts';"),
      file('src/b.ts', "import type { C } from './c.ts';"),
      file('src/c.ts', "import { a } from './a.ts';\nimport type { C } from './c.ts';"),
    ]),
  ).toEqual(['src/a.ts → src/b.ts → src/c.ts → src/a.ts', 'src/c.ts → src/c.ts']);
});

test('the rules see every import that esbuild sees', async () => {
  const sources = files.filter(({ path }) => /^src\/.*\.ts$/.test(path));
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
  ['src/srp/formulas.ts', "import { signIn } from '../cognito/sign-in.ts';", /cognito.*lowest layer/],
  ['src/srp/formulas.ts', "import type { Users } from '../pool/users.ts';", /pool.*lowest layer/],
  ['src/srp/formulas.ts', "export * from '../cli/main.ts';", /cli.*lowest layer/],
  ['src/srp/formulas.ts', "import { createHash } from 'node:crypto';", /node:crypto.*browsers/],
  ['src/srp/formulas.ts', "const crypto = require('crypto');", /node:crypto.*browsers/],
  ['src/cognito/client/connection.ts', "import {\n  readFile,\n} from 'node:fs';", /node:fs.*browsers/],
  [
    'src/cognito/client/connection.ts',
    "import { createUserPool } from '../../pool/user-pool.ts';",
    /carry the local pool/,
  ],
  ['src/index.ts', "export { createUserPool } from './pool/user-pool.ts';", /carry the local pool/],
  [
    'src/cognito/client/connection.ts',
    "const main = await import('../../cli/main.ts');",
    /carry the local pool/,
  ],
  ['src/pool/http.ts', "import { readAuthReply } from '../cognito/sign-in/step.ts';", /share the mistakes/],
  ['src/pool/http.ts', "import '../cli/main.ts';", /share the mistakes/],
  ['src/pool/http.ts', "import { verifier } from '../srp/formulas.ts';", /own SRP host/],
  ['src/pool/http.ts', "import { modPow } from '#big-integer';", /big-integer\.jsbn\.ts.*own SRP host/],
  ['src/cli/main.ts', "import { connect } from '../cognito/client/connection.ts';", /built on the entries/],
  ['src/verify/token-verifier.ts', "import { toBase64 } from '../srp/encoding.ts';", /protocol at most/],
  ['src/srp/group.ts', "import jsbn from 'jsbn';", /jsbn.*portable/],
  ['src/cognito/client/connection.ts', "import { Buffer } from 'buffer/';", /buffer.*portable/],
  ['src/srp/big-integer.jsbn.ts', "import { Buffer } from 'buffer';", /buffer.*portable/],
  ['src/srp/password-proof.ts', "import { sha256 } from '@noble/hashes/sha2.js';", /@noble.*hash\.ts/],
  [
    'src/cognito/tokens/user-store.ts',
    "import { fileStorage } from '../../storage/file-storage.ts';",
    /servers alone/,
  ],
  ['src/srp/formulas.ts', "import { x } from '../verify/token-verifier.ts';", /lowest layer/],
  ['src/srp/group.ts', "import { modPow } from './big-integer.jsbn.ts';", /wrong one/],
  ['src/cognito/claims.ts', "import { fromBase64 } from '../srp/encoding.native.ts';", /wrong one/],
  ['src/omit-undefined.ts', "import { mustBe } from './errors.ts';", /imports nothing/],
  ['src/cognito/tokens/user-store.ts', 'export const s = localStorage;', /localStorage.*no platform/],
  ['src/cognito/sign-in/passkey-json.ts', 'export const c = document.cookie;', /document.*no platform/],
  ['src/errors.ts', "import type { Step } from './cognito/step.ts';", /import nothing/],
  [
    'src/cognito/sign-in/sign-in.ts',
    "import { generateEphemeral } from '../../srp/index.ts';",
    /entry for consumers/,
  ],
  ['src/index.ts', "export * from './pool/index.ts';", /no other entry/],
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
    const reasons = [...IMPORT_RULES, ...GLOBAL_RULES, ...TEXT_RULES].map(({ reason }) => reason);
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
  ['src/pool/srp-host.ts', "import { modPow } from '../srp/big-integer.native.ts';"],
  [
    'src/cli/seed.ts',
    "import { assertSeed } from '../pool/option-checks.ts'; import { signIn } from '../index.ts';",
  ],
  ['src/index.ts', "export { secretHash } from './srp/index.ts';"],
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
