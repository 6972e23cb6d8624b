/** Finds the engines on this machine, and makes each run a script and report its result. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findBrowser } from '../../scripts/browser.mjs';
import { findNode, installedNode, NODE_VERSIONS } from '../../scripts/release/nodes.mjs';
import {
  findBun,
  findDeno,
  findMiniflare,
  installedBun,
  installedDeno,
  installedMiniflare,
} from '../../scripts/runtime-programs.mjs';
import { runChromium, runFirefox } from './browsers.mjs';

const root = resolve(import.meta.dirname, '../..');
const { platform } = process;
/** The node-24 of the table: the release of that line that the tests run in. */
const NODE_24 = NODE_VERSIONS.find((version) => version.startsWith('24.'));

const existing = (...paths) => paths.find((path) => path && existsSync(path));
const onPath = (...names) =>
  existing(
    ...names.flatMap((name) => (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name))),
  );

const execute = (file, args) =>
  new Promise((done, fail) => {
    const options = { encoding: 'utf8', maxBuffer: 2 ** 26, timeout: 600_000 };
    execFile(file, args, options, (error, stdout, stderr) =>
      error && !stdout ? fail(new Error(`${error.message}\n${stderr}`)) : done(stdout),
    );
  });

/** Engines with a command that runs a file and prints. */
function command(name, title, kind, find, { args = [], print = 'console.log', version, ...more } = {}) {
  const run = async (file, { code, input, folder }) => {
    const script = join(folder, `${name}.cjs`);
    const report = `function (result) { ${print}(JSON.stringify(result)); }`;
    const host = `globalThis.host = { input: ${JSON.stringify(input)}, report: ${report} };`;
    await writeFile(script, `${more.before ?? ''}${host}\n${code}`);
    const output = (await execute(file, [...args, script])).trim();
    const line = output.split('\n').findLast((text) => text.startsWith('{'));
    if (line === undefined) throw new Error(output.slice(0, 2000));
    return {
      ...JSON.parse(line),
      version: version ?? /[\d.]+/.exec(await execute(file, ['--version']))[0],
    };
  };
  const outputOf = (file, script) => execute(file, [...args, script]);
  return { name, title, kind, find, run, outputOf, transform: more.transform, install: more.install };
}

/** Identity-js draws its a at once; Hermes has no source. For the bench alone, and not secure. */
const HERMES_BENCH_CRYPTO = `globalThis.crypto = { getRandomValues: function (into) {
  for (var i = 0; i < into.length; i++) into[i] = Math.floor(Math.random() * 4294967296);
  return into;
} }; globalThis.window = { crypto: globalThis.crypto };\n`;

const hermes = command(
  'hermes',
  'Hermes',
  'hermes',
  async () => {
    const folder = { linux: 'linux64-bin', darwin: 'osx-bin', win32: 'win64-bin' }[platform];
    const suffix = platform === 'win32' ? '.exe' : '';
    return existing(join(root, 'node_modules/hermes-engine-cli', folder ?? '', `hermes${suffix}`));
  },
  {
    args: ['-O', '-w'],
    print: 'print',
    version: createRequire(import.meta.url)('hermes-engine-cli/package.json').version,
    transform: 'hermes',
  },
);

/** workerd stops its clocks while code runs: the host takes the time of whole requests. */
const workerd = {
  name: 'workerd',
  title: 'workerd',
  kind: 'server',
  find: async () => installedMiniflare(),
  install: findMiniflare,
  async run(file, { code, input }) {
    const require = createRequire(file);
    const { Miniflare } = await import(pathToFileURL(require.resolve('miniflare')));
    const { version } = require('workerd/package.json');
    const script = `export default { fetch(request) { return new Promise(async (done) => {
      globalThis.host = { input: await request.json(),
        report: (result) => done(new Response(JSON.stringify(result))) };
      ${code}
    }); } };`;
    const { rounds, ...rest } = input;
    const miniflare = new Miniflare({ script, modules: true, compatibilityDate: '2026-01-01' });
    const send = async (body) => {
      const response = await miniflare.dispatchFetch('http://localhost/', {
        method: 'POST',
        body: JSON.stringify(body),
      });
      return response.json();
    };
    try {
      const result = await send(rest);
      if (result.error || !rounds) return { ...result, version };
      const bench = { times: {}, answers: [] };
      const quick = { ...rest, corpus: [], timestamps: [] };
      const timed = async (body) => {
        const start = performance.now();
        const { bench: done } = await send(body);
        return { took: performance.now() - start, answers: done?.answers ?? [] };
      };
      for (let round = 0; round < 5; round++) {
        for (const name of Object.keys(rounds)) {
          // What a request costs besides is in both
          const more = name === 'identityJs' ? 2 : 21;
          const one = await timed({ ...quick, rounds: { [name]: 1 } });
          const many = await timed({ ...quick, rounds: { [name]: more } });
          bench.times[name] = [...(bench.times[name] ?? []), (many.took - one.took) / (more - 1)];
          bench.answers.push(...one.answers, ...many.answers);
        }
      }
      return { ...result, bench, version };
    } finally {
      await miniflare.dispose();
    }
  },
};

/**
 * Each has a `kind`, `find`, which resolves to its command, or to undefined or rejects where there is none, and `run`.
 * Those that run a file and print have `outputOf` too, and those that npm has as packages have `install`.
 */
export const RUNTIMES = [
  command('node', 'Node', 'node', async () => process.execPath),
  command('node-24', 'Node', 'node', async () => installedNode(NODE_24), {
    install: (say) => findNode(NODE_24, say),
  }),
  command('bun', 'Bun (JavaScriptCore)', 'server', async () => installedBun() ?? onPath('bun'), {
    install: findBun,
  }),
  command('deno', 'Deno', 'server', async () => installedDeno() ?? onPath('deno'), {
    args: ['run'],
    install: findDeno,
  }),
  workerd,
  {
    name: 'chromium',
    title: 'Chromium',
    kind: 'browser',
    find: () => findBrowser('chromium'),
    run: runChromium,
  },
  {
    name: 'firefox',
    title: 'Firefox',
    kind: 'browser',
    find: () => findBrowser('firefox'),
    run: runFirefox,
  },
  {
    ...hermes,
    run: (file, given) =>
      hermes.run(file, given.bench ? { ...given, code: `${HERMES_BENCH_CRYPTO}${given.code}` } : given),
  },
];
