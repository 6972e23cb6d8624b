/**
 * `npm run test:pool-loads`: the packed local pool loads and works in Vitest, in bundles for the web by webpack and Vite, and in Bun,
 * Deno and workerd. It installs them below node_modules, each in its pinned version. It prints a line for each, and ends with one
 * plain line: `N passed, N failed`. Node and Jest are tested by pool/test/package/loads.test.ts.
 */
import { execFile, execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { chromium } from 'playwright-core';
import { EXPECTED } from '../pool/test/package/use-pool.mjs';
import { findBrowser } from './browser.mjs';
import { buildWhereOld } from './built.mjs';
import { findBun, findDeno, findMiniflare } from './runtime-programs.mjs';

const root = resolve(import.meta.dirname, '..');
const CACHE = join(root, 'node_modules/.cache/pool-loads');
const VERSIONS = { vitest: '4.1.12', vite: '7.3.8', webpack: '5.113.0' };
const STEP_LIMIT_MS = 180_000;

const PROGRAM = readFileSync(join(root, 'pool/test/package/use-pool.mjs'), 'utf8').replaceAll(
  /^export /gm,
  '',
);
const IMPORT = "import { createUserPool } from 'cognito-local-pool';";
const REQUIRE = "const { createUserPool } = require('cognito-local-pool');";
const PRINT = 'usePool(createUserPool).then((done) => console.log(JSON.stringify(done)));';
/** For a page. */
const REPORT = `usePool(createUserPool).then(
  (done) => { globalThis.result = done; },
  (error) => { globalThis.result = String(error.stack); },
);`;

const IN_NODE = { ...EXPECTED, listens: 200 };
const ELSEWHERE = {
  ...EXPECTED,
  listens: '"listen" needs Node 20.16 or later, Bun or Deno. Use "fetch" here, which runs everywhere',
};

/** Each resolves to what the pool did there. `folder` has the packed pool in its node_modules. */
const CASES = [
  { name: 'Vitest', expected: IN_NODE, run: (folder) => inVitest(folder, 'node') },
  { name: 'Vitest with jsdom', expected: IN_NODE, run: (folder) => inVitest(folder, 'jsdom') },
  { name: 'webpack, in Chromium', expected: ELSEWHERE, run: bundledByWebpack },
  { name: 'Vite, in Chromium', expected: ELSEWHERE, run: bundledByVite },
  {
    name: 'Bun by import',
    expected: IN_NODE,
    run: (folder) => printed(findBun(console.error), [file(folder, 'bun.mjs', IMPORT, PRINT)], folder),
  },
  {
    name: 'Bun by require',
    expected: IN_NODE,
    run: (folder) => printed(findBun(console.error), [file(folder, 'bun.cjs', REQUIRE, PRINT)], folder),
  },
  {
    name: 'Deno',
    expected: IN_NODE,
    run: (folder) => {
      const args = ['run', '--allow-all', '--no-remote', '--node-modules-dir=manual'];
      return printed(findDeno(console.error), [...args, file(folder, 'deno.mjs', IMPORT, PRINT)], folder);
    },
  },
  { name: 'workerd', expected: ELSEWHERE, run: inWorkerd },
];

buildWhereOld(console.error);
const folder = mkdtempSync(join(tmpdir(), 'cognito-local-pool-loads-'));
let failed = 0;
try {
  installTools();
  unpackPool();
  for (const { name, expected, run } of CASES) {
    const done = await run(folder).catch((error) => String(error?.stack ?? error));
    const isRight = isDeepStrictEqual(done, expected);
    if (!isRight) failed += 1;
    const text = isRight ? '' : `: ${typeof done === 'string' ? done : JSON.stringify(done)}`;
    console.error(`${isRight ? 'ok  ' : 'FAIL'} ${name}${text}`);
  }
} catch (error) {
  console.error(error.message);
  failed = CASES.length;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${CASES.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** Installs the tools that are not there, or are there in another version. */
function installTools() {
  const stamp = join(CACHE, 'versions.json');
  const wanted = JSON.stringify(VERSIONS);
  try {
    if (readFileSync(stamp, 'utf8') === wanted) return;
  } catch {
    // Nothing is installed
  }
  console.error(`Installing ${Object.keys(VERSIONS).join(', ')} …`);
  rmSync(CACHE, { recursive: true, force: true });
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(join(CACHE, 'package.json'), '{ "private": true }\n');
  const packages = Object.entries(VERSIONS).map(([name, version]) => `${name}@${version}`);
  execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...packages], {
    cwd: CACHE,
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: 300_000,
  });
  writeFileSync(stamp, wanted);
}

/** Packs the pool, and unpacks it as installing it would. */
function unpackPool() {
  const installed = join(folder, 'node_modules/cognito-local-pool');
  mkdirSync(installed, { recursive: true });
  const options = { cwd: join(root, 'pool'), stdio: ['ignore', 'ignore', 'inherit'] };
  execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], options);
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  execFileSync('tar', ['-xzf', join(folder, tarball), '--strip-components=1', '-C', installed]);
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  // Vitest looks for jsdom from the folder of the tests
  symlinkSync(join(root, 'node_modules/jsdom'), join(folder, 'node_modules/jsdom'));
}

