/**
 * `npm run test:runtimes [-- --install] [-- --bench] [-- --without=name,…] [names…]`: runs the known answers and a sign-in
 * inside every engine that is installed. It fails where an answer is wrong, where a named engine is missing, and where
 * not all of Node, one browser and Hermes ran.
 *
 * `--bench` also times the cryptography of sign-ins and the longest piece of work in Chromium, and fails where a limit is
 * missed. A run of all engines with `--bench` writes docs/internals/runtimes.json and the tables of
 * docs/internals/performance.md. `--install` puts Bun, Deno, workerd and Node 24 below node_modules, in the versions that the
 * repository pins. `npm run test:unit-runtimes` and `npm run test:pool-loads` put the same ones there.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createExchange } from '../bench/exchange.mjs';
import {
  measuredToday,
  median,
  requirement,
  requirementsTable,
  table,
  writeBetween,
  writeJson,
} from '../bench/report.mjs';
import { longestPieces, SLOW_DOWN } from '../test/runtimes/browsers.mjs';
import { runtimeBundle, runtimeInput } from '../test/runtimes/bundle.mjs';
import { RUNTIMES } from '../test/runtimes/runtimes.mjs';

const root = resolve(import.meta.dirname, '..');
const args = process.argv.slice(2);
const named = args.filter((arg) => !arg.startsWith('--'));
const without = args.flatMap((arg) => (arg.startsWith('--without=') ? arg.slice(10).split(',') : []));
const bench = args.includes('--bench');

const known = RUNTIMES.map(({ name }) => name);
const unknown = [
  ...[...named, ...without].filter((name) => !known.includes(name)),
  ...args.filter((arg) => /^--(?!(install|bench)$|without=)/.test(arg)),
];
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. Engines: ${known.join(', ')}`);
  process.exit(2);
}

if (args.includes('--install')) {
  for (const { install } of RUNTIMES) install?.(console.log);
}

/** How often each is timed. Only the last COUNTED times count, because the engines compile during the first. */
const ROUNDS = { engine: 21, plain: 21, identityJs: 21 };
const COUNTED = 15;
/** Hermes does not compile while it runs. One sign-in by jsbn takes it half a minute. */
const ROUNDS_HERMES = { engine: 9, plain: 3, identityJs: 1 };
const PAGES = 7;

/** @throws Error unless what the engine answered is right */
function verify(result, exchange) {
  if (result.error) throw new Error(result.error);
  if (result.wrong.length > 0) throw new Error(`wrong: ${result.wrong.join(', ')}`);
  if (result.signIn.status !== 'signed-in') throw new Error(`status ${result.signIn.status}`);
  exchange.verify(result.signIn.seen);
  for (const answer of result.bench?.answers ?? []) exchange.verify(answer);
}

/** Runs the known answers and a sign-in in one engine. With --bench it also gives times in ms. */
async function runIn(runtime, file, folder) {
  const { name, title, kind } = runtime;
  const exchange = createExchange();
  const isHermes = kind === 'hermes';
  const rounds = bench ? (isHermes ? ROUNDS_HERMES : ROUNDS) : undefined;
  const input = runtimeInput(exchange, { seed: isHermes, rounds });
  const code = await runtimeBundle(runtime.transform, { bench });
  const result = await runtime.run(file, { code, input, folder, bench });
  verify(result, exchange);
  const times = Object.entries(result.bench?.times ?? {}).map(([subject, list]) => [
    subject,
    median(list.slice(-COUNTED)),
  ]);
  const row = { name, title, kind, version: result.version, cases: result.cases };
  if (!bench) return row;
  return {
    ...row,
    times: Object.fromEntries(times),
    ...(name === 'chromium' && { longest: await longest(file) }),
    ...(runtime.outputOf && named.length === 0 && { reductions: await reductions(runtime, file) }),
  };
}

/** @returns ms of the longest piece of work of one sign-in, for each page. Every signature is checked */
async function longest(file) {
  const code = await runtimeBundle(undefined, { bench: false });
  const exchange = createExchange();
  const answers = await longestPieces(file, { code, input: runtimeInput(exchange, {}), pages: PAGES });
  for (const answer of answers) verify(answer, exchange);
  return answers.map((answer) => Math.round(answer.longest));
}

/** @returns µs for one squaring by each reduction */
async function reductions(runtime, file) {
  const output = await runtime.outputOf(file, join(root, 'bench/reductions.js'));
  const rows = [...output.matchAll(/^\| (.+) \| ([\d.]+) \|$/gm)].map(([, what, µs]) => [what, Number(µs)]);
  if (rows.length < 5) throw new Error(`bench/reductions.js: ${output}`);
  return Object.fromEntries(rows);
}

