/** The README's code compiles against the built package, strictly, as a reader would copy it; its seed file is one. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FirstFactor, signIn } from '../../src/index.ts';
import { createUserPool, type UserPoolOptions } from '../../src/pool/index.ts';
import { root } from './run.ts';

const readme = readFileSync(join(root, 'README.md'), 'utf8');
const blocks = [...readme.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, code = '']) => code);

/** What the text around the code has introduced. */
const PRELUDE = `
import type * as Engine from 'cognito-srp-engine';
import type * as Sdk from '@aws-sdk/client-cognito-identity-provider';
declare global {
  const password: string;
  const username: string;
  const userPoolId: string;
  const ClientId: string;
  const pool: Engine.UserPoolClient;
  const store: Engine.UserStore;
  const signedIn: Engine.SignedIn;
  const step: Engine.ChallengeStep;
  const client: Sdk.CognitoIdentityProviderClient;
  function askForCode(delivery: Engine.Delivery | undefined): Promise<string>;
  const { signIn, parseChallenge, createUserStore, confirmNewDevice, createTokenKeeper }: typeof Engine;
  const { InitiateAuthCommand, RespondToAuthChallengeCommand }: typeof Sdk;
}
`;

const entry = (name: string) => [join(root, 'dist/esm', name)];

let folder: string;
beforeAll(() => {
  const cache = join(root, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  folder = mkdtempSync(join(cache, 'readme-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function compile(files: Readonly<Record<string, string>>): Promise<string> {
  const config = {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: {
      noUnusedLocals: false,
      skipLibCheck: true,
      types: ['node'],
      paths: {
        'cognito-srp-engine': entry('index.d.ts'),
        'cognito-srp-engine/srp': entry('srp/index.d.ts'),
        'cognito-srp-engine/pool': entry('pool/index.d.ts'),
      },
    },
    include: ['*.mts'],
    exclude: [],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  return new Promise((resolve) => {
    execFile(process.execPath, [tsc, '-p', folder], (_, stdout, stderr) => resolve(stdout + stderr));
  });
}

test('every piece of TypeScript in the README compiles', async () => {
  expect(blocks.length).toBeGreaterThan(5);
  // A module each: what one declares, the next does not see
  const files = blocks.map((code, index) => [`block-${index}.mts`, `${code}\nexport {};\n`]);
  expect(await compile({ ...Object.fromEntries(files), 'prelude.mts': PRELUDE })).toBe('');
});

test('what does not compile would be told', async () => {
  const wrong = 'await signIn(pool, { username, passwrod: password });\nexport {};\n';
  expect(await compile({ 'prelude.mts': PRELUDE, 'wrong.mts': wrong })).toContain('passwrod');
});

test.each<[string, FirstFactor, string]>([
  // Who has a second factor begins with the password
  ['alice', 'PASSWORD_SRP', 'SMS_MFA'],
  ['bob', 'EMAIL_OTP', 'EMAIL_OTP'],
])("%s of the README's seed file chooses %s, and is asked %s", async (username, preferredChallenge, name) => {
  const [, seed = ''] = /^```json\n([\s\S]*?)^```/m.exec(readme) ?? [];
  const local = createUserPool(JSON.parse(seed) as UserPoolOptions);
  const pool = { userPoolId: local.userPoolId, clientId: 'web', endpoint: 'http://127.0.0.1' };
  const choice = { flow: 'USER_AUTH', username, password: '…', preferredChallenge } as const;
  expect(await signIn(pool, choice, { fetch: local.fetch })).toMatchObject({ challenge: { name } });
});
