/**
 * `npm run bench:before [-- commit [rounds]]`: compares this state with an earlier one, in turn, in one run on one machine.
 * It builds the earlier commit in a folder of its own, with the dependencies that are installed now, and exits with 1
 * where something takes more than 1.1 times as long as it did.
 *
 * The commit is that of version 0.1.0, unless another is given. The history has to be there. A run with 0.1.0 writes the
 * table of docs/internals/performance.md.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runLoad, startCommand, startServer } from '../pool/bench/processes.mjs';
import { createDevice, createExchange, createStub, verifyDevice, warmUp } from './exchange.mjs';
import { engine, withFolder } from './implementations.mjs';
import { measuredToday, median, requirement, requirementsTable, table, writeBetween } from './report.mjs';

const root = resolve(import.meta.dirname, '..');
const VERSION_0_1_0 = '9dd39d7860b43212cc7f9d3ffb8769115632c2e3';
const [commit = VERSION_0_1_0, rounds = '9'] = process.argv.slice(2);
const ROUNDS = Number(rounds);
if (!Number.isInteger(ROUNDS) || ROUNDS < 1 || ROUNDS % 2 === 0) {
  console.error('usage: npm run bench:before [-- commit [rounds]], an odd number of rounds');
  process.exit(2);
}
const LIMIT = 1.1;
/** How many powers, sign-ins and verifiers are timed in a row, and how often in a round the processes are started. */
const IN_A_ROW = 15;
const PROCESSES = 3;
const USERS = 1000;

