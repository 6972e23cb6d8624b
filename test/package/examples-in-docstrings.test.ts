/** Every public function documents its parameters, its result and an example, and the examples compile. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/node-process.ts';
import { examplesIn, publicFunctions } from './docstrings.ts';

const functions = publicFunctions();

test('the entries export functions', () => {
  const names = functions.map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining(['signIn', 'secretHash', 'createUserPool', 'fileStorage', 'createTokenVerifier']),
  );
  expect(names).not.toContain('ServiceError');
});

test.each(functions)('$name has @param for each parameter, @returns and @example', ({ missing }) => {
  expect(missing).toEqual([]);
});

const examples = ['src', 'pool/src'].flatMap((folder) => examplesIn(join(root, folder)));

test('every @example begins with a block of TypeScript', () => {
  expect(examples.filter(({ code }) => code === undefined).map(({ place }) => place)).toEqual([]);
});

describe('one run of the compiler', () => {
  const WRONG = `import { signIn, type UserPoolClient } from 'cognito-srp-engine';
declare const pool: UserPoolClient;
await signIn(pool, { username: 'alice', passwrod: '' });
`;
  let lines: readonly string[];
  beforeAll(async () => {
    const files = new Map([['wrong.mts', WRONG]]);
    for (const [index, { place, code = '' }] of examples.entries()) {
      // The name says where the example stands. A file each: what one declares, the next does not see.
      const name = `${place.replace(/[/:]/g, '-')}-${index}.mts`;
      files.set(name, `${code}\nexport {};\n`);
    }
    lines = await compile(files);
  });

  test('takes every example', () => {
    expect(examples.length).toBeGreaterThan(20);
    expect(lines.filter((line) => !line.includes('wrong.mts'))).toEqual([]);
  });

  test('refuses what is wrong', () => {
    expect(lines).toEqual([expect.stringMatching(/wrong\.mts.*passwrod/)]);
  });
});

/** @returns the compiler's messages, one an item */
async function compile(files: ReadonlyMap<string, string>): Promise<readonly string[]> {
  const cache = join(root, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'docstrings-'));
  const source = (path: string, folder = 'src') => [join(root, folder, path)];
  const config = {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: {
      types: ['node', 'jest'],
      paths: {
        'cognito-srp-engine': source('index.ts'),
        'cognito-srp-engine/portable': source('index.ts'),
        'cognito-srp-engine/srp': source('srp/index.ts'),
        'cognito-local-pool': source('index.ts', 'pool/src'),
        'cognito-local-pool/*': source('*/index.ts', 'pool/src'),
        vitest: source('stubs/vitest.d.ts', 'test/package'),
        'cognito-srp-engine/file-storage': source('storage/index.ts'),
        'cognito-srp-engine/verify': source('verify/index.ts'),
        'cognito-srp-engine/flow': source('flow/index.ts'),
        'cognito-srp-engine/session': source('session/index.ts'),
        'cognito-srp-engine/cookies': source('cookies/index.ts'),
        'cognito-srp-engine/redirect': source('redirect/index.ts'),
        'cognito-srp-engine/texts': source('texts/index.ts'),
        'cognito-srp-engine/texts/en': source('texts/en/index.ts'),
      },
    },
    include: ['*.mts'],
    exclude: [],
  };
  try {
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
    for (const [name, text] of files) writeFileSync(join(folder, name), text);
    const output = await new Promise<string>((resolve) => {
      const tsc = join(root, 'node_modules/typescript/bin/tsc');
      const args = [tsc, '-p', folder, '--pretty', 'false'];
      execFile(process.execPath, args, (_, stdout, stderr) => resolve(stdout + stderr));
    });
    // A message that goes on does so in lines that are indented.
    return output.split(/\n(?=\S)/).filter((message) => message.trim() !== '');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
