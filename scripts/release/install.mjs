/**
 * `npm run test:install`: installs the tarballs of both packages into an empty folder, by npm, with Node 20, 22 and 24, and signs in with
 * what was installed: by import and by require, over a port and in the process, and with both commands. It prints a line for each, and
 * ends with one plain line: `N passed, N failed`.
 *
 * The three releases of Node come from npm, and go below node_modules.
 */
import { execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { buildWhereOld } from '../built.mjs';
import { findNode, NODE_VERSIONS } from './nodes.mjs';
import { PACKAGES, readJson } from './packages.mjs';
import { packAll } from './tarballs.mjs';

const run = promisify(execFile);
const LIMIT_MS = 120_000;
const { version } = readJson('package.json');
/** What npm installs: the two, and what package.json of either names, with what those need. */
const INSTALLED = [
  ...['@noble/hashes', 'base64-js', 'buffer', 'ieee754', 'jose', 'jsbn', 'tinypool'],
  ...PACKAGES.map(({ name }) => name),
].sort();

/** Signs in over a port and in this process, has a wrong password refused, and verifies the token. */
const PROGRAM = `
async function main() {
  const user = { username: 'alice', password: 'Correct-Horse-9' };
  const pool = createUserPool({ users: [user] });
  const server = await pool.listen();
  const client = { userPoolId: pool.userPoolId, clientId: 'web', endpoint: server.endpoint };
  const overPort = await signIn(client, user);
  const inProcess = await signIn(client, user, { fetch: pool.fetch });
  const refused = await signIn(client, { ...user, password: 'wrong' }).catch((error) => error);
  const claims = await createTokenVerifier(client, { fetch: pool.fetch })
    .verify(inProcess.tokens.accessToken, 'access');
  await server.close();
  console.log(process.version, overPort.status, refused.code, claims.username);
}
main();
`;
const NAMES = [
  ['{ signIn }', 'ENTRY'],
  ['{ createTokenVerifier }', 'cognito-srp-engine/verify'],
  ['{ createUserPool }', 'cognito-local-pool'],
];
const FORMATS = {
  import: { file: 'program.mjs', load: (names, from) => `import ${names} from '${from}';` },
  require: { file: 'program.cjs', load: (names, from) => `const ${names} = require('${from}');` },
};

const programOf = ({ load }, entry) =>
  NAMES.map(([names, from]) => load(names, from === 'ENTRY' ? entry : from)).join('\n') + PROGRAM;

async function main() {
  buildWhereOld(console.error);
  const folder = mkdtempSync(join(tmpdir(), 'cognito-srp-install-'));
  const counts = { passed: 0, failed: 0 };
  const fact = async (title, check) => {
    const reason = await check().then(
      (text) => text,
      (error) => error.stderr || error.message,
    );
    counts[reason === undefined ? 'passed' : 'failed'] += 1;
    console.error(
      `${reason === undefined ? 'ok  ' : 'FAIL'} ${title}${reason === undefined ? '' : `: ${reason}`}`,
    );
  };
  try {
    const tarballs = packAll(join(folder, 'packed')).map(({ file }) => file);
    for (const nodeVersion of NODE_VERSIONS) await onNode(nodeVersion, tarballs, folder, fact);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(`${counts.passed} passed, ${counts.failed} failed`);
  process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1;
}

async function onNode(nodeVersion, tarballs, parent, fact) {
  const folder = join(parent, nodeVersion);
  let options;
  await fact(`Node ${nodeVersion}: npm installs both tarballs in an empty folder`, async () => {
    const bin = findNode(nodeVersion, console.error);
    // Nothing of the npm script that started this one: it would set the folder and the options
    const env = Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !/^npm_(?!config_)/.test(name)),
    );
    const path = [bin, env.PATH].join(delimiter);
    options = {
      cwd: folder,
      timeout: LIMIT_MS,
      env: { ...env, PATH: path, NO_COLOR: '1' },
      encoding: 'utf8',
    };
    mkdirSync(folder);
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
    await run('npm', ['install', '--no-audit', '--no-fund', ...tarballs], options);
    return difference(installedIn(folder), INSTALLED);
  });
  if (options === undefined) return;

  for (const entry of ['cognito-srp-engine', 'cognito-srp-engine/portable']) {
    for (const [how, format] of Object.entries(FORMATS)) {
      await fact(`Node ${nodeVersion}: ${entry} by ${how} signs in`, async () => {
        writeFileSync(join(folder, format.file), programOf(format, entry));
        const { stdout } = await run('node', [format.file], options);
        const wanted = `v${nodeVersion} signed-in INCORRECT_USERNAME_OR_PASSWORD alice`;
        return stdout.trim() === wanted ? undefined : `printed ${stdout}`;
      });
    }
  }
  await fact(`Node ${nodeVersion}: the commands sign in to each other`, () => commandsOn(folder, options));
}

/** @returns the names of the packages that are installed in a folder */
function installedIn(folder) {
  const modules = join(folder, 'node_modules');
  return readdirSync(modules)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) =>
      name.startsWith('@') ? readdirSync(join(modules, name)).map((part) => `${name}/${part}`) : [name],
    )
    .sort();
}

const difference = (found, wanted) =>
  found.join() === wanted.join() ? undefined : `installed are ${found.join(', ')}`;

/** Starts the pool's command, and signs in to it with the engine's, each as a shell finds it. */
async function commandsOn(folder, options) {
  const command = (name) => join(folder, 'node_modules/.bin', name);
  const versions = await Promise.all(
    ['cognito-srp', 'cognito-local-pool'].map((name) => run(command(name), ['--version'], options)),
  );
  if (versions.some(({ stdout }) => stdout.trim() !== version)) return 'a command shows another version';
  const pool = spawn(command('cognito-local-pool'), ['--json', '--quiet'], {
    ...options,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const first = await firstLineOf(pool);
    const { endpoint, userPoolId } = JSON.parse(first);
    const flags = ['--endpoint', endpoint, '--user-pool-id', userPoolId, '--client-id', 'web'];
    const signingIn = run(command('cognito-srp'), ['sign-in', ...flags, '--username', 'alice', '--json'], {
      ...options,
      env: { ...options.env, COGNITO_PASSWORD: 'Correct-Horse-9' },
    });
    const { status } = JSON.parse((await signingIn).stdout);
    return status === 'signed-in' ? undefined : `the status is ${status}`;
  } finally {
    pool.kill();
  }
}

/** @throws Error if the process ends before it has written a line */
function firstLineOf(child) {
  return new Promise((done, fail) => {
    createInterface(child.stdout).once('line', (line) => done(line));
    child.once('exit', (code) => fail(new Error(`the pool has ended with ${code}`)));
    child.once('error', fail);
  });
}

await main();
