/** The package works as it is published: packed, and unpacked into an empty folder beside its dependencies. */
import { accessSync, constants, readdirSync, readFileSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import { node, root, run } from '../support/node-process.ts';
import { filesIn, type Packed, packAndUnpack } from '../support/packed.ts';

const SUBPATHS = Object.keys(packageJson.exports)
  .filter((subpath) => subpath !== '.' && subpath !== './package.json')
  .map((subpath) => subpath.slice('./'.length));

let engine: Packed;
let pool: Packed;
let folder: string;
let tarball: string;
let installed: string;

beforeAll(async () => {
  engine = await packAndUnpack('cognito-srp-engine', '.');
  pool = await packAndUnpack('cognito-local-pool', 'pool');
  ({ folder, tarball, installed } = engine);
  const modules = join(folder, 'node_modules');
  await symlink(pool.installed, join(modules, 'cognito-local-pool'));

  // Only what the packed package.json declares, so that an undeclared dependency is not found. By hand:
  // npm install would have to ask a registry.
  const { dependencies } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  for (const name of [...Object.keys(dependencies), '@types/node']) {
    await mkdir(dirname(join(modules, name)), { recursive: true });
    await symlink(join(root, 'node_modules', name), join(modules, name));
  }
});

afterAll(async () => {
  await engine.remove();
  await pool.remove();
});

/** What installing a package installs with it. Optional dependencies and peers would count as well. */
const dependenciesOf = (path: string): string[] => {
  const packed = JSON.parse(readFileSync(path, 'utf8')) as Record<
    string,
    Record<string, unknown> | undefined
  >;
  // npm does not install an optional peer
  const isOptional = (name: string) => packed['peerDependenciesMeta']?.[name] !== undefined;
  return ['dependencies', 'optionalDependencies', 'peerDependencies']
    .flatMap((kind) => Object.keys(packed[kind] ?? {}))
    .filter((name) => !isOptional(name));
};

describe('the tarball', () => {
  test('holds dist, a folder for each subpath, the documents and package.json, and nothing else', () => {
    const folders = SUBPATHS.map((subpath) => `${subpath}/package.json`);
    const expected =
      /^(dist\/.+|docs\/(guide|internals|reference)\/.+\.md|docs\/migration\.md|docs\/internals\/performance\.svg|docs\/screenshots\/sign-in-desktop-(light|dark)\.png|LICENSE|README\.md|CHANGELOG\.md|CONTRIBUTING\.md|SECURITY\.md|package\.json)$/;
    const others = filesIn(installed).filter((path) => !expected.test(path));
    expect(others.sort()).toEqual(folders.sort());
  });

  test('has subpaths that are found by resolvers which do not know package exports', () => {
    for (const subpath of SUBPATHS) {
      const byExports = createRequire(join(folder, 'x.js')).resolve(`cognito-srp-engine/${subpath}`);
      // Node resolves a folder by its package.json, as Metro and webpack 4 do
      expect(createRequire(join(installed, 'x.js')).resolve(`./${subpath}`)).toBe(byExports);
      const { module } = JSON.parse(readFileSync(join(installed, subpath, 'package.json'), 'utf8')) as {
        module: string;
      };
      expect(() => accessSync(join(installed, subpath, module))).not.toThrow();
    }
  });

  test('has the licence, and the README where there is one', () => {
    const documents = readdirSync(root).filter((name) => /^(LICENSE|README\.md)$/.test(name));
    expect(filesIn(installed)).toEqual(expect.arrayContaining(['LICENSE', ...documents]));
  });

  test('holds in dist JavaScript and declarations only', () => {
    const dist = filesIn(join(installed, 'dist'));
    const expected = /(\.js|\.d\.ts|^cjs\/package\.json|^third-party-licenses\.txt)$/;
    expect(dist.filter((path) => !expected.test(path))).toEqual([]);
  });

  test('holds no path of the machine it was built on', () => {
    const files = filesIn(installed);
    expect(files.filter((path) => readFileSync(join(installed, path), 'utf8').includes(root))).toEqual([]);
  });

  test('carries the licence of every package that is bundled into it', () => {
    const licenses = readFileSync(join(installed, 'dist/third-party-licenses.txt'), 'utf8');
    const code = filesIn(join(installed, 'dist/cjs'))
      .map((path) => readFileSync(join(installed, 'dist/cjs', path), 'utf8'))
      .join('');
    const bundled = Object.keys(packageJson.dependencies).filter(
      (name) => !code.includes(`require("${name}`) && !code.includes(`import("${name}`),
    );
    expect(bundled).toEqual(['@noble/hashes', 'jose']);
    for (const name of bundled)
      expect(licenses).toMatch(new RegExp(`^${name} \\S+ \\(MIT\\)\n\n.*MIT License`, 'm'));
  });

  test('brings at most 6 packages besides itself', () => {
    const found = new Set<string>();
    const pending = dependenciesOf(join(installed, 'package.json'));
    for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
      if (found.has(name)) continue;
      found.add(name);
      pending.push(...dependenciesOf(join(root, 'node_modules', name, 'package.json')));
    }
    expect([...found].sort()).toEqual(['@noble/hashes', 'base64-js', 'buffer', 'ieee754', 'jose', 'jsbn']);
  });

  test('holds nothing of the local pool', () => {
    expect(filesIn(join(installed, 'dist')).filter((path) => path.includes('pool/'))).toEqual([]);
  });

  test('has every picture the README shows', () => {
    const readme = readFileSync(join(installed, 'README.md'), 'utf8');
    const pictures = [...readme.matchAll(/(?:srcset="|src="|!\[[^\]]*\]\()([^")]+)/g)].map(
      ([, path]) => path,
    );
    expect(pictures.length).toBeGreaterThan(1);
    expect(filesIn(installed)).toEqual(expect.arrayContaining(pictures));
  });

  test('brings a command that runs as it is installed', async () => {
    const command = join(installed, packageJson.bin['cognito-srp']);
    expect(await run(command, ['--version'], folder)).toEqual({
      code: 0,
      output: `${packageJson.version}\n`,
    });
  });

  test('is free of findings of publint', async () => {
    const output = await node([join(root, 'node_modules/publint/src/cli.js'), tarball, '--strict']);
    expect(output).toContain('All good!');
  });

  test('has types that resolve everywhere: attw finds nothing, node10 included', async () => {
    const attw = join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js');
    const output = await node([attw, tarball, '--profile', 'strict', '--no-color', '--no-emoji']);
    expect(output).toContain('No problems found');
    expect(output).toContain('node10');
  });

  test('brings an executable command', () => {
    const { bin } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as {
      bin: Record<string, string>;
    };
    // The second is what npx runs, for it is the package's name: of cognito-srp the registry has a stranger's
    expect(Object.keys(bin)).toEqual(['cognito-srp', 'cognito-srp-engine']);
    const command = join(installed, bin['cognito-srp'] ?? '');
    expect(readFileSync(command, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
    expect(() => accessSync(command, constants.X_OK)).not.toThrow();
  });
});

/** Signs in over a port, and in the same process, and lets the pool refuse a wrong password. */
const program = (load: (id: string) => string, entry: string) => `
  ${load(`{ ServiceError, generateDeviceVerifier, signIn }|${entry}`)}
  ${load('{ createUserPool }|cognito-local-pool')}
  async function main() {
    const user = { username: 'alice', password: 'Correct-Horse-9' };
    const pool = createUserPool({ users: [user] });
    const server = await pool.listen();
    const client = { userPoolId: pool.userPoolId, clientId: 'web', endpoint: server.endpoint };
    const overPort = await signIn(client, user);
    const inProcess = await signIn(client, user, { fetch: pool.fetch });
    const refused = await signIn(client, { ...user, password: 'wrong' }).catch((error) => error);
    await server.close();
    // Not random, because leading zeros of a salt are not sent
    const sevens = (length) => new Uint8Array(length).fill(7);
    const device = generateDeviceVerifier({ key: 'local_1', groupKey: '-g' }, sevens);
    console.log(overPort.status, inProcess.username, refused instanceof ServiceError, refused.code,
      device.DeviceSecretVerifierConfig.Salt.length > 20);
  }
  main();`;

const byImport = (what: string) => `import ${what.replace('|', " from '")}';`;
const byRequire = (what: string) => `const ${what.replace('|', " = require('")}');`;

describe.each(['cognito-srp-engine', 'cognito-srp-engine/portable'])('%s, installed,', (entry) => {
  test.each([
    ['import', 'mjs', byImport],
    ['require', 'cjs', byRequire],
  ])('signs in against the installed pool by %s', async (_, ending, load) => {
    const file = join(folder, `sign-in-${entry.replace('/', '-')}.${ending}`);
    await writeFile(file, program(load, entry));
    expect(await node([file], folder)).toBe('signed-in alice true INCORRECT_USERNAME_OR_PASSWORD true\n');
  });
});

/** What an application does with the package, and what its types have to refuse. */
const CONSUMER = `
import { type CallOptions, ServiceError, signIn, type Step, type UserPoolClient } from 'cognito-srp-engine';
import { signIn as portableSignIn } from 'cognito-srp-engine/portable';
import { fileStorage } from 'cognito-srp-engine/file-storage';
import { createUserPool } from 'cognito-local-pool';
import {
  deviceSrpAuthResponses,
  generateDeviceVerifier,
  generateEphemeral,
  passwordVerifierResponses,
  srpAuthParameters,
} from 'cognito-srp-engine/srp';
import { createSignInFlow } from 'cognito-srp-engine/flow';
import { textOfError } from 'cognito-srp-engine/texts';
import { de } from 'cognito-srp-engine/texts/de';
import { createTokenVerifier } from 'cognito-srp-engine/verify';

// Types that do not resolve become any, and then everything compiles.
type IsAny<T> = 0 extends 1 & T ? true : false;
export const resolved: readonly [IsAny<Step>, IsAny<ReturnType<typeof createUserPool>>] = [false, false];
export const alsoResolved: readonly [IsAny<typeof de>, IsAny<ReturnType<typeof createSignInFlow>>] = [false, false];
export const said: string = textOfError(new Error(), de);

// As in @aws-sdk/client-cognito-identity-provider
interface InitiateAuthCommandInput {
  AuthFlow: 'USER_SRP_AUTH' | 'USER_PASSWORD_AUTH' | undefined;
  AuthParameters?: Record<string, string> | undefined;
  ClientId: string | undefined;
}
interface RespondToAuthChallengeCommandInput {
  ChallengeResponses?: Record<string, string> | undefined;
}
interface InitiateAuthCommandOutput {
  ChallengeParameters?: Record<string, string> | undefined;
}
interface ConfirmDeviceCommandInput {
  DeviceSecretVerifierConfig?: { PasswordVerifier?: string | undefined; Salt?: string | undefined } | undefined;
}

const client: UserPoolClient = { userPoolId: 'us-east-1_LocalPool', clientId: 'web' };

export async function accessToken(options: CallOptions): Promise<string> {
  const step = await signIn(client, { username: 'alice', password: 'x' }, options);
  // @ts-expect-error before the union is narrowed there are no tokens
  step.tokens;
  if (step.status === 'signed-in') return step.tokens.accessToken;
  // @ts-expect-error no other step has tokens
  step.tokens;
  if (step.status === 'challenge') return step.challenge.name;
  return '';
}

export const portableStep: Promise<Step> = portableSignIn(client, { username: 'alice', password: 'x' });

export const sameProcess = () => {
  const pool = createUserPool({ users: [{ username: 'alice', password: 'x' }] });
  return signIn(client, { username: 'alice', password: 'x' }, { fetch: pool.fetch });
};

export const withFetch = signIn(client, { username: 'alice', password: 'x' }, { fetch: globalThis.fetch });

export const onAServer = createTokenVerifier(client, { fetch: globalThis.fetch });
export const againstThePool = createTokenVerifier(client, { fetch: createUserPool().fetch });
export const kept = fileStorage('tokens.json').getItem('key');

export function overTheAwsSdk(reply: InitiateAuthCommandOutput) {
  const ephemeral = generateEphemeral();
  const start: InitiateAuthCommandInput = {
    AuthFlow: 'USER_SRP_AUTH',
    ClientId: client.clientId,
    AuthParameters: srpAuthParameters(ephemeral, { ...client, username: 'alice' }),
  };
  const answer: RespondToAuthChallengeCommandInput = {
    ChallengeResponses: passwordVerifierResponses(ephemeral, reply.ChallengeParameters, {
      ...client,
      password: 'x',
      now: Date.now(),
    }),
  };
  const device: RespondToAuthChallengeCommandInput = {
    ChallengeResponses: deviceSrpAuthResponses(ephemeral, { username: 'alice', deviceKey: 'k' }),
  };
  const confirm: ConfirmDeviceCommandInput = generateDeviceVerifier({ key: 'k', groupKey: 'g' });
  return { start, answer, device, confirm };
}

export function meaning(error: unknown): string {
  if (!(error instanceof ServiceError)) return '';
  // @ts-expect-error the union of codes is closed
  if (error.code === 'NO_SUCH_CODE') return '';
  return error.code === 'THROTTLED' ? error.recovery : error.code;
}
`;

describe('a strict TypeScript consumer compiles against the installed package', () => {
  const browser = { lib: ['ES2022', 'DOM'], types: [] };
  test.each([
    ['nodenext, an ES module', 'mts', 'nodenext', browser],
    ['nodenext, a CommonJS module', 'cts', 'nodenext', browser],
    ['bundler', 'ts', 'bundler', browser],
    [
      'nodenext with the types of Node instead of the DOM',
      'mts',
      'nodenext',
      { lib: ['ES2022'], types: ['node'] },
    ],
  ])('%s', async (title, ending, moduleResolution, environment) => {
    const project = join(folder, title.replace(/\W+/g, '-'));
    await mkdir(project);
    const compilerOptions = {
      target: 'es2022',
      module: moduleResolution === 'bundler' ? 'esnext' : moduleResolution,
      moduleResolution,
      strict: true,
      exactOptionalPropertyTypes: true,
      // The declarations themselves have to hold too.
      skipLibCheck: false,
      noEmit: true,
      ...environment,
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
