/** `npm run test:kills [-- 200]`: kills a process that writes to a data folder so often, each time at a random moment. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const kills = process.argv[2] ?? '200';
if (!/^[1-9]\d*$/.test(kills)) {
  console.error('usage: npm run test:kills [-- kills]');
  process.exit(2);
}
const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
const { status } = spawnSync(
  process.execPath,
  [jest, '--selectProjects', 'pool', '--', 'pool/test/store/kills.test.ts'],
  {
    cwd: resolve(import.meta.dirname, '../..'),
    env: { ...process.env, POOL_KILLS: kills },
    stdio: 'inherit',
  },
);
process.exitCode = status ?? 1;