function inCache(...path) {
  return join(CACHE, 'node_modules', ...path);
}

/** Imports a tool by its name, as a file imports it. */
function load(name, from = join(CACHE, 'package.json')) {
  const require = createRequire(from);
  return import(pathToFileURL(require.resolve(name)).href);
}

/** Writes a program. @returns its path */
function file(into, name, loading, using) {
  const path = join(into, name);
  writeFileSync(path, `${loading}\n${PROGRAM}\n${using}\n`);
  return path;
}

/** @returns everything that a command printed @throws Error with that, if it fails */
function output(command, args, cwd) {
  return new Promise((done, fail) => {
    const options = { cwd, encoding: 'utf8', timeout: STEP_LIMIT_MS, env: { ...process.env, NO_COLOR: '1' } };
    execFile(command, args, options, (error, stdout, stderr) => {
      if (error) fail(new Error(`${error.message}\n${stdout}${stderr}`));
      else done(stdout);
    });
  });
}

/** @returns the JSON that a command prints on a line of its own */
async function printed(command, args, cwd) {
  const text = await output(command, args, cwd);
  const line = text.split('\n').find((part) => part.startsWith('{'));
  if (line === undefined) throw new Error(`No JSON in: ${text}`);
  return JSON.parse(line);
}

function inVitest(into, environment) {
  const use = `test('the pool works', async () => console.log(JSON.stringify(await usePool(createUserPool))), 60_000);`;
  file(into, `${environment}.test.mjs`, IMPORT, use);
  const flags = [
    '--globals',
    `--environment=${environment}`,
    `--root=${into}`,
    '--disable-console-intercept',
  ];
  const args = [inCache('vitest/vitest.mjs'), 'run', ...flags, `${environment}.test.mjs`];
  return printed(process.execPath, args, into);
}

async function bundledByWebpack(into) {
  const { default: webpack } = await load('webpack');
  const compiler = webpack({
    mode: 'production',
    target: 'web',
    entry: file(into, 'webpack-entry.mjs', IMPORT, REPORT),
    output: { path: join(into, 'webpack'), filename: 'page.js' },
  });
  const stats = await new Promise((done, fail) =>
    compiler.run((error, result) =>
      error ? fail(error) : done(result.toJson({ all: false, errors: true })),
    ),
  );
  if (stats.errors.length > 0) throw new Error(stats.errors.map(({ message }) => message).join('\n'));
  return inChromium(join(into, 'webpack'));
}

async function bundledByVite(into) {
  const { build } = await load('vite');
  const entry = file(into, 'vite-entry.mjs', IMPORT, REPORT);
  const warnings = [];
  await build({
    root: into,
    configFile: false,
    logLevel: 'silent',
    build: {
      outDir: join(into, 'vite'),
      rollupOptions: {
        input: entry,
        output: { entryFileNames: 'page.js' },
        onwarn: ({ message }) => warnings.push(message),
      },
    },
  });
  if (warnings.length > 0) throw new Error(warnings.join('\n'));
  return inChromium(join(into, 'vite'));
}

/** Opens a page with the script page.js of a folder. @returns what the pool did in it */
async function inChromium(from) {
  const server = createServer(({ url = '/' }, response) => {
    if (url === '/') {
      response.setHeader('content-type', 'text/html');
      response.end('<!doctype html><script type="module" src="/page.js"></script>');
      return;
    }
    try {
      response.setHeader('content-type', 'text/javascript');
      response.end(readFileSync(join(from, url)));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const browser = await chromium.launch({
    executablePath: await findBrowser('chromium'),
    args: ['--no-sandbox'],
  });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    const result = await page.waitForFunction('globalThis.result', undefined, { timeout: STEP_LIMIT_MS });
    return await result.jsonValue();
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
}

/** Bundles as wrangler does, with esbuild and the conditions of workerd. */
async function inWorkerd(into) {
  const { build } = await import('esbuild');
  const answer = 'export default { fetch: async () => Response.json(await usePool(createUserPool)) };';
  const { outputFiles } = await build({
    entryPoints: [file(into, 'worker.mjs', IMPORT, answer)],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    conditions: ['workerd', 'worker', 'browser'],
    target: 'es2022',
    logLevel: 'error',
  });
  const { Miniflare } = await load('miniflare', findMiniflare(console.error));
  const worker = new Miniflare({
    script: outputFiles[0].text,
    modules: true,
    compatibilityDate: '2026-01-01',
  });
  try {
    return await (await worker.dispatchFetch('http://localhost/')).json();
  } finally {
    await worker.dispose();
  }
}
