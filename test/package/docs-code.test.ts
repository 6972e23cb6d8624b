/**
 * The code of the README and of the guide: every TypeScript block compiles, every complete sample runs against a local
 * pool, and every JSON block parses.
 *
 * A sample whose fence says `ts run` is run as a module of its own. What its `console.log` prints has to be what the
 * comment on that line says: `// alice`, or for a loop `// SELECT_MFA_TYPE, then SMS_MFA`.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import packageJson from '../../package.json' with { type: 'json' };
import poolPackageJson from '../../pool/package.json' with { type: 'json' };
import { createUserPool, type UserPoolOptions } from '../../pool/src/index.ts';
import { type FirstFactor, signIn } from '../../src/index.ts';
import { root } from '../support/node-process.ts';
import { blocks, execute } from './docs-blocks.ts';

const typeScript = blocks.filter(({ language }) => /^tsx?$/.test(language));
const complete = typeScript.filter(({ isComplete }) => isComplete);

let folder: string;
beforeAll(() => {
  // Below the repository, so that the samples find its packages
  const cache = join(root, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  folder = mkdtempSync(join(cache, 'docs-code-'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(CONFIGURATION));
  for (const { id, language, code } of typeScript) {
    // A module each: what one declares, the next does not see
    writeFileSync(join(folder, `${id}.${language}`), `${code}\nexport {};\n`);
  }
  writeFileSync(join(folder, 'wrong.ts'), WRONG);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The packages' names, which lead to their sources: nothing has to be built. */
const ENTRIES = Object.entries({
  'cognito-srp-engine/portable': 'src/index.ts',
  'cognito-srp-engine/srp': 'src/srp/index.ts',
  'cognito-srp-engine/verify': 'src/verify/index.ts',
  'cognito-srp-engine/flow': 'src/flow/index.ts',
  'cognito-srp-engine/session': 'src/session/index.ts',
  'cognito-srp-engine/cookies': 'src/cookies/index.ts',
  'cognito-srp-engine/redirect': 'src/redirect/index.ts',
  'cognito-srp-engine/texts/de': 'src/texts/de/index.ts',
  'cognito-srp-engine/texts/en': 'src/texts/en/index.ts',
  'cognito-srp-engine/texts': 'src/texts/index.ts',
  'cognito-srp-engine/file-storage': 'src/storage/index.ts',
  'cognito-srp-engine': 'src/index.ts',
  'cognito-local-pool/playwright': 'pool/src/playwright/index.ts',
  'cognito-local-pool/cypress/commands': 'pool/src/cypress/commands/index.ts',
  'cognito-local-pool/cypress': 'pool/src/cypress/index.ts',
  'cognito-local-pool/jest': 'pool/src/jest/index.ts',
  'cognito-local-pool/vitest': 'pool/src/vitest/index.ts',
  'cognito-local-pool': 'pool/src/index.ts',
}).map(([name, path]) => [name, join(root, path)] as const);

/** Packages that samples import and this repository does not install. */
const STUBS = ['vitest', 'cypress'].map((name) => [name, join(__dirname, `stubs/${name}.d.ts`)] as const);

/** What the samples and the pool's sources import besides. */
const DEVELOPMENT_PACKAGES = [packageJson, poolPackageJson].flatMap(({ devDependencies }) =>
  Object.keys(devDependencies),
);

/** The project's own settings. A sample may declare what it does not use. */
const CONFIGURATION = {
  extends: join(root, 'tsconfig.json'),
  compilerOptions: {
    noUnusedLocals: false,
    noUnusedParameters: false,
    jsx: 'preserve',
    paths: Object.fromEntries([...ENTRIES, ...STUBS].map(([name, path]) => [name, [path]])),
  },
  include: ['*.ts', '*.tsx'],
  exclude: [],
};
/** Shows that a sample which does not compile would be told. */
const WRONG = `import { signIn } from 'cognito-srp-engine';
await signIn(pool, { username, passwrod: password });
`;

test('every TypeScript block compiles, and one that does not would be told', async () => {
  expect(typeScript.length).toBeGreaterThan(50);
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const { stdout } = await execute(process.execPath, [tsc, '-p', folder, '--pretty', 'false']);
  const errors = stdout.split('\n').filter((line) => line !== '' && !line.startsWith(' '));
  expect(errors.filter((line) => !line.includes('wrong.ts('))).toEqual([]);
  expect(errors.filter((line) => line.includes('wrong.ts(')).join('\n')).toContain('passwrod');
}, 60_000);

describe('a complete sample', () => {
  let printed: Readonly<Record<string, readonly string[]>>;
  beforeAll(async () => {
    await build({
      entryPoints: complete.map(({ id }) => join(folder, `${id}.ts`)),
      outdir: join(folder, 'built'),
      bundle: true,
      splitting: true,
      alias: Object.fromEntries(ENTRIES),
      external: [...Object.keys(packageJson.dependencies), ...DEVELOPMENT_PACKAGES],
      platform: 'node',
      format: 'esm',
      target: 'node20',
      logLevel: 'silent',
    });
    writeFileSync(join(folder, 'runner.mjs'), RUNNER);
    const ids = complete.map(({ id }) => id);
    const { stdout, stderr } = await execute(process.execPath, [join(folder, 'runner.mjs'), ...ids]);
    const report = stdout.split('\n').find((line) => line.startsWith('{')) ?? '';
    if (report === '') throw new Error(stdout + stderr);
    printed = JSON.parse(report) as typeof printed;
  }, 60_000);

  test.each(complete.map(({ id, code }) => [id, code]))('%s runs, and prints what it says', (id, code) => {
    const promised = [...code.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].flatMap(([, text = '']) =>
      text.split(', then '),
    );
    expect(printed[id]).toEqual(promised);
  });
});

/** Imports each sample, one after the other. `test` and `expect` are Jest's, as far as the samples use them. */
const RUNNER = `
import { format } from 'node:util';
import { expect } from 'expect';

const printed = {};
globalThis.expect = expect;
for (const id of process.argv.slice(2)) {
  const lines = [];
  const tests = [];
  console.log = (...values) => lines.push(format(...values));
  globalThis.test = (name, work) => tests.push([name, work]);
  try {
    await import('./built/' + id + '.js');
    for (const [, work] of tests) await work();
  } catch (error) {
    lines.push(String(error?.stack ?? error));
  }
  printed[id] = lines;
}
process.stdout.write(JSON.stringify(printed) + '\\n', () => process.exit());
`;

const json = blocks.filter(({ language }) => language === 'json');

test.each(json.map(({ id, code }) => [id, code]))('%s is JSON', (_, code) => {
  expect(() => JSON.parse(code)).not.toThrow();
});

describe('the seed file of the guide', () => {
  const { code = '' } = json.find(({ page }) => page === 'docs/guide/local-pool.md') ?? {};

  test.each<[string, FirstFactor, string]>([
    // Who has a second factor begins with the password
    ['alice', 'PASSWORD_SRP', 'SMS_MFA'],
    ['bob', 'EMAIL_OTP', 'EMAIL_OTP'],
  ])('has %s, who chooses %s and is asked %s', async (username, preferredChallenge, name) => {
    const local = createUserPool(JSON.parse(code) as UserPoolOptions);
    const pool = { userPoolId: local.userPoolId, clientId: 'web', endpoint: 'http://127.0.0.1' };
    const choice = {
      flow: 'USER_AUTH',
      username,
      password: 'Correct-Horse-9',
      preferredChallenge,
    } as const;
    expect(await signIn(pool, choice, { fetch: local.fetch })).toMatchObject({ challenge: { name } });
  });
});
