/** Runs Artillery as `npm start` does, with fewer users, against a local pool. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { folderOfNewerNode } from './newer-node.js';
import { listenWithUsers } from './pool.js';

const folder = mkdtempSync(join(tmpdir(), 'artillery-'));
let listening;
before(async () => {
  listening = await listenWithUsers();
});
after(async () => {
  await listening.close();
  rmSync(folder, { recursive: true, force: true });
});

/** @returns the figures of Artillery's report for ten users in two seconds */
async function run(variables) {
  const output = join(folder, 'report.json');
  const env = {
    ...process.env,
    PATH: folderOfNewerNode() + delimiter + process.env.PATH,
    ARTILLERY_DISABLE_TELEMETRY: 'true',
  };
  const overrides = { config: { phases: [{ duration: 2, arrivalRate: 5 }] } };
  const given = { target: listening.endpoint, overrides: JSON.stringify(overrides), output };
  const options = Object.entries({ ...given, variables: JSON.stringify(variables) });
  const child = spawn('npm', ['start', '--', ...options.flatMap(([name, value]) => [`--${name}`, value])], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [printed, complaints, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  assert.equal(code, 0, printed + complaints);
  return JSON.parse(readFileSync(output, 'utf8')).aggregate;
}

const signIns = ({ counters }) =>
  Object.fromEntries(Object.entries(counters).filter(([name]) => name.startsWith('sign_in.')));

test('Artillery signs in each of its users, and times them', async () => {
  const { counters, summaries } = await run({});
  assert.deepEqual(signIns({ counters }), { 'sign_in.signed-in': 10 });
  assert.equal(counters['vusers.completed'], 10);
  assert.equal(summaries['sign_in.ms'].count, 10);
  assert.ok(summaries['sign_in.ms'].p95 > 0);
});

test("failures are in Artillery's report by their code", async () => {
  assert.deepEqual(signIns(await run({ password: 'wrong' })), {
    'sign_in.INCORRECT_USERNAME_OR_PASSWORD': 10,
  });
});