/** Builds a commit in `folder`, with the dependencies that are installed here. */
function build(folder) {
  const archive = spawnSync('git', ['archive', commit], { cwd: root, maxBuffer: 2 ** 30 });
  if (archive.status !== 0) {
    console.error(`The history has no commit ${commit}: fetch it whole, such as with git fetch --unshallow`);
    process.exit(2);
  }
  execFileSync('tar', ['-x', '-C', folder], { input: archive.stdout });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir');
  execFileSync(process.execPath, ['scripts/build.mjs'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** The built files of a state. The pool was an entry and a command of the engine before it was a package of its own. */
function stateIn(folder) {
  const file = (...names) => names.map((name) => join(folder, name)).find(existsSync);
  const command = file('pool/dist/esm/cli/main.js');
  return {
    engine: file('dist/esm/index.js'),
    commonJs: file('dist/cjs/index.js'),
    portable: file('dist/esm/portable.js'),
    pool: file('pool/dist/esm/index.js', 'dist/esm/pool/index.js'),
    command: command ? [command] : [file('dist/esm/cli/main.js'), 'pool'],
  };
}

async function timed(run) {
  const start = performance.now();
  const result = await run();
  return { ms: performance.now() - start, result };
}

/** The median of several runs one after the other, each with a new user, checked. */
async function inARow(run) {
  const times = [];
  for (let i = 0; i < IN_A_ROW; i++) times.push(await run());
  return median(times);
}

async function cryptography(subject) {
  const exchange = createExchange();
  const { ms, result } = await timed(() => subject.cryptography(exchange));
  exchange.verify(result);
  return ms;
}

async function wholeSignIn(subject) {
  const exchange = createExchange();
  const { fetch, seen, accessToken } = createStub(exchange);
  const { ms, result } = await timed(() => subject.signIn(exchange, fetch));
  if (result !== accessToken) throw new Error('another token');
  exchange.verify(seen);
  return ms;
}

async function deviceVerifier(subject) {
  const device = createDevice();
  const { ms, result } = await timed(() => subject.device(device));
  verifyDevice(device, result);
  return ms;
}

/** Runs code in a new process that prints a number. */
function inNewProcess(code) {
  const outputs = Array.from({ length: PROCESSES }, () =>
    Number(execFileSync(process.execPath, ['--input-type=module', '--eval', code], { encoding: 'utf8' })),
  );
  return median(outputs);
}

const importTime = (file) =>
  inNewProcess(`const start = performance.now();
    await import(${JSON.stringify(pathToFileURL(file))});
    console.log(performance.now() - start);`);

const firstSignIn = (file) =>
  inNewProcess(`const { createExchange, createStub, warmUp } = await import(${JSON.stringify(
    pathToFileURL(resolve(import.meta.dirname, 'exchange.mjs')),
  )});
    const { signIn } = await import(${JSON.stringify(pathToFileURL(file))});
    await warmUp();
    const exchange = createExchange();
    const { fetch, seen } = createStub(exchange);
    const pool = { userPoolId: 'eu-west-1_AbCdEf123', clientId: '4h57kpqgh2sd8example' };
    const start = performance.now();
    await signIn(pool, exchange, { fetch });
    const took = performance.now() - start;
    exchange.verify(seen);
    console.log(took);`);

async function poolStart({ command }, seed) {
  const started = await startCommand(seed, command);
  await started.stop();
  return started.startMs;
}

/** The ms that the pool has for each of many sign-ins at once. */
async function poolSignIn({ pool }) {
  const server = await startServer({ users: 100, arithmetic: 'bigint', index: pathToFileURL(pool).href });
  const { errors, perSecond } = await runLoad({
    endpoint: server.endpoint,
    clients: 16,
    signIns: 16,
    users: 100,
  });
  await server.stop();
  if (errors.length > 0) throw new Error(`${errors.length} sign-ins failed: ${errors[0]}`);
  return 1000 / perSecond;
}

/** The ms that a pool takes for an ID and an access token. @returns undefined where it cannot issue them alone */
function poolTokens({ pool }) {
  return inNewProcess(`const { createUserPool } = await import(${JSON.stringify(pathToFileURL(pool))});
    const pool = createUserPool({ users: [{ username: 'alice', attributes: { email: 'alice@example.com' } }] });
    const issue = async (count) => { for (let i = 0; i < count; i++) await pool.issueTokens('alice'); };
    if (!pool.issueTokens) console.log(NaN);
    else {
      await issue(100);
      const start = performance.now();
      await issue(300);
      console.log((performance.now() - start) / 300);
    }`);
}

/** @returns by what is measured, a function that measures it once in one state */
async function measurementsOf(state, seed) {
  const [standard, portable] = await Promise.all([engine('', state.engine), engine('', state.portable)]);
  return {
    'import of the engine': () => importTime(state.engine),
    'require of the engine': () => importTime(state.commonJs),
    'import of the portable engine': () => importTime(state.portable),
    'first sign-in of a process': () => firstSignIn(state.engine),
    'cryptography of a sign-in': () => inARow(() => cryptography(standard)),
    'whole signIn': () => inARow(() => wholeSignIn(standard)),
    'device verifier': () => inARow(() => deviceVerifier(standard)),
    'cryptography of a sign-in, portable': () => cryptography(portable),
    'device verifier, portable': () => deviceVerifier(portable),
    [`pool: start with ${USERS.toLocaleString('en')} users`]: () => poolStart(state, seed),
    'pool: a sign-in, 16 at once': () => poolSignIn(state),
    'pool: an ID and an access token': () => poolTokens(state),
  };
}

const quartiles = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  return [sorted[sorted.length >> 2], sorted[sorted.length - 1 - (sorted.length >> 2)]];
};

const measured = await withFolder(async (folder) => {
  const earlier = mkdtempSync(join(folder, 'before-'));
  build(earlier);
  const seed = join(folder, 'seed.json');
  const users = Array.from({ length: USERS }, (_, i) => ({
    username: `user${i}`,
    password: 'Correct-Horse-9',
  }));
  writeFileSync(seed, JSON.stringify({ users }));
  const before = await measurementsOf(stateIn(earlier), seed);
  const now = await measurementsOf(stateIn(root), seed);
  await warmUp();
  const times = Object.fromEntries(Object.keys(now).map((what) => [what, { before: [], now: [] }]));
  for (let round = -1; round < ROUNDS; round++) {
    for (const [what, lists] of Object.entries(times)) {
      // The second of two may find the processor busier or cooler, so they take turns in being first
      const order = round % 2 === 0 ? ['before', 'now'] : ['now', 'before'];
      for (const state of order) {
        const ms = await { before, now }[state][what]();
        // The code is compiled in the first round
        if (round >= 0) lists[state].push(ms);
      }
    }
    process.stderr.write(`round ${round + 1} of ${ROUNDS}\n`);
  }
  return times;
});

const rows = Object.entries(measured).map(([what, { before, now }]) => {
  const ratios = now.map((ms, i) => ms / before[i]);
  return { what, before: median(before), now: median(now), ratio: median(ratios), spread: quartiles(ratios) };
});
const comparable = rows.filter(({ before }) => !Number.isNaN(before));
const ms = (value) => (Number.isNaN(value) ? 'not there' : `${value.toFixed(value < 10 ? 2 : 1)} ms`);
const text = table([
  ['', 'before', 'now', 'now ÷ before', 'half of the rounds'],
  ...rows.map(({ what, before, now, ratio, spread }) => [
    what,
    ms(before),
    ms(now),
    Number.isNaN(ratio) ? '' : ratio.toFixed(2),
    Number.isNaN(ratio) ? '' : spread.map((each) => each.toFixed(2)).join(' to '),
  ]),
]);
const requirements = comparable.map(({ what, ratio }) =>
  requirement(`${what}: now ÷ before`, ratio, { atMost: LIMIT }),
);
console.log(`${text}\n\n${requirementsTable(requirements)}`);
if (commit === VERSION_0_1_0)
  writeBetween('docs/internals/performance.md', 'before', `${text}\n\n${measuredToday()}`);
if (requirements.some(({ ok }) => !ok)) process.exitCode = 1;
