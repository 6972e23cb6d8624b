/**
 * The commands of the README and of the guide run where they can, page by page, from the first to the last.
 *
 * `npx cognito-srp-engine`, `cognito-srp` and `npx cognito-local-pool` are the built commands, 9229 is a free port, and `seed.json` is the first
 * JSON block of the page. A command ends with 0, or with what its comment says: `# exit 4`. A pool that is started
 * serves until the page ends.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import packageJson from '../../package.json' with { type: 'json' };
import poolPackageJson from '../../pool/package.json' with { type: 'json' };
import { root } from '../support/node-process.ts';
import { blocks, execute } from './docs-blocks.ts';

/** Commands that no test can run, and why. Their beginning is enough. */
const NOT_RUN: readonly (readonly [string, string])[] = [
  ['npm install cognito-srp-engine', 'it asks a registry'],
  ['npm install --save-dev cognito-local-pool', 'it asks a registry'],
  ['aws cognito-idp', 'it needs the AWS CLI'],
  ['npm ci', 'it replaces node_modules under the running tests; what follows it is run'],
  ['npm test', 'it is what runs this test'],
  ['npx artillery', 'it starts containers in an AWS account'],
];
/** Its commands take long or change the repository. That its npm scripts are there is checked. */
const CONTRIBUTING = 'CONTRIBUTING.md';

interface Command {
  readonly page: string;
  readonly text: string;
  readonly exitCode: number;
}

/** `a && b   # why`, continued by a backslash → a, b. What has `…` in it shows a form and is no whole command. */
const commands: readonly Command[] = blocks
  .filter(({ language }) => language === 'sh')
  .flatMap(({ page, code }) =>
    code
      .replace(/\\\n\s*/g, '')
      .split('\n')
      .flatMap((line) => {
        const [all = '', comment = ''] = line.split(/(?:^|\s+)#\s/);
        const exitCode = Number(/^exit (\d+)/.exec(comment)?.[1] ?? 0);
        return all.split(' && ').map((text) => ({ page, text: text.trim(), exitCode }));
      }),
  )
  .filter(({ text }) => text !== '');

const canRun = ({ page, text }: Command) =>
  page !== CONTRIBUTING && !text.includes('…') && !NOT_RUN.some(([begin]) => text.startsWith(begin));

test('npm scripts that the pages name are there', () => {
  const scripts = commands.flatMap(({ text }) => /^npm run ([\w:-]+)/.exec(text)?.[1] ?? []);
  expect(scripts).toContain('demo');
  expect(scripts.filter((name) => !Object.hasOwn(packageJson.scripts, name))).toEqual([]);
});

test('every command that is not run is on a page', () => {
  const unused = NOT_RUN.filter(([begin]) => !commands.some(({ text }) => text.startsWith(begin)));
  expect(unused).toEqual([]);
});

/** By npx, or by the name it has where it is installed. */
const THE_COMMAND = /\bnpx cognito-srp-engine(?= )|(?<![\w./-])cognito-srp(?= )/g;
const BINARY = join(root, packageJson.bin['cognito-srp-engine']);
const THE_POOL = /\bnpx cognito-local-pool(?= |$)/g;
const POOL_BINARY = join(root, 'pool', poolPackageJson.bin['cognito-local-pool']);
/** The password of the pool's user, which the command asks for at a terminal. */
const ENVIRONMENT = { ...process.env, COGNITO_PASSWORD: 'Correct-Horse-9' };

let folder: string;
beforeAll(() => {
  const cache = join(root, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  folder = mkdtempSync(join(cache, 'docs-commands-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const pages = [...new Set(commands.filter(canRun).map(({ page }) => page))];

test.each(pages)(
  'the commands of %s run',
  async (page) => {
    const workplace = mkdtempSync(join(folder, `${basename(page, '.md')}-`));
    const seed = blocks.find((block) => block.page === page && block.language === 'json');
    if (seed) writeFileSync(join(workplace, 'seed.json'), seed.code);
    const port = await freePort();
    const here = (text: string) =>
      text
        .replace(THE_COMMAND, `"${process.execPath}" "${BINARY}"`)
        .replace(THE_POOL, `"${process.execPath}" "${POOL_BINARY}"`)
        .replaceAll('9229', String(port))
        .replaceAll('examples/', `${root}/examples/`);
    let pool: Pool | undefined;
    try {
      for (const { text, exitCode } of commands.filter(
        (command) => command.page === page && canRun(command),
      )) {
        if (text.startsWith('npx cognito-local-pool')) {
          // The next pool of the page takes the same port
          await pool?.stop();
          pool = await startPool(here(text), workplace);
          continue;
        }
        const cwd = text.startsWith('npm ') ? root : workplace;
        const { code, stdout, stderr } = await execute('bash', ['-c', here(text)], { cwd, env: ENVIRONMENT });
        const output = code === exitCode ? '' : stdout + stderr;
        expect({ text, code, output }).toEqual({ text, code: exitCode, output: '' });
      }
    } finally {
      expect(await (pool?.stop() ?? 0)).toBe(0);
    }
  },
  60_000,
);

interface Pool {
  /** @returns its exit code */
  readonly stop: () => Promise<number | null>;
}

/** Starts a local pool and waits until it answers. */
async function startPool(command: string, cwd: string): Promise<Pool> {
  const child = spawn('bash', ['-c', `exec ${command}`], { cwd, env: ENVIRONMENT });
  const ended = new Promise<number | null>((done) => child.once('close', done));
  let isUp = false;
  for await (const line of createInterface({ input: child.stdout })) {
    isUp = line.includes('http://127.0.0.1');
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