const folder = mkdtempSync(join(root, 'node_modules', '.cognito-srp-runtimes-'));
const rows = [];
let failed = false;
const fail = (text) => {
  failed = true;
  console.error(`FAIL ${text}`);
};
try {
  for (const runtime of RUNTIMES) {
    const { name } = runtime;
    if ((named.length > 0 && !named.includes(name)) || without.includes(name)) continue;
    let reason = 'not installed';
    const file = await runtime.find().catch(({ message }) => {
      reason = message;
    });
    if (file === undefined) {
      if (named.length > 0) fail(`${name}: ${reason}`);
      else console.log(`--   ${name}: ${reason}`);
      continue;
    }
    try {
      const row = await runIn(runtime, file, folder);
      rows.push(row);
      console.log(`ok   ${name} ${row.version}: ${row.cases} cases and a sign-in`);
    } catch (error) {
      fail(`${name}: ${error.stack ?? error}`);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (named.length === 0) {
  for (const kind of ['node', 'browser', 'hermes']) {
    if (!rows.some((row) => row.kind === kind)) fail(`no ${kind} ran`);
  }
}
if (bench) report();
process.exitCode = failed ? 1 : 0;

/** Compares the engines that ran with their limits. */
function requirementsOf() {
  const limits = [
    ['chromium', 'identityJs', 'amazon-cognito-identity-js', 30],
    ['firefox', 'identityJs', 'amazon-cognito-identity-js', 12],
    ['hermes', 'identityJs', "amazon-cognito-identity-js (jsbn, the peers' 1024-bit a)", 300],
    ['hermes', 'plain', 'plain bigint with %', 30],
  ];
  return rows.flatMap(({ name, title, times, longest: pieces }) => [
    ...limits
      .filter(([engine]) => engine === name)
      .map(([, subject, peer, atLeast]) =>
        requirement(`${title}: ${peer} ÷ this engine`, times[subject] / times.engine, { atLeast }),
      ),
    ...(pieces
      ? [
          requirement(
            `${title} at ${SLOW_DOWN}× slow-down: ms of the longest piece, median page`,
            median(pieces),
            {
              atMost: 99,
            },
          ),
        ]
      : []),
  ]);
}

/** Prints the tables. After a run of all engines it also writes them to docs/. */
function report() {
  const requirements = requirementsOf();
  if (requirements.some(({ ok }) => !ok)) failed = true;
  const against = ({ times }, subject) =>
    times[subject] === undefined
      ? ''
      : `${times[subject].toFixed(0)} ms (${(times[subject] / times.engine).toFixed(1)}×)`;
  const withReductions = rows.filter((row) => row.reductions);
  const pieces = rows.find((row) => row.longest)?.longest;
  const tables = {
    engines: [
      ['engine', 'this engine', 'plain bigint with %', 'amazon-cognito-identity-js'],
      ...rows.map((row) => [
        `${row.title} ${row.version}`,
        `${row.times.engine.toFixed(1)} ms`,
        against(row, 'plain'),
        against(row, 'identityJs'),
      ]),
    ],
    ...(pieces && {
      longest: [
        ['page', ...pieces.map((_, i) => String(i + 1))],
        ['longest piece, ms', ...pieces.map((ms) => (ms === 0 ? '< 50' : String(ms)))],
      ],
    }),
    ...(withReductions.length > 0 && {
      reductions: [
        ['µs', ...withReductions.map(({ title, version }) => `${title} ${version}`)],
        ...Object.keys(withReductions[0].reductions).map((what) => [
          what,
          ...withReductions.map((row) => row.reductions[what].toFixed(1)),
        ]),
      ],
    }),
  };
  // After any other run the documents would lose the engines that did not run
  const all = rows.length === RUNTIMES.length;
  for (const [name, cells] of Object.entries(tables)) {
    const text = name === 'engines' ? `${table(cells)}\n\n${measuredToday()}` : table(cells);
    if (all) writeBetween('docs/internals/performance.md', name, text);
    console.log(`\n${table(cells)}`);
  }
  if (requirements.length > 0) console.log(`\n${requirementsTable(requirements)}`);
  if (!all) return;
  writeBetween('docs/internals/performance.md', 'limits-engines', requirementsTable(requirements));
  writeJson('runtimes.json', { requirements, engines: rows });
}
