/** The package works as it is published: packed, and installed in an empty folder. */
import { accessSync, constants, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { processesIn } from '../../../test/cli/spawned.ts';
import { node, root, run } from '../../../test/support/node-process.ts';
import { filesIn, type Packed, packAndUnpack } from '../../../test/support/packed.ts';
import packageJson from '../../package.json' with { type: 'json' };

let packed: Packed;
beforeAll(async () => {
  packed = await packAndUnpack('cognito-local-pool', 'pool');
});
afterAll(() => packed.remove());

const read = (path: string): string => readFileSync(join(packed.installed, path), 'utf8');

const SUBPATHS = Object.keys(packageJson.exports).filter(
  (subpath) => subpath !== '.' && subpath !== './package.json',
);

test('holds bin, dist, a folder for each subpath, README, LICENSE and package.json, and nothing else', () => {
  const files = filesIn(packed.installed);
  const expected =
    /^(bin\/cognito-local-pool\.js|dist\/(esm|cjs)\/.+(\.js|\.d\.ts)|dist\/cjs\/package\.json|dist\/third-party-licenses\.txt)$/;
  const folders = SUBPATHS.map((subpath) => `${subpath.slice('./'.length)}/package.json`);
  expect(files.filter((path) => !expected.test(path)).sort()).toEqual(
    ['LICENSE', 'README.md', 'package.json', ...folders].sort(),
  );
});

test('holds no path of the machine it was built on', () => {
  expect(filesIn(packed.installed).filter((path) => read(path).includes(root))).toEqual([]);
});

test('brings one other package, tinypool, and its build contains the rest', () => {
  expect(Object.keys(packageJson.dependencies)).toEqual(['tinypool']);
  expect(packageJson).not.toHaveProperty('peerDependencies');
  const code = filesIn(packed.installed).filter((path) => path.endsWith('.js'));
  const imported = code.flatMap((path) =>
    [
      ...read(path).matchAll(
        /^(?:import|export)\b[^'"]*?\bfrom "([^"]+)";$|\b(?:import|require)\("([^"]+)"\)/gm,
      ),
    ].map(([, statement, call]) => `${path}: ${statement ?? call}`),
  );
  expect(imported.length).toBeGreaterThan(3);
  expect(imported.filter((line) => !/: (\.|node:|tinypool$)/.test(line))).toEqual([]);
});

/** Follows the relative imports of a file, through all files. */
function filesReachedFrom(entry: string): readonly string[] {
  const reached = new Set([entry]);
  for (const path of reached) {
    const imports = read(path).matchAll(/(?:\bfrom |\bimport |\bimport\(|\brequire\()"(\.[^"]+)"/g);
    for (const [, target = ''] of imports) reached.add(posix.join(posix.dirname(path), target));
  }
  return [...reached];
}

test('names modules of Node in the command alone, so that bundlers for the web take the entries', () => {
  const namesNode = (path: string) => /(\bfrom |\bimport\(|\brequire\()"node:/.test(read(path));
  const entries = Object.values(packageJson.exports).flatMap((target) =>
    typeof target === 'string' ? [] : [target.import, target.require],
  );
  expect(entries).toContain('./dist/esm/index.js');
  for (const entry of entries.map((path) => path.slice('./'.length))) {
    const reached = filesReachedFrom(entry);
    expect(reached).toContain(entry);
    expect(reached.filter(namesNode)).toEqual([]);
  }
  expect(filesReachedFrom('dist/esm/cli/main.js').some(namesNode)).toBe(true);
});

test('carries the licence of every package that is in it, and its own', () => {
  const licenses = read('dist/third-party-licenses.txt');
  for (const name of Object.keys(packageJson.devDependencies)) {
    expect(licenses).toMatch(new RegExp(`^${name} [\\d.]+ \\(MIT\\)$`, 'm'));
  }
  expect(read('LICENSE')).toBe(readFileSync(join(root, 'LICENSE'), 'utf8'));
});

test('is free of findings of publint', async () => {
  const output = await node([join(root, 'node_modules/publint/src/cli.js'), packed.tarball, '--strict']);
  expect(output).toContain('All good!');
});

test('has types that resolve everywhere: attw finds nothing, node10 included', async () => {
  const attw = join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js');
  const output = await node([attw, packed.tarball, '--profile', 'strict', '--no-color', '--no-emoji']);
  expect(output).toContain('No problems found');
});

test('brings an executable command', () => {
  const { 'cognito-local-pool': command } = packageJson.bin;
  expect(read(command)).toMatch(/^#!\/usr\/bin\/env node\n/);
  expect(() => accessSync(join(packed.installed, command), constants.X_OK)).not.toThrow();
});

test('npm installs it in an empty folder without a registry, and npx runs its command', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cognito-local-pool-installed-'));
  const { start, killAll } = processesIn(folder);
  try {
    // A test command that was started by "npm run --silent" hands its silence on to this npm
    const flags = ['--offline', '--no-audit', '--no-fund', '--loglevel=notice'];
    // Its one dependency is packed here, too, because there is no registry to take it from
    const tinypool = await packAndUnpack('tinypool', 'node_modules/tinypool');
    const { code, output } = await run(
      'npm',
      ['install', tinypool.tarball, packed.tarball, ...flags],
      folder,
    );
    await tinypool.remove();
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('added 2 packages') });
    // npx runs the file that npm has linked, and a signal ends npx before the command. So the file is started here
    const help = await run('npx', ['--offline', 'cognito-local-pool', '--version'], folder);
    expect(help).toEqual({ code: 0, output: `${packageJson.version}\n` });
    const pool = start([join(folder, 'node_modules/.bin/cognito-local-pool'), '--json', '--quiet']);
    const line = JSON.parse(await pool.shows('\n')) as { readonly endpoint: string };
    const jwks = await fetch(`${line.endpoint}/us-east-1_LocalPool/.well-known/jwks.json`);
    expect(jwks.status).toBe(200);
    pool.child.kill('SIGTERM');
    expect(await pool.ended).toMatchObject({ exitCode: 0, stderr: '' });
  } finally {
    killAll();
    await rm(folder, { recursive: true, force: true });
  }
});

/** Uses the types, and what they have to refuse. */
const CONSUMER = `
import { createUserPool, type OperationName, type UserPool, type UserPoolOptions } from 'cognito-local-pool';
import { addPoolTasks } from 'cognito-local-pool/cypress';
import { addPoolCommands } from 'cognito-local-pool/cypress/commands';
import { type TestPool, usePool } from 'cognito-local-pool/jest';
import { type PoolFixtures, poolFixtures as ofPlaywright } from 'cognito-local-pool/playwright';
import { poolFixtures as ofVitest } from 'cognito-local-pool/vitest';

// Types that do not resolve become any, and then everything compiles
type IsAny<T> = 0 extends 1 & T ? true : false;
export const resolved: readonly [IsAny<UserPool>, IsAny<UserPoolOptions>, IsAny<TestPool>] = [false, false, false];
export const functions: readonly [IsAny<typeof usePool>, IsAny<typeof addPoolTasks>] = [false, false];

addPoolCommands();
export const signedIn: PoolFixtures['signedInAs'] = { username: 'alice', expiresIn: -60 };
export const fixtures = [ofPlaywright.pool, ofVitest({ listen: true }).pool];
// @ts-expect-error a pool listens on a port, or says whether it does
usePool({ listen: 'yes' });
declare const cy: Cypress.Chainable<null>;
cy.signInAs('alice', { scopes: ['openid'] });
// @ts-expect-error the user has a name
cy.signInAs();

export const operation: OperationName = 'InitiateAuth';
// @ts-expect-error the union of operations is closed
export const unknown: OperationName = 'NoSuchOperation';
// @ts-expect-error a user has a name
createUserPool({ users: [{ password: 'x' }] });

export async function answer(): Promise<Response> {
  return createUserPool({ users: [{ username: 'alice', password: 'x' }] }).fetch('http://localhost/');
}
`;

describe('a strict TypeScript consumer compiles against it', () => {
  test.each([
    ['nodenext, an ES module', 'mts', 'nodenext'],
    ['nodenext, a CommonJS module', 'cts', 'nodenext'],
    ['bundler', 'ts', 'bundler'],
  ])('%s', async (title, ending, moduleResolution) => {
    const project = join(packed.folder, title.replace(/\W+/g, '-'));
    await mkdir(project);
    const compilerOptions = {
      target: 'es2022',
      module: moduleResolution === 'bundler' ? 'esnext' : moduleResolution,
      moduleResolution,
      lib: ['ES2022', 'DOM'],
      types: [],
      strict: true,
      exactOptionalPropertyTypes: true,
      // The declarations themselves have to hold, too
      skipLibCheck: false,
      noEmit: true,
    };
    await writeFile(join(project, `consumer.${ending}`), CONSUMER);
    await writeFile(join(project, 'package.json'), '{ "type": "module" }');
    await writeFile(
      join(project, 'tsconfig.json'),
      JSON.stringify({ compilerOptions, files: [`consumer.${ending}`] }),
    );
    const { output } = await run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc')], project);
    expect(output).toBe('');
  });
});
