/**
 * The code of the README and of the guide: every TypeScript block compiles, every complete sample runs against a local
 * pool, every JSON block parses, and the commands run where they can.
 *
 * A sample whose fence says `ts run` is run as a module of its own. What its `console.log` prints has to be what the
 * comment on that line says: `// alice`, or for a loop `// SELECT_MFA_TYPE, then SMS_MFA`.
 */
import { execFile, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import packageJson from '../../package.json' with { type: 'json' };
import {
  type ChallengeName,
  type DeviceProblemCode,
  type ErrorCode,
  type FirstFactor,
  signIn,
} from '../../src/index.ts';
import { createUserPool, type UserPoolOptions } from '../../src/pool/index.ts';
import publicNames from './public-names.json' with { type: 'json' };
import { root } from './run.ts';

const guide = readdirSync(join(root, 'docs/guide'))
  .filter((name) => name.endsWith('.md'))
  .map((name) => `docs/guide/${name}`);
const pages = ['README.md', 'SECURITY.md', 'CONTRIBUTING.md', ...guide].filter((path) =>
  existsSync(join(root, path)),
);
const textOf = (page: string) => readFileSync(join(root, page), 'utf8');

/** A fenced block. `id` names its page and its place there: `docs-guide-errors-1`. */
interface Block {
  readonly page: string;
  readonly id: string;
  readonly language: string;
  readonly isRun: boolean;
  readonly code: string;
}

const blocks = pages.flatMap((page): Block[] =>
  [...textOf(page).matchAll(/^```(\w+)( run)?\n([\s\S]*?)^```/gm)].map(
    ([, language = '', isRun, code = ''], index) => ({
      page,
      id: `${page.replace(/\.md$/, '').replace(/\W/g, '-')}-${index + 1}`,
      language,
      isRun: isRun !== undefined,
      code,
    }),
  ),
);
const typeScript = blocks.filter(({ language }) => /^tsx?$/.test(language));
const complete = typeScript.filter(({ isRun }) => isRun);

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

/** The package's names, which lead to its sources: nothing has to be built. */
const ENTRIES = Object.entries({
  portable: 'index.ts',
  srp: 'srp/index.ts',
  pool: 'pool/index.ts',
  verify: 'verify/index.ts',
  'file-storage': 'storage/index.ts',
  '': 'index.ts',
}).map(
  ([name, path]) =>
    [name === '' ? packageJson.name : `${packageJson.name}/${name}`, join(root, 'src', path)] as const,
);

/** The project's own settings. A sample may declare what it does not use. */
const CONFIGURATION = {
  extends: join(root, 'tsconfig.json'),
  compilerOptions: {
    noUnusedLocals: false,
    noUnusedParameters: false,
    jsx: 'preserve',
    paths: Object.fromEntries(ENTRIES.map(([name, path]) => [name, [path]])),
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
      external: Object.keys({ ...packageJson.dependencies, ...packageJson.devDependencies }),
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

/** Commands that no test can run, and why. Their beginning is enough. */
const NOT_RUN: readonly (readonly [string, string])[] = [
  ['npm install cognito-srp-engine', 'it asks a registry'],
  ['npm ci', 'it replaces node_modules under the running tests; what follows it is run'],
  ['npm test', 'it is what runs this test'],
  ['npm run build', 'it replaces dist under the other tests; npm test runs it first'],
  ['PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npx artillery', 'Artillery is too large to install for a test'],
  ['npx artillery', 'it starts containers in an AWS account'],
];
/** Commands of another page have a test of their own there. */
const shell = blocks.filter(({ language, page }) => language === 'sh' && !isTestedElsewhere(page));

function isTestedElsewhere(page: string): boolean {
  // The command's page stands beside its tests in test/cli; contributors' commands are scripts that others name
  return page === 'docs/guide/command.md' || page === 'CONTRIBUTING.md';
}

/** `a && b   # why`, continued by a backslash → a, b. */
const commandsOf = (code: string) =>
  code
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .flatMap((line) => line.replace(/\s+#.*$/, '').split(' && '))
    .map((command) => command.trim())
    .filter((command) => command !== '');

describe('the commands', () => {
  test('that are npm scripts are there', () => {
    const scripts = blocks
      .filter(({ language }) => language === 'sh')
      .flatMap(({ code }) => commandsOf(code))
      .flatMap((command) => /^npm run ([\w:-]+)/.exec(command)?.[1] ?? []);
    expect(scripts).toContain('demo');
    expect(scripts.filter((name) => !Object.hasOwn(packageJson.scripts, name))).toEqual([]);
  });

  test('that cannot be run are all in use', () => {
    const commands = shell.flatMap(({ code }) => commandsOf(code));
    const unused = NOT_RUN.filter(([begin]) => !commands.some((command) => command.startsWith(begin)));
    expect(unused).toEqual([]);
  });

  const shellPages = [...new Set(shell.map(({ page }) => page))];
  test.each(shellPages)(
    'of %s run',
    async (page) => {
      const workplace = mkdtempSync(join(folder, `${basename(page, '.md')}-`));
      const [seed] = json.filter((block) => block.page === page);
      if (seed) writeFileSync(join(workplace, 'seed.json'), seed.code);
      const port = await freePort();
      const pools: Pool[] = [];
      try {
        for (const command of shell
          .filter((block) => block.page === page)
          .flatMap(({ code }) => commandsOf(code))) {
          if (NOT_RUN.some(([begin]) => command.startsWith(begin))) continue;
          const here = command
            .replace(/^npx cognito-srp-engine/, `"${process.execPath}" "${COMMAND}"`)
            .replaceAll('9229', String(port))
            .replaceAll('examples/', `${root}/examples/`);
          if (/^npx cognito-srp-engine pool/.test(command)) {
            // The next pool of the page takes the same port
            await pools.pop()?.stop();
            pools.push(await startPool(here, workplace));
            continue;
          }
          const cwd = command.startsWith('npm ') ? root : workplace;
          const { code, stdout, stderr } = await execute('bash', ['-c', here], cwd);
          expect({ command, code, output: code === 0 ? '' : stdout + stderr }).toEqual({
            command,
            code: 0,
            output: '',
          });
        }
      } finally {
        for (const pool of pools) expect(await pool.stop()).toBe(0);
      }
    },
    60_000,
  );
});

const COMMAND = join(root, packageJson.bin['cognito-srp-engine']);
/** The pool of the guide has this one user without a seed file. */
const ENVIRONMENT = { ...process.env, COGNITO_PASSWORD: 'Correct-Horse-9' };

interface Pool {
  /** @returns its exit code */
  stop(): Promise<number | null>;
}

/** Starts `cognito-srp pool` and waits until it answers. */
async function startPool(command: string, cwd: string): Promise<Pool> {
  const child = spawn('bash', ['-c', `exec ${command}`], { cwd, env: ENVIRONMENT });
  const ended = new Promise<number | null>((done) => child.once('close', done));
  let isUp = false;
  for await (const line of createInterface({ input: child.stdout })) {
    isUp = /http:\/\/127\.0\.0\.1/.test(line);
    if (isUp) break;
  }
  child.stdout.resume();
  if (!isUp) throw new Error(`"${command}" ended with ${await ended}`);
  return {
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => done(port));
    });
  });
}

function execute(file: string, args: readonly string[], cwd = root) {
  return new Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }>((done) => {
    execFile(file, args, { cwd, env: ENVIRONMENT, maxBuffer: 2 ** 24 }, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : Number(error.code ?? 1) || 1, stdout, stderr });
    });
  });
}

