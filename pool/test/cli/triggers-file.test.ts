/** A triggers file becomes the triggers of every pool of the seed, or is refused with the export that is wrong. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readTriggersFile } from '../../src/cli/triggers-file.ts';
import { TRIGGER_NAMES } from '../../src/triggers/trigger-names.ts';
import { run } from './run.ts';

const handler = async (event: object) => event;
const read = (module: unknown) => readTriggersFile('handlers.mjs', async () => module);
const TRIGGERS = TRIGGER_NAMES.join(', ');

test('takes every trigger by its name in LambdaConfig', async () => {
  const module = Object.fromEntries(TRIGGER_NAMES.map((name) => [name, handler]));
  expect(await read(module)).toEqual({
    triggers: {
      preSignUp: handler,
      postConfirmation: handler,
      preAuthentication: handler,
      postAuthentication: handler,
      preTokenGeneration: handler,
      userMigration: handler,
      customMessage: handler,
      defineAuthChallenge: handler,
      createAuthChallenge: handler,
      verifyAuthChallengeResponse: handler,
      customEmailSender: handler,
      customSMSSender: handler,
      inboundFederation: handler,
    },
  });
});

test.each([
  ['named exports', { PreSignUp: handler, PreTokenGenerationVersion: 'V2_0' }],
  ['a default export', { default: { PreSignUp: handler, PreTokenGenerationVersion: 'V2_0' } }],
  ['both', { PreSignUp: handler, default: { PreTokenGenerationVersion: 'V2_0' } }],
  [
    'a CommonJS module',
    {
      PreSignUp: handler,
      PreTokenGenerationVersion: 'V2_0',
      __esModule: true,
      'module.exports': {},
      default: { PreSignUp: handler, PreTokenGenerationVersion: 'V2_0' },
    },
  ],
])('takes %s', async (_, module) => {
  expect(await read(module)).toEqual({
    triggers: { preSignUp: handler },
    preTokenGenerationVersion: 'V2_0',
  });
});

test('takes an encoder of codes, also without a trigger', async () => {
  const EncodeSenderCode = (code: string) => code;
  expect(await read({ EncodeSenderCode })).toEqual({ triggers: {}, encodeSenderCode: EncodeSenderCode });
});

test('loads the file by its URL', async () => {
  const urls: string[] = [];
  await readTriggersFile('some folder/handlers.mjs', async (url) => {
    urls.push(url);
    return { PreSignUp: handler };
  });
  expect(urls).toEqual([pathToFileURL(resolve('some folder/handlers.mjs')).href]);
});

test.each<readonly [unknown, string]>([
  [{ PreSignUp: 'handler' }, 'The export PreSignUp of the triggers file must be a function'],
  [{ default: { PreSignUp: {} } }, 'The export PreSignUp of the triggers file must be a function'],
  [{ PreSignUp: undefined }, 'The export PreSignUp of the triggers file must be a function'],
  [
    { preSignUp: handler },
    `The triggers file exports "preSignUp", which is not a trigger. The triggers are ${TRIGGERS}`,
  ],
  [
    { PreSignUp: handler, 'odd\u0007name': handler },
    `The triggers file exports "odd\\u0007name", which is not a trigger. The triggers are ${TRIGGERS}`,
  ],
  [{ EncodeSenderCode: 'key' }, 'The export EncodeSenderCode of the triggers file must be a function'],
  [{ default: handler }, 'The default export of the triggers file must be an object with handlers'],
  [{ default: null }, 'The default export of the triggers file must be an object with handlers'],
  [
    { PreSignUp: handler, default: { PreSignUp: async () => {} } },
    'The triggers file exports PreSignUp twice: by name, and in its default export',
  ],
  [{}, `The triggers file exports no trigger. The triggers are ${TRIGGERS}`],
  [
    { PreTokenGenerationVersion: 'V2_0' },
    `The triggers file exports no trigger. The triggers are ${TRIGGERS}`,
  ],
  [
    { PreTokenGeneration: handler, PreTokenGenerationVersion: 2 },
    'The export PreTokenGenerationVersion of the triggers file must be V1_0, V2_0, V3_0',
  ],
])('refuses %j', async (module, message) => {
  await expect(read(module)).rejects.toMatchObject({
    name: 'UsageError',
    code: 'TRIGGERS_INVALID',
    message,
  });
});

test('names what a file fails with when it is loaded', async () => {
  const broken = async () => {
    throw new SyntaxError('Unexpected token');
  };
  await expect(readTriggersFile('broken.mjs', broken)).rejects.toMatchObject({
    code: 'TRIGGERS_INVALID',
    message: 'The triggers file broken.mjs cannot be loaded: SyntaxError: Unexpected token',
  });
});

test('names a file that never ends to load', async () => {
  await expect(readTriggersFile('stuck.mjs', () => new Promise(() => {}), 20)).rejects.toMatchObject({
    code: 'TRIGGERS_INVALID',
    message: 'The triggers file stuck.mjs was not loaded after 0.02 s',
  });
});

describe('the command', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cognito-local-pool-triggers-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const arns = { LambdaConfig: { PreSignUp: 'arn:aws:lambda:us-east-1:000000000000:function:f' } };
  const NEEDS =
    'is an ARN, so lambdaEndpoint (--lambda-endpoint) must say where the Lambda API is, or triggers must have a function';

  test('serves with a triggers file', async () => {
    const triggers = file('handlers.mjs', 'export const PreSignUp = async (event) => event;');
    expect(await run(['--triggers', triggers])).toMatchObject({ exitCode: 0, stderr: '' });
  });

  test('refuses a file that is not there', async () => {
    const { exitCode, stdout, stderr } = await run(['--triggers', 'no-such-file.mjs']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(
      /^cognito-local-pool: The triggers file no-such-file\.mjs cannot be loaded: Error: Cannot find module/,
    );
  });

  test('refuses a handler that is not a function, as JSON', async () => {
    const triggers = file('text.mjs', 'export const PreSignUp = "handler";');
    const { exitCode, stderr } = await run(['--json', '--triggers', triggers]);
    expect(exitCode).toBe(2);
    expect(JSON.parse(stderr)).toEqual({
      code: 'TRIGGERS_INVALID',
      name: 'UsageError',
      message: 'The export PreSignUp of the triggers file must be a function',
    });
  });

  test.each([
    [
      'an ARN without an endpoint',
      [],
      2,
      `cognito-local-pool: pools[0].userPool.LambdaConfig.PreSignUp ${NEEDS}\n`,
    ],
    ['an ARN with --lambda-endpoint', ['--lambda-endpoint', 'http://127.0.0.1:3001'], 0, ''],
    [
      'an endpoint that is not a URL',
      ['--lambda-endpoint', '127.0.0.1:3001'],
      2,
      'cognito-local-pool: --lambda-endpoint must be a URL like "http://127.0.0.1:3001", without user, path and query\n',
    ],
  ])('a seed with %s', async (_, flags, exitCode, stderr) => {
    const seed = file('seed.json', JSON.stringify({ userPool: arns }));
    expect(await run(['--seed', seed, ...flags])).toMatchObject({ exitCode, stderr });
  });

  test('a seed with an ARN and a triggers file that has a function in its place is served', async () => {
    const seed = file('seed.json', JSON.stringify({ userPool: arns }));
    const triggers = file('handlers.mjs', 'export const PreSignUp = async (event) => event;');
    expect(await run(['--seed', seed, '--triggers', triggers])).toMatchObject({ exitCode: 0, stderr: '' });
  });
});
