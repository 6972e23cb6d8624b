/** Says of a soak which cases have passed, and what the report shows. */
import { median, quantile } from '../../bench/report.mjs';
import { injectedFaults } from './fault-schedule.mjs';
import { judgeConnections, judgeHeap, judgeRecords, quartersOf } from './growth.mjs';
import { KINDS } from './held-records.mjs';

const POOLS = ['in memory', 'with a data folder'];
const SHOWN_WRONG = 10;

/** @returns `results`, a case each, and `sections`, the rows of the report's tables and the `lines` that are printed */
export function judgeSoak(soak) {
  const results = [];
  const check = (client, name, error) => results.push({ client, name, ...(error && { error }) });
  for (const pool of POOLS) {
    checkAnswers(soak, pool, (name, error) => check(pool, name, error));
    checkTidied(soak, pool, (name, error) => check(pool, name, error));
    check(pool, 'stops when it is told to', endedWell(soak.ends[pool], soak.complaints[pool]));
  }
  check('clients', 'end by themselves', endedWell(soak.endOfTraffic, soak.complaints.clients));
  check('clients', 'write nothing to standard error', soak.complaints.clients || undefined);
  const growth = growthRows(soak);
  for (const { process, what, second, last, limit, ok } of growth) {
    const error = ok
      ? undefined
      : `${second.toFixed(1)} in the second quarter, ${last.toFixed(1)} in the last, limit ${limit.toFixed(1)}`;
    check(process, `does not grow: ${what}`, error);
  }
  for (const { name } of KINDS) {
    const seen = soak.samples.some((sample) => POOLS.some((pool) => sample[pool].held[name] > 0));
    if (name !== 'changes to be written')
      check('pools', `held at some time: ${name}`, seen ? undefined : 'were never found');
  }
  const dataKilobytes = quartersOf(soak.samples.map((sample) => sample.dataKilobytes)).map((quarter) =>
    Math.max(...quarter),
  );
  const sections = {
    growth,
    dataKilobytes,
    traffic: trafficRows(soak),
    latency: latencyRows(soak),
    faults: faultRows(soak),
  };
  return { results, sections: { ...sections, lines: linesOf(sections) } };
}

function checkAnswers({ tally, samples }, pool, check) {
  const { wrong, ended, sent, met } = tally[pool];
  const texts = wrong.slice(0, SHOWN_WRONG).map((each) => JSON.stringify(each, undefined, 1));
  check('no wrong answer', wrong.length > 0 ? `${wrong.length} of them:\n${texts.join('\n')}` : undefined);
  const injected = injectedFaults(sent);
  for (const name of Object.keys({ ...injected, ...met })) {
    const [seen = 0, wanted = 0] = [met[name], injected[name]];
    // A busy machine makes other replies slow too
    const isRight = name === 'slow' ? seen >= wanted : seen === wanted;
    check(
      `the fault ${name} was met as often as it was injected`,
      isRight ? undefined : `${seen} times, and injected ${wanted} times`,
    );
  }
  for (const flow of Object.keys(ended).length > 0
    ? Object.keys(samples.at(-1).tally[pool].ended)
    : ['any flow']) {
    check(`some flows have come to their end: ${flow}`, ended[flow] > 0 ? undefined : 'none has');
  }
}

/** Two days later, everything that expires has gone. The users and groups who were made have been removed. */
function checkTidied({ empty, tidied }, pool, check) {
  for (const { name } of KINDS) {
    const [before, after] = [empty[pool].held[name] ?? 0, tidied[pool].held[name] ?? 0];
    const isGone = after <= before;
    check(
      `two days later nothing is left: ${name}`,
      isGone ? undefined : `${after} are there, and ${before} at the start`,
    );
  }
}

const endedWell = (code, complaints) =>
  code === 0
    ? undefined
    : `${code === undefined ? 'is still there' : `has ended with ${code}`}:\n${complaints}`;

/** What must not grow: the heap of each process, and the records of each kind. */
function growthRows({ samples }) {
  const heapOf = (name) => ({
    process: name,
    what: 'heap, MB',
    resident: quartersOf(samples.map((sample) => sample[name].resident)).map((quarter) =>
      Math.max(...quarter),
    ),
    ...judgeHeap(samples.map((sample) => sample[name].heap)),
  });
  const kinds = [...KINDS.map(({ name }) => name), 'devices'];
  const othersOf = (name) => ({
    process: name,
    what: 'other entries of maps',
    ...judgeConnections(samples.map((sample) => sample[name].held.others)),
  });
  return [
    ...[...POOLS, 'clients'].map(heapOf),
    ...POOLS.flatMap((pool) =>
      kinds.map((kind) => ({
        process: pool,
        what: kind,
        ...judgeRecords(samples.map((sample) => sample[pool].held[kind] ?? 0)),
      })),
    ),
    ...[...POOLS, 'clients'].map(othersOf),
  ];
}

function trafficRows({ tally }) {
  return POOLS.map((pool) => {
    const { begun, ended, calls, survived, broken, late, wrong } = tally[pool];
    const whole = Object.values(ended).reduce((sum, count) => sum + count, 0);
    return { pool, begun, whole, calls, survived, broken, late, wrong: wrong.length };
  });
}

function latencyRows({ samples }) {
  return POOLS.map((pool) => ({
    pool,
    quarters: quartersOf(samples).map((quarter) => {
      const times = quarter.flatMap(({ tally }) => tally[pool].times);
      return { count: times.length, median: median(times), p99: quantile(times, 0.99) };
    }),
  }));
}

function faultRows({ tally }) {
  const names = [...new Set(POOLS.flatMap((pool) => Object.keys(injectedFaults(tally[pool].sent))))].sort();
  return names.map((name) => ({
    name,
    injected: POOLS.map((pool) => injectedFaults(tally[pool].sent)[name] ?? 0),
  }));
}

function linesOf({ traffic, latency }) {
  return [
    ...traffic.map(
      ({ pool, begun, whole, calls, survived, broken, late, wrong }) =>
        `${pool}: ${begun} flows, ${whole} came to their end, ${broken} were ended by a fault, ${late} of them because the machine was too busy; ${calls} calls, ${survived} went on after a fault, ${wrong} wrong`,
    ),
    ...latency.map(
      ({ pool, quarters }) =>
        `${pool}: sign-in by SRP, median and p99 of each quarter: ${quarters.map(({ median, p99 }) => `${median.toFixed(0)} and ${p99.toFixed(0)} ms`).join(', ')}`,
    ),
  ];
}