/** Not one can be missing: without it, this file does not compile. */
const CHALLENGES: Readonly<Record<ChallengeName, true>> = {
  SMS_MFA: true,
  EMAIL_OTP: true,
  SMS_OTP: true,
  SOFTWARE_TOKEN_MFA: true,
  SELECT_MFA_TYPE: true,
  MFA_SETUP: true,
  NEW_PASSWORD_REQUIRED: true,
  CUSTOM_CHALLENGE: true,
  SELECT_CHALLENGE: true,
  PASSWORD: true,
  PASSWORD_SRP: true,
  ADMIN_NO_SRP_AUTH: true,
  WEB_AUTHN: true,
  UNKNOWN: true,
};

test.each(Object.keys(CHALLENGES))('the guide has a row and a sample for %s', (name) => {
  const page = textOf('docs/guide/challenges.md');
  expect(page).toMatch(new RegExp(`^\\| \\[\`${name}\`\\]`, 'm'));
  const [, section = ''] = page.split(`\n## \`${name}\`\n`);
  const [own = ''] = section.split('\n## ');
  expect(own).toContain(`ChallengeOf<'${name}'>`);
  expect(own).toMatch(/^```ts\n[\s\S]*respond\(/m);
});

const CODES: Readonly<Record<ErrorCode | DeviceProblemCode, true>> = {
  USER_POOL_ID_INVALID: true,
  CLIENT_ID_INVALID: true,
  CLIENT_SECRET_INVALID: true,
  REGION_INVALID: true,
  ENDPOINT_INVALID: true,
  ENDPOINT_INSECURE: true,
  USERNAME_INVALID: true,
  PASSWORD_INVALID: true,
  OPTION_INVALID: true,
  CHALLENGE_INVALID: true,
  ANSWER_INVALID: true,
  RANDOMNESS_MISSING: true,
  RANDOMNESS_INVALID: true,
  RUNTIME_INCOMPLETE: true,
  NETWORK_FAILED: true,
  TIMED_OUT: true,
  BODY_NOT_JSON: true,
  BODY_TOO_LARGE: true,
  REPLY_MALFORMED: true,
  CHALLENGE_UNEXPECTED: true,
  CHALLENGE_PARAMETER_MISSING: true,
  CHALLENGE_PARAMETER_INVALID: true,
  SRP_B_INVALID: true,
  SALT_INVALID: true,
  SECRET_BLOCK_INVALID: true,
  TOKEN_INVALID: true,
  U_ZERO: true,
  INCORRECT_USERNAME_OR_PASSWORD: true,
  ATTEMPTS_EXCEEDED: true,
  USER_DISABLED: true,
  USER_NOT_FOUND: true,
  USER_NOT_CONFIRMED: true,
  PASSWORD_RESET_REQUIRED: true,
  TEMPORARY_PASSWORD_EXPIRED: true,
  SESSION_EXPIRED: true,
  SESSION_USED: true,
  SESSION_INVALID: true,
  CODE_MISMATCH: true,
  CODE_EXPIRED: true,
  CODE_USED: true,
  CODE_DELIVERY_FAILED: true,
  PASSWORD_POLICY: true,
  USERNAME_EXISTS: true,
  ALIAS_EXISTS: true,
  MFA_NOT_SET_UP: true,
  PASSKEY_REFUSED: true,
  PASSKEY_NOT_ENABLED: true,
  ACCESS_TOKEN_REFUSED: true,
  REFRESH_TOKEN_REFUSED: true,
  REFRESH_TOKEN_REUSED: true,
  OPERATION_UNKNOWN: true,
  OPERATION_NOT_ENABLED: true,
  CREDENTIALS_REFUSED: true,
  SECRET_HASH_REFUSED: true,
  CLIENT_NOT_FOUND: true,
  FLOW_NOT_ENABLED: true,
  DEVICE_NOT_FOUND: true,
  DEVICE_REFUSED: true,
  TRIGGER_REFUSED: true,
  TRIGGER_FAILED: true,
  POOL_MISCONFIGURED: true,
  TIMESTAMP_REFUSED: true,
  PARAMETER_REFUSED: true,
  FIREWALL_REFUSED: true,
  THROTTLED: true,
  INTERNAL_ERROR: true,
  REFUSED: true,
  DEVICE_GONE: true,
  DEVICE_DAMAGED: true,
  DEVICE_OF_ANOTHER_USER: true,
  CONFIRMATION_FAILED: true,
};

test.each(Object.keys(CODES))('the guide has a row for the code %s', (code) => {
  expect(textOf('docs/guide/errors.md')).toMatch(new RegExp(`^\\| \`${code}\` `, 'm'));
});

test('moving.md calls what there is', () => {
  const here = [...textOf('docs/guide/moving.md').matchAll(/^\|.* \| (.*) \|$/gm)].map(
    ([, cell = '']) => cell,
  );
  const called = here.flatMap((cell) => [...cell.matchAll(/(?<![\w.])\w+(?=\()/g)].map(([name]) => name));
  const names = Object.values(publicNames).flatMap((entry) => Object.values(entry).flat());
  expect(called).toEqual(expect.arrayContaining(['signIn', 'confirmForgotPassword', 'createUserStore']));
  expect(called.filter((name) => !names.includes(name))).toEqual([]);
});

test('the README has at most 150 lines', () => {
  expect(textOf('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(150);
});
