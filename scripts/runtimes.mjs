/**
 * `npm run test:runtimes [-- --install] [-- --bench] [names…]`: the corpus, a sign-in and, with --bench, the
 * cryptography of sign-ins inside every engine at hand. Fails where an answer is wrong, and where fewer than Node, one
 * browser and Hermes ran. --install fetches Bun, Deno, workerd and Node 24 into node_modules/.cache.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createExchange } from '../bench/exchange.mjs';
import { runtimeBundle, runtimeInput } from '../test/runtimes/bundle.mjs';
import { CACHE, RUNTIMES } from '../test/runtimes/runtimes.mjs';

const root = resolve(import.meta.dirname, '..');
const args = process.argv.slice(2);
const named = args.filter((arg) => !arg.startsWith('--'));
const bench = args.includes('--bench');

if (args.includes('--install')) {
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(join(CACHE, 'package.json'), '{ "private": true }\n');
  const node24 = `node-${process.platform}-${process.arch}@24`;
  const packages = ['bun', 'deno', 'miniflare', node24];
  execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', ...packages], {
    cwd: CACHE,
    stdio: 'inherit',
  });
}

/** How often each is timed. jsbn takes Hermes half a minute for one sign-in. */
const ROUNDS = { engine: 15, plain: 15, identityJs: 7 };
const ROUNDS_HERMES = { engine: 9, plain: 2, identityJs: 1 };

const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
const folder = mkdtempSync(join(root, 'node_modules', '.cognito-srp-runtimes-'));
const rows = [];
const absent = [];
let failed = false;
try {
  for (const runtime of RUNTIMES) {
    if (named.length > 0 && !named.includes(runtime.name)) continue;
    const command = await runtime.find();
    if (command === undefined) {
      absent.push(runtime.name);
      continue;
    }
    const exchange = createExchange();
    const rounds = bench ? (runtime.name === 'hermes' ? ROUNDS_HERMES : ROUNDS) : undefined;
    const input = runtimeInput(exchange, { seed: runtime.name === 'hermes', rounds });
    try {
      const code = await runtimeBundle(runtime.transform, { bench });
      const small = bench ? await runtimeBundle(runtime.transform, { bench: false }) : code;
      const result = await runtime.run(command, { code, small, input, folder, bench });
      if (result.error) throw new Error(result.error);
      if (result.wrong.length > 0) throw new Error(`wrong: ${result.wrong.join(', ')}`);
      if (result.signIn.status !== 'signed-in') throw new Error(`status ${result.signIn.status}`);
      exchange.verify(result.signIn.seen);
      for (const answer of result.bench?.answers ?? []) exchange.verify(answer);
      const times = Object.entries(result.bench?.times ?? {}).map(([name, list]) => [name, median(list)]);
      rows.push({
        runtime,
        version: result.version,
        cases: result.cases,
        times: Object.fromEntries(times),
        longest: result.longest,
      });
      console.log(`ok   ${runtime.name} ${result.version}: ${result.cases} cases and a sign-in`);
    } catch (error) {
      failed = true;
      console.error(`FAIL ${runtime.name}: ${error.stack ?? error}`);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const name of absent) console.log(`--   ${name}: not installed`);

if (bench) {
  const ratio = (times, name) =>
    times[name] === undefined
      ? ''
      : `${times[name].toFixed(0)} ms (${(times[name] / times.engine).toFixed(1)}×)`;
  console.log('\n| engine | this engine | plain bigint with % | amazon-cognito-identity-js |');
  console.log('| --- | ---: | ---: | ---: |');
  for (const { runtime, version, times } of rows) {
    const cells = [`${times.engine?.toFixed(1)} ms`, ratio(times, 'plain'), ratio(times, 'identityJs')];
    console.log(`| ${runtime.title} ${version} | ${cells.join(' | ')} |`);
  }
  for (const { runtime, longest } of rows) {
    if (longest) console.log(`\n${runtime.title} at 6× slow-down: ${JSON.stringify(longest)}`);
  }
  if (named.length === 0)
    writeFileSync(
      join(root, 'docs/runtimes.json'),
      `${JSON.stringify(
        rows.map(({ runtime: { name }, ...row }) => ({ name, ...row })),
        undefined,
        2,
      )}\n`,
    );
}

const ran = (kind) => rows.some(({ runtime }) => runtime.kind === kind);
if (named.length === 0) {
  for (const kind of ['node', 'browser', 'hermes']) {
    if (ran(kind)) continue;
    failed = true;
    console.error(`FAIL no ${kind} ran`);
  }
}
process.exitCode = failed ? 1 : 0;
