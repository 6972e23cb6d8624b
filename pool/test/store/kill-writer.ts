/**
 * A process that makes one step after the other as fast as it can, until it is killed. The kill test bundles and starts it.
 *
 * It prints `begun` when it goes on, and `kept N` when all steps up to N are on disk. Its argument is the folder.
 */
import { writeSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { openFolder, openPool } from './kept-pool.ts';
import { makeStep } from './kill-steps.ts';

/** Ends by itself if the test is gone. */
const STEPS = 1_000_000;

const [path = ''] = process.argv.slice(2);
const folder = await openFolder(path);
const pool = openPool(folder);
await pool.begun;
writeSync(1, 'begun\n');

const first = (pool.users.get('counter')?.count ?? 0) + 1;
let isFlushing = false;
for (let count = first; count < first + STEPS; count += 1) {
  makeStep(pool, count);
  // Steps go on while earlier ones are written
  if (!isFlushing && count % 3 === 0) {
    isFlushing = true;
    pool.store.flush().then(() => {
      isFlushing = false;
      writeSync(1, `kept ${count}\n`);
    });
  }
  await setImmediate();
}
