/** Starts the local pool of an example as its README says, on a free port. */

import { setTimeout as sleep } from 'node:timers/promises';
import { startKept } from './servers-kept.mjs';

const START_LIMIT_MS = 60_000;

/**
 * @param {string} cwd the folder of the installed example
 * @throws Error if the pool does not answer
 */
export async function startExamplePool(cwd, env) {
  let said = '';
  const command = ['node_modules/.bin/cognito-local-pool', '--json', '--quiet', '--seed', 'pool.json'];
  const pool = startKept(command, {
    cwd,
    env,
    hear: (stream, text) => {
      if (stream === 'stdout') said += text;
    },
  });
  const end = Date.now() + START_LIMIT_MS;
  while (!said.includes('\n')) {
    if (pool.hasEnded()) throw new Error(`The pool has ended:\n${pool.lastLines()}`);
    if (Date.now() > end) throw new Error('The pool has not started');
    await sleep(50);
  }
  return { endpoint: JSON.parse(said.split('\n')[0]).endpoint, stop: pool.stop };
}
