/** The builds run in bare engines, which have ECMAScript's globals at most. */
import { randomBytes } from 'node:crypto';
import { createContext, runInContext } from 'node:vm';
import { type BuildResult, build, transform } from 'esbuild';
import { root } from '../support/node-process.ts';

/** What engines without bigint, or without a platform around them, do not have. */
const ABSENT = [
  'BigInt',
  'BigInt64Array',
  'BigUint64Array',
  'TextEncoder',
  'TextDecoder',
  'atob',
  'btoa',
  'crypto',
  'Buffer',
  'fetch',
  'URL',
  'AbortController',
  'AbortSignal',
  'setTimeout',
  'clearTimeout',
  'process',
  'window',
  'navigator',
  'WebAssembly',
];

type Bundle = BuildResult<{ write: false; metafile: true }>;

/** One script with the entry's exports in the variable `engine`, as an application's bundler makes it. */
const bundle = (entry: string, options: { readonly treeShaking?: boolean } = {}): Promise<Bundle> =>
  build({
    stdin: { contents: `export * from '${entry}';`, resolveDir: root },
    bundle: true,
    format: 'iife',
    globalName: 'engine',
    platform: 'browser',
    write: false,
    metafile: true,
    logLevel: 'silent',
    ...options,
  });

const scriptOf = ({ outputFiles }: Bundle): string => outputFiles[0]?.text ?? '';

