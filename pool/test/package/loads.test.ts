/**
 * The package loads and works where tests run: in Node by import and by require, and in Jest with each of its environments.
 * `npm run test:pool-loads` does the same in Vitest, in bundles for the web, and in other runtimes.
 */
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { evaluate, node, root } from '../../../test/support/node-process.ts';
import { type Packed, packAndUnpack } from '../../../test/support/packed.ts';

let packed: Packed;
let program: string;
let expected: object;
beforeAll(async () => {
  packed = await packAndUnpack('cognito-local-pool', 'pool');
  const path = join(__dirname, 'use-pool.mjs');
  program = (await readFile(path, 'utf8')).replaceAll(/^export /gm, '');
  expected = await evaluate(
    'module',
    `import { EXPECTED } from ${JSON.stringify(path)}; console.log(JSON.stringify(EXPECTED));`,
  );
});
afterAll(() => packed.remove());

describe('in Node', () => {
  test.each([
    ['import', 'mjs', "import { createUserPool } from 'cognito-local-pool';"],
    ['require', 'cjs', "const { createUserPool } = require('cognito-local-pool');"],
  ])('by %s', async (_, ending, load) => {
    const file = join(packed.folder, `use.${ending}`);
    const use = 'usePool(createUserPool).then((done) => console.log(JSON.stringify(done)));';
    await writeFile(file, `${load}\n${program}\n${use}`);
    expect(JSON.parse(await node([file], packed.folder))).toEqual({ ...expected, listens: 200 });
  });
});

/** Also what F5 of public reports was: the entry ./verify, which holds jose, and ./redirect, which holds oauth4webapi. */
const JEST_TEST = `
test('the pool works', async () => {
  const { createUserPool } = require('cognito-local-pool');
  expect(await usePool(createUserPool)).toEqual({ ...EXPECTED, listens: 200 });
});
test('the engine signs in to it, and verifies its tokens', async () => {
  const { createUserPool } = require('cognito-local-pool');
  const { signIn } = require('cognito-srp-engine');
  const { createTokenVerifier } = require('cognito-srp-engine/verify');
  const user = { username: 'alice', password: 'Correct-Horse-9' };
  const pool = createUserPool({ users: [user] });
  const client = { userPoolId: pool.userPoolId, clientId: 'web', endpoint: 'http://127.0.0.1' };
  const { tokens } = await signIn(client, user, { fetch: pool.fetch });
  const verifier = createTokenVerifier(client, { fetch: pool.fetch });
  expect(await verifier.verify(tokens.accessToken, 'access')).toMatchObject({ username: 'alice' });
});
test('the engine signs in by redirect', async () => {
  const { createUserPool } = require('cognito-local-pool');
  const { memoryStorage } = require('cognito-srp-engine');
  const { beginRedirectSignIn } = require('cognito-srp-engine/redirect');
  const pool = createUserPool({ clients: [{ clientId: 'web', callbackUrls: ['http://localhost/'] }] });
  const client = { userPoolId: pool.userPoolId, clientId: 'web', endpoint: 'http://localhost' };
  const input = { domain: 'http://localhost', redirectUri: 'http://localhost/', storage: memoryStorage() };
  const page = await pool.fetch(await beginRedirectSignIn(client, input), { redirect: 'manual' });
  expect(page.headers.get('location')).toMatch(/^\\/login|\\/login\\?/);
});
test('a signal of this environment ends a request', async () => {
  const { createUserPool } = require('cognito-local-pool');
  const ended = new AbortController();
  ended.abort(new Error('ended'));
  const { fetch } = createUserPool();
  await expect(fetch('http://localhost/', { signal: ended.signal })).rejects.toThrow('ended');
  const ends = new AbortController();
  const slow = createUserPool({ faults: [{ name: 'slow', delay: 60_000 }] }).fetch('http://localhost/', {
    method: 'POST',
    headers: { 'X-Amz-Target': 'AWSCognitoIdentityProviderService.InitiateAuth' },
    body: '{}',
    signal: ends.signal,
  });
  ends.abort(new Error('ended later'));
  await expect(slow).rejects.toThrow('ended later');
});
`;

describe('in Jest', () => {
  let folder: string;
  beforeAll(async () => {
    // The engine as it is installed, too, beside the pool
    folder = join(packed.folder, 'jest');
    const engine = await packAndUnpack('cognito-srp-engine', '.');
    const modules = join(packed.folder, 'node_modules');
    await symlink(engine.installed, join(modules, 'cognito-srp-engine'));
    engines.push(engine);
    for (const name of ['buffer', 'jsbn', 'base64-js', 'ieee754']) {
      await mkdir(dirname(join(engine.folder, 'node_modules', name)), { recursive: true });
      await symlink(join(root, 'node_modules', name), join(engine.folder, 'node_modules', name));
    }
    await mkdir(folder);
    await writeFile(join(folder, 'package.json'), '{}');
    await writeFile(join(folder, 'pool.test.js'), `${program}\n${JEST_TEST}`);
  });
  const engines: Packed[] = [];
  afterAll(() => Promise.all(engines.map(({ remove }) => remove())));

  const require = createRequire(__filename);
  test.each([
    ['node', 'jest-environment-node'],
    ['jsdom', 'jest-environment-jsdom'],
    ['jest-fixed-jsdom', 'jest-fixed-jsdom'],
  ])('with the environment %s', async (_, environment) => {
    const args = [`--rootDir=${folder}`, `--env=${require.resolve(environment)}`, '--testTimeout=60000'];
    const output = await node([require.resolve('jest/bin/jest'), ...args, '--no-cache'], folder);
    expect(output).toContain('Tests:       4 passed, 4 total');
  });
});
