/**
 * Runs both scripts in k6, where there is one: `k6` in PATH, or the path in the variable K6_PATH. Without one they are skipped, or fail
 * where the variable K6_REQUIRED is set. k6 is a program in Go, and is in no registry of packages for Node.
 */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { BUNDLES, listenWithUsers } from './pool.js';

const k6 = process.env.K6_PATH ?? 'k6';
const isThere = spawnSync(k6, ['version']).status === 0;
const skip = isThere ? false : 'k6 is not there: install it, or name its path in K6_PATH';

test('k6 is there where it is required', () => {
  assert.ok(isThere || !process.env.K6_REQUIRED, String(skip));
});

let listening;
before(async () => {
  listening = await listenWithUsers();
});
after(() => listening.close());

async function run(bundle, more = []) {
  const given = ['--iterations', '6', '--no-usage-report', '-e', `ENDPOINT=${listening.endpoint}`, ...more];
  const child = spawn(k6, ['run', ...given, bundle], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [printed, complaints, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { code, printed: printed + complaints };
}

for (const bundle of BUNDLES) {
  test(`k6 runs ${bundle}, and every user signs in`, { skip }, async () => {
    const { code, printed } = await run(bundle);
    assert.equal(code, 0, printed);
    assert.match(printed, /sign_in_outcomes\W+6 /);
  });

  test(`k6 ends with a crossed threshold where ${bundle} cannot sign in`, { skip }, async () => {
    const { code, printed } = await run(bundle, ['-e', 'PASSWORD=wrong']);
    assert.equal(code, 99, printed);
  });
}
