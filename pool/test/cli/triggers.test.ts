/** The built command loads a module with triggers as Node loads it, or names at once what is wrong with it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { processesIn } from '../../../test/cli/spawned.ts';

const COMMAND = resolve(__dirname, '../../dist/esm/cli/main.js');
const folder = mkdtempSync(join(tmpdir(), 'cognito-local-pool-triggers-'));
const { start, killAll } = processesIn(folder);
afterAll(() => {
  killAll();
  rmSync(folder, { recursive: true });
});

const write = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return name;
};

async function startPool(...flags: string[]) {
  const pool = start([COMMAND, '--json', '--quiet', ...flags]);
  const [line = ''] = (await pool.shows('\n')).split('\n');
  const { endpoint } = JSON.parse(line) as { readonly endpoint: string };
  const signUp = async () => {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'X-Amz-Target': 'AWSCognitoIdentityProviderService.SignUp' },
      body: JSON.stringify({ ClientId: 'web', Username: 'bob', Password: 'Correct-Horse-9' }),
    });
    return (await response.json()) as Readonly<Record<string, unknown>>;
  };
  return { ...pool, signUp };
}

const CONFIRM = 'async (event) => ({ ...event, response: { ...event.response, autoConfirmUser: true } })';

test.each([
  ['named.mjs', `export const PreSignUp = ${CONFIRM};`],
  ['default.mjs', `export default { PreSignUp: ${CONFIRM} };`],
  ['common.cjs', `exports.PreSignUp = ${CONFIRM};`],
  ['assigned.cjs', `module.exports = { PreSignUp: ${CONFIRM}, PreTokenGenerationVersion: 'V2_0' };`],
  [
    'callback.cjs',
    'exports.PreSignUp = (event, context, callback) => { event.response.autoConfirmUser = true; callback(null, event); };',
  ],
])('a handler of %s confirms a user', async (name, text) => {
  const pool = await startPool('--triggers', write(name, text));
  expect(await pool.signUp()).toMatchObject({ UserConfirmed: true });
  pool.child.kill('SIGTERM');
  expect(await pool.ended).toMatchObject({ exitCode: 0, stderr: '' });
});

test.each([
  [
    'is not there',
    'no-such-file.mjs',
    undefined,
    /cannot be loaded: Error: Cannot find module .*no-such-file\.mjs/,
  ],
  ['is not JavaScript', 'broken.mjs', 'export const PreSignUp = async (', /cannot be loaded: SyntaxError: /],
  ['throws', 'throws.mjs', 'throw new Error("no luck");', /cannot be loaded: Error: no luck/],
  [
    'imports what is not there',
    'imports.mjs',
    'import "no-such-package";',
    /cannot be loaded: Error: Cannot find package 'no-such-package'/,
  ],
  ['is a folder', '.', undefined, /cannot be loaded: Error: /],
  [
    'exports a text',
    'text.mjs',
    'export const PreSignUp = "handler";',
    /The export PreSignUp .* must be a function/,
  ],
  ['exports nothing', 'empty.mjs', '', /The triggers file exports no trigger\./],
])('a file that %s is named at the start, without a stack', async (_, name, text, message) => {
  if (text !== undefined) write(name, text);
  const { exitCode, stdout, stderr } = await start([COMMAND, '--triggers', name]).ended;
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toMatch(message);
  expect(stderr).toMatch(/^cognito-local-pool: [^\n]+\n$/);
});
