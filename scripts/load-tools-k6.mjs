/** Runs a bundle for k6 in the JavaScript engine of k6. */
import { runStep } from './examples-installed.mjs';

/**
 * @param {object} run
 * @param {string} run.engine the built program of test/load-tools/k6-engine
 * @param {number} run.vus how many virtual users run at the same time
 * @param {Record<string, string>} run.env what `k6 run -e` gives to the script
 * @returns what the program prints, as its `summary` has it
 * @throws Error if the script fails
 */
export async function engineRun({ engine, cwd, bundle, vus, iterations, env }) {
  const given = Object.entries(env).flatMap(([name, value]) => ['-e', `${name}=${value}`]);
  const args = ['-vus', String(vus), '-iterations', String(iterations), ...given, bundle];
  return JSON.parse(await runStep([engine, ...args], cwd, {}));
}
