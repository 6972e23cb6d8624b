/**
 * `npm run soak [-- --minutes M] [--clock N] [--per-second F] [--write]`: mixed traffic with faults against the built command of the local
 * pool, in memory and with a data folder, from clients in a process of their own. It fails on a wrong answer, on growth, on an error that
 * nobody caught and on a process that does not stop. It prints each case, and ends with one plain line: `N passed, N failed`.
 *
 * --minutes: how long the traffic lasts, 3 to 240. Default 60. --clock: how many times faster the clocks of all processes go. Default 1.
 * --per-second: how many flows begin each second at each pool. Default 1. --write: writes docs/internals/soak.md.
 */
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { buildWhereOld } from './built.mjs';
import { giveUp, limitThisProcess, orGiveUp, printAndExit } from './foreign-programs.mjs';
import { judgeSoak } from './soak/judgement.mjs';
import { seedOf } from './soak/seed.mjs';
import { startPool, startTraffic } from './soak/soak-processes.mjs';
import { writeSoakReport } from './soak/soak-report.mjs';

const MEASUREMENTS = 20;
const LONGEST_PAUSE_MS = 60_000;
/** So far the clocks are set forward at the end: more than the longest lifetime of anything that expires. */
const SET_FORWARD_MS = 2 * 86_400_000;
/** A pool that listens tidies up once a minute. */
const TIDIED_MS = 70_000;

const options = orGiveUp(readOptions);
const seconds = options.minutes * 60;
const say = (line) => console.error(line);
limitThisProcess(seconds * 1000 + 900_000);
const folder = mkdtempSync(join(tmpdir(), 'cognito-soak-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
orGiveUp(() => buildWhereOld(say));

function readOptions() {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '60' },
      clock: { type: 'string', default: '1' },
      'per-second': { type: 'string', default: '1' },
      write: { type: 'boolean', default: false },
    },
  });
  const number = (name, min, max) => {
    const value = Number(values[name]);
    if (!(value >= min && value <= max)) throw new Error(`--${name} must be a number from ${min} to ${max}`);
    return value;
  };
  return {
    minutes: number('minutes', 3, 240),
    clock: number('clock', 1, 20),
    perSecond: number('per-second', 0.1, 20),
    write: values.write,
  };
}

async function run() {
  const { clock: rate, perSecond } = options;
  const clock = `${rate} ${Date.now()}`;
  const seed = join(folder, 'seed.json');
  // A flow sends InitiateAuth six times at most
  writeFileSync(seed, JSON.stringify(seedOf(Math.ceil(seconds * perSecond * 6))));
  const data = join(folder, 'data');
  const pools = {
    'in memory': await startPool(['--seed', seed], clock),
    'with a data folder': await startPool(['--seed', seed, '--data', data], clock),
  };
  const empty = await measureAll(pools);
  const endpoints = Object.fromEntries(Object.entries(pools).map(([name, { endpoint }]) => [name, endpoint]));
  const traffic = startTraffic({ pools: endpoints, perSecond, seconds, rate }, clock);
  const samples = await sampleUntilEnd(pools, traffic, data);
  // The last flows wait for something to expire
  while (!traffic.lastTally()) await Promise.race([sleep(1000), traffic.ended.then(failIfEarly(traffic))]);
  const tally = traffic.lastTally();
  const endOfTraffic = await traffic.end();
  for (const pool of Object.values(pools)) pool.setForward(SET_FORWARD_MS);
  await sleep(TIDIED_MS);
  const tidied = await measureAll(pools);
  const ends = {};
  for (const [name, pool] of Object.entries(pools)) ends[name] = await pool.stop();
  return {
    options,
    empty,
    samples,
    tally,
    tidied,
    ends,
    endOfTraffic,
    complaints: complaintsOf({ ...pools, clients: traffic }),
  };
}

const failIfEarly = (traffic) => (code) => {
  if (!traffic.lastTally())
    throw new Error(`The clients have ended with ${code}:\n${traffic.lastComplaints()}`);
};

async function sampleUntilEnd(pools, traffic, data) {
  const pause = Math.min(LONGEST_PAUSE_MS, (seconds * 1000) / MEASUREMENTS);
  const began = performance.now();
  const samples = [];
  for (let at = pause; at <= seconds * 1000; at += pause) {
    await sleep(Math.max(0, began + at - performance.now()));
    const sample = {
      minute: at / 60_000,
      ...(await measureAll({ ...pools, clients: traffic })),
      tally: await traffic.tally(),
      dataKilobytes: sizeOf(data) / 1024,
    };
    samples.push(sample);
    say(lineOf(sample));
  }
  return samples;
}

async function measureAll(processes) {
  const measured = {};
  // One after the other, because measuring stops a process for a moment
  for (const [name, { measure }] of Object.entries(processes)) measured[name] = await measure();
  return measured;
}

const sizeOf = (path) =>
  readdirSync(path).reduce(
    (sum, name) => sum + (statSync(join(path, name), { throwIfNoEntry: false })?.size ?? 0),
    0,
  );

/** What the pools print on standard error are the lines of their requests. */
const complaintsOf = (processes) =>
  Object.fromEntries(Object.entries(processes).map(([name, { lastComplaints }]) => [name, lastComplaints()]));

function lineOf({ minute, tally, dataKilobytes, ...processes }) {
  const memory = Object.entries(processes).map(
    ([name, { heap, resident }]) => `${name} ${heap.toFixed(1)} MB of ${resident.toFixed(0)}`,
  );
  const flows = Object.values(tally).map(
    ({ begun, running, broken, wrong }) =>
      `${begun} flows, ${running} running, ${broken} faults, ${wrong.length} wrong`,
  );
  return `minute ${minute.toFixed(2)}: ${[...memory, ...flows, `${dataKilobytes.toFixed(0)} KB`].join(' | ')}`;
}

const soak = await run().catch(({ stack }) => giveUp(stack));
const { results, sections } = judgeSoak(soak);
if (options.write) writeSoakReport(sections, options, results);
for (const line of sections.lines) console.log(line);
printAndExit(results);