/** What a bundle holds: files of this package from its root, and names of packages. */
const partsOf = ({ metafile }: Bundle): string[] => [
  ...new Set(
    Object.keys(metafile.inputs)
      .filter((path) => path !== '<stdin>')
      .map((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? path),
  ),
];

interface Bare {
  /** Runs a script and gives what its last expression is, or resolves to. Only strings and numbers pass. */
  readonly run: (code: string) => Promise<unknown>;
}

/** @param present of what is absent otherwise */
function bareEngine(present: readonly string[] = []): Bare {
  const context = createContext({
    // Not the bytes themselves: they would be of another realm's Uint8Array.
    randomNumbers: (length: number) => [...randomBytes(length)],
    // Not a bundle, because the pool needs what the bare engine lacks.
    send,
  });
  for (const name of ABSENT) {
    if (!present.includes(name)) runInContext(`delete globalThis.${name}`, context);
  }
  runInContext('const rng = (length) => Uint8Array.from(randomNumbers(length));', context);
  return { run: async (code) => runInContext(code, context) };
}

const USER = { username: 'alice', password: 'Correct-Horse-9' };
let send: (operation: string, input: string) => Promise<string>;

beforeAll(() => {
  // The default build, in this realm
  const { createUserPool } =
    require('../../pool/dist/cjs/index.js') as typeof import('../../pool/src/index.ts');
  const pool = createUserPool({ users: [USER] });
  send = async (operation, body) => {
    const headers = { 'X-Amz-Target': `AWSCognitoIdentityProviderService.${operation}` };
    const response = await pool.fetch('http://127.0.0.1/', { method: 'POST', headers, body });
    return response.text();
  };
});

/** What an application in a bare engine writes: its own way to the service, its own randomness. */
const APPLICATION = `
  const transport = async (operation, input) => {
    const { __type, message, ...output } = JSON.parse(await send(operation, JSON.stringify(input)));
    if (__type) throw Object.assign(new Error(message), { name: __type, $fault: 'client', $metadata: {} });
    return output;
  };
  const client = { userPoolId: 'us-east-1_LocalPool', clientId: 'web', endpoint: 'http://127.0.0.1' };
  const signIn = (password, options) => engine.signIn(client, { username: 'alice', password }, options);`;

/** The code, the missing things and the message of what a promise is rejected with. */
const rejection = (expression: string) =>
  `(async () => { try { await ${expression}; return 'nothing thrown'; }
    catch (error) { return [error.name, error.code, error.field, error.message].join('|'); } })()`;

test.each(ABSENT)('the bare engine has no %s', async (name) => {
  expect(await bareEngine().run(`typeof ${name}`)).toBe('undefined');
});

test('the default build needs no more than BigInt, as in k6 and Hermes: no TextEncoder, no atob', async () => {
  const engine = bareEngine(['BigInt']);
  await engine.run(`${scriptOf(await bundle('cognito-srp-engine'))};${APPLICATION}`);
  const signedIn = "signIn('Correct-Horse-9', { rng, transport }).then(({ status }) => status)";
  expect(await engine.run(signedIn)).toBe('signed-in');
});

describe.each([
  ['a bundler that leaves out unused code', true],
  ['a bundler that keeps everything, such as Metro', false],
])('./portable by %s', (_, treeShaking) => {
  let script: string;
  beforeAll(async () => {
    script = scriptOf(await bundle('cognito-srp-engine/portable', { treeShaking }));
  });

  test('signs in inside the bare engine', async () => {
    const engine = bareEngine();
    await engine.run(`${script};${APPLICATION}`);
    const outcome = await engine.run(
      `signIn('${USER.password}', { rng, transport })
        .then(({ status, username, tokens }) => [status, username, tokens.expiresIn].join())`,
    );
    expect(outcome).toBe('signed-in,alice,3600');
  });

  test('says there what the service refused', async () => {
    const engine = bareEngine();
    await engine.run(`${script};${APPLICATION}`);
    const outcome = await engine.run(rejection(`signIn('wrong', { rng, transport })`));
    expect(outcome).toMatch(/^NotAuthorizedException\|INCORRECT_USERNAME_OR_PASSWORD\|/);
  });

  test('makes a device verifier there', async () => {
    const engine = bareEngine();
    await engine.run(script);
    const verifier = JSON.parse(
      String(
        await engine.run(
          `const sevens = (length) => new Uint8Array(length).fill(7);
          JSON.stringify(engine.generateDeviceVerifier({ key: 'k', groupKey: 'g' }, sevens))`,
        ),
      ),
    );
    const bytes = (base64: string) => Buffer.from(base64, 'base64').length;
    expect(bytes(verifier.password)).toBe(40);
    // The bytes are fixed, because random ones could begin with zeros, which are not sent
    expect([384, 385]).toContain(bytes(verifier.DeviceSecretVerifierConfig.PasswordVerifier));
    expect(bytes(verifier.DeviceSecretVerifierConfig.Salt)).toBe(16);
  });

  test('says there that it has no randomness, without rng', async () => {
    const engine = bareEngine();
    await engine.run(`${script};${APPLICATION}`);
    expect(await engine.run(rejection('signIn("x", { transport })'))).toMatch(
      /^ArgumentError\|RANDOMNESS_MISSING\|rng\|/,
    );
  });

  test('has no bigint literal, which older engines could not even parse', async () => {
    const warningsOf = async (code: string) =>
      (await transform(code, { supported: { bigint: false }, logLevel: 'silent' })).warnings;
    expect(await warningsOf(script)).toEqual([]);
    expect(await warningsOf('f(1n)')).toHaveLength(1);
  });
});

test('./portable is jsbn and buffer, and nothing of the default build', async () => {
  expect(partsOf(await bundle('cognito-srp-engine/portable')).sort()).toEqual([
    'base64-js',
    'buffer',
    'dist/esm/portable.js',
    'ieee754',
    'jsbn',
  ]);
});

describe('the default build in the bare engine', () => {
  let script: string;
  beforeAll(async () => {
    script = scriptOf(await bundle('cognito-srp-engine'));
  });

  test.each(['cognito-srp-engine', 'cognito-srp-engine/srp'])('importing %s does no harm', async (entry) => {
    const engine = bareEngine();
    await engine.run(scriptOf(await bundle(entry)));
    expect(await engine.run('typeof engine.generateEphemeral')).toBe('function');
  });

  const lacks = 'BigInt';
  const INCOMPLETE = new RegExp(`^ArgumentError\\|RUNTIME_INCOMPLETE\\|${lacks}\\|.*${lacks}.*/portable`);

  test.each([
    ['signIn', `signIn('x', { rng, transport })`],
    ['generateEphemeral', 'engine.generateEphemeral(rng)'],
    ['generateDeviceVerifier', `engine.generateDeviceVerifier({ key: 'k', groupKey: 'g' }, rng)`],
    [
      'passwordVerifierResponses',
      `engine.passwordVerifierResponses({}, {}, { ...client, username: 'u', password: 'x', now: 0 })`,
    ],
    [
      'devicePasswordVerifierResponses',
      `engine.devicePasswordVerifierResponses({}, {}, { username: 'u', device: {}, now: 0 })`,
    ],
  ])('%s says in one error all that is missing and what to import', async (_, expression) => {
    const engine = bareEngine();
    await engine.run(`${script};${APPLICATION}`);
    expect(await engine.run(rejection(expression))).toMatch(INCOMPLETE);
  });
});

describe('without substitutes for fetch and randomness, the one error of signIn names them too', () => {
  test.each([
    ['', `BigInt, fetch, crypto.getRandomValues`],
    ['/portable', 'fetch, crypto.getRandomValues'],
  ])('cognito-srp-engine%s', async (path, missing) => {
    const engine = bareEngine();
    await engine.run(`${scriptOf(await bundle(`cognito-srp-engine${path}`))};${APPLICATION}`);
    const [, code, field, message] = String(await engine.run(rejection(`signIn('x')`))).split('|');
    expect({ code, field }).toEqual({ code: 'RUNTIME_INCOMPLETE', field: missing });
    expect(message).toMatch(/"fetch" or "transport".*"rng"/);
  });

  test.each([
    ['{ rng }', 'fetch'],
    ['{ transport }', 'crypto.getRandomValues'],
    ['{ fetch: transport }', 'crypto.getRandomValues'],
  ])('of the default build, given %s', async (options, missing) => {
    const engine = bareEngine();
    await engine.run(`${scriptOf(await bundle('cognito-srp-engine'))};${APPLICATION}`);
    const [, code, field] = String(await engine.run(rejection(`signIn('x', ${options})`))).split('|');
    expect({ code, field }).toEqual({
      code: 'RUNTIME_INCOMPLETE',
      field: `BigInt, ${missing}`,
    });
  });
});

describe("an application's bundle", () => {
  test.each(['', '/srp', '/portable'])('of cognito-srp-engine%s is made without a warning', async (path) => {
    expect((await bundle(`cognito-srp-engine${path}`)).warnings).toEqual([]);
  });

  test('of the main entry has no jsbn, no buffer, no pool and nothing of Node', async () => {
    const result = await bundle('cognito-srp-engine');
    const parts = partsOf(result);
    expect(parts.filter((part) => !part.startsWith('dist/'))).toEqual(['@noble/hashes']);
    expect(parts.filter((part) => /pool|cli|portable/.test(part))).toEqual([]);
    expect(scriptOf(result)).not.toMatch(/node:|require\(|createUserPool/);
  });

  test('of ./srp has nothing of the sign-in over fetch either', async () => {
    const result = await bundle('cognito-srp-engine/srp');
    expect(partsOf(result)).not.toContain('dist/esm/index.js');
    expect(scriptOf(result)).not.toMatch(/src\/(cognito|pool|cli)\/|InitiateAuth|fetch\(/);
  });

  test('of one small function has no SRP', async () => {
    const result = await build({
      stdin: { contents: "export { formatTimestamp } from 'cognito-srp-engine';", resolveDir: root },
      bundle: true,
      format: 'esm',
      minify: true,
      write: false,
      metafile: true,
    });
    expect(scriptOf(result).length).toBeLessThan(2000);
  });
});
