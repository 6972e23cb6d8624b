/** Runs the load test of the example by Artillery itself, as `npm start` does. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runStep } from './examples-installed.mjs';

/** A shell that runs a command, and then says what it and its children have computed: two lines of `times`, its own and that of the command. */
const WITH_TIMES = ['sh', '-c', '"$@" || exit; times', 'sh'];

/**
 * @param {object} run
 * @param {string} run.cwd the folder of the installed example
 * @param {object} [run.overrides] changes the script. Default: the script runs as it is written
 * @returns `summary`, what Artillery prints at the end; `aggregate`, its figures; `cpuSeconds`, what it has computed
 * @throws Error if Artillery fails
 */
export async function artilleryRun({ cwd, env, target, overrides }) {
  const options = ['--target', target, '--output', 'report.json'];
  if (overrides) options.push('--overrides', JSON.stringify(overrides));
  const printed = await runStep([...WITH_TIMES, 'npm', 'start', '--silent', '--', ...options], cwd, {
    ...env,
    ARTILLERY_DISABLE_TELEMETRY: 'true',
  });
  const { aggregate } = JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8'));
  return { aggregate, summary: summaryIn(printed), cpuSeconds: secondsOf(printed.trim().split('\n').at(-1)) };
}

/** Artillery's summary report, up to the times of the shell. */
function summaryIn(printed) {
  const at = printed.indexOf('Summary report');
  if (at < 0) throw new Error(`Artillery has printed no summary:\n${printed}`);
  return printed
    .slice(at)
    .split('\n')
    .filter((line) => !/^\d+m[\d.]+s \d+m[\d.]+s$/.test(line) && !line.startsWith('Log file:'))
    .join('\n')
    .trim();
}

/** @param {string} line `0m1.230s 0m0.120s`, the user's and the system's */
function secondsOf(line) {
  const parts = [...line.matchAll(/(\d+)m([\d.]+)s/g)].map(
    ([, minutes, seconds]) => Number(minutes) * 60 + Number(seconds),
  );
  if (parts.length !== 2) throw new Error(`These are not the times of a shell: ${line}`);
  return parts[0] + parts[1];
}
