/**
 * `npm run bench:emulators`: signs in by SRP to the local pool's command and to the emulators of others that verify SRP, in turn, with
 * the same clients, and writes the table of pool/docs/performance.md. The emulators are installed as `npm run test:servers` does it, so
 * that needs Python and Rust.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { command, startCommand } from '../pool/bench/processes.mjs';
import { giveUp, orGiveUp } from '../scripts/foreign-programs.mjs';
import { installServers, VERSIONS } from '../scripts/servers-installed.mjs';
import { openPools, PASSWORD } from '../scripts/servers-pools.mjs';
import { startServer } from '../scripts/servers-running.mjs';
import { findToolchains, PYTHON, RUST } from '../scripts/toolchains.mjs';
import { measuredToday, median, quantile, table, writeBetween } from './report.mjs';

// The AWS SDK announces at which Node it will end its support
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const PAGE = 'pool/docs/performance.md';
const LOCAL = 'cognito-local-pool';
const OTHERS = ['ministack', 'fakecloud'];
/** How many clients sign in at the same time, and how often each does. */
const LOADS = [
  { clients: 1, signIns: 24 },
  { clients: 8, signIns: 6 },
  { clients: 64, signIns: 2 },
];
const USERS = 64;
const ROUNDS = 3;
const say = (line) => console.error(line);

/** Runs the clients in a process of their own. @returns the milliseconds of each sign-in, and the sign-ins a second */
async function signInMany(pool, users, load) {
  const program = resolve(import.meta.dirname, 'emulator-load.mjs');
  const input = JSON.stringify({ pool, users, password: PASSWORD, ...load });
  const child = spawn(process.execPath, [program, input], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (chunk) => {
    text += chunk;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`The clients have ended with ${code}`);
  return JSON.parse(text);
}

/** Makes a pool with users by the admin API. @returns a function that measures one load */
async function prepare(openPool) {
  const { web, addUser } = await openPool('byName');
  const users = [];
  while (users.length < USERS) users.push(await addUser());
  // An emulator may compute a verifier when it is first needed
  await signInMany(web, users, { clients: 8, signIns: USERS / 8 });
  return (load) => signInMany(web, users, load);
}

async function measure(measures) {
  const rows = Object.fromEntries(Object.keys(measures).map((name) => [name, LOADS.map(() => [])]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, signIn] of Object.entries(measures)) {
      for (const [i, load] of LOADS.entries()) rows[name][i].push(await signIn(load));
      say(`round ${round + 1}: ${name}`);
    }
  }
  return rows;
}

const { Python } = orGiveUp(() => findToolchains('npm run bench:emulators', { Python: PYTHON, Rust: RUST }));
await installServers(OTHERS, Python, say).catch(({ message }) => giveUp(message));

const folder = mkdtempSync(join(tmpdir(), 'bench-emulators-'));
const stops = [];
try {
  const seed = join(folder, 'seed.json');
  writeFileSync(seed, '{ "users": [] }');
  const local = await startCommand(seed, [command, '--quiet']);
  stops.push(local.stop);
  const measures = { [LOCAL]: await prepare(openPools(local.endpoint)) };
  for (const name of OTHERS) {
    const { openPool } = await startServer(name, folder, (stop) => stops.push(stop));
    measures[name] = await prepare(openPool);
    say(`${name} has its users`);
  }
  writeTable(await measure(measures));
} finally {
  await Promise.all(stops.map((stop) => stop()));
  rmSync(folder, { recursive: true, force: true });
}

function writeTable(rows) {
  const cells = Object.entries(rows).map(([name, loads]) => {
    const perSecond = loads.map((runs) => median(runs.map((run) => run.perSecond)));
    const last = loads.at(-1);
    const timeOf = (part) => median(last.map(({ times }) => quantile(times, part)));
    const label = name === LOCAL ? name : `${name} ${VERSIONS[name]}`;
    return { label, perSecond, p50: timeOf(0.5), p99: timeOf(0.99) };
  });
  const [first] = cells;
  const times = (ratio) => `${ratio.toFixed(1)}×`;
  const rates = ({ perSecond }) =>
    perSecond.map((rate, i) =>
      rate === first.perSecond[i]
        ? rate.toFixed(1)
        : `${rate.toFixed(1)} (${times(rate / first.perSecond[i])})`,
    );
  const head = [
    'sign-ins a second',
    ...LOADS.map(({ clients }) => `${clients} at once`),
    'p50 of 64',
    'p99 of 64',
  ];
  const body = cells.map((cell) => [
    cell.label,
    ...rates(cell),
    `${(cell.p50 / 1000).toFixed(2)} s`,
    `${(cell.p99 / 1000).toFixed(2)} s`,
  ]);
  writeBetween(PAGE, 'emulators', `${measuredToday()}\n\n${table([head, ...body])}`);
  say(table([head, ...body]));
}
