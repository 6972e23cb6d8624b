/** Says what is wrong with a run of the unit tests in a runtime. */

/**
 * What one test came to. A file that could not be run to its end has one more, which has failed.
 *
 * @typedef {{ file: string, title: string, status: 'passed' | 'failed' | 'skipped', message?: string }} Outcome
 */

/**
 * @param {object} run
 * @param {string} run.name the name of the runtime
 * @param {readonly Outcome[]} run.outcomes
 * @param {readonly { runtime: string, file: string, tests: readonly string[] }[]} run.leftOut the tests that cannot pass, of all runtimes
 * @param {{ title: string, outcomes: readonly Outcome[] } | undefined} run.first the run that has to have as many tests in each file
 * @returns {{ files: number, passed: number, leftOut: number, problems: string[] }}
 */
export function judge({ name, outcomes, leftOut, first }) {
  const expected = new Set(
    leftOut
      .filter(({ runtime }) => runtime === name)
      .flatMap(({ file, tests }) => tests.map((title) => `${file}: ${title}`)),
  );
  const failures = outcomes.filter(({ status }) => status === 'failed');
  const unexpected = failures.filter((outcome) => !expected.has(keyOf(outcome)));
  const failedKeys = new Set(failures.map(keyOf));
  const stale = [...expected].filter((key) => !failedKeys.has(key));
  return {
    files: new Set(outcomes.map(({ file }) => file)).size,
    passed: outcomes.filter(({ status }) => status === 'passed').length,
    leftOut: failures.length - unexpected.length,
    problems: [
      ...unexpected.map((outcome) => `${keyOf(outcome)}\n${outcome.message ?? ''}`),
      ...stale.map((key) => `${key}\nIt did not fail, so unit-runtimes-left-out.mjs must not name it.`),
      ...(first ? differences(outcomes, first) : []),
    ],
  };
}

const keyOf = ({ file, title }) => `${file}: ${title}`;

function differences(outcomes, { title, outcomes: wanted }) {
  const [here, there] = [countByFile(outcomes), countByFile(wanted)];
  return [...new Set([...here.keys(), ...there.keys()])]
    .filter((file) => here.get(file) !== there.get(file))
    .map((file) => `${file}: ran ${here.get(file) ?? 0} tests, and ${there.get(file) ?? 0} in ${title}`);
}

/** How many tests of each file ran. A skipped test did not. */
function countByFile(outcomes) {
  const counts = new Map();
  for (const { file, status } of outcomes) {
    if (status !== 'skipped') counts.set(file, (counts.get(file) ?? 0) + 1);
  }
  return counts;
}
