/**
 * Starts the slowest test files first, also on a fresh clone, where Jest has no timings yet: otherwise a slow file may
 * begin last and run alone. test/durations.json holds the seconds each file took. A file that is not in it counts as
 * slow, because its time is not known.
 *
 * `npm test -- --write-durations` writes test/durations.json anew.
 */
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { join, relative, resolve } = require('node:path');
const Sequencer = require('@jest/test-sequencer').default;

const ROOT = resolve(__dirname, '..');
const DURATIONS = join(ROOT, 'test/durations.json');

const keyOf = ({ path, context }) => `${context.config.displayName.name} ${relative(ROOT, path)}`;
const pathOf = (key) => key.slice(key.indexOf(' ') + 1);

function readDurations() {
  return existsSync(DURATIONS) ? JSON.parse(readFileSync(DURATIONS, 'utf8')) : {};
}

module.exports = class SlowestFirst extends Sequencer {
  sort(tests) {
    const durations = readDurations();
    const durationOf = (test) => durations[keyOf(test)] ?? Number.POSITIVE_INFINITY;
    // Durations are compared, not subtracted, because the difference of two unknown ones is NaN
    const compare = (a, b) => (a === b ? 0 : b > a ? 1 : -1);
    return [...tests].sort((a, b) => compare(durationOf(a), durationOf(b)));
  }

  cacheResults(tests, results) {
    super.cacheResults(tests, results);
    if (process.env.WRITE_DURATIONS !== '1') return;
    const measured = { ...readDurations() };
    for (const { testFilePath, displayName, perfStats } of results.testResults) {
      const test = tests.find(
        ({ path, context }) => path === testFilePath && context.config.displayName.name === displayName.name,
      );
      if (test) measured[keyOf(test)] = Math.round(perfStats.runtime / 100) / 10;
    }
    const rows = Object.entries(measured)
      .filter(([key]) => existsSync(join(ROOT, pathOf(key))))
      .sort(([, a], [, b]) => b - a);
    writeFileSync(DURATIONS, `${JSON.stringify(Object.fromEntries(rows), undefined, 2)}\n`);
  }
};
