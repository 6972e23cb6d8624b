/** The table in the README names every operation, and those with behaviour have tests of their own. */
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

test.each(['operations-index.mjs', 'operations-table.mjs'])('%s has nothing to say', (script) => {
  const path = resolve(__dirname, '../scripts', script);
  expect(execFileSync(process.execPath, [path, '--check'], { encoding: 'utf8' })).toBe('');
});
