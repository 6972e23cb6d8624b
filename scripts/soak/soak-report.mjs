/** Writes what a soak has shown into docs/internals/soak.md. */
import { cpus } from 'node:os';
import { table, writeBetween } from '../../bench/report.mjs';
import { TOLERANCES } from './growth.mjs';

const PAGE = 'docs/internals/soak.md';
const QUARTERS = ['first', 'second', 'third', 'last'];

/**
 * @param sections of `judgeSoak`
 * @param {{ minutes: number, clock: number, perSecond: number }} options
 * @param {readonly { error?: string }[]} results
 */
export function writeSoakReport(sections, { minutes, clock, perSecond }, results) {
  const { traffic, latency, faults, growth, dataKilobytes } = sections;
  const flows = perSecond === 1 ? '1 flow' : `${perSecond} flows`;
  const speed = clock === 1 ? 'their own speed' : `${clock} times their speed`;
  const failed = results.filter(({ error }) => error !== undefined).length;
  writeBetween(
    PAGE,
    'run',
    `${minutes} minutes of traffic, ${flows} a second at each pool, clocks at ${speed}. Node ${process.version}, ${cpus().length} cores (${cpus()[0].model.trim()}), which other programs used as well. ${results.length - failed} cases passed, ${failed} failed.`,
  );
  writeBetween(PAGE, 'traffic', trafficTable(traffic));
  writeBetween(PAGE, 'faults', faultTable(faults));
  writeBetween(PAGE, 'latency', latencyTable(latency));
  writeBetween(PAGE, 'growth', `Tolerances: ${TOLERANCES}.\n\n${growthTable(growth)}`);
  writeBetween(PAGE, 'memory', memoryTable(growth, dataKilobytes));
}

const number = (value) => value.toLocaleString('en', { maximumFractionDigits: 1 });

const trafficTable = (rows) =>
  table([
    ['', 'flows', 'to their end', 'ended by a fault', 'calls', 'went on after a fault', 'wrong answers'],
    ...rows.map(({ pool, begun, whole, broken, calls, survived, wrong }) => [
      pool,
      ...[begun, whole, broken, calls, survived, wrong].map(number),
    ]),
  ]);

const faultTable = (rows) =>
  table([
    ['injected and met', 'in memory', 'with a data folder'],
    ...rows.map(({ name, injected }) => [`\`${name}\``, ...injected.map(number)]),
  ]);

const latencyTable = (rows) =>
  table([
    ['a sign-in by SRP: median, p99', ...QUARTERS.map((quarter) => `${quarter} quarter`)],
    ...rows.map(({ pool, quarters }) => [
      pool,
      ...quarters.map(({ median, p99 }) => `${median.toFixed(0)} ms, ${p99.toFixed(0)} ms`),
    ]),
  ]);

const growthTable = (rows) =>
  table([
    ['', 'second quarter', 'last quarter', 'limit', ''],
    ...rows.map(({ process, what, second, last, limit, ok }) => [
      `${process}: ${what}`,
      ...[second, last, limit].map(number),
      ok ? 'ok' : '**grown**',
    ]),
  ]);

const memoryTable = (growth, dataKilobytes) =>
  table([
    ['the most of each quarter', ...QUARTERS.map((quarter) => `${quarter} quarter`)],
    ...growth
      .filter(({ resident }) => resident)
      .map(({ process, resident }) => [
        `${process}: MB resident`,
        ...resident.map((value) => value.toFixed(0)),
      ]),
    ['data folder: KB', ...dataKilobytes.map((value) => value.toFixed(0))],
  ]);
